// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/inspect/examination.h"
#include "core/inspect/table.h"

#include <cstdint>

namespace samout {

/// A prediction compared with the token that comes next.
struct NextToken {
    std::int64_t likeliest = 0;
    /// The probability of `likeliest`; NaN if a logit is NaN.
    float probability = 0;
    /// The token that actually comes next; -1 after the last token.
    std::int64_t next = -1;
    /// The probability of `next`; NaN if there is no next token.
    float nextProbability = 0;
    /// 1 + the number of tokens that are likelier than `next`; 0 if there is no next token.
    int rank = 0;
};

/// The prediction at a row of an examined text, from logits [time, vocabulary] (Examination::logits or
/// Reading::logits).
NextToken nextToken(const Examination &examination, const Grid &logits, int row);

/// What the network would say after each layer, from Examination::readings. Columns: layer, position, token, likeliest,
/// probability, next, rank, probability of next.
Table readingTable(const Examination &examination);

} // namespace samout
