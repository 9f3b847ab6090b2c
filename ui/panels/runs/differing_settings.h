// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/models/runs_model.h"

#include <QList>
#include <QWidget>

class QLabel;
class QTableWidget;

namespace samout {

/// The settings in which runs differ: a row per setting, a column per run.
class DifferingSettings : public QWidget {
    Q_OBJECT

public:
    explicit DifferingSettings(QWidget *parent = nullptr);

    /// `runs`: at least two.
    void showRuns(const QList<const RunRow *> &runs);

private:
    QTableWidget *m_table;
    QLabel *m_none;
};

} // namespace samout
