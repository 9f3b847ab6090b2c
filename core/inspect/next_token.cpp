// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/next_token.h"

#include "core/infer/sampling.h"

#include <algorithm>
#include <limits>
#include <span>

namespace samout {

NextToken nextToken(const Examination &examination, const Grid &logits, int row)
{
    const auto vocabulary = static_cast<std::size_t>(logits.cols), t = static_cast<std::size_t>(row);
    const std::span<const float> own(logits.values.data() + t * vocabulary, vocabulary);
    const std::vector<float> shares = probabilities(own);
    NextToken said;
    said.likeliest = std::ranges::max_element(shares) - shares.begin();
    said.probability = shares[static_cast<std::size_t>(said.likeliest)];
    said.nextProbability = std::numeric_limits<float>::quiet_NaN();
    said.next = examination.next[t];
    if (said.next >= 0) {
        const auto next = static_cast<std::size_t>(said.next);
        said.nextProbability = shares[next];
        said.rank = 1 + static_cast<int>(std::ranges::count_if(own, [&](float other) { return other > own[next]; }));
    }
    return said;
}

} // namespace samout
