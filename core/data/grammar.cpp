// SPDX-License-Identifier: GPL-3.0-only
#include "core/data/grammar.h"

#include "core/data/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace samout {

namespace {

std::string_view trimmed(std::string_view text)
{
    const std::size_t begin = text.find_first_not_of(" \n");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \n") - begin + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(separator, begin), text.size());
        parts.push_back(trimmed(text.substr(begin, end - begin)));
        begin = end + 1;
    }
    return parts;
}

[[noreturn]] void fail(std::string_view text)
{
    throw std::logic_error("A grammar has no meaning at: " + std::string(text));
}

/// The index in `sums` of a number drawn from [0, sums.back()).
std::size_t placeOf(const std::vector<double> &sums, double drawn)
{
    const auto place = std::upper_bound(sums.begin(), sums.end(), drawn);
    return std::min(static_cast<std::size_t>(place - sums.begin()), sums.size() - 1);
}

double weightAt(const std::vector<double> &sums, std::size_t place)
{
    return place == 0 ? sums[0] : sums[place] - sums[place - 1];
}

} // namespace

Grammar::Grammar(std::string_view source)
{
    // Rules may be used before their definition, so the names are read first.
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < source.size();) {
        const std::size_t end = std::min(source.find('\n', begin), source.size());
        const std::string_view line = source.substr(begin, end - begin);
        begin = end + 1;
        if (line.starts_with(' ') && !lines.empty())
            lines.back() += line;
        else if (!trimmed(line).empty() && !line.starts_with('#'))
            lines.emplace_back(line);
    }
    for (const std::string &line : lines) {
        const std::size_t colon = line.find(':');
        if (colon < line.find('=') && m_ruleNames.emplace(trimmed(line.substr(0, colon)), m_rules.size()).second)
            m_rules.emplace_back();
    }
    for (const std::string &line : lines) {
        if (const std::size_t equal = line.find('='); equal < line.find(':'))
            defineList(trimmed(std::string_view(line).substr(0, equal)), std::string_view(line).substr(equal + 1));
    }
    for (const std::string &line : lines) {
        if (line.find(':') < line.find('='))
            define(line);
    }
    if (!m_ruleNames.contains("sentence"))
        fail("a text without sentence");
}

void Grammar::defineList(std::string_view head, std::string_view body)
{
    std::vector<std::string_view> patterns;
    if (const std::size_t open = head.find('('); open != std::string_view::npos) {
        patterns = split(head.substr(open + 1, head.size() - open - 2), '/');
        head = trimmed(head.substr(0, open));
    }
    std::vector<std::vector<std::string>> words;
    for (const std::string_view alternative : split(body, '|')) {
        const std::vector<std::string_view> given = split(alternative, '/');
        std::vector<std::string> forms(given.begin(), given.end());
        for (std::size_t i = forms.size(); i < patterns.size(); ++i) {
            std::string form(patterns[i]);
            form.replace(form.find('%'), 1, forms[0]);
            forms.push_back(form);
        }
        words.push_back(std::move(forms));
    }
    const auto [name, isNew] = m_listNames.emplace(head, m_lists.size());
    if (isNew)
        m_lists.emplace_back();
    WordList &list = m_lists[static_cast<std::size_t>(name->second)];
    list.words.insert(list.words.begin(), words.begin(), words.end());
    list.sums.clear();
    for (std::size_t i = 0; i < list.words.size(); ++i)
        list.sums.push_back((i == 0 ? 0 : list.sums.back()) + 1 / static_cast<double>(i + 2));
}

void Grammar::define(std::string_view line)
{
    const std::size_t colon = line.find(':');
    Rule &rule = m_rules[static_cast<std::size_t>(m_ruleNames.find(trimmed(line.substr(0, colon)))->second)];
    std::string_view body = trimmed(line.substr(colon + 1));
    double weight = 0;
    const auto [rest, failure] = std::from_chars(body.data(), body.data() + body.size(), weight);
    if (failure != std::errc() || weight <= 0)
        fail(line);
    body = trimmed(body.substr(static_cast<std::size_t>(rest - body.data())));
    rule.ways.push_back(parseParts(body));
    rule.sums.push_back((rule.sums.empty() ? 0 : rule.sums.back()) + weight);
}

std::vector<Grammar::Part> Grammar::parseParts(std::string_view text)
{
    std::vector<Part> parts;
    m_memoryNames.clear();
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('{'), text.size());
        if (open > 0) {
            parts.emplace_back().text = text.substr(0, open);
            text.remove_prefix(open);
            continue;
        }
        const std::size_t close = text.find('}');
        if (close == std::string_view::npos)
            fail(text);
        parts.push_back(parsePart(text.substr(1, close - 1)));
        text.remove_prefix(close + 1);
    }
    return parts;
}

