// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/inspect/examination.h"

#include <vector>

namespace samout {

/// True where some state is held since an edit and not since a token.
bool hasEdited(const Winners &winners);

/// What memory holds, a Grid a head: row t, column j is the share of the head's channels whose state at t has been held
/// since token j. [time, time], 0 right of the diagonal; with `edited` [time, 1 + time], where column 0 is the share
/// that is held since an edit, and token j is column j + 1. Every row sums to 1 (without `edited` only where
/// hasEdited() is false). Since and not winner, for equal tokens tie and the last would seem to hold what is old.
///
/// `winners` is of `hidden` channels, which `heads` divides; else throws Error.
std::vector<Grid> winnerMaps(const Winners &winners, int hidden, int heads, bool edited);

} // namespace samout
