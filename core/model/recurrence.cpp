// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/recurrence.h"

#include "core/model/max_state.h"

#include <set>

namespace samout {

using torch::Tensor;

Recurrence maxRecurrence(const Tensor &candidate)
{
    return [candidate](std::int64_t begin, std::int64_t end, Tensor *state) {
        Tensor held = maxState(candidate.slice(1, begin, end), state ? *state : Tensor());
        if (state)
            *state = held.select(1, held.size(1) - 1);
        return held;
    };
}

Tensor changedRun(const Recurrence &run, std::int64_t time, Tensor *state, const std::vector<StateChanges> &changes)
{
    const torch::NoGradGuard noGrad;
    // A run ends after every changed position, and before every hidden one, since the state from before it goes on
    // after it.
    std::set<std::int64_t> ends = {time};
    for (const StateChanges &change : changes) {
        for (const StateChanges::Cell &cell : change.cells)
            ends.insert(cell.position + 1);
        for (const std::int64_t position : change.hidden)
            ends.insert({position, position + 1});
    }
    ends.erase(0);

    std::vector<Tensor> all;
    std::int64_t begin = 0;
    for (const std::int64_t end : ends) {
        const Tensor before = *state;
        Tensor held = run(begin, end, state);
        std::vector<std::int64_t> forgetting, sequences, channels;
        std::vector<float> values;
        for (std::size_t b = 0; b < changes.size(); ++b) {
            for (const std::int64_t position : changes[b].hidden)
                if (position == end - 1)
                    forgetting.push_back(static_cast<std::int64_t>(b));
            for (const StateChanges::Cell &cell : changes[b].cells)
                if (cell.position == end - 1) {
                    sequences.push_back(static_cast<std::int64_t>(b));
                    channels.push_back(cell.channel);
                    values.push_back(cell.value);
                }
        }
        if (!forgetting.empty() || !values.empty())
            *state = state->clone();
        if (!forgetting.empty()) {
            const Tensor rows = torch::tensor(forgetting, torch::kInt64).to(before.device());
            state->index_copy_(0, rows, before.index_select(0, rows));
        }
        // One after the other: of two changes of one cell the last counts.
        Tensor last = held.select(1, held.size(1) - 1);
        for (std::size_t i = 0; i < values.size(); ++i)
            for (Tensor *to : {&last, state})
                to->select(0, sequences[i]).select(0, channels[i]).fill_(values[i]);
        all.push_back(held);
        begin = end;
    }
    return torch::cat(all, 1);
}

} // namespace samout
