// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/drawn_curve.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace samout {

DrawnCurve DrawnCurve::minus(const DrawnCurve &other) const
{
    DrawnCurve difference{.name = name, .category = category, .xs = {}, .ys = {}, .faint = faint};
    for (qsizetype i = 0; i < xs.size(); ++i) {
        const auto at = std::ranges::lower_bound(other.xs, xs[i]);
        if (at == other.xs.end() || *at != xs[i])
            continue;
        difference.xs << xs[i];
        difference.ys << ys[i] - other.ys[at - other.xs.begin()];
    }
    return difference;
}

QVector<double> meanAround(const QVector<double> &values, qsizetype reach)
{
    QVector<double> result;
    for (qsizetype i = 0; i < values.size(); ++i) {
        double sum = 0, count = 0;
        for (qsizetype j = std::max<qsizetype>(0, i - reach); j <= std::min(values.size() - 1, i + reach); ++j)
            if (std::isfinite(values[j])) {
                sum += values[j];
                ++count;
            }
        result << (count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN());
    }
    return result;
}

} // namespace samout
