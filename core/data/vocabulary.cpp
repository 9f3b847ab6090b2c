// SPDX-License-Identifier: GPL-3.0-only
#include "core/data/vocabulary.h"

#include "core/base/error.h"
#include "core/data/utf8.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <utf8proc.h>

namespace samout {

namespace {

void checkInside(const SpecialTokens &special, std::int64_t size)
{
    for (const auto &token : {special.unknown, special.begin, special.end, special.padding})
        if (token && (*token < 0 || *token >= size))
            throw Error(Error::WrongValue,
                        Text("A vocabulary of {0} tokens is too small for its special token {1}; it should be from 0 "
                             "to {2}.",
                             size, *token, size - 1));
}

/// Code points that are in NFC whatever stands around them: Latin, general and CJK punctuation, CJK ideographs, Hangul,
/// Hangul, full-width forms. The rest is left to utf8proc.
bool isPlain(char32_t point)
{
    return point < 0x300 || (point >= 0x2010 && point <= 0x2027) || (point >= 0x3001 && point <= 0x3029) ||
           (point >= 0x4E00 && point <= 0x9FFF) || (point >= 0xAC00 && point <= 0xD7A3) ||
           (point >= 0xFF01 && point <= 0xFF5E);
}

void appendNormalized(std::string &out, std::string_view line)
{
    std::size_t position = 0;
    while (position < line.size()) {
        if (!isPlain(nextCodePoint(line, position))) {
            utf8proc_uint8_t *mapped = nullptr;
            const utf8proc_ssize_t size = utf8proc_map(
                reinterpret_cast<const utf8proc_uint8_t *>(line.data()), static_cast<utf8proc_ssize_t>(line.size()),
                &mapped, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
            if (size < 0)
                throw Error(Error::WrongValue, Text("A text could not be made NFC: {0}.", utf8proc_errmsg(size)));
            out.append(reinterpret_cast<const char *>(mapped), static_cast<std::size_t>(size));
            std::free(mapped);
            return;
        }
    }
    out.append(line);
}

std::string hexName(char32_t point)
{
    char text[16];
    std::snprintf(text, sizeof text, "U+%04X", static_cast<unsigned>(point));
    return text;
}

/// A readable name for a code point that is invisible on the screen.
std::string visible(std::string_view symbol, char32_t point)
{
    switch (point) {
    case U'\n':
        return "⏎";
    case U' ':
    case U'\u3000':
        return "␣";
    case U'\t':
        return "⇥";
    case U'\r':
        return "␍";
    default:
        break;
    }
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(point))) {
    case UTF8PROC_CATEGORY_MN:
    case UTF8PROC_CATEGORY_ME:
        return "◌" + std::string(symbol);
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CF:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_CO:
    case UTF8PROC_CATEGORY_ZS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return hexName(point);
    default:
        return std::string(symbol);
    }
}

std::vector<std::int64_t> encodeNumbers(std::string_view text, std::int64_t size)
{
    constexpr std::string_view separators = " ,\n\t\r";
    std::vector<std::int64_t> tokens;
    std::size_t begin = text.find_first_not_of(separators);
    while (begin != std::string_view::npos) {
        const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
        const std::string_view word = text.substr(begin, end - begin);
        std::int64_t token = -1;
        const auto [rest, failure] = std::from_chars(word.data(), word.data() + word.size(), token);
        if (failure != std::errc() || rest != word.data() + word.size() || token < 0 || token >= size)
            throw Error(
                Error::WrongValue,
                Text(
                    "\"{0}\" is not a token: tokens are the numbers from 0 to {1}, with spaces or commas between them.",
                    word, size - 1));
        tokens.push_back(token);
        begin = text.find_first_not_of(separators, end);
    }
    return tokens;
}

} // namespace

std::string normalizedText(std::string_view text)
{
    if (const std::size_t bad = firstBadByte(text); bad != std::string_view::npos)
        throw Error(Error::WrongValue,
                    Text("Not UTF-8 text: the byte at position {0} begins no character. Save the text as UTF-8.", bad));
    // Nothing composes across a line feed, so each line can be looked at alone.
    std::string out;
    out.reserve(text.size());
    std::size_t begin = 0;
    while (begin < text.size()) {
        const std::size_t feed = text.find('\n', begin);
        const std::size_t end = feed == std::string_view::npos ? text.size() : feed + 1;
        appendNormalized(out, text.substr(begin, end - begin));
        begin = end;
    }
    return out;
}

SpecialTokens usualOfNumbers(std::int64_t size)
{
    const auto below = [size](std::optional<std::int64_t> token) { return token < size ? token : std::nullopt; };
    return {.begin = below(usualSpecialTokens.begin), .padding = below(usualSpecialTokens.padding)};
}

