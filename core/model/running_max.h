// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/formula.h"

#include <cmath>

namespace samout {

/// The rule of every running maximum: a candidate that equals the state is taken, so is a NaN, and only another NaN
/// replaces a NaN. The gradient goes to what was taken.
template <typename T> SAMOUT_FORMULA bool takes(T candidate, T before)
{
    return static_cast<bool>((candidate >= before) | (candidate != candidate));
}

/// Whether a state strictly changes that was `before` and is `now`: it rises, or becomes NaN and then stays so. The
/// first token's always does.
inline bool stateChanges(float before, float now) { return now > before || (std::isnan(now) && !std::isnan(before)); }

} // namespace samout
