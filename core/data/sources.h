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

/// Held-out sequences are at most so many: enough for a steady number, few enough to measure often.
constexpr std::int64_t heldOutSequences = 64;

/// The kinds of data behind openDataset(). Each checks what of the options is its own.
std::shared_ptr<const Dataset> openArticle(const DataOptions &options);
std::shared_ptr<const Dataset> openTask(const DataOptions &options);
std::shared_ptr<const Dataset> openSentences(const DataOptions &options);
std::shared_ptr<const Dataset> openText(const DataOptions &options);
std::shared_ptr<const Dataset> openTokenRows(const DataOptions &options);

/// The tasks and the sentences, in the order to show them.
const std::vector<DataKind> &taskKinds();
const std::vector<DataKind> &sentenceKinds();

/// Throws Error where `options.batch` is below 1.
void requireBatch(const DataOptions &options);
/// Throws Error where a held-out share is given for data that draws held-out sequences of its own.
void refuseHeldOut(const DataOptions &options);
/// The vocabulary to write `options.source` in: that of the network to go on with where it is one of characters
/// (throws Error where it lacks one of `own`), else `own` (throws Error where that is the larger one).
Vocabulary writtenVocabulary(const DataOptions &options, const Vocabulary &own);
/// The bytes of a file. Throws Error: missing, a folder, not readable, empty.
std::string readFile(const std::string &path);
/// The last part of a path.
std::string fileName(const std::string &path);

/// One drawn sequence.
struct DrawnSequence {
    std::vector<std::int64_t> tokens;
    /// By token: whether it counts as a target. Empty: all do.
    std::vector<bool> counts;
    /// ln of the chance that exactly this is drawn.
    double logProbability = 0;
};

/// As shiftedBatch(); the targets that do not count have the weight 0.
Batch batchOf(const std::vector<DrawnSequence> &sequences, std::optional<std::int64_t> padding);

/// Sequences that a program draws, new ones every step. Held out are 64 sequences that depend on no seed, so
/// that trainings with different seeds compare; a training sequence equal to one of them is drawn again.
class GeneratedData : public Dataset {
public:
    Batch trainingBatch(std::int64_t step) const override;

protected:
    explicit GeneratedData(const DataOptions &options);
    /// Draws the held-out sequences and counts the bigrams: the last thing a constructor does.
    void prepare();
    virtual DrawnSequence draw(RandomStream &random) const = 0;

    /// By the end of prepare(): the mean of -logProbability of the held-out sequences, for a counted target.
    double heldOutSurprise() const { return m_heldOutSurprise; }

private:
    std::vector<DrawnSequence> drawBatch(std::int64_t step, std::int64_t count) const;

    std::uint64_t m_seed;
    std::int64_t m_batch;
    double m_heldOutSurprise = 0;
    std::set<std::vector<std::int64_t>> m_heldOutTokens;
};

} // namespace samout
