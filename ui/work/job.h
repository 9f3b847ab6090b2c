// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/work/worker.h"

#include <QObject>
#include <QString>

#include <functional>

namespace samout {

/// Runs one long measurement at a time, with progress and Stop, which a JobBar shows; on one core unless told
/// otherwise. A new measurement stops the one before, whose end is then not reported.
class Job : public QObject {
    Q_OBJECT

public:
    /// The work calls this with the finished share, 0 to 1.
    using Progress = ShareDone;
    using Work = WorkLane::Work;

    using QObject::QObject;

    /// All: only while no training needs the cores.
    enum class Cores { One, All };
    /// Runs `work` on another thread, then `done` on the calling thread if the work was not stopped and did not throw.
    void run(Work work, std::function<void()> done, Cores cores = Cores::One);
    void stop();
    bool running() const { return m_lane.busy(); }

signals:
    void progressed(double share);
    /// running() changed, or a new piece of work replaced the running one.
    void runningChanged();
    /// The work threw; `reason` is the exception's sentence.
    void failed(const QString &reason);

private:
    WorkLane m_lane{WorkKind::Long};
    bool m_stopped = false;
};

} // namespace samout
