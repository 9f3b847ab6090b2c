// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/measured_influence.h"

#include "core/inspect/influence.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace samout {

namespace {

/// The interventions without those at positions from `length` on.
Interventions within(Interventions interventions, int length)
{
    std::erase_if(interventions.states, [length](const auto &edit) { return edit.position >= length; });
    std::erase_if(interventions.hidden, [length](auto position) { return position >= length; });
    return interventions;
}

} // namespace

bool MeasuredInfluence::isOf(const Examination &other) const
{
    return examination->snapshot == other.snapshot && examination->tokens == other.tokens &&
           examination->interventions == other.interventions && !examination->trained == !other.trained;
}

void MeasuredInfluence::run(int mostTokens, const Job::Progress &progress, const std::stop_token &stop)
{
    std::vector<std::int64_t> tokens = examination->tokens;
    tokens.resize(std::min(tokens.size(), static_cast<std::size_t>(mostTokens)));
    const bool besideTrained = examination->trained != nullptr;
    const double parts = besideTrained ? 2 : 1;
    const Interventions changed = within(examination->interventions, static_cast<int>(tokens.size()));
    auto grid = influence(examination->snapshot, tokens, changed, stop, [&](double share) { progress(share / parts); });
    if (!grid)
        return;
    asChanged = std::move(*grid);
    if (!besideTrained)
        return;
    grid = influence(examination->snapshot, tokens, {}, stop, [&](double share) { progress((1 + share) / parts); });
    if (grid)
        asTrained = std::move(*grid);
}

} // namespace samout
