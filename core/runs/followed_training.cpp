// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/followed_training.h"

#include "core/base/error.h"
#include "core/base/mutex.h"
#include "core/runs/event_outbox.h"
#include "core/runs/run.h"
#include "core/runs/stored_training.h"

#include <chrono>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace samout {

namespace {

/// Time between two readings of the run.
constexpr std::chrono::seconds readingInterval{1};
/// The most steps that are read at a time.
constexpr std::int64_t stepsAtOnce = 50'000;

} // namespace

struct FollowedTraining::Impl {
    using From = EventOutbox::From;

    Impl(std::filesystem::path run, OnEvent onEvent)
        : folder(std::move(run)), events(std::move(onEvent)), thread([this] { follow(); })
    {
    }

    ~Impl()
    {
        {
            const MutexLock lock(mutex);
            quitting = true;
        }
        changed.notifyAll();
        thread.join();
    }

    void follow()
    {
        setStatus(SessionStatus::Preparing);
        try {
            const Run run(folder);
            tell(factsOf(run));
            do
                read(run);
            while (waitForNextReading());
        } catch (const std::exception &error) {
            setStatus(SessionStatus::Failed, textOf(error));
        }
    }

    /// Tells what is new.
    void read(const Run &run)
    {
        try {
            // Read before the steps: what a process that has ended wrote is then among them.
            const bool isTrained = run.state() == RunState::Running;
            if (isTrained)
                setStatus(SessionStatus::Running);
            tellSteps(run);
            if (!isTrained)
                setStatus(SessionStatus::Stopped);
            if (isSnapshotWanted())
                tellSnapshot(run);
            trouble = {};
        } catch (const std::exception &error) {
            if (const Text sentence = textOf(error); std::exchange(trouble, sentence) != sentence)
                tell(Remark{sentence});
        }
    }

    /// An edit comes after the steps before it.
    void tellSteps(const Run &run)
    {
        std::vector<StepMetrics> steps;
        do {
            steps = run.metrics(lastStep, stepsAtOnce);
            const std::vector<AppliedEdit> edits = run.edits();
            const auto tellEditsBefore = [&](std::int64_t step) {
                for (; editsTold < edits.size() && edits[editsTold].step < step; ++editsTold)
                    tell(edits[editsTold]);
            };
            for (StepMetrics &metrics : steps) {
                tellEditsBefore(metrics.step);
                lastStep = metrics.step;
                tell(std::move(metrics));
            }
            tellEditsBefore(lastStep + 1);
        } while (static_cast<std::int64_t>(steps.size()) == stepsAtOnce);
    }

    void tellSnapshot(const Run &run)
    {
        const std::vector<StoredFile> stored = run.snapshots();
        if (stored.empty())
            return;
        auto snapshot = run.snapshot(stored.back().step);
        {
            const MutexLock lock(mutex);
            snapshotWanted = false;
        }
        tell(TakenSnapshot{.step = stored.back().step, .snapshot = std::move(snapshot)});
    }

    bool isSnapshotWanted()
    {
        const MutexLock lock(mutex);
        return snapshotWanted;
    }

    /// False if the following ends. A snapshot that becomes wanted shortens the wait.
    bool waitForNextReading()
    {
        const auto end = std::chrono::steady_clock::now() + readingInterval;
        const MutexLock lock(mutex);
        while (!quitting && !hurried && changed.waitUntil(mutex, end))
            continue;
        hurried = false;
        return !quitting;
    }

    void send(const TrainingCommand &command)
    {
        checkCommand(command);
        if (std::holds_alternative<WantSnapshot>(command)) {
            {
                const MutexLock lock(mutex);
                snapshotWanted = true;
                hurried = true;
            }
            return changed.notifyAll();
        }
        events.put(Remark{Text("Another program trains the run {0}: here it can be looked at only.", folder.string())},
                   From::Command);
        events.deliver(From::Command);
    }

    void setStatus(SessionStatus next, const Text &reason = {})
    {
        {
            const MutexLock lock(mutex);
            if (std::exchange(status, next) == next)
                return;
        }
        tell(StatusChange{.status = next, .reason = reason});
    }

    void tell(TrainingEvent event)
    {
        events.put(std::move(event), From::Training);
        events.deliver(From::Training);
    }

    const std::filesystem::path folder;
    EventOutbox events;
    Mutex mutex;
    ConditionVariable changed;
    SessionStatus status GUARDED_BY(mutex) = SessionStatus::Idle;
    bool snapshotWanted GUARDED_BY(mutex) = false;
    bool hurried GUARDED_BY(mutex) = false;
    bool quitting GUARDED_BY(mutex) = false;
    // Only the thread uses these.
    std::int64_t lastStep = 0;
    std::size_t editsTold = 0;
    Text trouble;       // why the last reading failed
    std::thread thread; // the last member: the thread uses all of the above
};

FollowedTraining::FollowedTraining(std::filesystem::path run, OnEvent onEvent)
    : m_impl(std::make_unique<Impl>(std::move(run), std::move(onEvent)))
{
}

FollowedTraining::~FollowedTraining() = default;

void FollowedTraining::send(TrainingCommand command) { m_impl->send(command); }

SessionStatus FollowedTraining::status() const
{
    const MutexLock lock(m_impl->mutex);
    return m_impl->status;
}

} // namespace samout
