// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/worker.h"

#include "core/base/mutex.h"
#include "core/base/this_thread.h"
#include "core/compute/threads.h"
#include "ui/work/translated.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <exception>
#include <list>
#include <set>
#include <thread>
#include <utility>
#include <vector>

namespace samout {

namespace {

struct KindFacts {
    const char *threadName; // at most 15 letters
    std::size_t mostThreads = 1;
    bool givesWay = false;
    /// The shortest time between two reports of progress. Short texts are examined before the first is due.
    std::chrono::milliseconds reports{50};
};

/// In the order of WorkKind.
constexpr std::array kinds = {
    KindFacts{.threadName = "work: question", .reports = std::chrono::milliseconds(200)},
    KindFacts{.threadName = "work: short", .mostThreads = 2},
    KindFacts{.threadName = "work: replay"},
    KindFacts{.threadName = "work: text", .mostThreads = 2, .givesWay = true},
    KindFacts{.threadName = "work: long", .mostThreads = 3, .givesWay = true},
    KindFacts{.threadName = "work: picture", .givesWay = true, .reports = std::chrono::milliseconds(200)},
};

const KindFacts &factsOf(WorkKind kind) { return kinds[static_cast<std::size_t>(kind)]; }

} // namespace

struct WorkLane::Task {
    WorkLane *lane = nullptr;
    Work work;
    Done done;
    ShareDone progressed;
    /// The lane's m_cancellations when the task was added.
    std::uint64_t cancellations = 0;
    std::stop_source stop = {};
    QString error = {};
};

/// The threads, and the tasks of all lanes.
class Worker {
public:
    using TaskPointer = std::shared_ptr<WorkLane::Task>;

    /// The worker of the process.
    static std::shared_ptr<Worker> shared();
    /// There are no lanes any more, so all threads are idle.
    ~Worker();

    void add(WorkKind kind, TaskPointer task) EXCLUDES(m_mutex);
    /// Takes the waiting tasks of a lane away and requests the running one's stop.
    std::list<TaskPointer> withdraw(const WorkLane &lane) EXCLUDES(m_mutex);
    /// Waits until no task of the lane waits or runs.
    void wait(const WorkLane &lane) EXCLUDES(m_mutex);

private:
    struct RunningTask {
        const WorkLane *lane;
        std::stop_source stop;
    };
    /// The tasks and threads of one kind.
    struct Group {
        std::list<TaskPointer> waiting;
        std::list<RunningTask> running;
        std::size_t idle = 0;
        std::vector<std::thread> threads;
        ConditionVariable wake;

        bool runs(const WorkLane *lane) const;
        /// The number of lanes with a task that may begin.
        std::size_t ready() const;
        /// The next task, which then runs, or nullptr.
        TaskPointer take();
    };

    Group &groupOf(WorkKind kind) REQUIRES(m_mutex) { return m_groups[static_cast<std::size_t>(kind)]; }
    void serve(WorkKind kind);
    /// Waits for a task; nullptr if the worker ends.
    TaskPointer next(WorkKind kind) EXCLUDES(m_mutex);
    void ended(WorkKind kind, const WorkLane *lane) EXCLUDES(m_mutex);

