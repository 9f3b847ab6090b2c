// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/measuring_panel.h"

#include "core/data/dataset.h"
#include "ui/models/commands.h"
#include "ui/models/workspace.h"
#include "ui/panels/examined_panel.h"
#include "ui/widgets/job_bar.h"
#include "ui/widgets/panel_header.h"
#include "ui/widgets/quiet_line.h"
#include "ui/work/live.h"
#include "ui/work/translated.h"

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <exception>

namespace samout {

MeasuringPanel::MeasuringPanel(Workspace *workspace, const QString &title, const QString &emptyText,
                               const QString &measureTip, QWidget *parent)
    : PlotPanel(title, emptyText, parent), m_workspace(workspace), m_note(new QLabel), m_remark(new QuietLine),
      m_run(*workspace)
{
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setContentsMargins(12, 0, 12, 4);
    m_note->hide();
    m_remark->setContentsMargins(12, 0, 12, 4);
    m_remark->hide();
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->insertWidget(1, m_remark);
    column->insertWidget(1, m_note);
    column->insertWidget(1, new JobBar(&m_job, tr("Measuring")));
    m_button = addButton(tr("Measure"), measureTip, false);
    m_button->setAutoRaise(false); // else its text would read as the label of the next control
    setCommand(m_button, "panel.measure");
    connect(m_button, &QToolButton::clicked, this, &MeasuringPanel::measure);
    connect(&m_job, &Job::runningChanged, this, &MeasuringPanel::showButton);
    connect(&m_job, &Job::failed, this, &MeasuringPanel::setNote);
    connect(workspace, &Workspace::snapshotChanged, this, &MeasuringPanel::showRemark);
    connect(workspace, &Workspace::interventionsChanged, this, &MeasuringPanel::showRemark);
    connect(workspace, &Workspace::trainingChanged, this, &MeasuringPanel::takeTraining);
}

void MeasuringPanel::connectTo(const PanelContext &context)
{
    connect(context.live, &Live::statusChanged, this,
            [this](SessionStatus status) { m_allCores = !isActive(status) || status == SessionStatus::Paused; });
}

QString MeasuringPanel::whyNot() const
{
    if (!m_workspace->snapshot())
        return tr("There is no network to measure yet: press Start to train one, or open a run.");
    if (!m_workspace->training() || !m_workspace->training()->data)
        return tr("This network came without data to measure it on: start a training, or open a run, which keeps its "
                  "data.");
    if (m_workspace->training()->data->vocabulary() != m_workspace->snapshot()->vocabulary())
        return tr("The network that is looked at has another vocabulary than the data of the training, “%1”: open the "
                  "run that contains it, which keeps its data.")
            .arg(QString::fromStdString(m_workspace->training()->data->name()));
    return {};
}

void MeasuringPanel::measure()
{
    const QString problem = whyNot();
    if (!problem.isEmpty())
        return setNote(problem);
    showMeasured();
    try {
        measureShown({.of = MeasuredOf::shown(*m_workspace), .data = m_workspace->training()->data});
    } catch (const std::exception &error) {
        setNote(translated(error));
    }
}

void MeasuringPanel::begin(Job::Work work, std::function<void()> done)
{
    m_job.run(
        std::move(work),
        [this, done = std::move(done), run = m_run.number()] {
            if (run != m_run.number())
                return;
            done();
            emit measured();
        },
        m_allCores ? Job::Cores::All : Job::Cores::One);
}

void MeasuringPanel::takeTraining()
{
    if (!m_run.renew(*m_workspace))
        return;
    m_job.stop();
    forget();
    showMeasured();
}

void MeasuringPanel::showMeasured()
{
    const bool known = shownOf() != nullptr;
    setEmpty(!known);
    setNote(known ? sentence() : QString());
    showRemark();
}

void MeasuringPanel::showRemark()
{
    const MeasuredOf *of = shownOf();
    ExaminedPanel::mark(header(), of ? of->side : Side::AsTrained);
    m_remark->setVisible(of);
    m_remark->say(of ? of->remark(MeasuredOf::shown(*m_workspace), tr("Measure")) : QString());
}

QString MeasuringPanel::tableText(Table table) const
{
    if (shownOf() && shownOf()->side == Side::Difference)
        for (Table::Column &column : table.columns)
            if (column.kind == Table::Column::Measured)
                column.name = "difference of " + column.name;
    return QString::fromStdString(tabSeparated(table));
}

void MeasuringPanel::setMeasurable(bool measurable, const QString &tip)
{
    m_measurable = measurable;
    m_button->setToolTip(tip);
    showButton();
}

void MeasuringPanel::showButton() { m_button->setEnabled(m_measurable && !m_job.running()); }

QString MeasuringPanel::note() const { return m_note->text(); }

QString MeasuringPanel::remark() const { return m_remark->text(); }

QString MeasuringPanel::mark() const { return header()->note(); }

void MeasuringPanel::setNote(const QString &sentence)
{
    m_note->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
}

} // namespace samout
