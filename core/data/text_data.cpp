// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/data/bigram.h"
#include "core/data/sources.h"
#include "core/data/utf8.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <span>

namespace samout {

namespace {

/// The most tokens that the bigram model is counted on: plenty, in a tenth of a second.
constexpr std::size_t bigramTokens = std::size_t{1} << 22;
/// The fewest lines with which a file of short lines is read line by line.
constexpr std::size_t fewestLines = 20;

/// A part of the text.
struct Stretch {
    std::size_t begin = 0;
    std::size_t length = 0;
};

/// The characters of the file: NFC, line ends as "\n", without a byte order mark.
std::string readCharacters(const std::string &path)
{
    std::string bytes = readFile(path);
    if (const std::size_t bad = firstBadByte(bytes); bad != std::string::npos)
        throw Error(
            Error::Damaged,
            Text("The file \"{0}\" is not UTF-8 text: the byte at position {1} begins no character. Save it as UTF-8.",
                 path, bad));
    if (bytes.starts_with("\xEF\xBB\xBF"))
        bytes.erase(0, 3);
    if (bytes.find('\r') != std::string::npos) {
        std::string unified;
        unified.reserve(bytes.size());
        for (std::size_t i = 0; i < bytes.size(); ++i) {
            if (bytes[i] != '\r' || i + 1 == bytes.size() || bytes[i + 1] != '\n')
                unified += bytes[i];
        }
        bytes = std::move(unified);
    }
    return normalizedText(bytes);
}

/// Characters of a file. If most lines are short enough, each line is a sequence between two newlines; else the text is
/// one long band, cut at random places.
class TextData : public Dataset {
public:
    explicit TextData(const DataOptions &options) : m_seed(options.seed), m_batch(options.batch)
    {
        requireBatch(options);
        m_name = fileName(options.source);
        m_sequenceLength = options.sequenceLength;
        readTokens(options);
        const std::vector<Stretch> lines = findLines();
        if (areShort(lines))
            takeLines(options, lines);
        else
            takeBand(options);
        BigramModel bigrams(m_vocabulary.size());
        countBigrams(bigrams);
        m_bigramLoss = bigrams.loss(m_heldOut.count > 0 ? m_heldOut : trainingBatch(0));
    }

    Batch trainingBatch(std::int64_t step) const override
    {
        RandomStream random(m_seed, Purpose::Order, static_cast<std::uint64_t>(step));
        std::vector<std::vector<std::int64_t>> sequences;
        for (std::int64_t i = 0; i < m_batch; ++i) {
            if (m_lineEnd) {
                const auto line = random.below(static_cast<std::int64_t>(m_lines.size()));
                sequences.push_back(lineSequence(m_lines[static_cast<std::size_t>(line)]));
            } else {
                const auto places = static_cast<std::int64_t>(m_bandEnd) - m_sequenceLength + 1;
                sequences.push_back(window(static_cast<std::size_t>(random.below(places)), length()));
            }
        }
        return shiftedBatch(sequences, m_vocabulary.special().padding);
    }

private:
    std::size_t length() const { return static_cast<std::size_t>(m_sequenceLength); }

    void readTokens(const DataOptions &options)
    {
        const std::string text = readCharacters(options.source);
        const std::size_t characters = codePointCount(text);
        if (characters < 2)
            throw Error(
                Error::WrongValue,
                characters == 1
                    ? Text("The file \"{0}\" has 1 character; there is nothing to predict in it.", options.source)
                    : Text("The file \"{0}\" has {1} characters; there is nothing to predict in it.", options.source,
                           characters));
        const Vocabulary own = Vocabulary::ofText(text);
        const bool isGiven = options.vocabulary && !options.vocabulary->isNumbers();
        m_vocabulary = isGiven ? *options.vocabulary : writtenVocabulary(options, own);

        std::vector<std::int32_t> ids(0x110000); // by code point; set for the text's code points
        for (std::int64_t id = 0; id < own.size(); ++id) {
            if (own.special().contains(id))
                continue;
            const std::string &symbol = own.symbols()[static_cast<std::size_t>(id)];
            std::size_t position = 0;
            ids[nextCodePoint(symbol, position)] = static_cast<std::int32_t>(m_vocabulary.tokenOf(symbol));
        }
        m_tokens.reserve(characters);
        std::size_t unknown = 0;
        for (std::size_t position = 0; position < text.size();) {
            m_tokens.push_back(ids[nextCodePoint(text, position)]);
            unknown += m_tokens.back() == m_vocabulary.special().unknown;
        }
        if (unknown * 2 > characters)
            throw Error(Error::WrongValue, Text("The network's vocabulary has less than half of the characters in "
                                                "\"{0}\"; train a new network on it.",
                                                options.source));
    }

    /// The lines that are not empty, without their ends.
    std::vector<Stretch> findLines() const
    {
        std::vector<Stretch> lines;
        const std::int64_t newline = m_vocabulary.find("\n");
        if (newline < 0)
            return lines;
        std::size_t begin = 0;
        for (std::size_t i = 0; i <= m_tokens.size(); ++i) {
            if (i < m_tokens.size() && m_tokens[i] != newline)
                continue;
            if (i > begin)
                lines.push_back({begin, i - begin});
            begin = i + 1;
        }
        return lines;
    }

    bool areShort(const std::vector<Stretch> &lines) const
    {
        const auto fitting =
            std::count_if(lines.begin(), lines.end(), [&](const Stretch &line) { return line.length + 2 <= length(); });
        return lines.size() >= fewestLines && static_cast<std::size_t>(fitting) * 20 >= lines.size() * 19;
    }

