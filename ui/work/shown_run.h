// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/run.h"
#include "core/runs/session.h"
#include "ui/work/mailbox.h"
#include "ui/work/worker.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <optional>
#include <vector>

namespace samout {

/// The run on screen, all its steps, and the shown step. It is either the training of this window, or a stored run,
/// which is followed while another program writes it. Everything is read off the GUI thread.
class ShownRun : public QObject {
    Q_OBJECT

public:
    /// The stored parts of the run beside its steps.
    struct Lists {
        std::vector<StoredFile> snapshots;
        std::vector<RunSample> samples;
        std::vector<AppliedEdit> edits;
        RunState state = RunState::Stopped;
    };

    explicit ShownRun(QObject *parent = nullptr);

    /// Shows the window's training, which begins.
    void showTraining(const TrainingFacts &facts);
    /// Adds steps of the window's training; ignored while a stored run is shown.
    void addSteps(const QList<StepMetrics> &steps);
    /// Adds a breakpoint at which the window's training paused.
    void addBreak(const BreakpointHit &hit);
    /// Shows a stored run.
    void open(const QString &folder);
    /// Goes from a stored run back to the window's training, if there is a training.
    void backToTraining();

    bool isTraining() const { return m_isTraining; }
    bool hasTraining() const { return m_training.has_value(); }
    /// The run folder; empty if the training is not stored.
    const QString &folder() const { return m_folder; }
    const Lists &lists() const { return m_lists; }
    /// The breakpoints at which the training paused; empty for a stored run.
    const std::vector<BreakpointHit> &breaks() const;
    qint64 lastStep() const { return m_loaded; }

    /// The shown step; -1: always the newest.
    qint64 position() const { return m_position; }
    /// Goes to the snapshot nearest to `step`.
    void goTo(qint64 step);
    /// Goes `places` snapshots on, or back if negative.
    void goBy(int places);
    void goToNewest();
    /// Goes to exactly this step. If it has no snapshot, trains from the checkpoint before it again and keeps the
    /// snapshot.
    void rebuild(qint64 step);
    void stopRebuilding() { m_rebuilder.stop(); }
    bool isRebuilding() const { return m_rebuilder.busy(); }
    /// The newest sample at or before the position; nullptr if there is none.
    const RunSample *sample() const;
    /// Stars or unstars the position's snapshot; a starred one is kept when the run is thinned.
    void starPosition();

signals:
    /// Another run is shown; receivers start from nothing.
    void opened(const samout::TrainingFacts &facts);
    /// Steps of the shown run, in order, each once.
    void stepped(const QList<samout::StepMetrics> &steps);
    void listsChanged();
    void positionChanged();
    /// The weights at the position. Not emitted for the newest step of the window's training, whose weights the session
    /// has.
    void snapshotLoaded(std::shared_ptr<const samout::Snapshot> snapshot);
    void rebuildProgressed(qint64 done, qint64 all);
    /// A step of the window's training was trained again; the receiver passes it to the session, which holds the run's
    /// lock.
    void rebuilt(std::shared_ptr<const samout::Snapshot> snapshot);
    void problem(const QString &sentence);

private:
    void begin(const TrainingFacts &facts, bool isTraining);
    void refresh();
    void take(Lists lists, const std::vector<StepMetrics> &metrics);
    void deliver(const QList<StepMetrics> &steps);
    void setPosition(qint64 step);
    void load(qint64 step);

    Mailbox m_mailbox;
    std::optional<TrainingFacts> m_training;
    std::vector<BreakpointHit> m_breaks; // of the window's training
    bool m_isTraining = false;
    QString m_folder;
    Lists m_lists;
    /// `m_loaded`: the last step that was delivered. `m_ahead`: steps of the training that wait until the stored steps
    /// before them are read.
    qint64 m_loaded = 0;
    QList<StepMetrics> m_ahead;
    qint64 m_position = -1;
    /// Numbers of the newest run and opening, to tell late answers from current ones.
    int m_run = 0;
    int m_opening = 0;
    bool m_reading = false;
    /// Why the last reading failed, so that the same problem is emitted once.
    QString m_trouble;
    qint64 m_newest = -1;
    QTimer m_timer;
    /// `m_loader` loads the snapshot at the position; the newest position wins. Last: the work uses m_mailbox.
    WorkLane m_reader{WorkKind::Short}, m_loader{WorkKind::Short}, m_rebuilder{WorkKind::Replay};
};

} // namespace samout
