// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"

#include <cstdint>

namespace samout {

/// Sequences to measure a network on, each from a fresh state.
struct MeasuringData {
    /// Rows of the trained length at most, padded at their ends.
    Batch batch;
    /// The number of rows, at the end of the batch, that training may have seen.
    std::int64_t trainedRows = 0;
};

/// Enough held-out sequences for `tokens` counted targets. If there are too few, adds others: for generated data (the
/// tasks, sentences, article) new sequences that no training draws; for a file, sequences of its training data
/// (`trainedRows`). No row of a file is taken twice, so a small file may give fewer targets.
MeasuringData measuringData(const Dataset &data, std::int64_t tokens);

} // namespace samout
