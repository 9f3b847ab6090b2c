// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/work/mailbox.h"

#include <QObject>
#include <QString>

#include <functional>
#include <stop_token>
#include <thread>

namespace samout {

/// Runs one long piece of work at a time on a thread of its own, with progress and Stop; on one core unless told
/// otherwise. A new piece stops the one before, whose end is then not reported.
class Job : public QObject {
    Q_OBJECT

public:
    /// The work calls this with the finished share, 0 to 1.
    using Progress = std::function<void(double share)>;
    using Work = std::function<void(const Progress &progress, const std::stop_token &stop)>;

    using QObject::QObject;
    /// Requests the stop and waits until the work returns.
    ~Job() override;

    /// All: only while no training needs the cores.
    enum class Cores { One, All };
    /// Runs `work` on another thread, then `done` on the calling thread if the work was not stopped and did not throw.
    void run(Work work, std::function<void()> done, Cores cores = Cores::One);
    void stop();
    bool running() const { return m_running; }

signals:
    void progressed(double share);
    /// running() changed, or a new piece of work replaced the running one.
    void runningChanged();
    /// The work threw; `reason` is the exception's sentence.
    void failed(const QString &reason);

private:
    void end();

    Mailbox m_mailbox;
    std::jthread m_thread;
    std::uint64_t m_job = 0;
    bool m_running = false;
};

} // namespace samout
