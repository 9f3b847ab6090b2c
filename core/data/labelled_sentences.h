// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/vocabulary.h"

#include <cstdint>
#include <string>
#include <vector>

namespace samout {

/// A kind of word whose label is known where sentences are generated.
struct LabelledKind {
    enum Meaning { Name, Animal, Thing } meaning = Name;
    /// Its list in the grammar.
    std::string list;
};
/// The kinds of a source of data; none where it is not one of generated sentences.
std::vector<LabelledKind> labelledKinds(const std::string &source);

/// A sentence with the word that is asked about; positions count tokens.
struct LabelledSentence {
    /// Between two ends of lines.
    std::vector<std::int64_t> tokens;
    /// The word, as its place among LabelledSentences::words.
    int label = 0;
    /// Its last token.
    std::int64_t end = 0;
    /// Where the sentence says the word again: its first token and the one after its last. -1: it does not.
    std::int64_t again = -1;
    std::int64_t againEnd = -1;
};

struct LabelledSentences {
    std::vector<std::string> words;
    std::vector<LabelledSentence> sentences;
};

/// Different sentences of `source` (one of sentenceKinds()) with a word of `list`: at most `count`, half of them such
/// that say the word again (where there are so many), none longer than `longest` tokens. The same every time. Of a
/// sentence with several words of the list the word is the first that is said again, or else the first. Throws Error
/// where the source has no such list.
LabelledSentences labelledSentences(const std::string &source, const std::string &list, const Vocabulary &vocabulary,
                                    int count, std::int64_t longest);

} // namespace samout
