// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/background.h"

#include "ui/work/translated.h"

#include <exception>
#include <utility>

namespace samout {

Background::Background() : m_thread([this](const std::stop_token &end) { runJobs(end); }) {}

Background::~Background() = default;

void Background::run(std::function<void()> work, std::function<void(const QString &error)> done)
{
    {
        const std::lock_guard lock(m_mutex);
        m_jobs.push_back({std::move(work), std::move(done)});
    }
    m_wake.notify_one();
}

void Background::runJobs(const std::stop_token &end)
{
    while (true) {
        Job job;
        {
            std::unique_lock lock(m_mutex);
            if (!m_wake.wait(lock, end, [this] { return !m_jobs.empty(); }) || end.stop_requested())
                return;
            job = std::move(m_jobs.front());
            m_jobs.pop_front();
        }
        QString error;
        try {
            job.work();
        } catch (const std::exception &problem) {
            error = translated(problem);
        }
        job.work = nullptr; // release what the work captured
        m_mailbox.post([done = std::move(job.done), error] { done(error); });
    }
}

} // namespace samout
