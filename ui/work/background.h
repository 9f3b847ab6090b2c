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

/// Work that is too slow for the GUI thread and too short for a thread of its own: files, lists of devices. One after
/// the other.
class Background {
public:
    Background();
    /// Waits for what has begun; the rest is not done.
    ~Background();

    /// Does `work` on another thread, then `done` on this one with the sentence of what it threw, empty where it
    /// went well.
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
    std::jthread m_thread; // last: it uses all of the above
};

} // namespace samout
