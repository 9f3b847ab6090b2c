// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/inspect/examination.h"

#include <vector>

namespace samout {

/// Whether some state is held since an intervention and not since a token.
bool hasEdited(const Winners &winners);

/// The tokens that memory holds, one Grid per head: row t, column j is the share of the head's channels whose state at
/// t has been held since token j. [time, time], 0 right of the diagonal; with `edited` [time, 1 + time]: column 0 is
/// the share that is held since an intervention, and token j is column j + 1. Every row sums to 1 (without `edited`
/// only if hasEdited() is false). Uses Winners::since and not Winners::winner: equal tokens tie, and the last of them
/// would seem to hold an old value.
///
/// `winners` must have `hidden` channels, a multiple of `heads`; else throws Error.
std::vector<Grid> winnerMaps(const Winners &winners, int hidden, int heads, bool edited);

/// The maps of the first tokens of an examined text, `mostTokens` at most. The examination must have the winners of
/// `layer`.
std::vector<Grid> winnerMapsOf(const Examination &examination, int layer, bool edited, int mostTokens);

} // namespace samout
