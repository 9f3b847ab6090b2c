// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"
#include "core/data/vocabulary.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace samout {

/// Sequences that go through the network at once. All vectors are [count, time], row by row.
struct Batch {
    std::int64_t count = 0;
    std::int64_t time = 0;
    std::vector<std::int64_t> inputs;
    /// The target at t is what the network should say after reading inputs 0..t.
    std::vector<std::int64_t> targets;
    /// One weight a target, not negative: the loss of the batch is sum(weight * loss of the target) / sum(weight). A
    /// target of weight 0 does not count.
    std::vector<float> weights;

    /// The number of targets that count.
    std::int64_t countedTargets() const;
    /// The sum of the weights.
    double totalWeight() const;
    /// The number of inputs of a row up to the last one whose target counts.
    std::int64_t rowLength(std::int64_t row) const;
    /// `number` rows from `first` on.
    Batch rows(std::int64_t first, std::int64_t number) const;
};

/// Fills `sequences` to one length with `padding` (0 if there is no padding token) and returns inputs [.., :-1] and
/// targets [.., 1:]. Targets have weight 1; targets that fill a row, and padding anywhere, have weight 0. Throws Error
/// if no sequence has two tokens.
Batch shiftedBatch(const std::vector<std::vector<std::int64_t>> &sequences, std::optional<std::int64_t> padding);

/// What a person chooses about the data.
struct DataOptions {
    /// A name of dataKinds(), a `.jsonl` file, or a text file (any other ending).
    std::string source = "article";
    std::uint64_t seed = 0;
    /// Sequences in a batch; 0 means all sequences: allowed for article (100 sequences) and .jsonl, an Error for other
    /// sources.
    std::int64_t batch = 100;
    /// Most tokens in a sequence (inputs and the last target together: time + 1). Tasks whose sequences are
    /// shorter by nature ignore it; .jsonl rows keep their length.
    std::int64_t sequenceLength = 50;
    /// The held-out share, below 1. Not given: 0.1 for text, 0 for .jsonl. Article and generated data always hold out
    /// sequences of their own and refuse a share.
    std::optional<double> heldOut;
    /// The vocabulary of the network that the training goes on with. Characters: texts are encoded in it. Bare numbers:
    /// every token must be one of them. Not given: the data makes its own vocabulary.
    std::optional<Vocabulary> vocabulary;

    bool operator==(const DataOptions &) const = default;
};

/// How a dataset separates its held-out sequences from the training sequences.
struct DataSplit {
    enum class Rule {
        Drawn,  ///< held-out sequences are drawn separately, and no training sequence equals one
        Spread, ///< every (1 / share)-th line or row of a file
        End,    ///< the last `share` of a text
    };
    Rule rule = Rule::Drawn;
    /// Share of the file; 0 if the sequences are drawn.
    double share = 0;

    bool operator==(const DataSplit &) const = default;
};

/// Where training sequences come from. Immutable and thread-safe: every batch is a pure function of its step.
class Dataset {
public:
    virtual ~Dataset() = default;

    /// The sequences of training step `step` (from 1 on).
    virtual Batch trainingBatch(std::int64_t step) const = 0;
    /// Fixed sequences that training never sees; count 0 if nothing is held out.
    const Batch &heldOut() const { return m_heldOut; }
    const DataSplit &split() const { return m_split; }
    const Vocabulary &vocabulary() const { return m_vocabulary; }
    /// The name as a person chose it: "article", "sentences", a file's name.
    const std::string &name() const { return m_name; }
    /// Most tokens in a sequence (time + 1).
    std::int64_t sequenceLength() const { return m_sequenceLength; }

    /// ln(vocabulary): the loss of uniform guessing, in nats a token.
    double chanceLoss() const;
    /// The held-out loss (the training loss if nothing is held out) of a bigram model counted on the training data, in
    /// nats a token: the loss that the last token alone allows.
    std::optional<double> bigramLoss() const { return m_bigramLoss; }
    /// Generated data only: the loss of a model that knows the generator, in nats a token, on the held-out sequences.
    std::optional<double> entropy() const { return m_entropy; }

    /// A text to look at and a prompt to start from, both typical of the data and in its vocabulary. If training
    /// sequences begin with a line end, so do the text and the prompt.
    const std::string &exampleText() const { return m_exampleText; }
    const std::string &examplePrompt() const { return m_examplePrompt; }
    /// The token that ends a line, if the data has lines.
    std::optional<std::int64_t> lineEnd() const { return m_lineEnd; }

protected:
    std::string m_name;
    Vocabulary m_vocabulary;
    Batch m_heldOut;
    DataSplit m_split;
    std::int64_t m_sequenceLength = 0;
    std::optional<double> m_bigramLoss;
    std::optional<double> m_entropy;
    std::string m_exampleText;
    std::string m_examplePrompt;
    std::optional<std::int64_t> m_lineEnd;
};

/// Opens the source that `options.source` names. Throws Error: no such task or file, not UTF-8, empty, too short for
/// one sequence, tokens out of range, a held-out share that leaves nothing.
std::shared_ptr<const Dataset> openDataset(const DataOptions &options);

/// A built-in source of data.
struct DataKind {
    std::string name;
    /// What it teaches about a cummax network, in one line.
    Text teaches;
};
/// All built-in sources in display order: article, the tasks, the sentences.
const std::vector<DataKind> &dataKinds();
/// Whether `source` names a built-in source; every other source is a file.
bool isDataKind(const std::string &source);

/// The rows of a .jsonl file: one JSON array of token numbers a line. Throws Error naming the line.
std::vector<std::vector<std::int64_t>> readTokenRows(const std::string &path);

} // namespace samout
