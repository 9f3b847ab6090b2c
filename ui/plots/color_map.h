// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QColor>
#include <QRgb>
#include <QString>

#include <array>

namespace samout {

/// A perceptually even colour map of 256 colours.
struct ColorMap {
    QString name;
    std::array<QRgb, 256> colors;

    static const ColorMap &cividis();
    static const ColorMap &viridis();
    /// Blue to red with zero in the middle, neutral (near the plot's background) in the given theme.
    static const ColorMap &diverging(bool dark);
};

/// The colour of a NaN cell; no colour map contains it.
inline constexpr QRgb nanColor = 0xFFFF00FF;

/// The Okabe-Ito colours for categories, by index (wraps around); the eighth is black or white, depending on the theme.
QColor categoryColor(int index, bool dark);

} // namespace samout
