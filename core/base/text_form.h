// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// Helpers for the text forms of edits, interventions and breakpoints.

namespace samout {

/// The shortest text that reads back as the same number: "0.1", "1e-20", "-inf".
template <typename Number> std::string numberText(Number number)
{
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

/// Parses all of `text` as a number; empty if it is not a number or does not fit the type.
template <typename Number> std::optional<Number> parseNumber(std::string_view text)
{
    Number number = 0;
    const char *end = text.data() + text.size();
    const auto [read, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || read != end)
        return std::nullopt;
    return number;
}

/// Parses a layer, head, channel or position: a whole number from 0 on.
template <typename Number = int> std::optional<Number> parseIndex(std::string_view text)
{
    const auto index = parseNumber<Number>(text);
    return index && *index >= 0 ? index : std::nullopt;
}

/// The parts of `text` before and after the first `sign`; empty if `text` has no `sign`.
inline std::optional<std::pair<std::string_view, std::string_view>> halvesAt(char sign, std::string_view text)
{
    const auto border = text.find(sign);
    if (border == text.npos)
        return std::nullopt;
    return std::pair(text.substr(0, border), text.substr(border + 1));
}

} // namespace samout
