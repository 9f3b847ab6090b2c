// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/session.h"

#include "core/base/error.h"
#include "core/base/this_thread.h"
#include "core/model/torch_errors.h"
#include "core/runs/prepared_training.h"
#include "core/runs/stored_training.h"

#include <c10/util/Exception.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace samout {
namespace {

enum class Wish { Run, Pause, StepOnce, Stop };

struct Start {
    TrainingOptions options;
    bool paused = false;
    RunPlan plan;
};

} // namespace

struct Session::Impl {
    explicit Impl(SessionEvents e) : events(std::move(e)), thread([this] { run(); }) {}

    ~Impl()
    {
        {
            const std::lock_guard lock(mutex);
            quitting = true;
            wish = Wish::Stop;
        }
        changed.notify_all();
        thread.join();
    }

    /// Sets and reports the status. The mutex is recursive, so that an event may call the session.
    void setStatus(SessionStatus next, const Text &reason = {})
    {
        const std::lock_guard lock(mutex);
        status = next;
        if (events.onStatus)
            events.onStatus(next, reason);
    }

    void ask(Wish next, SessionStatus shown)
    {
        const std::lock_guard lock(mutex);
        wish = next;
        if (status != shown)
            setStatus(shown);
        changed.notify_all();
    }

    void run()
    {
        for (;;) {
            std::optional<Start> next;
            {
                std::unique_lock lock(mutex);
                changed.wait(lock, [&] { return quitting || pending || snapshotWanted; });
                if (quitting)
                    return;
                if (pending) {
                    next = std::move(pending);
                    pending.reset();
                    wish = next->paused ? Wish::Pause : Wish::Run;
                    setStatus(SessionStatus::Preparing);
                }
            }
            try {
                answerSnapshot();
            } catch (const std::exception &error) {
                fail(Text("The weights cannot be copied. {0}", textOf(error)));
            }
            if (next)
                train(*next);
        }
    }

    void train(const Start &start)
    {
        try {
            trainToTheEnd(start);
        } catch (const c10::Error &error) {
            fail(sentenceOf(error));
        } catch (const std::bad_alloc &) {
            fail(Text("There is not enough memory for this training; a smaller batch or network needs less."));
        } catch (const std::exception &error) {
            fail(textOf(error));
        }
    }

    /// Ends the training as Failed; the run keeps what was trained so far.
    void fail(const Text &reason)
    {
        const Text more = training.recorder && training.trainer ? finishRun() : Text();
        training.recorder.reset();
        setStatus(SessionStatus::Failed, more.empty() ? reason : Text("{0} {1}", reason, more));
    }

    void trainToTheEnd(const Start &start)
    {
        Text ending;
        prepare(start);
        {
            const std::lock_guard lock(mutex);
            if (wish == Wish::Run || wish == Wish::StepOnce)
                setStatus(SessionStatus::Running);
        }
        while (beforeStep())
            step();
        if (allStepsAreDone())
            ending = training.trainer->stepsDone() == 1
                         ? Text("The one step is done.")
                         : Text("All {0} steps are done.", training.trainer->stepsDone());
        answerSnapshot();
        if (const Text failure = training.recorder ? finishRun() : Text(); !failure.empty())
            return setStatus(SessionStatus::Failed, failure);
        setStatus(SessionStatus::Stopped, ending);
    }

    void prepare(const Start &start)
    {
        training = {}; // releases its run's lock before the next is taken
        passing = false;
        watch.restart();
        training = prepareTraining(start.options, start.plan, [this](const Text &sentence) { remark(sentence); });
        {
            const std::lock_guard lock(mutex);
            config = training.trainer->config();
        }
        if (training.recorder)
            training.recorder->begin(*training.trainer, training.data);
        if (events.onPrepared)
            events.onPrepared(training.facts());
    }

    /// Stores the end of the run. Returns a sentence about the failure, or empty.
    Text finishRun()
    {
        Text failure;
        try {
            training.recorder->finish(*training.trainer);
            if (const Text difference = training.recorder->writer().difference(); !difference.empty())
                remark(difference);
        } catch (const std::exception &error) {
            failure = Text("The end of this run is not stored. {0}", textOf(error));
        }
        training.recorder.reset();
        return failure;
    }

    void remark(const Text &sentence) const
    {
        if (events.onRemark)
            events.onRemark(sentence);
    }

    void apply(const Edit &edit)
    {
        try {
            training.trainer->apply(edit);
        } catch (const Error &error) {
            return remark(error.text()); // the edit was requested before the network was known
        }
        if (std::holds_alternative<SetSteps>(edit))
            training.goal = training.trainer->options().steps;
        training.edits.push_back({.step = training.trainer->stepsDone(), .edit = edit});
        if (training.recorder)
            training.recorder->edited(training.edits.back());
        if (events.onEdit)
            events.onEdit(training.edits.back());
    }

    bool allStepsAreDone() const { return training.goal > 0 && training.trainer->stepsDone() >= training.goal; }

