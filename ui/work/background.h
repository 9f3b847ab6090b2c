// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/work/mailbox.h"

#include <QString>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace samout {

/// Runs work that is too slow for the GUI thread and too short for a thread of its own, such as reading files or
/// listing devices. One piece of work runs after the other.
class Background {
public:
    Background();
    /// Waits for the work that runs; work that waits is dropped.
    ~Background();

    /// Runs `work` on another thread, then `done` on the calling thread with the sentence of the exception that `work`
    /// threw, empty if it threw none.
    void run(std::function<void()> work, std::function<void(const QString &error)> done);

private:
    struct Job {
        std::function<void()> work;
        std::function<void(const QString &error)> done;
    };
    void runJobs(const std::stop_token &end);

    Mailbox m_mailbox;
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::deque<Job> m_jobs;
    std::jthread m_thread; // last: the thread uses all members above
};

} // namespace samout
