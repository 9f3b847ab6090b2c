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

/// Brings a session's events onto the GUI thread, at most 30 times a second, and takes commands to it. No step
/// is lost: those between two deliveries come as one list. Events keep their order. Nothing here waits, and
/// nothing here runs while nothing happens.
class Live : public QObject {
    Q_OBJECT

public:
    explicit Live(QObject *parent = nullptr);
    /// Finishes the step that runs.
    ~Live() override;

    Session &session() { return *m_session; }
    SessionStatus status() const { return m_status; }
    /// Prepares, trains or waits between two steps.
    bool active() const;

    /// Milliseconds between two deliveries of steps; never below 33. Whoever draws them sets it, so that drawing
    /// keeps to its share of the time. Everything else is delivered after 33.
    void setInterval(int milliseconds);
    int interval() const { return m_interval; }
    /// Delivers what waits. After a command, so that Pausing and Stopping show at once although the session is in
    /// mid-step.
    void deliver();

signals:
    void prepared(const samout::TrainingFacts &facts);
    void stepped(const QList<samout::StepMetrics> &steps);
    /// `milliseconds`: for which copying it held the training up.
    void snapshotTaken(std::shared_ptr<const samout::Snapshot> snapshot, double milliseconds);
    void statusChanged(samout::SessionStatus status, const QString &reason);
    void remarked(const QString &sentence);
    /// The training was changed.
    void edited(const samout::AppliedEdit &edit);
    /// The training pauses at a breakpoint; its status, with the sentence, comes after.
    void broke(const samout::BreakpointHit &hit);

private:
    /// On the GUI thread: something waits. Delivers it now or when it is time.
    void arrived();
    void setStatus(SessionStatus status, const QString &reason);

    struct Inbox;
    std::shared_ptr<Inbox> m_inbox;
    Mailbox m_mailbox;
    std::unique_ptr<Session> m_session;
    QTimer m_timer;
    QElapsedTimer m_sinceDelivery;
    int m_interval = 0;
    bool m_delivering = false;
    SessionStatus m_status = SessionStatus::Idle;
};

} // namespace samout
