#pragma once

#include "core/session.h"

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include <memory>
#include <mutex>

namespace samout {

/// Brings a session's events onto the GUI thread, at most 30 times a second, and takes commands to it. No step
/// is lost: those between two deliveries come as one list. Nothing here waits.
class Live : public QObject {
    Q_OBJECT

public:
    explicit Live(QObject *parent = nullptr);
    ~Live() override;

    Session &session() { return *m_session; }
    SessionStatus status() const { return m_status; }

signals:
    void prepared(const samout::TrainingFacts &facts);
    void stepped(const QList<samout::StepMetrics> &steps);
    void snapshotTaken(std::shared_ptr<const samout::Snapshot> snapshot);
    void statusChanged(samout::SessionStatus status, const QString &reason);

private:
    void deliver();
    void wake();

    struct Inbox;
    std::shared_ptr<Inbox> m_inbox;
    std::unique_ptr<Session> m_session;
    QTimer m_timer;
    SessionStatus m_status = SessionStatus::Idle;
};

} // namespace samout
