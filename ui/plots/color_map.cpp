// SPDX-License-Identifier: GPL-3.0-only
#include "ui/plots/color_map.h"

#include "ui/plots/color_tables.h"

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

/// A colour in Oklab (Ottosson 2020), where equal distances look equal.
struct Oklab {
    double lightness;
    double a;
    double b;
};

Oklab mix(const Oklab &from, const Oklab &to, double share)
{
    return {from.lightness + share * (to.lightness - from.lightness), from.a + share * (to.a - from.a),
            from.b + share * (to.b - from.b)};
}

int channel(double linear)
{
    const double clamped = std::min(1.0, std::max(0.0, linear));
    const double encoded = clamped <= 0.0031308 ? 12.92 * clamped : 1.055 * std::pow(clamped, 1 / 2.4) - 0.055;
    return static_cast<int>(std::lround(255 * encoded));
}

QRgb toRgb(const Oklab &color)
{
    const double l = std::pow(color.lightness + 0.3963377774 * color.a + 0.2158037573 * color.b, 3);
    const double m = std::pow(color.lightness - 0.1055613458 * color.a - 0.0638541728 * color.b, 3);
    const double s = std::pow(color.lightness - 0.0894841775 * color.a - 1.2914855480 * color.b, 3);
    return qRgb(channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
                channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
                channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s));
}

ColorMap makeDiverging(const Oklab &low, const Oklab &middle, const Oklab &high)
{
    ColorMap map;
    map.name = QStringLiteral("diverging");
    for (int i = 0; i < 256; ++i) {
        const double t = i / 127.5 - 1;
        map.colors[static_cast<std::size_t>(i)] = toRgb(mix(middle, t < 0 ? low : high, std::abs(t)));
    }
    return map;
}

} // namespace

const ColorMap &ColorMap::cividis()
{
    static const ColorMap map{QStringLiteral("cividis"), cividisColors};
    return map;
}

const ColorMap &ColorMap::viridis()
{
    static const ColorMap map{QStringLiteral("viridis"), viridisColors};
    return map;
}

const ColorMap &ColorMap::diverging(bool dark)
{
    // Both ends are equally far from the middle in lightness, so that neither sign looks larger.
    static const ColorMap onDark = makeDiverging({0.80, -0.05, -0.13}, {0.27, 0, 0}, {0.80, 0.10, 0.10});
    static const ColorMap onLight = makeDiverging({0.42, -0.03, -0.15}, {0.97, 0, 0}, {0.42, 0.15, 0.08});
    return dark ? onDark : onLight;
}

QColor categoryColor(int index, bool dark)
{
    static constexpr std::array<QRgb, 7> okabeIto = {0xFF0072B2, 0xFFE69F00, 0xFF009E73, 0xFFD55E00,
                                                     0xFFCC79A7, 0xFF56B4E9, 0xFFF0E442};
    const auto wrapped = static_cast<std::size_t>(((index % 8) + 8) % 8);
    if (wrapped == okabeIto.size())
        return dark ? QColor(Qt::white) : QColor(Qt::black);
    return QColor::fromRgb(okabeIto[wrapped]);
}

} // namespace samout
