// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/influence.h"

#include "core/model/intervention_probe.h"
#include "core/model/samout.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <utility>

namespace samout {
namespace {

using torch::Tensor;

/// The number of tokens hidden in one forward pass, each in a row of the batch. Larger batches do not fit in the cache
/// and start farther before some of their tokens than needed.
constexpr std::int64_t atOnce = 16;

/// Row b of the batch forgets its token b; the user's interventions apply to all rows.
class HidingProbe : public InterventionProbe {
public:
    using InterventionProbe::InterventionProbe;

    Tensor scan(int layer, std::int64_t time, const Recurrence &run, Tensor *state) override
    {
        std::vector<StateChanges> changes(static_cast<std::size_t>(state->size(0)), changesWithin(layer, time));
        for (std::size_t b = 0; b < changes.size(); ++b)
            changes[b].hidden.push_back(static_cast<std::int64_t>(b));
        return changedRun(run, time, state, changes);
    }
};

/// ln p of every token, in double: divergences are small differences of large numbers.
Tensor logProbabilities(const Tensor &logits) { return logits.to(torch::kFloat64).log_softmax(-1); }

std::optional<Grid> measure(const Snapshot &snapshot, const std::vector<std::int64_t> &tokens,
                            const Interventions &interventions, const std::stop_token &stop, const ShareDone &progress)
{
    const torch::NoGradGuard noGrad;
    const SamOut network(snapshot);
    const auto time = static_cast<std::int64_t>(tokens.size());
    const Tensor text = torch::from_blob(const_cast<std::int64_t *>(tokens.data()), {1, time}, torch::kInt64);

    // The text as it is, with the states where every batch will begin.
    std::vector<State> states;
    std::vector<Tensor> pieces;
    InterventionProbe plain(interventions, snapshot.config());
    State state = network.freshState(1);
    for (std::int64_t begin = 0; begin < time; begin += atOnce) {
        if (stop.stop_requested())
            return std::nullopt;
        states.push_back(state);
        plain.beginAt(begin);
        pieces.push_back(network.forward(text.slice(1, begin, std::min(time, begin + atOnce)), &state, &plain)[0]);
    }
    const Tensor with = logProbabilities(torch::cat(pieces));

    Grid result(static_cast<int>(time), static_cast<int>(time));
    HidingProbe hiding(interventions, snapshot.config());
    const auto all = static_cast<double>(time) * static_cast<double>(time);
    for (std::int64_t begin = 0; begin < time; begin += atOnce) {
        if (stop.stop_requested())
            return std::nullopt;
        const std::int64_t rows = std::min(atOnce, time - begin), length = time - begin;
        State before = states[static_cast<std::size_t>(begin / atOnce)].expanded(rows);
        hiding.beginAt(begin);
        const Tensor without =
            logProbabilities(network.forward(text.slice(1, begin).expand({rows, -1}).contiguous(), &before, &hiding));
        const Tensor as = with.slice(0, begin);
        // [rows, length].
        const Tensor moved = (as.exp() * (as - without)).sum(-1).clamp_min(0).contiguous();
        const double *nats = moved.const_data_ptr<double>();
        for (std::int64_t b = 0; b < rows; ++b)
            for (std::int64_t t = b + 1; t < length; ++t)
                result.at(static_cast<int>(begin + t), static_cast<int>(begin + b)) =
                    static_cast<float>(nats[b * length + t]);
        if (progress) {
            const auto left = static_cast<double>(length - rows);
            progress(1 - left * left / all);
        }
    }
    return result;
}

} // namespace

std::optional<Grid> influence(const std::shared_ptr<const Snapshot> &snapshot, const std::vector<std::int64_t> &tokens,
                              const Interventions &interventions, std::stop_token stop, const ShareDone &progress)
{
    checkQuestion({.snapshot = snapshot, .tokens = tokens, .interventions = interventions});
    return withoutTorchErrors([&] { return measure(*snapshot, tokens, interventions, stop, progress); });
}

std::optional<BySide<Grid>> influenceOf(const Examination &examination, std::stop_token stop, const ShareDone &progress)
{
    std::vector<std::int64_t> tokens = examination.tokens;
    tokens.resize(std::min(tokens.size(), static_cast<std::size_t>(mostInfluenceTokens)));
    Interventions changes = examination.interventions;
    const auto beyond = [length = std::ssize(tokens)](std::int64_t position) { return position >= length; };
    std::erase_if(changes.states, [&](const auto &edit) { return beyond(edit.position); });
    std::erase_if(changes.hidden, beyond);
    const Side side = examination.trained                 ? Side::Difference
                      : examination.interventions.empty() ? Side::AsTrained
                                                          : Side::AsChanged;
    return askBySide(side, progress, [&](Side of, const ShareDone &part) {
        return influence(examination.snapshot, tokens, of == Side::AsTrained ? Interventions() : changes, stop, part);
    });
}

Table mapTable()
{
    return {.columns = {{.name = "map", .kind = Table::Column::Key},
                        {.name = "at", .kind = Table::Column::Key},
                        {.name = "since", .kind = Table::Column::Key},
                        {.name = "value"}},
            .rows = {}};
}

void addMap(Table &table, const std::string &name, const Grid &map, bool edited, std::int64_t every)
{
    const int first = edited ? 1 : 0;
    for (int row = 0; row < map.rows; ++row)
        for (int col = 0; col <= row + first; ++col)
            table.rows.push_back(
                {name, row * every, col < first ? std::int64_t{-1} : (col - first) * every, map.at(row, col)});
}

} // namespace samout
