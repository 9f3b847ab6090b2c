// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/cell_effects_view.h"

#include "core/base/error.h"
#include "ui/models/commands.h"
#include "ui/models/interventions_list.h"
#include "ui/models/workspace.h"
#include "ui/plots/number_text.h"
#include "ui/widgets/job_bar.h"
#include "ui/work/translated.h"

#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <utility>

namespace samout {

namespace {

/// The most cells that are listed.
constexpr std::size_t listed = 100;

} // namespace

CellEffectsView::CellEffectsView(Workspace *workspace, InterventionsList *list, QWidget *parent)
    : QWidget(parent), m_workspace(workspace), m_list(list), m_position(new QSpinBox(this)),
      m_find(new QPushButton(tr("Find"), this)), m_of(new QLabel(this)), m_table(new QTreeWidget(this))
{
    setCommand(m_find, "cell.measure");
    m_find->setToolTip(
        tr("Sets every channel of the layer at this token to the largest and to the smallest state of its "
           "head, and measures how far the next %1 predictions at most move: the mean of KL(before || after), in nats.")
            .arg(cellReach));
    m_position->setToolTip(tr("The token whose cells are tried; it follows the cursor."));
    m_position->setAccessibleName(tr("Token"));
    m_table->setRootIsDecorated(false);
    m_table->setUniformRowHeights(true);
    m_table->setHeaderLabels({tr("Head"), tr("Channel"), tr("State"), tr("Set to"), tr("Moves"), tr("Last")});
    m_table->headerItem()->setToolTip(
        4, tr("The mean of KL(before || after) of the next %1 predictions at most, this token's first, in nats.")
               .arg(cellReach));
    m_table->headerItem()->setToolTip(5, tr("KL(before || after) of the last of these predictions, in nats."));
    m_table->setMinimumHeight(48);
    m_table->header()->setStretchLastSection(false);
    m_table->setToolTip(tr("A click goes to the cell; Enter or a double-click sets it."));
    m_of->setForegroundRole(QPalette::PlaceholderText);
    m_of->setWordWrap(true);

    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(new QLabel(tr("Effects of cells at token"), this));
    row->addWidget(m_position);
    row->addWidget(m_find);
    row->addStretch(1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(row);
    column->addWidget(new JobBar(&m_job, tr("Trying every cell"), this));
    column->addWidget(m_of);
    column->addWidget(m_table, 1);

    connect(m_find, &QPushButton::clicked, this, &CellEffectsView::find);
    connect(&m_job, &Job::failed, this, &CellEffectsView::failed);
    connect(m_table, &QTreeWidget::itemSelectionChanged, this, [this] {
        const int at = m_table->indexOfTopLevelItem(m_table->currentItem());
        if (at < 0 || !m_table->currentItem()->isSelected())
            return;
        m_workspace->setLayer(m_question.layer);
        m_workspace->setCursor(static_cast<int>(m_question.position) / m_workspace->shownEvery(),
                               m_effects[static_cast<std::size_t>(at)].channel);
    });
    connect(m_table, &QTreeWidget::itemActivated, this,
            [this](QTreeWidgetItem *item) { setCell(m_table->indexOfTopLevelItem(item)); });
    connect(workspace, &Workspace::cursorChanged, this, [this] {
        if (m_workspace->cursorPosition() >= 0 && !m_table->hasFocus())
            m_position->setValue(m_workspace->cursorPosition());
    });
    connect(m_position, &QSpinBox::valueChanged, this, &CellEffectsView::showText);
    for (auto changed : {&Workspace::textChanged, &Workspace::snapshotChanged, &Workspace::layerChanged})
        connect(workspace, changed, this, &CellEffectsView::showText);
    showText();
}

void CellEffectsView::showText()
{
    const auto &snapshot = m_workspace->snapshot();
    std::vector<std::int64_t> tokens;
    try {
        if (snapshot)
            tokens = snapshot->vocabulary().encode(m_workspace->text().toStdString());
    } catch (const Error &) {
        // A text that cannot be read has no cells.
    }
    m_find->setEnabled(!tokens.empty());
    m_position->setRange(0, std::max(0, static_cast<int>(tokens.size()) - 1));
    const auto at = static_cast<std::size_t>(m_position->value());
    m_position->setSuffix(at < tokens.size() ? QStringLiteral(" “%1”").arg(
                                                   QString::fromStdString(snapshot->vocabulary().label(tokens[at])))
                                             : QString());
    if (m_effects.empty())
        m_of->setText(tr("Most single cells change nothing. Press Find to try all channels of layer %1.")
                          .arg(m_workspace->layer()));
}

void CellEffectsView::find()
{
    CellQuestion question{
        .snapshot = m_workspace->snapshot(), .layer = m_workspace->layer(), .position = m_position->value()};
    try {
        if (question.snapshot)
            question.tokens = question.snapshot->vocabulary().encode(m_workspace->text().toStdString());
    } catch (const Error &error) {
        return emit failed(translated(error));
    }
    question.reach = cellReach;
    question.interventions = m_workspace->interventions();
    auto answer = std::make_shared<std::vector<CellEffect>>();
    m_job.run(
        [question, answer](const Job::Progress &progress, const std::stop_token &stop) {
            *answer = cellEffects(question, stop, progress).value_or(std::vector<CellEffect>());
        },
        [this, question, answer] {
            m_question = question;
            showEffects(std::move(*answer));
        });
}

void CellEffectsView::showEffects(std::vector<CellEffect> effects)
{
    m_effects = std::move(effects);
    m_effects.resize(std::min(m_effects.size(), listed));
    m_table->clear();
    const int size = static_cast<int>(m_question.snapshot->config().headSize());
    for (const CellEffect &effect : m_effects) {
        auto *item = new QTreeWidgetItem(
            m_table, {QString::number(effect.channel / size), QString::number(effect.channel % size),
                      shortNumber(static_cast<double>(effect.state)), shortNumber(static_cast<double>(effect.value)),
                      shortNumber(effect.mean), shortNumber(effect.last)});
        for (int column = 0; column < m_table->columnCount(); ++column)
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
    }
    for (int column = 0; column < m_table->columnCount(); ++column)
        m_table->resizeColumnToContents(column);
    m_of->setText(tr("Layer %1 at token %2, step %3, in nats; a double-click sets a cell.")
                      .arg(m_question.layer)
                      .arg(m_question.position)
                      .arg(m_question.snapshot->step()));
    emit found();
}

void CellEffectsView::setCell(int row)
{
    if (row < 0 || row >= static_cast<int>(m_effects.size()))
        return;
    const CellEffect &effect = m_effects[static_cast<std::size_t>(row)];
    m_list->setStates({{.layer = m_question.layer,
                        .position = m_question.position,
                        .channel = effect.channel,
                        .values = {effect.value}}});
}

} // namespace samout
