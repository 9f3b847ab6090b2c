// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/work/mailbox.h"

#include <QObject>
#include <QString>

#include <functional>
#include <stop_token>
#include <thread>

namespace samout {

/// One piece of long work at a time, on a thread of its own (and on its one core unless told otherwise), with progress
/// and Stop. A new one stops the one before, whose end is not told any more.
class Job : public QObject {
    Q_OBJECT

public:
    /// To be called by the work, with the share that is done, 0 to 1.
    using Progress = std::function<void(double share)>;
    using Work = std::function<void(const Progress &progress, const std::stop_token &stop)>;

    using QObject::QObject;
    /// Waits until the work has seen that it is to stop.
    ~Job() override;

    /// All: only while no training needs them.
    enum class Cores { One, All };
    /// Does `work` on another thread, then `done` on this one where it was neither stopped nor threw.
    void run(Work work, std::function<void()> done, Cores cores = Cores::One);
    void stop();
    bool running() const { return m_running; }

signals:
    void progressed(double share);
    /// It runs now, or no longer.
    void runningChanged();
    /// The sentence of what the work threw.
    void failed(const QString &reason);

private:
    void end();

    Mailbox m_mailbox;
    std::jthread m_thread;
    std::uint64_t m_job = 0;
    bool m_running = false;
};

} // namespace samout
