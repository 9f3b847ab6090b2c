// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"

#include <QObject>
#include <QString>

#include <cstdint>
#include <optional>

class QAction;

namespace samout {

class Live;
class TrainingSetup;

/// Start, Pause, Step and Stop as actions that toolbar, menu and Train panel share. They follow the session's status.
class TrainingControls : public QObject {
    Q_OBJECT

public:
    TrainingControls(Live *live, TrainingSetup *setup, QObject *parent = nullptr);

    /// Starts a training, or goes on after a pause.
    QAction *start() const { return m_start; }
    QAction *pause() const { return m_pause; }
    QAction *step() const { return m_step; }
    QAction *stop() const { return m_stop; }
    /// Space: starts, pauses or goes on, whichever is possible.
    QAction *toggle() const { return m_toggle; }

    /// Edits the training from the next step on. Throws Error like checkEdit().
    void apply(const Edit &edit);
    /// Starts a new training with these options, stored in a new run.
    void startWith(const TrainingOptions &options);
    /// Goes on with a stored run, to step `steps` if given.
    void goOnWith(const QString &folder, std::optional<std::int64_t> steps);

signals:
    /// A training was requested; what panels show of the one before is outdated.
    void starting();

private:
    void startOrResume();
    RunPlan newRun() const;
    void stepOnce();
    void update();

    Live *m_live;
    TrainingSetup *m_setup;
    QAction *m_start;
    QAction *m_pause;
    QAction *m_step;
    QAction *m_stop;
    QAction *m_toggle;
    /// Step was pressed and started a training that is not prepared yet.
    bool m_stepWhenPaused = false;
};

/// A status in a word or two.
QString statusName(SessionStatus status);

} // namespace samout
