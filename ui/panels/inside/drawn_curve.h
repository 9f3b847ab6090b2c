// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QString>
#include <QVector>

namespace samout {

/// A curve as a panel draws and copies it.
struct DrawnCurve {
    QString name;
    int category = 0;
    QVector<double> xs, ys;
    bool faint = false;

    /// At the xs that both have.
    DrawnCurve minus(const DrawnCurve &other) const;
};

/// For every value the mean of the finite ones among it and the `reach` values on both sides; NaN if there are none.
QVector<double> meanAround(const QVector<double> &values, qsizetype reach);

} // namespace samout
