// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace samout {

/// Reads the code point at `position` of well-formed UTF-8 and moves past it.
inline char32_t nextCodePoint(std::string_view text, std::size_t &position)
{
    const auto byte = [&](std::size_t i) {
        return static_cast<char32_t>(static_cast<unsigned char>(text[position + i]));
    };
    const char32_t first = byte(0);
    char32_t point = first;
    std::size_t length = 1;
    if (first >= 0xF0) {
        point = ((first & 0x07) << 18) | ((byte(1) & 0x3F) << 12) | ((byte(2) & 0x3F) << 6) | (byte(3) & 0x3F);
        length = 4;
    } else if (first >= 0xE0) {
        point = ((first & 0x0F) << 12) | ((byte(1) & 0x3F) << 6) | (byte(2) & 0x3F);
        length = 3;
    } else if (first >= 0xC0) {
        point = ((first & 0x1F) << 6) | (byte(1) & 0x3F);
        length = 2;
    }
    position += length;
    return point;
}

/// Code points in well-formed UTF-8.
inline std::size_t codePointCount(std::string_view text)
{
    std::size_t count = 0;
    for (const char c : text)
        count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

/// The byte at which `text` stops being UTF-8 (overlong forms, surrogates and numbers past U+10FFFF are not UTF-8), or
/// npos.
std::size_t firstBadByte(std::string_view text);

} // namespace samout