    Mutex m_mutex;
    ConditionVariable m_taskEnded;
    std::array<Group, kinds.size()> m_groups GUARDED_BY(m_mutex);
    bool m_ending GUARDED_BY(m_mutex) = false;
};

bool Worker::Group::runs(const WorkLane *lane) const
{
    return std::ranges::any_of(running, [lane](const RunningTask &task) { return task.lane == lane; });
}

std::size_t Worker::Group::ready() const
{
    std::set<const WorkLane *> lanes;
    for (const TaskPointer &task : waiting)
        if (!runs(task->lane))
            lanes.insert(task->lane);
    return lanes.size();
}

Worker::TaskPointer Worker::Group::take()
{
    const auto first = std::ranges::find_if(waiting, [this](const TaskPointer &task) { return !runs(task->lane); });
    if (first == waiting.end())
        return nullptr;
    TaskPointer task = std::move(*first);
    waiting.erase(first);
    running.push_back({.lane = task->lane, .stop = task->stop});
    return task;
}

std::shared_ptr<Worker> Worker::shared()
{
    static std::weak_ptr<Worker> known;
    std::shared_ptr<Worker> worker = known.lock();
    if (!worker)
        known = worker = std::make_shared<Worker>();
    return worker;
}

Worker::~Worker()
{
    std::vector<std::thread> threads;
    {
        const MutexLock lock(m_mutex);
        m_ending = true;
        for (Group &group : m_groups) {
            std::ranges::move(group.threads, std::back_inserter(threads));
            group.wake.notifyAll();
        }
    }
    for (std::thread &thread : threads)
        thread.join();
}

void Worker::add(WorkKind kind, TaskPointer task)
{
    const MutexLock lock(m_mutex);
    Group &group = groupOf(kind);
    group.waiting.push_back(std::move(task));
    if (group.ready() > group.idle && group.threads.size() < factsOf(kind).mostThreads)
        group.threads.emplace_back([this, kind] { serve(kind); });
    group.wake.notifyOne();
}

std::list<Worker::TaskPointer> Worker::withdraw(const WorkLane &lane)
{
    std::list<TaskPointer> withdrawn;
    std::stop_source stop(std::nostopstate);
    {
        const MutexLock lock(m_mutex);
        Group &group = groupOf(lane.m_kind);
        for (auto task = group.waiting.begin(); task != group.waiting.end();) {
            const auto at = task++;
            if ((*at)->lane == &lane)
                withdrawn.splice(withdrawn.end(), group.waiting, at);
        }
        for (const RunningTask &task : group.running)
            if (task.lane == &lane)
                stop = task.stop;
    }
    stop.request_stop(); // without the mutex: it calls what the work registered
    return withdrawn;
}

void Worker::wait(const WorkLane &lane)
{
    const MutexLock lock(m_mutex);
    const Group &group = groupOf(lane.m_kind);
    while (group.runs(&lane) ||
           std::ranges::any_of(group.waiting, [&lane](const TaskPointer &task) { return task->lane == &lane; }))
        m_taskEnded.wait(m_mutex);
}

void Worker::serve(WorkKind kind)
{
    const KindFacts &facts = factsOf(kind);
    nameThread(facts.threadName);
    if (facts.givesWay)
        giveWay();
    while (TaskPointer task = next(kind)) {
        if (facts.givesWay)
            computeAlone();
        WorkLane *lane = task->lane;
        lane->carryOut(std::move(task));
        ended(kind, lane);
    }
}

Worker::TaskPointer Worker::next(WorkKind kind)
{
    const MutexLock lock(m_mutex);
    Group &group = groupOf(kind);
    while (true) {
        if (m_ending)
            return nullptr;
        if (TaskPointer task = group.take())
            return task;
        ++group.idle;
        group.wake.wait(m_mutex);
        --group.idle;
    }
}

void Worker::ended(WorkKind kind, const WorkLane *lane)
{
    const MutexLock lock(m_mutex);
    std::erase_if(groupOf(kind).running, [lane](const RunningTask &task) { return task.lane == lane; });
    m_taskEnded.notifyAll();
}

WorkLane::WorkLane(WorkKind kind) : m_worker(Worker::shared()), m_kind(kind) {}

WorkLane::~WorkLane()
{
    cancel();
    m_worker->wait(*this);
}

void WorkLane::run(Work work, Done done, ShareDone progressed)
{
    ++m_open;
    m_worker->add(m_kind, std::make_shared<Task>(Task{.lane = this,
                                                      .work = std::move(work),
                                                      .done = std::move(done),
                                                      .progressed = std::move(progressed),
                                                      .cancellations = m_cancellations}));
}

void WorkLane::run(std::function<void()> work, Done done)
{
    run([work = std::move(work)](const ShareDone &, const std::stop_token &) { work(); }, std::move(done));
}

void WorkLane::replace(Work work, Done done, ShareDone progressed)
{
    cancel();
    run(std::move(work), std::move(done), std::move(progressed));
}

void WorkLane::cancel()
{
    ++m_cancellations;
    m_open = 0;
    m_worker->withdraw(*this);
}

void WorkLane::stop()
{
    for (std::shared_ptr<Task> &task : m_worker->withdraw(*this))
        post(std::move(task));
}

void WorkLane::finish() { m_worker->wait(*this); }

void WorkLane::carryOut(std::shared_ptr<Task> task)
{
    auto told = std::chrono::steady_clock::now();
    const ShareDone progress = [&](double share) {
        const auto now = std::chrono::steady_clock::now();
        if (!task->progressed || now - told < factsOf(m_kind).reports)
            return;
        told = now;
        m_mailbox.post([this, task, share] {
            if (task->cancellations == m_cancellations)
                task->progressed(share);
        });
    };
    try {
        task->work(progress, task->stop.get_token());
    } catch (const std::exception &problem) {
        task->error = translated(problem);
    }
    task->work = nullptr; // releases here what it captured; the other functions are released on the GUI thread
    post(std::move(task));
}

void WorkLane::post(std::shared_ptr<Task> task)
{
    m_mailbox.post([this, task = std::move(task)] {
        if (task->cancellations != m_cancellations)
            return;
        --m_open;
        task->done(task->error);
    });
}

} // namespace samout