    /// Answers all requests that wait for the moment between two steps; waits while paused. False ends the training.
    bool beforeStep()
    {
        std::unique_lock lock(mutex);
        for (;;) {
            if (pending)
                return false; // later requests are meant for the next training
            applyEdits(*training.trainer, training.edits);
            // Steps that are stored already are repeated unchanged; new edits wait for the first new step.
            if (training.trainer->stepsDone() >= training.stored)
                for (const Edit &edit : std::exchange(newEdits, {}))
                    apply(edit);
            if (const auto breakpoints = std::exchange(newBreakpoints, std::nullopt))
                watch.set(*breakpoints);
            for (auto &[run, snapshot] : std::exchange(toKeep, {}))
                if (training.recorder && run == training.folder)
                    training.recorder->writer().add(std::move(snapshot));
            if (std::exchange(checkpointWanted, false) && training.recorder) {
                lock.unlock(); // copying takes a while
                training.recorder->takeCheckpoint(*training.trainer);
                lock.lock();
                continue;
            }
            if (snapshotWanted) {
                lock.unlock();
                answerSnapshot();
                lock.lock();
                continue;
            }
            if (wish == Wish::Stop || quitting || allStepsAreDone())
                return false;
            if (wish == Wish::StepOnce || wish == Wish::Run) {
                if (wish == Wish::StepOnce)
                    wish = Wish::Pause;
                if (training.recorder && !training.recorder->writer().problem().empty())
                    training.recorder->writer().retry();
                return true;
            }
            if (status != SessionStatus::Paused)
                setStatus(SessionStatus::Paused);
            changed.wait(lock);
        }
    }

    void step()
    {
        using Clock = std::chrono::steady_clock;
        const auto begin = Clock::now();
        const auto secondsSoFar = [&] { return std::chrono::duration<double>(Clock::now() - begin).count(); };
        StepMetrics metrics;
        try {
            metrics = training.trainer->step();
            passing = false;
        } catch (const NotFinite &error) {
            metrics = error.attempt();
            metrics.seconds = secondsSoFar();
            if (!passesOver(metrics.step)) {
                if (!metrics.made())
                    tell(metrics);
                if (events.onBreak)
                    events.onBreak({.step = metrics.step, .layer = error.layer(), .sentence = error.text()});
                return pauseBecause(error.text());
            }
            metrics = training.trainer->passOver(error);
            if (metrics.step > training.stored && !std::exchange(passing, true))
                remark(
                    Text("{0} The training goes on with the next step, since the breakpoint for this is switched off.",
                         error.text()));
        } catch (const Error &error) {
            if (error.kind() != Error::OutOfMemory)
                throw;
            return pauseBecause(error.text());
        }
        metrics.seconds = secondsSoFar();
        Text trouble;
        const auto every = training.trainer->options().heldOutEvery;
        if (every > 0 && (metrics.step % every == 0 || metrics.step == 1))
            trouble = measureHeldOut(metrics);
        if (training.recorder)
            training.recorder->stepMade(metrics, *training.trainer);
        tell(metrics);
        if (training.recorder && trouble.empty())
            trouble = training.recorder->writer().problem();
        for (const BreakpointHit &hit : breaksAfter(metrics))
            trouble = trouble.empty() ? hit.sentence : Text("{0} {1}", trouble, hit.sentence);
        if (!trouble.empty())
            pauseBecause(trouble);
    }

    /// Whether a step that is not finite is passed over. Stored steps are repeated unchanged.
    bool passesOver(std::int64_t step) const
    {
        const std::lock_guard lock(mutex);
        return step <= training.stored ? training.passedOver.contains(step) : !breaksAtNotFinite;
    }

    /// Measures the held-out loss. The step counts even if that fails. Returns a sentence about the failure, or empty.
    Text measureHeldOut(StepMetrics &metrics) const
    {
        try {
            metrics.heldOutLoss = training.trainer->heldOutLoss();
            return {};
        } catch (const c10::Error &error) {
            return sentenceOf(error);
        } catch (const std::exception &error) {
            return textOf(error);
        }
    }

    /// Reports the breakpoints that this step met; the training then pauses. Repeated steps meet none.
    std::vector<BreakpointHit> breaksAfter(const StepMetrics &metrics)
    {
        std::vector<float> stateChanges;
        const bool again = metrics.step <= training.stored;
        if (!again && watch.wantsStateChanges(metrics.step)) {
            try {
                stateChanges = training.trainer->stateChanges(BreakpointWatch::stateChangesSequences);
            } catch (const c10::Error &error) {
                remark(Text("How often the states change cannot be measured. {0}", sentenceOf(error)));
            }
        }
        std::vector<BreakpointHit> hits = watch.after(metrics, stateChanges);
        if (again)
            return {};
        for (const BreakpointHit &hit : hits)
            if (events.onBreak)
                events.onBreak(hit);
        return hits;
    }

    void tell(const StepMetrics &metrics) const
    {
        if (events.onStep)
            events.onStep(metrics);
    }

