// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QString>
#include <QVector>

namespace samout {

/// A curve that a panel draws and copies.
struct DrawnCurve {
    QString name;
    int category = 0;
    QVector<double> xs, ys;
    bool faint = false;

    /// This curve minus `other`, at the xs that both have.
    DrawnCurve minus(const DrawnCurve &other) const;
};

/// For every value, the mean of the finite values among itself and `reach` neighbours on either side; NaN if none is
/// finite.
QVector<double> meanAround(const QVector<double> &values, qsizetype reach);

} // namespace samout
