// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QString>

#include <array>
#include <charconv>
#include <cmath>

namespace samout {

/// A number with four significant digits, for reading.
inline QString shortNumber(double value)
{
    return std::isnan(value) ? QStringLiteral("NaN") : QString::number(value, 'g', 4);
}

/// The same for a difference, with its sign.
inline QString signedNumber(double value)
{
    return (value >= 0 ? QStringLiteral("+") : QString()) + shortNumber(value);
}

/// The shortest text that reads back as the same number, for hovering and copying.
template <typename Float> QString exactNumber(Float value)
{
    if (std::isnan(value))
        return QStringLiteral("NaN");
    std::array<char, 48> text{};
    const auto result = std::to_chars(text.data(), text.data() + text.size(), value);
    return QString::fromLatin1(text.data(), static_cast<qsizetype>(result.ptr - text.data()));
}

} // namespace samout