Grammar::Part Grammar::parsePart(std::string_view text)
{
    Part part;
    part.text = text;
    if (const std::size_t dot = text.find('.'); dot != std::string_view::npos) {
        part.form = text[dot + 1] - '0';
        text = text.substr(0, dot);
    }
    if (const std::size_t mark = text.find('!'); mark != std::string_view::npos) {
        part.except = memoryOf(text.substr(mark + 1));
        text = text.substr(0, mark);
    }
    if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
        part.memory = memoryOf(text.substr(colon + 1));
        text = text.substr(0, colon);
    }
    if (const auto list = m_listNames.find(text); list != m_listNames.end()) {
        part.kind = Part::Word;
        part.index = list->second;
        if (part.memory >= 0)
            m_memoryLists[static_cast<std::size_t>(part.memory)] = part.index;
    } else if (const auto rule = m_ruleNames.find(text); rule != m_ruleNames.end()) {
        part.kind = Part::Rule;
        part.index = rule->second;
    } else {
        part.kind = Part::Again;
        part.memory = memoryOf(text);
        part.index = m_memoryLists[static_cast<std::size_t>(part.memory)];
        if (part.index < 0)
            fail(part.text);
    }
    if (part.kind != Part::Rule) {
        for (const std::vector<std::string> &forms : m_lists[static_cast<std::size_t>(part.index)].words) {
            if (static_cast<std::size_t>(part.form) >= forms.size())
                fail(part.text + " of " + forms[0]);
        }
    }
    return part;
}

int Grammar::memoryOf(std::string_view name)
{
    const auto [memory, isNew] = m_memoryNames.emplace(name, static_cast<int>(m_memoryLists.size()));
    if (isNew)
        m_memoryLists.push_back(-1);
    return memory->second;
}

Grammar::Sentence Grammar::draw(RandomStream &random) const
{
    Sentence sentence;
    std::vector<int> memories(m_memoryLists.size(), -1);
    write(m_ruleNames.find("sentence")->second, random, memories, sentence);
    return sentence;
}

void Grammar::write(int ruleIndex, RandomStream &random, std::vector<int> &memories, Sentence &sentence) const
{
    const Rule &rule = m_rules[static_cast<std::size_t>(ruleIndex)];
    const std::size_t way = placeOf(rule.sums, random.uniform() * rule.sums.back());
    sentence.logProbability += std::log(weightAt(rule.sums, way) / rule.sums.back());
    for (const Part &part : rule.ways[way]) {
        switch (part.kind) {
        case Part::Text:
            sentence.text += part.text;
            break;
        case Part::Rule:
            write(part.index, random, memories, sentence);
            break;
        case Part::Again:
            add(part, memories[static_cast<std::size_t>(part.memory)], sentence);
            break;
        case Part::Word: {
            const WordList &list = m_lists[static_cast<std::size_t>(part.index)];
            const int except = part.except < 0 ? -1 : memories[static_cast<std::size_t>(part.except)];
            double total = list.sums.back();
            double drawn = random.uniform();
            if (except >= 0) {
                const double gap = weightAt(list.sums, static_cast<std::size_t>(except));
                total -= gap;
                drawn *= total;
                if (drawn >= list.sums[static_cast<std::size_t>(except)] - gap)
                    drawn += gap;
            } else {
                drawn *= total;
            }
            const std::size_t word = placeOf(list.sums, drawn);
            sentence.logProbability += std::log(weightAt(list.sums, word) / total);
            add(part, static_cast<int>(word), sentence);
            if (part.memory >= 0)
                memories[static_cast<std::size_t>(part.memory)] = static_cast<int>(word);
            break;
        }
        }
    }
}

void Grammar::add(const Part &part, int word, Sentence &sentence) const
{
    const std::string &text = wordsOf(part.index)[static_cast<std::size_t>(word)][static_cast<std::size_t>(part.form)];
    sentence.words.push_back({.list = part.index,
                              .word = word,
                              .form = part.form,
                              .memory = part.memory,
                              .begin = sentence.text.size(),
                              .length = text.size(),
                              .again = part.kind == Part::Again});
    sentence.text += text;
}

int Grammar::findList(std::string_view name) const
{
    const auto found = m_listNames.find(name);
    return found == m_listNames.end() ? -1 : found->second;
}

const std::vector<std::vector<std::string>> &Grammar::wordsOf(int list) const
{
    return m_lists[static_cast<std::size_t>(list)].words;
}

std::size_t Grammar::longestOf(const Part &part) const
{
    if (part.kind == Part::Text)
        return codePointCount(part.text);
    if (part.kind == Part::Rule)
        return longestOf(m_rules[static_cast<std::size_t>(part.index)]);
    std::size_t longest = 0;
    for (const std::vector<std::string> &forms : m_lists[static_cast<std::size_t>(part.index)].words)
        longest = std::max(longest, codePointCount(forms[static_cast<std::size_t>(part.form)]));
    return longest;
}

std::size_t Grammar::longestOf(const Rule &rule) const
{
    std::size_t longest = 0;
    for (const std::vector<Part> &way : rule.ways) {
        std::size_t length = 0;
        for (const Part &part : way)
            length += longestOf(part);
        longest = std::max(longest, length);
    }
    return longest;
}

std::size_t Grammar::longest() const
{
    return longestOf(m_rules[static_cast<std::size_t>(m_ruleNames.find("sentence")->second)]);
}

std::string Grammar::characters() const
{
    std::string all;
    for (const Rule &rule : m_rules) {
        for (const std::vector<Part> &way : rule.ways) {
            for (const Part &part : way) {
                if (part.kind == Part::Text) {
                    all += part.text;
                } else if (part.kind != Part::Rule) {
                    for (const std::vector<std::string> &forms : m_lists[static_cast<std::size_t>(part.index)].words)
                        all += forms[static_cast<std::size_t>(part.form)];
                }
            }
        }
    }
    return all;
}

} // namespace samout
