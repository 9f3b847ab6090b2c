// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/subject.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>

namespace samout {

namespace {

/// Compares the weights too: a step may have been loaded again, or have other weights after an edit.
bool sameWeights(const std::shared_ptr<const Snapshot> &one, const std::shared_ptr<const Snapshot> &other)
{
    return one == other || (one && other && one->step() == other->step() && one->config() == other->config() &&
                            std::ranges::equal(one->weights(), other->weights()));
}

} // namespace

Subject Subject::of(std::shared_ptr<const Snapshot> trained, const Interventions &changes, Side side)
{
    Subject subject{.trained = std::move(trained)};
    if (side == Side::AsTrained)
        return subject;
    subject.changes = changes;
    subject.changes.states.clear();
    subject.changes.hidden.clear();
    subject.leavesOut = !(subject.changes == changes);
    if (!subject.changes.empty())
        subject.side = side;
    return subject;
}

std::shared_ptr<const Snapshot> Subject::network(Side of) const
{
    return of == Side::AsTrained ? trained : changedWeights(trained, changes);
}

bool Subject::isSame(const Subject &other) const
{
    return side == other.side && changes == other.changes && sameWeights(trained, other.trained);
}

double errorOfDifference(double one, double other) { return std::hypot(one, other); }

Grid difference(Grid changed, const Grid &trained)
{
    std::ranges::transform(changed.values, trained.values, changed.values.begin(), std::minus());
    return changed;
}

} // namespace samout
