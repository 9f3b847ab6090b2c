// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/run.h"
#include "core/runs/session.h"
#include "ui/work/mailbox.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <atomic>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace samout {

class Background;

/// The run on screen, from its first step to its newest, and which of its moments is looked at: the training of this
/// window, or a stored run, which is followed while another program writes it. Everything is read off the GUI thread.
class ShownRun : public QObject {
    Q_OBJECT

public:
    /// What is stored of the run beside its steps.
    struct Lists {
        std::vector<StoredFile> snapshots;
        std::vector<RunSample> samples;
        std::vector<AppliedEdit> edits;
        RunState state = RunState::Stopped;
    };

    explicit ShownRun(QObject *parent = nullptr);
    ~ShownRun() override;

    /// The window's training begins, and is shown.
    void showTraining(const TrainingFacts &facts);
    /// What it does; not shown while a stored run is.
    void addSteps(const QList<StepMetrics> &steps);
    /// Where the window's training broke.
    void addBreak(const BreakpointHit &hit);
    /// Shows a stored run.
    void open(const QString &folder);
    /// From a stored run to the window's training, where there is one.
    void backToTraining();

    bool isTraining() const { return m_isTraining; }
    bool hasTraining() const { return m_training.has_value(); }
    /// Empty where nothing is stored.
    const QString &folder() const { return m_folder; }
    const Lists &lists() const { return m_lists; }
    /// Where it broke; known of the window's training alone.
    const std::vector<BreakpointHit> &breaks() const;
    qint64 lastStep() const { return m_loaded; }

    /// The step that is looked at; -1 is the newest, whatever comes.
    qint64 position() const { return m_position; }
    /// To the snapshot nearest to a step.
    void goTo(qint64 step);
    /// To the snapshot so many places on or back.
    void goBy(int places);
    void goToNewest();
    /// To exactly this step, which is trained again from the checkpoint before it if it has no snapshot, and then kept.
    void rebuild(qint64 step);
    void stopRebuilding();
    bool isRebuilding() const { return m_rebuilding; }
    /// What the network wrote last before the position; nullptr where nothing.
    const RunSample *sample() const;
    /// So that the position never has another snapshot, however the run is thinned.
    void starPosition();

signals:
    /// Another run is shown: everything begins anew.
    void opened(const samout::TrainingFacts &facts);
    /// Of the shown run, in their order, none twice.
    void stepped(const QList<samout::StepMetrics> &steps);
    void listsChanged();
    void positionChanged();
    /// The weights at the position. Of the window's training at its newest step nothing comes: they are its own.
    void snapshotLoaded(std::shared_ptr<const samout::Snapshot> snapshot);
    void rebuildProgressed(qint64 done, qint64 all);
    /// A step of the window's own training was made again; its session has the right to write it.
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
    /// The last step that was delivered, and steps of the training that came before those between were read.
    qint64 m_loaded = 0;
    QList<StepMetrics> m_ahead;
    qint64 m_position = -1;
    /// Count runs, wishes to open one and moves, so that late answers are known.
    int m_run = 0;
    int m_opening = 0;
    std::atomic<int> m_move = 0; // also read where snapshots are loaded
    bool m_reading = false;
    bool m_rebuilding = false;
    /// Why the last look failed; told once.
    QString m_trouble;
    qint64 m_newest = -1;
    std::stop_source m_stopRebuilding;
    QTimer m_timer;
    std::unique_ptr<Background> m_reader, m_loader, m_worker; // last: they use the above
};

} // namespace samout
