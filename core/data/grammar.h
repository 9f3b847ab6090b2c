// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/random.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace samout {

/// A weighted grammar without recursion, read from a text of definitions, one a line (a line that begins with a
/// space continues the one before it, one that begins with # is a remark):
///
///     name = tom/he | mia/she            a list of words, the first ones the most frequent: the word at place
///                                        n has weight 1 / (n + 2). "/" parts the forms of a word.
///                                        (a second list of the same name goes in front of the first)
///     verb(%/%s/%ed) = play | sing/sings/sang      forms that a word does not give are made from its first one
///     place: 3 in the {room}             one way to write a place, with its weight
///
/// A way of writing is text with parts in braces. {name} is a word, {verb.1} its form 1 (forms count from 0);
/// {name:a} remembers the word as a; {a} and {a.1} write it again further on; {name:b!a} is any word but a. A
/// part can name ways of writing as well as a list. The whole begins at "sentence".
///
/// If no sentence can be written in two ways (a test checks this), the probability of a drawn sentence is exactly that
/// of its draws.
class Grammar {
public:
    /// Throws std::logic_error on a definition that makes no sense: grammars are part of the program.
    explicit Grammar(std::string_view source);

    /// A word of a list at its place in a sentence.
    struct Word {
        int list = 0;
        /// The indices of the word in the list and of its form.
        int word = 0;
        int form = 0;
        /// The memory that holds the word; words with the same memory are the same word. -1: no memory.
        int memory = -1;
        /// The word's place in the text, in bytes.
        std::size_t begin = 0;
        std::size_t length = 0;
        /// The word repeats a remembered word of the sentence.
        bool again = false;
    };
    struct Sentence {
        std::string text;
        /// ln of the probability that exactly this sentence is drawn.
        double logProbability = 0;
        std::vector<Word> words = {};
    };
    Sentence draw(RandomStream &random) const;

    /// The list of this name, or -1.
    int findList(std::string_view name) const;
    /// The forms of a list's words: [word, form].
    const std::vector<std::vector<std::string>> &wordsOf(int list) const;

    /// The length that no sentence exceeds, in characters.
    std::size_t longest() const;
    /// Every character that a sentence can have, some of them more than once.
    std::string characters() const;

private:
    struct Part {
        enum Kind { Text, Word, Again, Rule } kind = Text;
        std::string text;
        int index = -1; ///< of the list or the rule
        int form = 0;
        int memory = -1; ///< the memory that the word is written to or read from
        int except = -1; ///< the memory whose word it must not be
    };
    struct WordList {
        std::vector<std::vector<std::string>> words; ///< [word, form]
        std::vector<double> sums;                    ///< running sums of the weights, each word's included
    };
    struct Rule {
        std::vector<std::vector<Part>> ways;
        std::vector<double> sums;
    };

    void define(std::string_view line);
    void defineList(std::string_view head, std::string_view body);
    std::vector<Part> parseParts(std::string_view text);
    Part parsePart(std::string_view text);
    int memoryOf(std::string_view name);
    void write(int rule, RandomStream &random, std::vector<int> &memories, Sentence &sentence) const;
    void add(const Part &part, int word, Sentence &sentence) const;
    std::size_t longestOf(const Part &part) const;
    std::size_t longestOf(const Rule &rule) const;

    std::vector<WordList> m_lists;
    std::vector<Rule> m_rules;
    std::map<std::string, int, std::less<>> m_listNames;
    std::map<std::string, int, std::less<>> m_ruleNames;
    std::map<std::string, int, std::less<>> m_memoryNames; ///< in the way of writing that is being parsed
    std::vector<int> m_memoryLists;                        ///< by memory: the list that its words come from
};

} // namespace samout
