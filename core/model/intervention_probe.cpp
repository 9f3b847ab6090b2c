// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/intervention_probe.h"

#include <algorithm>

namespace samout {

using torch::Tensor;

InterventionProbe::InterventionProbe(const Interventions &interventions, const ModelConfig &config)
    : m_interventions(interventions)
{
    for (int layer = 0; layer < config.numLayers; ++layer) {
        const std::vector<int> channels = interventions.silencedIn(layer, config);
        m_silenced.push_back(channels.empty() ? Tensor() : torch::tensor(channels, torch::kInt64));
    }
}

Tensor InterventionProbe::at(int layer, Site site, const Tensor &x)
{
    if (site == Site::Mixed)
        if (const Tensor &channels = m_silenced[static_cast<std::size_t>(layer)]; channels.defined())
            return x.index_fill(-1, channels.to(x.device()), 0);
    if (site == Site::Out && std::ranges::count(m_interventions.silencedFeedForwards, layer) > 0)
        return torch::zeros_like(x);
    return x;
}

Tensor InterventionProbe::alpha(int layer, const Tensor &alpha)
{
    // If several interventions set it, the last counts, as in changedWeights().
    Tensor result = alpha;
    for (const Interventions::Alpha &change : m_interventions.alphas)
        if (change.layer == layer)
            result = torch::full_like(alpha, change.value);
    return result;
}

StateChanges InterventionProbe::changesWithin(int layer, std::int64_t length) const
{
    StateChanges changes;
    const std::int64_t end = m_position + length;
    const auto inside = [&](std::int64_t position) { return position >= m_position && position < end; };
    for (const Interventions::States &edit : m_interventions.states)
        if (edit.layer == layer && inside(edit.position))
            for (std::size_t i = 0; i < edit.values.size(); ++i)
                changes.cells.push_back({.position = edit.position - m_position,
                                         .channel = edit.channel + static_cast<std::int64_t>(i),
                                         .value = edit.values[i]});
    for (const std::int64_t position : m_interventions.hidden)
        if (inside(position))
            changes.hidden.push_back(position - m_position);
    return changes;
}

Tensor InterventionProbe::scan(int layer, std::int64_t time, const Recurrence &run, Tensor *state)
{
    const StateChanges changes = changesWithin(layer, time);
    if (changes.empty())
        return Probe::scan(layer, time, run, state);
    return changedRun(run, time, state, std::vector(static_cast<std::size_t>(state->size(0)), changes));
}

} // namespace samout
