#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace samout {

/// What token numbers mean. Two kinds: characters (NFC code points, ids from 4 on in code point order; the
/// first four ids are the special ones below) and bare numbers (token 17 is written "17", a text is numbers
/// with spaces or commas between them).
class Vocabulary {
public:
    static constexpr std::int64_t Unknown = 0;
    static constexpr std::int64_t Begin = 1;
    static constexpr std::int64_t End = 2;
    static constexpr std::int64_t Padding = 3;

    Vocabulary() = default;

    /// The characters that occur in `text` (UTF-8, made NFC). Throws Error where it is not UTF-8.
    static Vocabulary ofText(std::string_view text);
    /// All symbols by id, the four special ones included, as stored in a file. A symbol is any UTF-8 string.
    /// Throws Error where there are fewer than the four special ones, one is not UTF-8 or one occurs twice.
    static Vocabulary ofSymbols(std::vector<std::string> symbols);
    /// `size` bare numbers.
    static Vocabulary ofNumbers(std::int64_t size);

    std::int64_t size() const { return m_size; }
    /// True where tokens are bare numbers, without symbols.
    bool isNumbers() const { return m_symbols.empty(); }
    /// The symbols by id; empty for bare numbers.
    const std::vector<std::string> &symbols() const { return m_symbols; }

    /// The tokens of a text: its NFC code points, those outside the vocabulary as Unknown. For bare numbers,
    /// throws Error on what is not a number or not below size(). Throws Error where the text is not UTF-8.
    std::vector<std::int64_t> encode(std::string_view text) const;
    /// The text of the tokens; special ones are left out. Numbers are joined by spaces.
    std::string decode(std::span<const std::int64_t> tokens) const;
    /// One token as a person reads it alone, never empty: "e", "⏎" (newline), "␣" (space), "17", "[padding]".
    std::string label(std::int64_t token) const;
    /// The id of a symbol, or -1.
    std::int64_t find(std::string_view symbol) const;

    bool operator==(const Vocabulary &other) const { return m_size == other.m_size && m_symbols == other.m_symbols; }

private:
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };

    std::int64_t m_size = 0;
    std::vector<std::string> m_symbols;
    std::unordered_map<std::string, std::int64_t, Hash, std::equal_to<>> m_ids;
};

/// `text` in Unicode normal form C. Throws Error (with the byte position) where it is not UTF-8.
std::string normalizedText(std::string_view text);

} // namespace samout
