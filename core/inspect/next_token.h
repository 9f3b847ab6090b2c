#pragma once

#include "core/base/grid.h"

#include <cstdint>
#include <vector>

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

/// At a position of a text, from the logits [time, vocabulary] there (Examination::logits or a Reading's).
NextToken nextToken(const Grid &logits, const std::vector<std::int64_t> &tokens, int position);

} // namespace samout
