// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/runs/differing_settings.h"

#include "ui/work/translated.h"

#include <QHeaderView>
#include <QLabel>
#include <QStringList>
#include <QTableWidget>
#include <QVBoxLayout>

namespace samout {

namespace {

QString settingText(const std::string &value)
{
    if (value.empty())
        return QStringLiteral("–");
    if (value == "true")
        return DifferingSettings::tr("yes");
    return value == "false" ? DifferingSettings::tr("no") : QString::fromStdString(value);
}

} // namespace

DifferingSettings::DifferingSettings(QWidget *parent)
    : QWidget(parent), m_table(new QTableWidget(this)), m_none(new QLabel(this))
{
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionMode(QAbstractItemView::NoSelection);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->setSizeAdjustPolicy(QAbstractScrollArea::AdjustToContents);
    m_table->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_table->setAccessibleName(tr("Differing settings"));
    for (QHeaderView *header : {m_table->horizontalHeader(), m_table->verticalHeader()}) {
        header->setHighlightSections(false);
        header->setSectionsClickable(false);
        header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    }
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 4);
    m_none->setText(tr("The chosen runs began with the same settings."));
    m_none->setForegroundRole(QPalette::PlaceholderText);
    m_none->setWordWrap(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table);
    column->addWidget(m_none);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
}

void DifferingSettings::showRuns(const QList<const RunRow *> &runs)
{
    m_table->setRowCount(0);
    m_table->setColumnCount(static_cast<int>(runs.size()));
    for (int column = 0; column < m_table->columnCount(); ++column) {
        auto *title = new QTableWidgetItem(runs[column]->name);
        title->setToolTip(runs[column]->folder);
        m_table->setHorizontalHeaderItem(column, title);
    }
    for (const TrainingOption &option : trainingOptions) {
        QStringList values;
        for (const RunRow *run : runs)
            values += settingText(option.text(run->options));
        if (values.count(values.first()) == values.size())
            continue;
        const int row = m_table->rowCount();
        m_table->insertRow(row);
        m_table->setVerticalHeaderItem(row, new QTableWidgetItem(translated(Text(option.title))));
        for (int column = 0; column < m_table->columnCount(); ++column) {
            auto *item = new QTableWidgetItem(values[column]);
            item->setToolTip(item->text());
            m_table->setItem(row, column, item);
        }
    }
    m_table->setVisible(m_table->rowCount() > 0);
    m_table->updateGeometry();
    m_none->setVisible(m_table->rowCount() == 0);
}

} // namespace samout
