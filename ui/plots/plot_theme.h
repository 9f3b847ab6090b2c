// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QColor>
#include <QFont>
#include <QPalette>
#include <QWidget>

#include <algorithm>
#include <cmath>

namespace samout {

/// The opaque mixture with a share of `to` in `from`.
inline QColor blended(const QColor &from, const QColor &to, double share)
{
    const auto one = [share](int a, int b) { return static_cast<int>(std::lround(a + share * (b - a))); };
    return {one(from.red(), to.red()), one(from.green(), to.green()), one(from.blue(), to.blue())};
}

/// The contrast ratio of two colours, 1 to 21 (WCAG 2.1).
inline double contrast(const QColor &one, const QColor &other)
{
    const auto luminance = [](const QColor &color) {
        const auto linear = [](double v) { return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); };
        return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
    };
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

/// The colours that every plot takes from the desktop's palette; read again on QEvent::PaletteChange.
struct PlotTheme {
    bool dark = false;
    QColor background;
    QColor text;
    QColor faintText;
    QColor axis;
    QColor grid;

    static PlotTheme of(const QWidget &widget)
    {
        const QPalette &palette = widget.palette();
        PlotTheme theme;
        theme.background = palette.color(QPalette::Base);
        theme.dark = theme.background.lightness() < 128;
        theme.text = palette.color(QPalette::Text);
        theme.faintText = blended(theme.background, theme.text, 0.72);
        theme.axis = blended(theme.background, theme.text, 0.45);
        theme.grid = blended(theme.background, theme.text, 0.12);
        return theme;
    }

    /// `color`, mixed with the text colour until it can be read on the background (contrast at least 4.5).
    QColor readable(const QColor &color) const
    {
        QColor result = color;
        for (double share = 0; share < 1 && contrast(result, background) < 4.5; share += 0.05)
            result = blended(color, text, share);
        return result;
    }

    /// The font of ticks and labels: a little smaller than the desktop's.
    static QFont font(const QWidget &widget)
    {
        QFont font = widget.font();
        if (font.pointSizeF() > 0)
            font.setPointSizeF(std::max(7.0, font.pointSizeF() * 0.88));
        return font;
    }
};

} // namespace samout
