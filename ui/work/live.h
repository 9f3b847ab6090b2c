// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"
#include "ui/work/mailbox.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>

namespace samout {

/// Brings a training's events onto the GUI thread, at most 30 times a second; commands go to training(). No step is
/// lost: the steps between two deliveries come as one list. Events keep their order. No method waits, and no
/// timer runs while no event is pending.
class Live : public QObject {
    Q_OBJECT

public:
    explicit Live(QObject *parent = nullptr);
    /// Waits until the running step is finished.
    ~Live() override;

    Training &training() { return *m_training; }
    SessionStatus status() const { return m_status; }
    /// True while the session prepares, trains or waits between two steps.
    bool active() const;

    /// Milliseconds between two deliveries of steps, at least 33. DrawBudget sets the interval to keep drawing within
    /// its share of the time. All other events are delivered after at most 33.
    void setInterval(int milliseconds);
    int interval() const { return m_interval; }
    /// Delivers the pending events. Called after a command, so that Pausing and Stopping show at once although the
    /// session is in the middle of a step.
    void deliver();

signals:
    void prepared(const samout::TrainingFacts &facts);
    void stepped(const QList<samout::StepMetrics> &steps);
    /// `milliseconds`: how long copying the weights held up the training.
    void snapshotTaken(std::shared_ptr<const samout::Snapshot> snapshot, double milliseconds);
    void statusChanged(samout::SessionStatus status, const QString &reason);
    void remarked(const QString &sentence);
    /// An edit was applied to the training.
    void edited(const samout::AppliedEdit &edit);
    /// The training pauses at a breakpoint; statusChanged() with the sentence follows.
    void broke(const samout::BreakpointHit &hit);

private:
    /// Called on the GUI thread when events are pending. Delivers them now or when the interval has passed.
    void arrived();
    void setStatus(SessionStatus status, const QString &reason);

    struct Inbox;
    std::shared_ptr<Inbox> m_inbox;
    Mailbox m_mailbox;
    std::unique_ptr<Training> m_training;
    QTimer m_timer;
    QElapsedTimer m_sinceDelivery;
    int m_interval = 0;
    bool m_delivering = false;
    SessionStatus m_status = SessionStatus::Idle;
};

} // namespace samout
