// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/runs/runs_filter.h"

#include <QLocale>

#include <algorithm>

namespace samout {

RunsFilter::RunsFilter(RunsModel *model, QObject *parent)
    : QSortFilterProxyModel(parent), m_runs(model),
      m_collator(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale()) // C ignores numbers
{
    m_collator.setNumericMode(true);
    m_collator.setCaseSensitivity(Qt::CaseInsensitive);
    setSortRole(RunsModel::SortRole);
    setSourceModel(model);
}

void RunsFilter::setWords(const QString &text)
{
    m_words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    invalidateRowsFilter();
}

bool RunsFilter::filterAcceptsRow(int row, const QModelIndex &) const
{
    const RunRow &run = m_runs->run(row);
    return std::ranges::all_of(m_words, [&](const QString &word) {
        return run.name.contains(word, Qt::CaseInsensitive) || run.dataName.contains(word, Qt::CaseInsensitive) ||
               run.note.contains(word, Qt::CaseInsensitive);
    });
}

bool RunsFilter::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant a = left.data(sortRole()), b = right.data(sortRole());
    if (a.isValid() != b.isValid())
        return a.isValid() == (sortOrder() == Qt::AscendingOrder);
    if (a.metaType() == QMetaType::fromType<QString>())
        return m_collator.compare(a.toString(), b.toString()) < 0;
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace samout
