// SPDX-License-Identifier: GPL-3.0-only
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
/// generated data (the tasks, sentences, article) new ones that no training draws; of a file, which has no more,
/// sequences of its training (`trainedRows`). No row of a file is taken twice, so a
/// small one may give fewer.
MeasuringData measuringData(const Dataset &data, std::int64_t tokens);

} // namespace samout
