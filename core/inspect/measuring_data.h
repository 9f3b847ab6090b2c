#pragma once

#include "core/data/dataset.h"

#include <cstdint>

namespace samout {

/// Sequences to measure a network on, each from a fresh state.
struct MeasuringData {
    /// Rows of the trained length at most, padded at their ends.
    Batch batch;
    /// Of its rows, those from the end that training may have seen.
    std::int64_t trainedRows = 0;
};

/// The held-out sequences, as many as have `tokens` counted targets. Where they have fewer, more are taken: of
/// generated data (the tasks, sentences, article) new ones that no training has drawn; of a file, which has no more,
/// sequences of its training (`trainedRows`). At most 1,024 batches of them are drawn, so a small file may give less.
MeasuringData measuringData(const Dataset &data, std::int64_t tokens);

/// The tokens of a row that are not padding at its end.
std::int64_t rowLength(const Batch &batch, std::int64_t row);

/// `count` rows from `first` on.
Batch rowsOf(const Batch &batch, std::int64_t first, std::int64_t count);

} // namespace samout
