// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/base/share_done.h"
#include "core/inspect/examination.h"
#include "core/inspect/subject.h"
#include "core/inspect/table.h"
#include "core/model/interventions.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace samout {

/// Which tokens matter: row t, column j is KL(p || q) in nats, how far the prediction at t moves when token j is hidden
/// from memory (Interventions::hidden: its candidates count at its own position alone, in all layers). p is the
/// prediction with token j, q the one without: sum over the vocabulary of p ln(p / q). [time, time]; exactly 0 on the
/// diagonal and right of it, where hiding changes nothing. Both p and q are computed with `interventions`.
///
/// Costs about time / 2 forward passes of the text. Calls `progress` with the share that is done, 0 to 1. Returns
/// nullopt if `stop` was requested meanwhile. Throws Error like examine().
std::optional<Grid> influence(const std::shared_ptr<const Snapshot> &snapshot, const std::vector<std::int64_t> &tokens,
                              const Interventions &interventions = {}, std::stop_token stop = {},
                              const ShareDone &progress = {});

/// The most tokens of a text whose influence is asked for: a picture of all pairs of more would not fit on a screen.
constexpr int mostInfluenceTokens = 1024;

/// The influence of the first tokens of an examined text, mostInfluenceTokens at most: as changed if the examination
/// has interventions; with Examination::trained also as trained, and the difference.
std::optional<BySide<Grid>> influenceOf(const Examination &examination, std::stop_token stop = {},
                                        const ShareDone &progress = {});

/// An empty table of maps from tokens to tokens. Columns: map, at, since, value.
Table mapTable();
/// Adds a row for each token `at` and token `since` up to it. `edited`: the grid's first column is what is held since
/// an intervention, since -1. `every`: the positions between two rows of a thinned text.
void addMap(Table &table, const std::string &name, const Grid &map, bool edited = false, std::int64_t every = 1);

} // namespace samout
