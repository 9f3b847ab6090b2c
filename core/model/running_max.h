// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/formula.h"

#include <cmath>

namespace samout {

/// The rule of every running maximum: a candidate that equals the state is taken, a NaN is taken too, and only another
/// NaN replaces a NaN. The gradient goes to the candidate that was taken.
template <typename T> SAMOUT_FORMULA bool takes(T candidate, T before)
{
    return static_cast<bool>((candidate >= before) | (candidate != candidate));
}

/// Whether a state strictly changes from `before` to `now`: it rises, or becomes NaN (and then stays NaN). The state of
/// the first token always changes.
inline bool stateChanges(float before, float now) { return now > before || (std::isnan(now) && !std::isnan(before)); }

} // namespace samout
