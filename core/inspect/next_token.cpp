#include "core/inspect/next_token.h"

#include "core/infer/sampling.h"

#include <algorithm>
#include <limits>
#include <span>

namespace samout {

NextToken nextToken(const Grid &logits, const std::vector<std::int64_t> &tokens, int position)
{
    const auto vocabulary = static_cast<std::size_t>(logits.cols), t = static_cast<std::size_t>(position);
    const std::span<const float> row(logits.values.data() + t * vocabulary, vocabulary);
    const std::vector<float> shares = probabilities(row);
    NextToken said;
    said.likeliest = std::ranges::max_element(shares) - shares.begin();
    said.probability = shares[static_cast<std::size_t>(said.likeliest)];
    said.nextProbability = std::numeric_limits<float>::quiet_NaN();
    if (t + 1 < tokens.size()) {
        said.next = tokens[t + 1];
        const auto next = static_cast<std::size_t>(said.next);
        said.nextProbability = shares[next];
        said.rank = 1 + static_cast<int>(std::ranges::count_if(row, [&](float other) { return other > row[next]; }));
    }
    return said;
}

} // namespace samout
