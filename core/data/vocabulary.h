// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace samout {

/// The tokens that are not text, by id. A vocabulary may lack any of them, and one token may have several meanings.
struct SpecialTokens {
    std::optional<std::int64_t> unknown = {}; ///< replaces every symbol that has no token
    std::optional<std::int64_t> begin = {};
    std::optional<std::int64_t> end = {};
    std::optional<std::int64_t> padding = {}; ///< fills short rows; its embedding stays 0, and it is never a target

    bool contains(std::int64_t token) const;
    bool operator==(const SpecialTokens &) const = default;
};

/// The special tokens of vocabularies that this program makes, and of files that do not name theirs.
constexpr SpecialTokens usualSpecialTokens{.unknown = 0, .begin = 1, .end = 2, .padding = 3};
/// The special tokens of `size` bare numbers: only padding and begin, each if it is below `size`.
SpecialTokens usualOfNumbers(std::int64_t size);

/// What token numbers mean. Two kinds: symbols (characters if this program made the vocabulary: NFC code points, with
/// ids from 4 on in code point order, after the usual special tokens) and bare numbers (token 17 is written "17", a
/// text is numbers with spaces or commas between them).
class Vocabulary {
public:
    Vocabulary() = default;

    /// The characters that occur in `text` (UTF-8, made NFC). Throws Error if it is not UTF-8.
    static Vocabulary ofText(std::string_view text);
    /// From all symbols by id, as stored in a file; the special tokens have symbols too. A symbol is any UTF-8 string.
    /// Throws Error if a symbol is not UTF-8 or occurs twice, or a special token is outside the vocabulary.
    static Vocabulary ofSymbols(std::vector<std::string> symbols, const SpecialTokens &special = usualSpecialTokens);
    /// `size` bare numbers. Throws Error if a special token is outside the vocabulary.
    static Vocabulary ofNumbers(std::int64_t size, const SpecialTokens &special);
    /// With the usual special tokens.
    static Vocabulary ofNumbers(std::int64_t size) { return ofNumbers(size, usualOfNumbers(size)); }

    std::int64_t size() const { return m_size; }
    /// True if tokens are bare numbers, without symbols.
    bool isNumbers() const { return m_symbols.empty(); }
    /// The symbols by id; empty for bare numbers.
    const std::vector<std::string> &symbols() const { return m_symbols; }
    const SpecialTokens &special() const { return m_special; }
    /// The token that fills short rows: padding, or token 0 if there is no padding.
    std::int64_t filler() const { return m_special.padding.value_or(0); }
    /// The token that an empty text is read as: begin, else end, else token 0.
    std::int64_t start() const { return m_special.begin.value_or(m_special.end.value_or(0)); }

    /// The tokens of a text: those of its NFC code points (see tokenOf()). For bare numbers, throws Error if an entry
    /// is not a number or not below size(). Throws Error if the text is not UTF-8.
    std::vector<std::int64_t> encode(std::string_view text) const;
    /// The token of a symbol, or unknown. Throws Error if the vocabulary has neither.
    std::int64_t tokenOf(std::string_view symbol) const;
    /// The text of the tokens; special ones are left out. Numbers are joined by spaces.
    std::string decode(std::span<const std::int64_t> tokens) const;
    /// One token as a person reads it alone, never empty: "e", "⏎" (newline), "␣" (space), "17", "[padding]".
    std::string label(std::int64_t token) const;
    /// The id of a symbol, or -1. Special tokens are not found: "[padding]" is nine characters of text.
    std::int64_t find(std::string_view symbol) const;

    bool operator==(const Vocabulary &other) const
    {
        return m_size == other.m_size && m_symbols == other.m_symbols && m_special == other.m_special;
    }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    std::int64_t m_size = 0;
    SpecialTokens m_special;
    std::vector<std::string> m_symbols;
    std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> m_ids;
};

/// `text` in Unicode normal form C. Throws Error (with the byte position) if it is not UTF-8.
std::string normalizedText(std::string_view text);

} // namespace samout
