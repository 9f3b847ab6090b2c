// SPDX-License-Identifier: GPL-3.0-only
#include "core/data/labelled_sentences.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/grammar.h"
#include "core/data/sentences.h"
#include "core/data/utf8.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace samout {

namespace {

/// The random stream of these sentences, among the streams for held-out data.
constexpr std::uint64_t stream = 3;
/// Most sentences drawn for each wanted one.
constexpr std::int64_t drawsForOne = 200;

/// The byte where the bare word (its first form) begins, if the written word ends in it, as "hat" in "a hat"; else
/// npos, as in "she" for "mia".
std::size_t bareBegin(const Grammar &grammar, const Grammar::Word &word, std::string_view text)
{
    const std::string &bare = grammar.wordsOf(word.list)[static_cast<std::size_t>(word.word)][0];
    return text.substr(word.begin, word.length).ends_with(bare) ? word.begin + word.length - bare.size()
                                                                : std::string::npos;
}

} // namespace

std::vector<LabelledKind> labelledKinds(const std::string &source)
{
    if (source == "sentences" || source == "sentences-double")
        return {{LabelledKind::Name, "one"}, {LabelledKind::Animal, "beast"}, {LabelledKind::Thing, "item"}};
    if (source == "sentences-zh")
        return {{LabelledKind::Name, "名"}, {LabelledKind::Animal, "兽"}, {LabelledKind::Thing, "物"}};
    return {};
}

LabelledSentences labelledSentences(const std::string &source, const std::string &list, const Vocabulary &vocabulary,
                                    int count, std::int64_t longest)
{
    if (labelledKinds(source).empty())
        throw Error(Error::WrongValue,
                    Text("The data \"{0}\" has no words whose labels are known; sentences have.", source));
    const Grammar grammar(grammarNamed(source));
    const int wanted = grammar.findList(list);
    if (wanted < 0)
        throw Error(Error::WrongValue, Text("The data \"{0}\" has no list of words \"{1}\".", source, list));
    LabelledSentences result;
    for (const std::vector<std::string> &forms : grammar.wordsOf(wanted))
        result.words.push_back(forms[0]);

    RandomStream random(0, Purpose::HeldOutData, stream);
    std::set<std::string> known;
    int room[2] = {count - count / 2, count / 2}; // said once, said again
    for (std::int64_t draw = 0; draw < drawsForOne * count && room[0] + room[1] > 0; ++draw) {
        const Grammar::Sentence sentence = grammar.draw(random);
        const Grammar::Word *said = nullptr, *again = nullptr;
        for (std::size_t i = 0; i < sentence.words.size() && !again; ++i) {
            const Grammar::Word &word = sentence.words[i];
            if (word.list != wanted || bareBegin(grammar, word, sentence.text) == std::string::npos)
                continue;
            for (std::size_t j = i + 1; j < sentence.words.size() && !again && word.memory >= 0; ++j)
                if (sentence.words[j].again && sentence.words[j].memory == word.memory &&
                    bareBegin(grammar, sentence.words[j], sentence.text) != std::string::npos)
                    again = &sentence.words[j];
            if (!said || again)
                said = &word;
        }
        if (!said || room[again != nullptr] == 0 || !known.insert(sentence.text).second)
            continue;
        LabelledSentence labelled;
        labelled.tokens = vocabulary.encode("\n" + sentence.text + "\n");
        if (static_cast<std::int64_t>(labelled.tokens.size()) > longest)
            continue;
        // The token position of a byte of the sentence: one token a character, after the line end.
        const auto tokenAt = [&](std::size_t byte) {
            return 1 + static_cast<std::int64_t>(codePointCount(std::string_view(sentence.text).substr(0, byte)));
        };
        labelled.label = said->word;
        labelled.end = tokenAt(said->begin + said->length) - 1;
        if (again) {
            labelled.again = tokenAt(bareBegin(grammar, *again, sentence.text));
            labelled.againEnd = tokenAt(again->begin + again->length);
        }
        --room[again != nullptr];
        result.sentences.push_back(std::move(labelled));
    }
    return result;
}

} // namespace samout
