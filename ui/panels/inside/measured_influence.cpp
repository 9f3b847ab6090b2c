// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/measured_influence.h"

namespace samout {

bool MeasuredInfluence::isOf(const Examination &other) const
{
    return examination->snapshot == other.snapshot && examination->tokens == other.tokens &&
           examination->interventions == other.interventions && !examination->trained == !other.trained;
}

Grid MeasuredInfluence::shown() const
{
    if (!grids)
        return {};
    return grids->difference ? *grids->difference : grids->changed ? *grids->changed : *grids->trained;
}

void MeasuredInfluence::run(const ShareDone &progress, const std::stop_token &stop)
{
    grids = influenceOf(*examination, stop, progress);
}

} // namespace samout