    void takeLines(const DataOptions &options, const std::vector<Stretch> &lines)
    {
        m_lineEnd = m_vocabulary.find("\n");
        const double share = options.heldOut.value_or(0.1);
        m_split = {.rule = DataSplit::Rule::Spread, .share = share};
        std::vector<Stretch> heldOut;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            const bool isHeldOut =
                std::floor(static_cast<double>(i + 1) * share) > std::floor(static_cast<double>(i) * share);
            (isHeldOut ? heldOut : m_lines).push_back(lines[i]);
        }
        if (share > 0 && heldOut.empty())
            failShare(options, share, Text("to hold out"));
        if (heldOut.size() > heldOutSequences) {
            std::vector<Stretch> spread;
            for (std::size_t i = 0; i < heldOutSequences; ++i)
                spread.push_back(heldOut[i * heldOut.size() / heldOutSequences]);
            heldOut = spread;
        }
        std::set<std::vector<std::int64_t>> never;
        std::vector<std::vector<std::int64_t>> sequences;
        for (const Stretch &line : heldOut) {
            sequences.push_back(lineSequence(line));
            never.insert(sequences.back());
        }
        if (!never.empty())
            std::erase_if(m_lines, [&](const Stretch &line) { return never.contains(lineSequence(line)); });
        if (m_lines.empty())
            failShare(options, share, Text("to train on"));
        if (!sequences.empty())
            m_heldOut = shiftedBatch(sequences, m_vocabulary.special().padding);

        const std::vector<std::int64_t> example = lineSequence(heldOut.empty() ? m_lines.front() : heldOut.front());
        m_exampleText = m_vocabulary.decode(std::span(example).first(example.size() - 1));
        m_examplePrompt =
            m_vocabulary.decode(std::span(example).first(1 + std::min<std::size_t>(example.size() / 3, 8)));
    }

    void takeBand(const DataOptions &options)
    {
        const double share = options.heldOut.value_or(0.1);
        m_split = {.rule = DataSplit::Rule::End, .share = share};
        const auto heldOut = static_cast<std::size_t>(std::floor(static_cast<double>(m_tokens.size()) * share));
        m_bandEnd = m_tokens.size() - heldOut;
        if (m_bandEnd < length()) {
            const Text has = heldOut == 0
                                 ? Text("{0} characters", m_tokens.size())
                                 : Text("{0} characters, of which {1} are to train on", m_tokens.size(), m_bandEnd);
            throw Error(Error::WrongValue, Text("The file \"{0}\" is too short: it has {1}, and a sequence takes {2}. "
                                                "Choose shorter sequences or a longer text.",
                                                options.source, has, m_sequenceLength));
        }
        if (heldOut < 2 && options.heldOut && share > 0)
            failShare(options, share, Text("to hold out"));
        std::vector<std::vector<std::int64_t>> sequences;
        if (heldOut >= 2) {
            const std::size_t size = std::min(heldOut, length());
            const std::size_t count = std::min<std::size_t>(heldOut / size, heldOutSequences);
            for (std::size_t i = 0; i < count; ++i)
                sequences.push_back(window(m_bandEnd + i * (heldOut / count), size));
            m_heldOut = shiftedBatch(sequences, m_vocabulary.special().padding);
        }

        const std::vector<std::int64_t> example = sequences.empty() ? window(0, length()) : sequences.front();
        m_exampleText = m_vocabulary.decode(example);
        m_examplePrompt = m_vocabulary.decode(std::span(example).first(std::min<std::size_t>(example.size(), 12)));
    }

    [[noreturn]] static void failShare(const DataOptions &options, double share, const Text &missing)
    {
        throw Error(Error::WrongValue,
                    Text("A held-out share of {0} leaves nothing of \"{1}\" {2}.", share, options.source, missing));
    }

    std::vector<std::int64_t> window(std::size_t begin, std::size_t size) const
    {
        const auto first = m_tokens.begin() + static_cast<std::ptrdiff_t>(begin);
        return {first, first + static_cast<std::ptrdiff_t>(size)};
    }

    /// Newline, line, newline; the few lines that are longer than a sequence are cut.
    std::vector<std::int64_t> lineSequence(const Stretch &line) const
    {
        std::vector<std::int64_t> sequence = {*m_lineEnd};
        const auto first = m_tokens.begin() + static_cast<std::ptrdiff_t>(line.begin);
        sequence.insert(sequence.end(), first, first + static_cast<std::ptrdiff_t>(line.length));
        sequence.push_back(*m_lineEnd);
        sequence.resize(std::min(sequence.size(), length()));
        return sequence;
    }

    void countBigrams(BigramModel &bigrams) const
    {
        if (!m_lineEnd) {
            const std::size_t end = std::min(m_bandEnd, bigramTokens);
            for (std::size_t i = 0; i + 1 < end; ++i)
                bigrams.count(m_tokens[i], m_tokens[i + 1]);
            return;
        }
        std::size_t counted = 0;
        for (const Stretch &line : m_lines) {
            const std::vector<std::int64_t> sequence = lineSequence(line);
            for (std::size_t i = 0; i + 1 < sequence.size(); ++i)
                bigrams.count(sequence[i], sequence[i + 1]);
            counted += sequence.size();
            if (counted >= bigramTokens)
                return;
        }
    }

    std::uint64_t m_seed;
    std::int64_t m_batch;
    std::vector<std::int32_t> m_tokens;
    std::vector<Stretch> m_lines; ///< the training lines; empty if the text is one band
    std::size_t m_bandEnd = 0;    ///< where the training part of the band ends
};

} // namespace

std::shared_ptr<const Dataset> openText(const DataOptions &options) { return std::make_shared<TextData>(options); }

} // namespace samout
