#pragma once

#include <cmath>

namespace samout {

/// Whether a state strictly changes where its value was `before` and is `now`: it rises, or becomes NaN and then stays
/// so. Before the first token there is none, which that always changes.
inline bool stateChanges(float before, float now) { return now > before || (std::isnan(now) && !std::isnan(before)); }

} // namespace samout
