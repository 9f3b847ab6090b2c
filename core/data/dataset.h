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
    /// By target, not negative: the loss of the batch is sum(weight * loss of the target) / sum(weight). A target of
    /// weight 0 does not count.
    std::vector<float> weights;

    /// How many targets count.
    std::int64_t countedTargets() const;
    /// The sum of the weights.
    double totalWeight() const;
    /// The inputs of a row up to the last whose target counts.
    std::int64_t rowLength(std::int64_t row) const;
    /// `number` rows from `first` on.
    Batch rows(std::int64_t first, std::int64_t number) const;
};

/// `sequences` filled to one length, with `padding` or 0 if there is none, as inputs [.., :-1] and targets [.., 1:].
/// Targets have the weight 1; those that fill a row, and padding wherever it is, have 0. Throws Error if no sequence
/// has two tokens.
Batch shiftedBatch(const std::vector<std::vector<std::int64_t>> &sequences, std::optional<std::int64_t> padding);

/// What a person chooses about the data.
struct DataOptions {
    /// A name of dataKinds(), a `.jsonl` file, or a text file (any other ending).
    std::string source = "article";
    std::uint64_t seed = 0;
    /// Sequences in a batch; 0 is all of them (article, where that is 100, and .jsonl; elsewhere an Error).
    std::int64_t batch = 100;
    /// Most tokens in a sequence (inputs and the last target together: time + 1). Tasks whose sequences are
    /// shorter by nature ignore it; .jsonl rows keep their length.
    std::int64_t sequenceLength = 50;
    /// Share held out, below 1 (text 0.1 and .jsonl 0 where it is not given; article and generated data always
    /// hold out sequences of their own and take no other value than theirs).
    std::optional<double> heldOut;
    /// The vocabulary of a network to go on with. Characters: texts are written in it. Numbers: tokens have to
    /// be among them. Where it is not given the data has a vocabulary of its own.
    std::optional<Vocabulary> vocabulary;

    bool operator==(const DataOptions &) const = default;
};

/// How a dataset tells its held-out sequences from those of the training.
struct DataSplit {
    enum class Rule {
        Drawn,  ///< held-out sequences are drawn apart from the training's, which are never like them
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
    /// Fixed sequences that training never sees; count 0 where nothing is held out.
    const Batch &heldOut() const { return m_heldOut; }
    const DataSplit &split() const { return m_split; }
    const Vocabulary &vocabulary() const { return m_vocabulary; }
    /// The name as a person chose it: "article", "sentences", a file's name.
    const std::string &name() const { return m_name; }
    /// Tokens in a sequence at most (time + 1).
    std::int64_t sequenceLength() const { return m_sequenceLength; }

    /// ln(vocabulary): the loss of one who guesses blindly, in nats a token.
    double chanceLoss() const;
    /// The held-out loss (the training data's where nothing is held out) of a bigram model counted on the
    /// training data, in nats a token: what knowing the last token alone is worth.
    std::optional<double> bigramLoss() const { return m_bigramLoss; }
    /// Generated data only: the loss of one who knows the generator, in nats a token, on the held-out sequences.
    std::optional<double> entropy() const { return m_entropy; }

    /// A text to look at and a prompt to start from, both typical of the data, in its vocabulary. Where training
    /// sequences begin with the end of a line, so do they.
    const std::string &exampleText() const { return m_exampleText; }
    const std::string &examplePrompt() const { return m_examplePrompt; }
    /// The token that ends a line, where the data has lines.
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

/// Opens what `options.source` names. Throws Error: no such task or file, not UTF-8, empty, too short for one
/// sequence, tokens out of range, a held-out share that leaves nothing.
std::shared_ptr<const Dataset> openDataset(const DataOptions &options);

/// A built-in source of data.
struct DataKind {
    std::string name;
    /// What it teaches about a cummax network, in one line.
    Text teaches;
};
/// article, the tasks, sentences and their like, in the order to show them.
const std::vector<DataKind> &dataKinds();
/// Whether this is the name of one of them; every other source is a file.
bool isDataKind(const std::string &source);

/// The rows of a .jsonl file: one JSON array of token numbers a line. Throws Error naming the line.
std::vector<std::vector<std::int64_t>> readTokenRows(const std::string &path);

} // namespace samout
