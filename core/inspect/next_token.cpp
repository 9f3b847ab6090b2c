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

Table readingTable(const Examination &examination)
{
    using Column = Table::Column;
    Table table{.columns = {{.name = "layer", .kind = Column::Key},
                            {.name = "position", .kind = Column::Key},
                            {.name = "token", .kind = Column::Key},
                            {.name = "likeliest"},
                            {.name = "probability"},
                            {.name = "next", .kind = Column::Key},
                            {.name = "rank"},
                            {.name = "probability of next"}},
                .rows = {}};
    for (const Reading &reading : examination.readings)
        for (int t = 0; t < reading.logits.rows; ++t) {
            const Vocabulary &vocabulary = examination.snapshot->vocabulary();
            const NextToken said = nextToken(examination, reading.logits, t);
            const std::int64_t token = examination.tokens[static_cast<std::size_t>(t)];
            table.rows.push_back({std::int64_t{reading.layer}, t * examination.every, vocabulary.label(token),
                                  vocabulary.label(said.likeliest), said.probability,
                                  said.next < 0 ? std::string() : vocabulary.label(said.next), std::int64_t{said.rank},
                                  said.nextProbability});
        }
    return table;
}

} // namespace samout
