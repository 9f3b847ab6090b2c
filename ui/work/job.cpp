// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/job.h"

#include "core/base/this_thread.h"
#include "core/compute/threads.h"
#include "ui/work/translated.h"

#include <chrono>
#include <exception>
#include <utility>

namespace samout {

namespace {

/// The shortest time between two progress reports.
constexpr std::chrono::milliseconds between(50);

} // namespace

Job::~Job() { m_thread.request_stop(); }

void Job::run(Work work, std::function<void()> done, Cores cores)
{
    const std::uint64_t job = ++m_job;
    std::jthread before = std::exchange(m_thread, {});
    before.request_stop();
    m_running = true;
    emit runningChanged();
    emit progressed(0);
    m_thread = std::jthread([this, job, cores, work = std::move(work), done = std::move(done),
                             before = std::move(before)](const std::stop_token &stop) mutable {
        if (before.joinable())
            before.join();
        if (cores == Cores::All) {
            computeOnThreads(0);
            giveWay();
        } else {
            computeOnThisThreadAlone();
        }
        auto told = std::chrono::steady_clock::now();
        const Progress progress = [&](double share) {
            const auto now = std::chrono::steady_clock::now();
            if (now - told < between)
                return;
            told = now;
            m_mailbox.post([this, job, share] {
                if (job == m_job && m_running)
                    emit progressed(share);
            });
        };
        try {
            work(progress, stop);
            m_mailbox.post([this, job, done = std::move(done), stopped = stop.stop_requested()] {
                if (job != m_job)
                    return;
                end();
                if (!stopped)
                    done();
            });
        } catch (const std::exception &error) {
            m_mailbox.post([this, job, reason = translated(error)] {
                if (job != m_job)
                    return;
                end();
                emit failed(reason);
            });
        }
    });
}

void Job::stop() { m_thread.request_stop(); }

void Job::end()
{
    m_running = false;
    emit runningChanged();
}

} // namespace samout
