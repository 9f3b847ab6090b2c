// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace samout {

/// A sentence in English with the placeholders {0}, {1}, ... for `count` arguments; a brace of the sentence itself is
/// doubled. A placeholder without an argument, or an argument without a placeholder, does not compile.
template <std::size_t count> class Pattern {
public:
    consteval Pattern(const char *english) : m_english(english)
    {
        std::array<bool, count + 1> named = {};
        for (const char *at = english; *at != '\0'; ++at) {
            if (*at != '{' && *at != '}')
                continue;
            if (at[1] == *at) {
                ++at;
                continue;
            }
            std::size_t index = 0;
            const char *digit = at + 1;
            for (; *digit >= '0' && *digit <= '9'; ++digit)
                index = 10 * index + static_cast<std::size_t>(*digit - '0');
            if (*at == '}' || digit == at + 1 || *digit != '}' || index >= count)
                throw "a placeholder is {0}, {1}, ... with an argument for it; write {{ and }} for braces";
            named[index] = true;
            at = digit;
        }
        for (std::size_t index = 0; index < count; ++index)
            if (!named[index])
                throw "an argument has no placeholder";
    }

    const char *english() const { return m_english; }

private:
    const char *m_english;
};

/// A sentence, or a part of one, that a person may read in another language: `Text("There is no file {0}.", path)`.
/// The English is a literal; lupdate finds it in every such call (resources/translations/update.sh). The first argument
/// must not be a literal, which lupdate takes for a comment. Arguments are names and numbers, which are shown as they
/// are, and texts, which are translated too.
class Text {
public:
    /// Empty.
    Text() = default;
    template <typename... Arguments>
    explicit Text(Pattern<sizeof...(Arguments)> pattern, const Arguments &...arguments)
        : m_pattern(pattern.english()), m_arguments{argument(arguments)...}
    {
    }
    /// Words that are shown in every language as they are.
    static Text verbatim(std::string words);

    bool empty() const { return m_pattern.empty(); }
    std::string english() const;
    /// The sentence in the language of `translate`, which is given the English with its placeholders. Returns the
    /// English if the translation has an invalid placeholder.
    std::string in(const std::function<std::string(const std::string &english)> &translate) const;

    bool operator==(const Text &) const = default;

private:
    template <typename Value> static Text argument(const Value &value)
    {
        if constexpr (std::is_same_v<Value, Text>) {
            return value;
        } else if constexpr (std::is_convertible_v<const Value &, std::string_view>) {
            return verbatim(std::string(std::string_view(value)));
        } else {
            static_assert(std::is_arithmetic_v<Value> && !std::is_same_v<Value, bool> && !std::is_same_v<Value, char>);
            return verbatim(numberText(value));
        }
    }
    /// The shortest digits that read back as the same number, as 0.1.
    static std::string numberText(float value);
    static std::string numberText(double value);
    template <typename Whole> static std::string numberText(Whole value) { return std::to_string(value); }

    std::string m_pattern;
    std::vector<Text> m_arguments;
    bool m_verbatim = false;
};

} // namespace samout
