// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/models/runs_model.h"

#include <QList>
#include <QWidget>

class QLabel;
class QTableWidget;

namespace samout {

/// The settings in which runs differ: a row a setting, a column a run.
class DifferingSettings : public QWidget {
    Q_OBJECT

public:
    explicit DifferingSettings(QWidget *parent = nullptr);

    /// Two runs at least.
    void showRuns(const QList<const RunRow *> &runs);

private:
    QTableWidget *m_table;
    QLabel *m_none;
};

} // namespace samout
