// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/models/runs_model.h"

#include <QCollator>
#include <QSortFilterProxyModel>
#include <QStringList>

namespace samout {

/// The runs with every word of a text in their name, data or note. Sorts names by the numbers in them ("run 2" before
/// "run 10") and missing values last.
class RunsFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    RunsFilter(RunsModel *model, QObject *parent);

    void setWords(const QString &text);
    const RunRow &run(int row) const { return m_runs->run(mapToSource(index(row, 0)).row()); }

protected:
    bool filterAcceptsRow(int row, const QModelIndex &parent) const override;
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    RunsModel *m_runs;
    QCollator m_collator;
    QStringList m_words;
};

} // namespace samout
