// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "ui/work/mailbox.h"

#include <QString>

#include <cstdint>
#include <functional>
#include <memory>
#include <stop_token>

namespace samout {

class Worker;

/// What work is for, which decides on the threads that do it. Work of one kind never waits for work of another: neither
/// a measurement nor a text holds up what a person looks at.
enum class WorkKind {
    Question, ///< what a person looks at: one thread, which keeps a network's packed weights
    Short,    ///< files, lists, pictures that need milliseconds: two threads
    Replay,   ///< steps that are trained again: one thread, whose number of compute threads stays the run's
    Text,     ///< texts that a network writes: two threads
    Long,     ///< measurements that need seconds or minutes: three threads
    Picture,  ///< pictures of a running training: one thread
};

/// Hands work to the worker: the one host of all work off the GUI thread. The work of one lane is done in order, one
/// task after the other, and what it brings arrives on the GUI thread. A lane whose owner calls replace() is a slot in
/// which the newest task wins.
///
/// The worker starts a thread when a task is ready and all threads of its kind are busy. The threads of Text, Long and
/// Picture give way to all others, and begin each task on one core; a task may then call computeOnThreads(). All lanes
/// of the process share one worker, which begins with the first lane and ends with the last: it hands out the cores of
/// the process, so a second one beside it would only compete with it.
///
/// Lanes are made, used and destroyed on the GUI thread.
class WorkLane {
public:
    /// Runs on a thread of the worker. May throw; should return early if the stop is requested.
    using Work = std::function<void(const ShareDone &progress, const std::stop_token &stop)>;
    /// Called on the GUI thread when the work has returned. `error`: the sentence of the exception that it threw, empty
    /// if it threw none.
    using Done = std::function<void(const QString &error)>;

    explicit WorkLane(WorkKind kind);
    /// Drops the tasks that wait, requests the running one's stop, and waits until its work returns. None of the
    /// functions that were handed in is called after that.
    ~WorkLane();
    WorkLane(const WorkLane &) = delete;
    WorkLane &operator=(const WorkLane &) = delete;

    /// Adds a task. `progressed` gets the finished share on the GUI thread, at most 20 times a second (a question's and
    /// a picture's at most 5 times).
    void run(Work work, Done done, ShareDone progressed = {});
    /// The same for work that is too short for progress and stop.
    void run(std::function<void()> work, Done done);
    /// Adds a task in place of all before it: cancel(), then run().
    void replace(Work work, Done done, ShareDone progressed = {});
    /// Drops the tasks that wait and requests the running one's stop; none of their functions is called any more.
    void cancel();
    /// Requests the stop of all tasks. `done` is called for each: for the running one when its work returns, for those
    /// that wait at once, without beginning their work.
    void stop();
    /// Waits until the work of all tasks is done, for work that must not be lost when its owner dies.
    void finish();
    /// True while a task was added whose `done` was not called yet.
    bool busy() const { return m_open > 0; }

private:
    friend class Worker;
    struct Task;
    /// Called on a thread of the worker.
    void carryOut(std::shared_ptr<Task> task);
    void post(std::shared_ptr<Task> task);

    const std::shared_ptr<Worker> m_worker;
    const WorkKind m_kind;
    Mailbox m_mailbox;
    int m_open = 0;
    /// Counts the calls of cancel(): results of tasks from before are not delivered.
    std::uint64_t m_cancellations = 0;
};

} // namespace samout
