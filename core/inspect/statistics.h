// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "core/data/dataset.h"
#include "core/inspect/subject.h"
#include "core/inspect/table.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace samout {

/// How long a head's states are held, over all its channels and the positions of all sequences, without padding.
struct HeadStatistics {
    /// By position t: the share of channels whose state is strictly larger than before. 1 at position 0.
    std::vector<double> changes;
    /// Changes after position 0 relative to a running maximum of random numbers: the sum of the changes divided by the
    /// sum of 1/(t+1). 1: like a maximum of random numbers; below 1: memory is kept longer.
    double changesBesideChance = 0;
    /// By age: the share of the states that have this age, the position minus Winners::since. The shares sum to 1.
    std::vector<double> ages;
    double meanAge = 0;
};

struct LayerStatistics {
    std::vector<HeadStatistics> heads;
    /// The share of gates that are 0 at every token.
    double neverOpen = 0;
    /// Mean L2 norm, over the tokens, of the layer's `norm` and of its output `residual`.
    double normSize = 0, residualSize = 0;
};

/// How a network remembers.
struct StateStatistics {
    std::int64_t step = 0;
    std::int64_t sequences = 0;
    /// The number of tokens read.
    std::int64_t tokens = 0;
    std::vector<LayerStatistics> layers;
    /// By distance d: the mean influence() of the token d positions back, in nats. Distance 0 is NaN.
    std::vector<double> influence;
    /// The distance within which nine tenths of the summed influence lie: the effective length of memory, in tokens. 0
    /// if no token has any influence.
    double memoryLength = 0;
};

/// Reads the batch's rows, each from a fresh state; for the influence reads the first `influenceRows` of them once more
/// for every hidden token. Returns nullptr if `stop` was requested. Throws Error if there is no row or a
/// token is not in the vocabulary.
std::shared_ptr<const StateStatistics> measureStatistics(const std::shared_ptr<const Snapshot> &snapshot,
                                                         const Batch &batch, std::int64_t influenceRows,
                                                         const ShareDone &progress = {}, std::stop_token stop = {});

/// The number of tokens that a network is measured on, and of the sequences whose tokens are hidden one by one.
constexpr std::int64_t statisticsTokens = 10'000, statisticsInfluenceRows = 12;

/// As changed, minus as trained, on the same texts; the counts and the step stay those of `changed`.
StateStatistics difference(StateStatistics changed, const StateStatistics &trained);

/// Every number as a point of a curve. Columns: view, unit, layer, curve, x, y. Views: "changes" (by position, with the
/// curve of chance, "1/(t+1)", unless the numbers are differences), "age", "influence" (by distance), and without x
/// "gates and sizes", "changes beside chance" and "mean age".
Table tableOf(const StateStatistics &statistics, Side side);
/// A row for each layer. Columns: layer, gates never open, size of norm, size of the output.
Table layersOf(const StateStatistics &statistics);

} // namespace samout
