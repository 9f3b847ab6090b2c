// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/random.h"
#include "core/data/bigram.h"
#include "core/data/sources.h"

namespace samout {

namespace {

/// Training sequences that the bigram model is counted on.
constexpr std::int64_t bigramSequences = 2048;

} // namespace

Batch batchOf(const std::vector<DrawnSequence> &sequences, std::optional<std::int64_t> padding)
{
    std::vector<std::vector<std::int64_t>> tokens;
    tokens.reserve(sequences.size());
    for (const DrawnSequence &sequence : sequences)
        tokens.push_back(sequence.tokens);
    Batch batch = shiftedBatch(tokens, padding);
    for (std::size_t row = 0; row < sequences.size(); ++row) {
        const std::vector<bool> &counts = sequences[row].counts;
        for (std::size_t t = 1; t < counts.size(); ++t) {
            if (!counts[t])
                batch.weights[row * static_cast<std::size_t>(batch.time) + t - 1] = 0;
        }
    }
    return batch;
}

GeneratedData::GeneratedData(const DataOptions &options) : m_seed(options.seed), m_batch(options.batch)
{
    requireBatch(options);
    refuseHeldOut(options);
    m_name = options.source;
}

void GeneratedData::prepare()
{
    RandomStream random(0, Purpose::HeldOutData, 0);
    std::vector<DrawnSequence> sequences;
    double logProbability = 0;
    for (std::int64_t i = 0; i < heldOutSequences; ++i) {
        sequences.push_back(draw(random));
        logProbability += sequences.back().logProbability;
        m_heldOutTokens.insert(sequences.back().tokens);
    }
    m_heldOut = batchOf(sequences, m_vocabulary.special().padding);
    m_heldOutSurprise = -logProbability / static_cast<double>(m_heldOut.countedTargets());

    BigramModel bigrams(m_vocabulary.size());
    bigrams.count(batchOf(drawBatch(0, bigramSequences), m_vocabulary.special().padding));
    m_bigramLoss = bigrams.loss(m_heldOut);
}

std::vector<DrawnSequence> GeneratedData::drawBatch(std::int64_t step, std::int64_t count) const
{
    RandomStream random(m_seed, Purpose::TrainingData, static_cast<std::uint64_t>(step));
    std::vector<DrawnSequence> sequences;
    while (static_cast<std::int64_t>(sequences.size()) < count) {
        DrawnSequence sequence = draw(random);
        if (!m_heldOutTokens.contains(sequence.tokens))
            sequences.push_back(std::move(sequence));
    }
    return sequences;
}

Batch GeneratedData::trainingBatch(std::int64_t step) const
{
    return batchOf(drawBatch(step, m_batch), m_vocabulary.special().padding);
}

} // namespace samout
