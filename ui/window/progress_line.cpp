// SPDX-License-Identifier: GPL-3.0-only
#include "ui/window/progress_line.h"

#include "ui/widgets/training_controls.h"
#include "ui/work/live.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>

#include <cmath>

namespace samout {

namespace {

/// The pace is measured over the last `measuredOver` milliseconds, and over at least `fewestMarks` deliveries.
constexpr qint64 measuredOver = 3000;
constexpr std::size_t fewestMarks = 4;

} // namespace

ProgressLine::ProgressLine(Live *live, QWidget *parent)
    : QWidget(parent), m_where(new QLabel(this)), m_bar(new QProgressBar(this)), m_pace(new QLabel(this))
{
    m_bar->setTextVisible(false);
    m_bar->setFixedHeight(8);
    m_bar->setMinimumWidth(48);
    m_bar->setMaximumWidth(320);
    m_bar->setAccessibleName(tr("Progress of the training"));
    m_where->setMinimumWidth(fontMetrics().horizontalAdvance(tr("step %1 of %2").arg(20000).arg(20000)));
    m_where->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    m_pace->setMinimumWidth(fontMetrics().horizontalAdvance(QStringLiteral("188.8 steps/s, 88 min 88 s left")));
    m_pace->setToolTip(tr(
        "Steps a second over the last seconds, everything included, and the time that the rest takes at this pace."));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(8);
    row->addWidget(m_where);
    row->addWidget(m_bar, 1);
    row->addWidget(m_pace);
    m_clock.start();
    setStatus(SessionStatus::Idle);
    connect(live, &Live::prepared, this, &ProgressLine::setTraining);
    connect(live, &Live::stepped, this, &ProgressLine::addSteps);
    connect(live, &Live::statusChanged, this, &ProgressLine::setStatus);
}

void ProgressLine::setTraining(const TrainingFacts &facts)
{
    m_step = 0;
    m_steps = facts.options.steps;
    m_marks.clear();
    m_bar->setVisible(m_steps > 0);
    showStep();
}

void ProgressLine::addSteps(const QList<StepMetrics> &steps)
{
    if (steps.isEmpty())
        return;
    m_step = steps.last().stepsMade();
    m_marks.push_back({m_clock.elapsed(), m_step});
    while (m_marks.size() > fewestMarks && m_marks.back().milliseconds - m_marks.front().milliseconds > measuredOver)
        m_marks.pop_front();
    showStep();
    showPace();
}

void ProgressLine::setStatus(SessionStatus status)
{
    const bool running = status == SessionStatus::Running;
    if (running && m_status != SessionStatus::Running)
        m_marks.clear();
    m_status = status;
    showPace();
}

void ProgressLine::showStep()
{
    m_where->setText(m_steps > 0 ? tr("step %1 of %2").arg(m_step).arg(m_steps) : tr("step %1").arg(m_step));
    // A progress bar counts in int.
    m_bar->setRange(0, 10'000);
    m_bar->setValue(
        m_steps > 0 ? static_cast<int>(10'000.0 * static_cast<double>(m_step) / static_cast<double>(m_steps)) : 0);
}

void ProgressLine::showPace()
{
    if (m_status != SessionStatus::Running || m_marks.size() < 2) {
        m_pace->setText(statusName(m_status));
        return;
    }
    const double seconds = static_cast<double>(m_marks.back().milliseconds - m_marks.front().milliseconds) / 1000;
    const double rate = static_cast<double>(m_marks.back().step - m_marks.front().step) / std::max(seconds, 1e-3);
    const QString pace = tr("%1 steps/s").arg(rate, 0, 'f', rate < 100 ? 1 : 0);
    if (m_steps == 0 || rate <= 0)
        m_pace->setText(pace);
    else
        m_pace->setText(tr("%1, %2 left").arg(pace, durationText(static_cast<double>(m_steps - m_step) / rate)));
}

QString durationText(double seconds)
{
    const auto whole = static_cast<qint64>(std::ceil(seconds));
    if (whole < 60)
        return ProgressLine::tr("%1 s").arg(whole);
    if (whole < 3600)
        return ProgressLine::tr("%1 min %2 s").arg(whole / 60).arg(whole % 60);
    return ProgressLine::tr("%1 h %2 min").arg(whole / 3600).arg(whole % 3600 / 60);
}

} // namespace samout
