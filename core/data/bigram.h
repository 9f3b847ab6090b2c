// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace samout {

/// A model that predicts from the last token alone: absolute discounting (Ney, Essen, Kneser 1994) of half a count,
/// interpolated with the token frequencies, which are smoothed by one.
class BigramModel {
public:
    explicit BigramModel(std::int64_t vocabularySize);

    void count(std::int64_t before, std::int64_t after);
    /// Counts every target that counts in the loss, after its input.
    void count(const Batch &batch);
    double probability(std::int64_t before, std::int64_t after) const;
    /// Mean of -ln probability over the targets, by their weights, in nats; 0 if no target counts.
    double loss(const Batch &batch) const;

private:
    std::uint32_t pairs(std::int64_t before, std::int64_t after) const;

    std::int64_t m_size;
    double m_total = 0;
    std::vector<double> m_after;                            ///< by token: times it came after something
    std::vector<double> m_before;                           ///< by token: times something came after it
    std::vector<double> m_followers;                        ///< by token: different tokens after it
    std::vector<std::uint32_t> m_table;                     ///< [before, after], for a small vocabulary
    std::unordered_map<std::uint64_t, std::uint32_t> m_map; ///< the same, for a large vocabulary
};

} // namespace samout
