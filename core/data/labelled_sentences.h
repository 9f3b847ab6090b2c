// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/vocabulary.h"

#include <cstdint>
#include <string>
#include <vector>

namespace samout {

/// A kind of word whose label is known because the sentences are generated.
struct LabelledKind {
    enum Meaning { Name, Animal, Thing } meaning = Name;
    /// The name of the word list in the grammar.
    std::string list;
};
/// The labelled kinds of a data source; empty if the source does not generate sentences.
std::vector<LabelledKind> labelledKinds(const std::string &source);

/// A sentence and its labelled word; positions count tokens.
struct LabelledSentence {
    /// The sentence between two line ends.
    std::vector<std::int64_t> tokens;
    /// The word's index in LabelledSentences::words.
    int label = 0;
    /// The position of the word's last token.
    std::int64_t end = 0;
    /// If the sentence repeats the word: the positions of the repeated word's first token and after its last. -1: no
    /// repeat.
    std::int64_t again = -1;
    std::int64_t againEnd = -1;
};

struct LabelledSentences {
    std::vector<std::string> words;
    std::vector<LabelledSentence> sentences;
};

/// Different sentences of `source` (one of sentenceKinds()) with a word of `list`: at most `count`, none longer than
/// `longest` tokens. Half of them repeat the word, or fewer if not enough are found. The result is the same every time.
/// If a sentence has several words of the list, the label is the first word that is repeated, else the first word.
/// Throws Error if the source has no such list.
LabelledSentences labelledSentences(const std::string &source, const std::string &list, const Vocabulary &vocabulary,
                                    int count, std::int64_t longest);

} // namespace samout