bool SpecialTokens::contains(std::int64_t token) const
{
    return token == unknown || token == begin || token == end || token == padding;
}

Vocabulary Vocabulary::ofText(std::string_view text)
{
    const std::string normalized = normalizedText(text);
    std::vector<bool> seen(0x110000);
    for (std::size_t position = 0; position < normalized.size();)
        seen[nextCodePoint(normalized, position)] = true;
    std::vector<std::string> symbols = {"[unknown]", "[begin]", "[end]", "[padding]"}; // the usual special tokens
    for (std::size_t point = 0; point < seen.size(); ++point) {
        if (!seen[point])
            continue;
        utf8proc_uint8_t bytes[4];
        const utf8proc_ssize_t length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(point), bytes);
        symbols.emplace_back(reinterpret_cast<const char *>(bytes), static_cast<std::size_t>(length));
    }
    return ofSymbols(std::move(symbols));
}

Vocabulary Vocabulary::ofSymbols(std::vector<std::string> symbols, const SpecialTokens &special)
{
    if (symbols.empty())
        throw Error(Error::WrongValue, Text("A vocabulary of 0 symbols is too small: it needs at least one."));
    Vocabulary vocabulary;
    vocabulary.m_size = static_cast<std::int64_t>(symbols.size());
    vocabulary.m_special = special;
    vocabulary.m_symbols = std::move(symbols);
    checkInside(special, vocabulary.m_size);
    for (std::int64_t id = 0; id < vocabulary.m_size; ++id) {
        const std::string &symbol = vocabulary.m_symbols[static_cast<std::size_t>(id)];
        if (firstBadByte(symbol) != std::string_view::npos)
            throw Error(Error::WrongValue, Text("Symbol {0} of the vocabulary is not UTF-8 text.", id));
        const auto [known, isNew] = vocabulary.m_ids.emplace(symbol, id);
        if (!isNew)
            throw Error(Error::WrongValue, Text("The vocabulary has the symbol \"{0}\" twice, as {1} and as {2}.",
                                                symbol, known->second, id));
    }
    return vocabulary;
}

Vocabulary Vocabulary::ofNumbers(std::int64_t size, const SpecialTokens &special)
{
    if (size < 1)
        throw Error(Error::WrongValue, Text("A vocabulary of {0} numbers is too small: it needs at least one.", size));
    checkInside(special, size);
    Vocabulary vocabulary;
    vocabulary.m_size = size;
    vocabulary.m_special = special;
    return vocabulary;
}

std::vector<std::int64_t> Vocabulary::encode(std::string_view text) const
{
    if (isNumbers())
        return encodeNumbers(text, m_size);
    const std::string normalized = normalizedText(text);
    std::vector<std::int64_t> tokens;
    tokens.reserve(normalized.size());
    for (std::size_t position = 0; position < normalized.size();) {
        const std::size_t begin = position;
        nextCodePoint(normalized, position);
        tokens.push_back(tokenOf(std::string_view(normalized).substr(begin, position - begin)));
    }
    return tokens;
}

std::int64_t Vocabulary::tokenOf(std::string_view symbol) const
{
    if (const std::int64_t token = find(symbol); token >= 0)
        return token;
    if (!m_special.unknown)
        throw Error(Error::WrongValue,
                    Text("The vocabulary has no \"{0}\", and no token for unknown characters.", symbol));
    return *m_special.unknown;
}

std::string Vocabulary::decode(std::span<const std::int64_t> tokens) const
{
    std::string text;
    for (const std::int64_t token : tokens) {
        if (isNumbers()) {
            if (!text.empty())
                text += ' ';
            text += std::to_string(token);
        } else if (token >= 0 && token < m_size && !m_special.contains(token)) {
            text += m_symbols[static_cast<std::size_t>(token)];
        }
    }
    return text;
}

std::string Vocabulary::label(std::int64_t token) const
{
    if (isNumbers() || token < 0 || token >= m_size)
        return std::to_string(token);
    const std::string &symbol = m_symbols[static_cast<std::size_t>(token)];
    if (symbol.empty())
        return std::to_string(token);
    if (codePointCount(symbol) > 1)
        return symbol;
    std::size_t position = 0;
    return visible(symbol, nextCodePoint(symbol, position));
}

std::int64_t Vocabulary::find(std::string_view symbol) const
{
    if (isNumbers()) {
        std::int64_t token = -1;
        const auto [rest, failure] = std::from_chars(symbol.data(), symbol.data() + symbol.size(), token);
        const bool whole = failure == std::errc() && rest == symbol.data() + symbol.size();
        return whole && token >= 0 && token < m_size ? token : -1;
    }
    const auto found = m_ids.find(symbol);
    return found == m_ids.end() || m_special.contains(found->second) ? -1 : found->second;
}

} // namespace samout
