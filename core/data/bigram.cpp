// SPDX-License-Identifier: GPL-3.0-only
#include "core/data/bigram.h"

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

constexpr std::int64_t largestTable = 2048;
constexpr double discount = 0.5;

} // namespace

BigramModel::BigramModel(std::int64_t vocabularySize)
    : m_size(vocabularySize), m_after(static_cast<std::size_t>(vocabularySize)),
      m_before(static_cast<std::size_t>(vocabularySize)), m_followers(static_cast<std::size_t>(vocabularySize))
{
    if (m_size <= largestTable)
        m_table.resize(static_cast<std::size_t>(m_size * m_size));
}

void BigramModel::count(std::int64_t before, std::int64_t after)
{
    const auto address = static_cast<std::uint64_t>(before * m_size + after);
    std::uint32_t &pair = m_table.empty() ? m_map[address] : m_table[address];
    if (pair++ == 0)
        ++m_followers[static_cast<std::size_t>(before)];
    ++m_before[static_cast<std::size_t>(before)];
    ++m_after[static_cast<std::size_t>(after)];
    ++m_total;
}

void BigramModel::count(const Batch &batch)
{
    for (std::size_t i = 0; i < batch.targets.size(); ++i) {
        if (batch.weights[i] != 0)
            count(batch.inputs[i], batch.targets[i]);
    }
}

std::uint32_t BigramModel::pairs(std::int64_t before, std::int64_t after) const
{
    const auto address = static_cast<std::uint64_t>(before * m_size + after);
    if (!m_table.empty())
        return m_table[address];
    const auto found = m_map.find(address);
    return found == m_map.end() ? 0 : found->second;
}

double BigramModel::probability(std::int64_t before, std::int64_t after) const
{
    const double alone = (m_after[static_cast<std::size_t>(after)] + 1) / (m_total + static_cast<double>(m_size));
    const double seen = m_before[static_cast<std::size_t>(before)];
    if (seen == 0)
        return alone;
    const double rest = discount * m_followers[static_cast<std::size_t>(before)];
    return (std::max(pairs(before, after) - discount, 0.0) + rest * alone) / seen;
}

double BigramModel::loss(const Batch &batch) const
{
    double sum = 0, weights = 0;
    for (std::size_t i = 0; i < batch.targets.size(); ++i) {
        const double weight = batch.weights[i];
        if (weight == 0)
            continue;
        sum -= weight * std::log(probability(batch.inputs[i], batch.targets[i]));
        weights += weight;
    }
    return weights > 0 ? sum / weights : 0;
}

} // namespace samout
