// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/inspect/examination.h"

#include <cstdint>

namespace samout {

/// What a prediction says of the token that comes next.
struct NextToken {
    std::int64_t likeliest = 0;
    /// Of the likeliest; NaN where a logit is NaN.
    float probability = 0;
    /// The token that does come next; -1 after the last.
    std::int64_t next = -1;
    /// Of `next`, NaN where there is none.
    float nextProbability = 0;
    /// 1 where `next` is the likeliest: 1 + how many tokens are likelier. 0 where there is none.
    int rank = 0;
};

/// At a row of an examined text, from its logits [time, vocabulary] (Examination::logits or a Reading's).
NextToken nextToken(const Examination &examination, const Grid &logits, int row);

} // namespace samout
