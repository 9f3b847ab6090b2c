// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/session.h"

#include "core/base/error.h"
#include "core/base/overloaded.h"
#include "core/base/this_thread.h"
#include "core/model/torch_errors.h"
#include "core/runs/command_queue.h"
#include "core/runs/prepared_training.h"
#include "core/runs/stored_training.h"

#include <c10/util/Exception.h>

#include <chrono>
#include <optional>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

namespace samout {

struct Session::Impl {
    explicit Impl(OnEvent onEvent) : queue(std::move(onEvent)), thread([this] { run(); }) {}

    ~Impl()
    {
        queue.quit();
        thread.join();
    }

    void run()
    {
        while (auto command = queue.waitBetweenTrainings()) {
            if (const auto *start = std::get_if<StartTraining>(&*command)) {
                train(*start);
                continue;
            }
            try {
                carryOut(std::move(*command));
            } catch (const std::exception &error) {
                fail(Text("The weights cannot be copied. {0}", textOf(error)));
            }
        }
    }

    void train(const StartTraining &start)
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
        queue.setStatus(SessionStatus::Failed, more.empty() ? reason : Text("{0} {1}", reason, more));
    }

    void trainToTheEnd(const StartTraining &start)
    {
        Text ending;
        prepare(start);
        queue.begin();
        while (beforeStep())
            step();
        if (allStepsAreDone())
            ending = training.trainer->stepsDone() == 1
                         ? Text("The one step is done.")
                         : Text("All {0} steps are done.", training.trainer->stepsDone());
        if (queue.takeSnapshotWanted())
            tellSnapshot();
        if (const Text failure = training.recorder ? finishRun() : Text(); !failure.empty())
            return queue.setStatus(SessionStatus::Failed, failure);
        queue.setStatus(SessionStatus::Stopped, ending);
    }

    void prepare(const StartTraining &start)
    {
        training = {}; // releases its run's lock before the next is taken
        newEdits.clear();
        passing = false;
        watch.restart();
        training = prepareTraining(start.options, start.plan, [this](const Text &sentence) { remark(sentence); });
        queue.setNetwork(training.trainer->config());
        if (training.recorder)
            training.recorder->begin(*training.trainer, training.data);
        queue.tell(training.facts());
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

    void remark(const Text &sentence) { queue.tell(Remark{sentence}); }

    /// Carries out a command between two steps, or between two trainings.
    void carryOut(TrainingCommand command)
    {
        std::visit(Overloaded{
                       [&](Edit &edit) { newEdits.push_back(std::move(edit)); },
                       [&](const SetBreakpoints &set) {
                           watch.set(set.breakpoints);
                           breaksAtNotFinite = set.atNotFinite;
                       },
                       [&](TakeCheckpoint) {
                           if (training.recorder)
                               training.recorder->takeCheckpoint(*training.trainer);
                       },
                       [&](KeepSnapshot &keep) {
                           if (training.recorder && keep.run == training.folder)
                               training.recorder->writer().add(std::move(keep.snapshot));
                       },
                       [&](WantSnapshot) { tellSnapshot(); }, [](const auto &) {}, // the queue has carried it out
                   },
                   command);
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
        queue.tell(training.edits.back());
    }

    bool allStepsAreDone() const { return training.goal > 0 && training.trainer->stepsDone() >= training.goal; }

    /// Carries out all commands that wait for the moment between two steps; waits while paused. False ends the
    /// training.
    bool beforeStep()
    {
        applyEdits(*training.trainer, training.edits);
        for (;;) {
            // Steps that are stored already are repeated unchanged; new edits wait for the first new step.
            if (training.trainer->stepsDone() >= training.stored)
                for (const Edit &edit : std::exchange(newEdits, {}))
                    apply(edit);
            CommandQueue::Next next = queue.next(allStepsAreDone());
            if (next.turn == CommandQueue::Turn::End)
                return false;
            if (next.turn == CommandQueue::Turn::Step)
                break;
            carryOut(std::move(next.command));
        }
        if (training.recorder && !training.recorder->writer().problem().empty())
            training.recorder->writer().retry();
        return true;
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
                    queue.tell(metrics);
                queue.tell(BreakpointHit{.step = metrics.step, .layer = error.layer(), .sentence = error.text()});
                return queue.pauseBecause(error.text());
            }
            metrics = training.trainer->passOver(error);
            if (metrics.step > training.stored && !std::exchange(passing, true))
                remark(
                    Text("{0} The training goes on with the next step, since the breakpoint for this is switched off.",
                         error.text()));
        } catch (const Error &error) {
            if (error.kind() != Error::OutOfMemory)
                throw;
            return queue.pauseBecause(error.text());
        }
        metrics.seconds = secondsSoFar();
        Text trouble;
        const auto every = training.trainer->options().heldOutEvery;
        if (every > 0 && (metrics.step % every == 0 || metrics.step == 1))
            trouble = measureHeldOut(metrics);
        if (training.recorder)
            training.recorder->stepMade(metrics, *training.trainer);
        queue.tell(metrics);
        if (training.recorder && trouble.empty())
            trouble = training.recorder->writer().problem();
        for (const BreakpointHit &hit : breaksAfter(metrics))
            trouble = trouble.empty() ? hit.sentence : Text("{0} {1}", trouble, hit.sentence);
        if (!trouble.empty())
            queue.pauseBecause(trouble);
    }

    /// Whether a step that is not finite is passed over. Stored steps are repeated unchanged.
    bool passesOver(std::int64_t step) const
    {
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
            queue.tell(hit);
        return hits;
    }

    void tellSnapshot()
    {
        if (!training.trainer)
            return;
        const double begin = threadSeconds();
        auto snapshot = training.trainer->snapshot();
        const double seconds = threadSeconds() - begin;
        queue.tell(TakenSnapshot{.step = snapshot->step(), .snapshot = snapshot, .seconds = seconds});
    }

    CommandQueue queue;
    // Only the thread uses these.
    PreparedTraining training;
    BreakpointWatch watch;
    bool breaksAtNotFinite = true;
    std::vector<Edit> newEdits; // in order, not applied yet
    bool passing = false;       // the last step was passed over
    std::thread thread;         // the last member: the thread uses all of the above
};

Session::Session(OnEvent onEvent) : m_impl(std::make_unique<Impl>(std::move(onEvent))) {}

Session::~Session() = default;

void Session::send(TrainingCommand command) { m_impl->queue.send(std::move(command)); }

SessionStatus Session::status() const { return m_impl->queue.status(); }

} // namespace samout
