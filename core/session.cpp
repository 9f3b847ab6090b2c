#include "core/session.h"

#include "core/base/error.h"
#include "core/device/devices.h"
#include "core/device/threads.h"
#include "core/model/torch_errors.h"
#include "core/store/model_file.h"
#include "core/train/trainer.h"

#include <c10/util/Exception.h>

#include <chrono>
#include <cmath>
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

    /// Tells a change of status. Recursive, so that an event may call the session.
    void setStatus(SessionStatus next, const std::string &reason = {})
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
            answerSnapshot();
            if (next)
                train(*next);
        }
    }

    void train(const Start &start)
    {
        std::string ending;
        try {
            prepare(start.options);
            {
                const std::lock_guard lock(mutex);
                if (wish == Wish::Run || wish == Wish::StepOnce)
                    setStatus(SessionStatus::Running);
            }
            while (beforeStep())
                step();
            if (allStepsAreDone())
                ending = trainer->stepsDone() == 1 ? "The one step is done."
                                                   : "All " + std::to_string(trainer->stepsDone()) + " steps are done.";
            answerSnapshot();
            setStatus(SessionStatus::Stopped, ending);
        } catch (const c10::Error &error) {
            setStatus(SessionStatus::Failed, sentenceOf(error));
        } catch (const std::bad_alloc &) {
            setStatus(SessionStatus::Failed,
                      "There is not enough memory for this training; a smaller batch or network needs less.");
        } catch (const std::exception &error) {
            setStatus(SessionStatus::Failed, error.what());
        }
    }

    void prepare(TrainingOptions options)
    {
        trainer.reset();
        options.check();
        const Device device = findDevice(options.device);
        options.device = device.id;
        options.threads = options.threads > 0 ? options.threads : availableThreads();
        computeOnThreads(options.threads);
        options.data.seed = options.seed;
        const auto init = options.init.empty() ? nullptr : openModel(options.init);
        if (init)
            options.data.vocabulary = init->vocabulary();
        auto data = openDataset(options.data);
        trainer = std::make_unique<Trainer>(options, data, init);
        if (events.onPrepared)
            events.onPrepared({.options = trainer->options(),
                               .config = trainer->config(),
                               .data = data,
                               .device = device.id == "cpu" ? "CPU, " + std::to_string(options.threads) +
                                                                  (options.threads == 1 ? " thread" : " threads")
                                                            : device.name,
                               .parameters = parameterCount(trainer->config())});
    }

    bool allStepsAreDone() const
    {
        return trainer->options().steps > 0 && trainer->stepsDone() >= trainer->options().steps;
    }

    /// Answers everything that waits for the moment between two steps; waits while paused. False ends the training.
    bool beforeStep()
    {
        std::unique_lock lock(mutex);
        for (;;) {
            if (newRate)
                trainer->setLearningRate(*std::exchange(newRate, std::nullopt));
            if (snapshotWanted) {
                lock.unlock();
                answerSnapshot();
                lock.lock();
                continue;
            }
            if (wish == Wish::Stop || pending || quitting || allStepsAreDone())
                return false;
            if (wish == Wish::StepOnce) {
                wish = Wish::Pause;
                return true;
            }
            if (wish == Wish::Run)
                return true;
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
        try {
            StepMetrics metrics = trainer->step();
            metrics.seconds = secondsSoFar();
            const auto every = trainer->options().heldOutEvery;
            const bool last = metrics.step == trainer->options().steps;
            if (every > 0 && (metrics.step % every == 0 || metrics.step == 1 || last))
                metrics.heldOutLoss = trainer->heldOutLoss();
            tell(metrics);
        } catch (const NotFinite &error) {
            StepMetrics attempt = error.attempt();
            attempt.seconds = secondsSoFar();
            if (!attempt.made())
                tell(attempt);
            pauseBecause(error.what());
        } catch (const OutOfMemory &error) {
            pauseBecause(error.what());
        }
    }

    void tell(const StepMetrics &metrics) const
    {
        if (events.onStep)
            events.onStep(metrics);
    }

    void pauseBecause(const std::string &reason)
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
            if (!std::exchange(snapshotWanted, false) || !trainer)
                return;
        }
        auto snapshot = trainer->snapshot();
        if (events.onSnapshot)
            events.onSnapshot(std::move(snapshot));
    }

    const SessionEvents events;
    mutable std::recursive_mutex mutex;
    std::condition_variable_any changed;
    SessionStatus status = SessionStatus::Idle;
    Wish wish = Wish::Run;
    std::optional<Start> pending;
    std::optional<double> newRate;
    bool snapshotWanted = false;
    bool quitting = false;
    /// Owned by the thread alone.
    std::unique_ptr<Trainer> trainer;
    std::thread thread;
};

Session::Session(SessionEvents events) : m_impl(std::make_unique<Impl>(std::move(events))) {}

Session::~Session() = default;

void Session::start(TrainingOptions options, bool paused)
{
    const std::lock_guard lock(m_impl->mutex);
    if (isActive(m_impl->status))
        m_impl->ask(Wish::Stop, SessionStatus::Stopping);
    m_impl->newRate.reset();
    m_impl->pending = Start{.options = std::move(options), .paused = paused};
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

void Session::setLearningRate(double rate)
{
    if (!std::isfinite(rate) || rate <= 0)
        throw Error("The learning rate is " + std::to_string(rate) + "; it should be above 0, as 0.001.");
    const std::lock_guard lock(m_impl->mutex);
    m_impl->newRate = rate;
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