    void pauseBecause(const Text &reason)
    {
        const std::lock_guard lock(mutex);
        if (wish == Wish::Stop)
            return;
        wish = Wish::Pause;
        setStatus(SessionStatus::Paused, reason);
    }

    void answerSnapshot()
    {
        {
            const std::lock_guard lock(mutex);
            if (!std::exchange(snapshotWanted, false) || !training.trainer)
                return;
        }
        const double begin = threadSeconds();
        auto snapshot = training.trainer->snapshot();
        if (events.onSnapshot)
            events.onSnapshot(std::move(snapshot), threadSeconds() - begin);
    }

    const SessionEvents events;
    mutable std::recursive_mutex mutex;
    std::condition_variable_any changed;
    SessionStatus status = SessionStatus::Idle;
    Wish wish = Wish::Run;
    std::optional<Start> pending;
    std::vector<Edit> newEdits;
    std::optional<std::vector<Breakpoint>> newBreakpoints;
    bool breaksAtNotFinite = true;
    std::optional<ModelConfig> config; // the trained network's
    bool checkpointWanted = false;
    std::vector<std::pair<std::filesystem::path, std::shared_ptr<const Snapshot>>> toKeep;
    bool snapshotWanted = false;
    bool quitting = false;
    /// Only the thread uses these.
    PreparedTraining training;
    BreakpointWatch watch;
    bool passing = false; // the last step was passed over
    std::thread thread;
};

Session::Session(SessionEvents events) : m_impl(std::make_unique<Impl>(std::move(events))) {}

Session::~Session() = default;

void Session::start(TrainingOptions options, bool paused, RunPlan plan)
{
    const std::lock_guard lock(m_impl->mutex);
    if (isActive(m_impl->status))
        m_impl->ask(Wish::Stop, SessionStatus::Stopping);
    m_impl->newEdits.clear();
    m_impl->config.reset();
    m_impl->checkpointWanted = false;
    m_impl->toKeep.clear();
    m_impl->pending = Start{.options = std::move(options), .paused = paused, .plan = std::move(plan)};
    m_impl->changed.notify_all();
}

void Session::pause()
{
    const std::lock_guard lock(m_impl->mutex);
    if (m_impl->pending)
        m_impl->pending->paused = true;
    else if (m_impl->status == SessionStatus::Running)
        m_impl->ask(Wish::Pause, SessionStatus::Pausing);
    else if (m_impl->status == SessionStatus::Preparing)
        m_impl->wish = Wish::Pause;
}

void Session::resume()
{
    const std::lock_guard lock(m_impl->mutex);
    if (m_impl->pending)
        m_impl->pending->paused = false;
    else if (m_impl->status == SessionStatus::Paused || m_impl->status == SessionStatus::Pausing)
        m_impl->ask(Wish::Run, SessionStatus::Running);
    else if (m_impl->status == SessionStatus::Preparing)
        m_impl->wish = Wish::Run;
}

void Session::stepOnce()
{
    const std::lock_guard lock(m_impl->mutex);
    if (m_impl->status == SessionStatus::Paused)
        m_impl->ask(Wish::StepOnce, SessionStatus::Running);
    else
        pause();
}

void Session::stop()
{
    const std::lock_guard lock(m_impl->mutex);
    const bool wasPending = std::exchange(m_impl->pending, std::nullopt).has_value();
    if (isActive(m_impl->status))
        m_impl->ask(Wish::Stop, SessionStatus::Stopping);
    else if (wasPending)
        m_impl->setStatus(SessionStatus::Stopped);
}

void Session::apply(Edit edit)
{
    const std::lock_guard lock(m_impl->mutex);
    if (m_impl->config)
        checkEdit(edit, *m_impl->config);
    else
        checkEdit(edit);
    m_impl->newEdits.push_back(std::move(edit));
    m_impl->changed.notify_all();
}

void Session::setBreakpoints(std::vector<Breakpoint> breakpoints, bool atNotFinite)
{
    for (const Breakpoint &breakpoint : breakpoints)
        checkBreakpoint(breakpoint);
    const std::lock_guard lock(m_impl->mutex);
    m_impl->newBreakpoints = std::move(breakpoints);
    m_impl->breaksAtNotFinite = atNotFinite;
    m_impl->changed.notify_all();
}

void Session::requestCheckpoint()
{
    const std::lock_guard lock(m_impl->mutex);
    m_impl->checkpointWanted = true;
    m_impl->changed.notify_all();
}

void Session::keep(const std::filesystem::path &run, std::shared_ptr<const Snapshot> snapshot)
{
    const std::lock_guard lock(m_impl->mutex);
    if (!isActive(m_impl->status))
        return;
    m_impl->toKeep.emplace_back(run, std::move(snapshot));
    m_impl->changed.notify_all();
}

void Session::requestSnapshot()
{
    const std::lock_guard lock(m_impl->mutex);
    m_impl->snapshotWanted = true;
    m_impl->changed.notify_all();
}

SessionStatus Session::status() const
{
    const std::lock_guard lock(m_impl->mutex);
    return m_impl->status;
}

} // namespace samout
