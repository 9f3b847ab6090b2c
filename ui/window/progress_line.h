// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"

#include <QElapsedTimer>
#include <QList>
#include <QWidget>

#include <deque>

class QLabel;
class QProgressBar;

namespace samout {

class Live;

/// "step 7 of 10", a bar, "1.8 steps/s, 2 s left": the progress of the training, in the toolbar.
class ProgressLine : public QWidget {
    Q_OBJECT

public:
    explicit ProgressLine(Live *live, QWidget *parent = nullptr);

private:
    void setTraining(const TrainingFacts &facts);
    void addSteps(const QList<StepMetrics> &steps);
    void setStatus(SessionStatus status);
    void showStep();
    void showPace();

    /// The time at which a step was delivered.
    struct Mark {
        qint64 milliseconds = 0;
        qint64 step = 0;
    };

    QLabel *m_where;
    QProgressBar *m_bar;
    QLabel *m_pace;
    QElapsedTimer m_clock;
    std::deque<Mark> m_marks;
    SessionStatus m_status = SessionStatus::Idle;
    qint64 m_step = 0;
    qint64 m_steps = 0;
};

/// A duration as a person says it: "2 s", "3 min 20 s", "1 h 5 min".
QString durationText(double seconds);

} // namespace samout
