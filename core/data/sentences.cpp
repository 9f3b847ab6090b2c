// SPDX-License-Identifier: GPL-3.0-only
#include "core/data/sentences.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/grammar.h"
#include "core/data/sources.h"
#include "core/data/utf8.h"

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

/// The most tokens of a sentence with the two newlines around it.
constexpr std::int64_t longestLine = 64;

/// Sentences of a grammar, each between two newlines. One that does not fit into a sequence is drawn again.
class Sentences : public GeneratedData {
public:
    explicit Sentences(const DataOptions &options) : GeneratedData(options), m_grammar(grammarNamed(options.source))
    {
        m_vocabulary = writtenVocabulary(options, Vocabulary::ofText("\n" + m_grammar.characters()));
        m_lineEnd = m_vocabulary.find("\n");
        m_sequenceLength = std::min(options.sequenceLength, static_cast<std::int64_t>(m_grammar.longest()) + 2);
        const double fitting = fittingShare();
        if (fitting < 0.25)
            throw Error(Error::WrongValue, Text("Sequences of {0} tokens are too short for \"{1}\"; choose {2}.",
                                                options.sequenceLength, m_name, longestLine));
        m_logFitting = std::log(fitting);
        prepare();
        m_entropy = heldOutSurprise();

        RandomStream random(0, Purpose::HeldOutData, 2);
        do {
            m_exampleText = "\n" + m_grammar.draw(random).text;
        } while (codePointCount(m_exampleText) < static_cast<std::size_t>(m_sequenceLength) / 2);
        // A line's first word; if no spaces separate the words, two characters.
        std::size_t end = 0;
        for (int i = 0; i < 3; ++i)
            nextCodePoint(m_exampleText, end);
        m_examplePrompt = m_exampleText.substr(0, std::min(m_exampleText.find(' '), m_exampleText.size()));
        if (m_examplePrompt.size() == m_exampleText.size())
            m_examplePrompt.resize(end);
    }

protected:
    DrawnSequence draw(RandomStream &random) const override
    {
        for (;;) {
            const Grammar::Sentence sentence = m_grammar.draw(random);
            if (fits(sentence))
                return {m_vocabulary.encode("\n" + sentence.text + "\n"), {}, sentence.logProbability - m_logFitting};
        }
    }

private:
    bool fits(const Grammar::Sentence &sentence) const
    {
        return codePointCount(sentence.text) + 2 <= static_cast<std::size_t>(m_sequenceLength);
    }

    /// The probability that a sentence fits into a sequence.
    double fittingShare() const
    {
        if (m_grammar.longest() + 2 <= static_cast<std::size_t>(m_sequenceLength))
            return 1;
        constexpr int draws = 4096;
        RandomStream random(0, Purpose::HeldOutData, 1);
        int fitting = 0;
        for (int i = 0; i < draws; ++i)
            fitting += fits(m_grammar.draw(random));
        return static_cast<double>(fitting) / draws;
    }

    Grammar m_grammar;
    double m_logFitting = 0;
};

} // namespace

std::string grammarNamed(const std::string &name)
{
    if (name == "sentences-zh")
        return std::string(chineseGrammar);
    std::string grammar(englishGrammar);
    if (name == "sentences-double")
        grammar += englishDoubles;
    return grammar;
}

const std::vector<DataKind> &sentenceKinds()
{
    static const std::vector<DataKind> kinds = {
        {"sentences", Text("English sentences of a small grammar: how a network learns to write, word by word.")},
        {"sentences-zh", Text("Chinese sentences of a small grammar: each character a token.")},
        {"sentences-double",
         Text("English with doubled letters, such as in \"ball\": after the first l the second leaves no "
              "trace, so the network cannot know whether it was written.")},
    };
    return kinds;
}

std::shared_ptr<const Dataset> openSentences(const DataOptions &options)
{
    return std::make_shared<Sentences>(options);
}

} // namespace samout
