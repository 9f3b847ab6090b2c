// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/random.h"
#include "core/data/dataset.h"

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace samout {

/// The most held-out sequences: enough for a steady number, few enough to measure often.
constexpr std::int64_t heldOutSequences = 64;

/// The kinds of data behind openDataset(). Each checks the options that only it reads.
std::shared_ptr<const Dataset> openArticle(const DataOptions &options);
std::shared_ptr<const Dataset> openTask(const DataOptions &options);
std::shared_ptr<const Dataset> openSentences(const DataOptions &options);
std::shared_ptr<const Dataset> openText(const DataOptions &options);
std::shared_ptr<const Dataset> openTokenRows(const DataOptions &options);

/// The tasks and the sentences, in display order.
const std::vector<DataKind> &taskKinds();
const std::vector<DataKind> &sentenceKinds();

/// Throws Error if `options.batch` is below 1.
void requireBatch(const DataOptions &options);
/// Throws Error if a held-out share is given for data that draws held-out sequences of its own.
void refuseHeldOut(const DataOptions &options);
/// The vocabulary to encode `options.source` in: options.vocabulary if it has symbols (throws Error if it lacks a
/// symbol of `own`), else `own` (throws Error if `own` is larger than options.vocabulary).
Vocabulary writtenVocabulary(const DataOptions &options, const Vocabulary &own);
/// The bytes of a file. Throws Error: missing, a folder, not readable, empty.
std::string readFile(const std::string &path);
/// The last part of a path.
std::string fileName(const std::string &path);

/// One drawn sequence.
struct DrawnSequence {
    std::vector<std::int64_t> tokens;
    /// Whether each token counts as a target. Empty: all tokens count.
    std::vector<bool> counts;
    /// ln of the probability that exactly this sequence is drawn.
    double logProbability = 0;
};

/// Like shiftedBatch(), but targets that do not count have weight 0.
Batch batchOf(const std::vector<DrawnSequence> &sequences, std::optional<std::int64_t> padding);

/// Sequences that a program draws, new ones every step. The 64 held-out sequences do not depend on the seed, so
/// trainings with different seeds can be compared; a training sequence equal to one of them is drawn again.
class GeneratedData : public Dataset {
public:
    Batch trainingBatch(std::int64_t step) const override;

protected:
    explicit GeneratedData(const DataOptions &options);
    /// Draws the held-out sequences and counts the bigrams. Every constructor calls it last.
    void prepare();
    virtual DrawnSequence draw(RandomStream &random) const = 0;

    /// Valid after prepare(): the mean -logProbability of the held-out sequences per counted target.
    double heldOutSurprise() const { return m_heldOutSurprise; }

private:
    std::vector<DrawnSequence> drawBatch(std::int64_t step, std::int64_t count) const;

    std::uint64_t m_seed;
    std::int64_t m_batch;
    double m_heldOutSurprise = 0;
    std::set<std::vector<std::int64_t>> m_heldOutTokens;
};

} // namespace samout
