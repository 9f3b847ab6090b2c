#include "ui/panels/measuring_panel.h"

#include "core/data/dataset.h"
#include "core/model/interventions.h"
#include "ui/panels/job_bar.h"
#include "ui/workspace.h"

#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <exception>

namespace samout {

MeasuringPanel::MeasuringPanel(Workspace *workspace, const QString &title, const QString &emptyText,
                               const QString &measureTip, QWidget *parent)
    : PlotPanel(title, emptyText, parent), m_workspace(workspace), m_note(new QLabel)
{
    m_note->setWordWrap(true);
    m_note->setTextFormat(Qt::PlainText);
    m_note->setContentsMargins(12, 0, 12, 4);
    m_note->hide();
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->insertWidget(1, m_note);
    column->insertWidget(1, new JobBar(&m_job, tr("Measuring")));
    QToolButton *button = addButton(tr("Measure"), measureTip, false);
    button->setAutoRaise(false); // else it would read as the word before the next control
    connect(button, &QToolButton::clicked, this, &MeasuringPanel::measure);
    connect(&m_job, &Job::runningChanged, button, [this, button] { button->setEnabled(!m_job.running()); });
    connect(&m_job, &Job::failed, this, &MeasuringPanel::setNote);
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
                  "run that it is of, which keeps its data.")
            .arg(QString::fromStdString(m_workspace->training()->data->name()));
    return {};
}

void MeasuringPanel::measure()
{
    const QString problem = whyNot();
    if (!problem.isEmpty())
        return setNote(problem);
    setNote({});
    try {
        measureShown({.snapshot = changedWeights(m_workspace->snapshot(), m_workspace->interventions()),
                      .data = m_workspace->training()->data});
    } catch (const std::exception &error) {
        setNote(QString::fromUtf8(error.what()));
    }
}

void MeasuringPanel::begin(Job::Work work, std::function<void()> done)
{
    m_job.run(
        std::move(work),
        [this, done = std::move(done)] {
            done();
            setEmpty(false);
            emit measured();
        },
        m_allCores ? Job::Cores::All : Job::Cores::One);
}

QString MeasuringPanel::note() const { return m_note->text(); }

void MeasuringPanel::setNote(const QString &sentence)
{
    m_note->setText(sentence);
    m_note->setVisible(!sentence.isEmpty());
}

} // namespace samout
