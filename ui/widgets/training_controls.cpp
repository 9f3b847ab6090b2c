// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/training_controls.h"

#include "ui/models/commands.h"
#include "ui/models/training_setup.h"
#include "ui/widgets/theme.h"
#include "ui/work/live.h"

#include <QAction>
#include <QFileInfo>

#include <utility>

namespace samout {

TrainingControls::TrainingControls(Live *live, TrainingSetup *setup, QObject *parent)
    : QObject(parent), m_live(live), m_setup(setup),
      m_start(new QAction(lineIcon(QStringLiteral("start")), tr("Start"), this)),
      m_pause(new QAction(lineIcon(QStringLiteral("pause")), tr("Pause"), this)),
      m_step(new QAction(lineIcon(QStringLiteral("step")), tr("Step"), this)),
      m_stop(new QAction(lineIcon(QStringLiteral("stop")), tr("Stop"), this)),
      m_toggle(new QAction(tr("Start, pause or go on"), this))
{
    m_pause->setToolTip(tr("Pause after the step that runs (Space)"));
    m_step->setToolTip(tr("Train one step and pause (S)"));
    m_stop->setToolTip(tr("End this training after the step that runs (Shift+Esc)"));
    setCommand(m_pause, "training.pause");
    setCommand(m_step, "training.step");
    setCommand(m_stop, "training.stop");
    setCommand(m_toggle, "training.toggle");
    m_toggle->setShortcut(Qt::Key_Space);
    m_step->setShortcut(Qt::Key_S);
    m_stop->setShortcut(Qt::SHIFT | Qt::Key_Escape);

    connect(m_start, &QAction::triggered, this, &TrainingControls::startOrResume);
    connect(m_step, &QAction::triggered, this, &TrainingControls::stepOnce);
    connect(m_pause, &QAction::triggered, this, [this] {
        m_live->training().send(PauseTraining{});
        m_live->deliver();
    });
    connect(m_stop, &QAction::triggered, this, [this] {
        m_live->training().send(StopTraining{});
        m_live->deliver();
    });
    connect(m_toggle, &QAction::triggered, this, [this] { (m_pause->isEnabled() ? m_pause : m_start)->trigger(); });
    connect(live, &Live::statusChanged, this, &TrainingControls::update);
    connect(setup, &TrainingSetup::changed, this, &TrainingControls::update);
    update();
}

void TrainingControls::apply(const Edit &edit) { m_live->training().send(edit); }

void TrainingControls::startOrResume()
{
    if (m_live->status() != SessionStatus::Paused)
        return startWith(m_setup->options());
    m_live->training().send(GoOn{});
    m_live->deliver();
}

void TrainingControls::startWith(const TrainingOptions &options)
{
    m_stepWhenPaused = false;
    emit starting();
    m_live->training().send(StartTraining{.options = options, .plan = newRun()});
    m_live->deliver();
}

void TrainingControls::goOnWith(const QString &folder, std::optional<std::int64_t> steps)
{
    m_stepWhenPaused = false;
    emit starting();
    m_live->training().send(StartTraining{.plan = {.folder = folder.toStdString(), .resume = true, .steps = steps}});
    m_live->deliver();
}

RunPlan TrainingControls::newRun() const
{
    const QString preset = m_setup->preset();
    const QString title = preset.isEmpty() ? QFileInfo(m_setup->source()).fileName() : preset;
    return {.title = title.toStdString()};
}

void TrainingControls::stepOnce()
{
    m_stepWhenPaused = !m_live->active();
    if (m_stepWhenPaused) {
        emit starting();
        m_live->training().send(StartTraining{.options = m_setup->options(), .paused = true, .plan = newRun()});
    } else {
        m_live->training().send(StepOnce{});
    }
    m_live->deliver();
}

void TrainingControls::update()
{
    const SessionStatus status = m_live->status();
    const bool paused = status == SessionStatus::Paused;
    if (paused && std::exchange(m_stepWhenPaused, false))
        return stepOnce();
    const bool canStart = !m_live->active() && m_setup->problem().isEmpty();
    setCommand(m_start, paused ? "training.go_on" : "training.start");
    m_start->setText(paused ? tr("Go on") : tr("Start"));
    m_start->setToolTip(paused ? tr("Go on with this training (Space)")
                               : tr("Start a new training with these settings (Space)"));
    m_start->setEnabled(paused || canStart);
    m_pause->setEnabled(status == SessionStatus::Running);
    m_step->setEnabled(paused || status == SessionStatus::Running || canStart);
    m_stop->setEnabled(m_live->active() && status != SessionStatus::Stopping);
}

QString statusName(SessionStatus status)
{
    switch (status) {
    case SessionStatus::Idle:
        return TrainingControls::tr("Ready");
    case SessionStatus::Preparing:
        return TrainingControls::tr("Preparing…");
    case SessionStatus::Running:
        return TrainingControls::tr("Running");
    case SessionStatus::Pausing:
        return TrainingControls::tr("Pausing…");
    case SessionStatus::Paused:
        return TrainingControls::tr("Paused");
    case SessionStatus::Stopping:
        return TrainingControls::tr("Stopping…");
    case SessionStatus::Stopped:
        return TrainingControls::tr("Stopped");
    case SessionStatus::Failed:
        return TrainingControls::tr("Failed");
    }
    return {};
}

} // namespace samout
