// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/job.h"

#include "core/compute/threads.h"

#include <utility>

namespace samout {

void Job::run(Work work, std::function<void()> done, Cores cores)
{
    m_stopped = false;
    m_lane.replace(
        [cores, work = std::move(work)](const Progress &progress, const std::stop_token &stop) {
            if (cores == Cores::All)
                computeOnThreads(0);
            work(progress, stop);
        },
        [this, done = std::move(done)](const QString &error) {
            emit runningChanged();
            if (!error.isEmpty())
                emit failed(error);
            else if (!m_stopped)
                done();
        },
        [this](double share) { emit progressed(share); });
    emit runningChanged();
    emit progressed(0);
}

void Job::stop()
{
    m_stopped = true;
    m_lane.stop();
}

} // namespace samout
