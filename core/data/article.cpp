// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/bigram.h"
#include "core/data/sources.h"

#include <span>

namespace samout {

namespace {

constexpr std::int64_t articleVocabulary = 128;
constexpr std::int64_t articleSequences = 100;

/// The published generator: uniform tokens, and one in ten sequences gets a padding token (if there is one) somewhere.
std::vector<std::vector<std::int64_t>> randomSequences(const DataOptions &options, Purpose purpose, std::int64_t count,
                                                       std::optional<std::int64_t> padding)
{
    RandomStream random(options.seed, purpose, 0);
    std::vector<std::vector<std::int64_t>> sequences;
    for (std::int64_t i = 0; i < count; ++i) {
        std::vector<std::int64_t> &sequence = sequences.emplace_back();
        for (std::int64_t t = 0; t < options.sequenceLength; ++t)
            sequence.push_back(random.below(articleVocabulary));
        if (random.uniform() < 0.1) {
            std::int64_t &token = sequence[static_cast<std::size_t>(random.below(options.sequenceLength))];
            token = padding.value_or(token);
        }
    }
    return sequences;
}

class Article : public Dataset {
public:
    explicit Article(const DataOptions &options)
    {
        m_name = options.source;
        m_vocabulary = Vocabulary::ofNumbers(articleVocabulary);
        if (options.vocabulary) {
            if (options.vocabulary->size() < articleVocabulary)
                throw Error(Error::WrongValue,
                            Text("\"article\" has the tokens 0 to 127, and the network knows only {0} tokens.",
                                 options.vocabulary->size()));
            m_vocabulary = *options.vocabulary;
        }
        m_sequenceLength = options.sequenceLength;
        const std::optional<std::int64_t> padding = m_vocabulary.special().padding;
        const std::vector<std::vector<std::int64_t>> sequences = randomSequences(
            options, Purpose::TrainingData, options.batch == 0 ? articleSequences : options.batch, padding);
        m_training = shiftedBatch(sequences, padding);
        m_heldOut = shiftedBatch(randomSequences(options, Purpose::HeldOutData, articleSequences, padding), padding);
        BigramModel bigrams(m_vocabulary.size());
        bigrams.count(m_training);
        m_bigramLoss = bigrams.loss(m_heldOut);
        const std::span<const std::int64_t> first = sequences.front();
        m_exampleText = m_vocabulary.decode(first);
        m_examplePrompt = m_vocabulary.decode(first.first(std::min<std::size_t>(first.size(), 5)));
    }

    Batch trainingBatch(std::int64_t) const override { return m_training; }

private:
    Batch m_training;
};

} // namespace

std::shared_ptr<const Dataset> openArticle(const DataOptions &options)
{
    refuseHeldOut(options);
    return std::make_shared<Article>(options);
}

} // namespace samout
