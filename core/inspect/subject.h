// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/base/share_done.h"
#include "core/model/interventions.h"
#include "core/model/snapshot.h"

#include <memory>
#include <optional>

namespace samout {

/// Which network is asked if there are interventions.
enum class Side {
    AsChanged,
    AsTrained,
    Difference, ///< the changed network's numbers minus the trained network's
};

/// A network that is asked about other texts than the one to look at, so without set states and hidden tokens, which
/// belong to that text.
struct Subject {
    /// The weights as trained; nullptr: none.
    std::shared_ptr<const Snapshot> trained = {};
    /// Empty for Side::AsTrained.
    Interventions changes = {};
    Side side = Side::AsTrained;
    /// There were set states or hidden tokens, which are left out.
    bool leavesOut = false;

    /// Keeps the interventions that can be measured on other texts; Side::AsTrained if none is left.
    static Subject of(std::shared_ptr<const Snapshot> trained, const Interventions &changes, Side side);

    /// The weights as trained, or with the effect of the interventions. Throws Error as changedWeights() does.
    std::shared_ptr<const Snapshot> network(Side of) const;
    /// Whether both give the same numbers: same weights, interventions and side.
    bool isSame(const Subject &other) const;
};

/// The answer to a question about the network as trained, about the network as changed, and what the interventions do.
template <typename Answer> struct BySide {
    /// Those that the side that was asked for needs: Side::Difference needs all three.
    std::optional<Answer> trained, changed, difference;

    /// Throws std::bad_optional_access if it was not asked for.
    const Answer &at(Side side) const
    {
        return (side == Side::AsTrained ? trained : side == Side::AsChanged ? changed : difference).value();
    }
};

/// Calls `ask(side, progress)` for the network as changed, then as trained, as far as `side` needs them, and takes the
/// difference by difference(changed, trained), which stands beside the answer's type. `ask` returns an optional or a
/// pointer, empty if it was stopped; then the result is empty too.
template <typename Ask> auto askBySide(Side side, const ShareDone &progress, const Ask &ask)
{
    using Answer = std::remove_cvref_t<decltype(*ask(side, progress))>;
    std::optional<BySide<Answer>> answers(std::in_place);
    const double parts = side == Side::Difference ? 2 : 1;
    const auto part = [&](Side of, double done, std::optional<Answer> &to) {
        const auto answer = ask(of, ShareDone([&progress, done, parts](double share) {
                                    if (progress)
                                        progress((done + share) / parts);
                                }));
        if (answer)
            to = *answer;
        return to.has_value();
    };
    if ((side != Side::AsTrained && !part(Side::AsChanged, 0, answers->changed)) ||
        (side != Side::AsChanged && !part(Side::AsTrained, parts - 1, answers->trained)))
        return std::optional<BySide<Answer>>();
    if (side == Side::Difference)
        answers->difference = difference(*answers->changed, *answers->trained);
    return answers;
}

/// The error of a difference if the two measurements were independent; the real error is smaller, since both use the
/// same texts.
double errorOfDifference(double one, double other);
/// Number by number; both have the same size.
Grid difference(Grid changed, const Grid &trained);

} // namespace samout
