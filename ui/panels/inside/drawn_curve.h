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
};

} // namespace samout
