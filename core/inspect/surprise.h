// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"
#include "core/inspect/table.h"

#include <cstdint>
#include <vector>

namespace samout {

/// How much each token of an examined text surprised the network.
struct Surprise {
    /// The tokens of the text; of a thinned text the token after each kept position, whose loss is known.
    std::vector<std::int64_t> tokens = {};
    /// The position of each token in the text.
    std::vector<std::int64_t> positions = {};
    /// -ln p of each token, in nats; NaN for the first token of the text, which is given.
    std::vector<float> losses = {};

    /// The number of tokens that have a loss, and the mean of their losses.
    std::int64_t counted() const;
    double mean() const;
};

Surprise surpriseOf(const Examination &examination);
/// Columns: position, token, loss.
Table tableOf(const Surprise &surprise, const Vocabulary &vocabulary);

} // namespace samout
