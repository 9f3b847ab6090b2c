// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/snapshot.h"
#include "core/runs/run_plan.h"
#include "core/runs/training_facts.h"
#include "core/train/breakpoints.h"
#include "core/train/edit.h"
#include "core/train/metrics.h"
#include "core/train/options.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace samout {

/// What a session is doing. Preparing, Pausing and Stopping pass by themselves.
enum class SessionStatus {
    Idle,      ///< nothing was started yet
    Preparing, ///< reads the data, makes the weights
    Running,
    Pausing, ///< finishes the step it is in
    Paused,
    Stopping, ///< finishes the step it is in
    Stopped,  ///< by a person, or because all steps are done; start() begins anew
    Failed,   ///< by an error; start() begins anew
};

/// True from start() on until the training is over.
constexpr bool isActive(SessionStatus status)
{
    return status != SessionStatus::Idle && status != SessionStatus::Stopped && status != SessionStatus::Failed;
}

/// What a session tells. Called on the session's own thread, between two steps (Pausing and Stopping at once, on
/// the thread that asked); must not block it and must not destroy the session. Any of them may be empty.
struct SessionEvents {
    /// Once after start(), before the first step.
    std::function<void(const TrainingFacts &)> onPrepared = {};
    /// After every step, none is dropped. Also for one whose loss is not finite, whose update was not made.
    std::function<void(const StepMetrics &)> onStep = {};
    /// A change was made; its step is where.
    std::function<void(const AppliedEdit &)> onEdit = {};
    /// A breakpoint was met, or a number is not finite: the session pauses after the step, with the same sentence.
    std::function<void(const BreakpointHit &)> onBreak = {};
    /// The answer to requestSnapshot(), and for how many seconds copying it held the training up.
    std::function<void(std::shared_ptr<const Snapshot>, double seconds)> onSnapshot = {};
    /// Every change of status. `reason` is a sentence where there is one to say (why it paused by itself, what
    /// failed), else empty.
    std::function<void(SessionStatus, const std::string &reason)> onStatus = {};
    /// A sentence that a person should know and that stops nothing, as that a step came out otherwise than it is
    /// stored.
    std::function<void(const std::string &sentence)> onRemark = {};
};

/// Trains one network after the other on a thread of its own, which alone owns the network. Every method
/// returns at once, may be called from any thread, and is answered between two steps.
///
/// A loss or gradient that is not finite is found before the update, which is not made: the session pauses with
/// a sentence that names the step and the first layer where it appeared; the weights are the last good ones. Where a
/// person does not want it to pause there (setBreakpoints) it passes the step over: the weights stay, and the next step
/// takes the next data. The first of several in a row is remarked.
/// A run that is kept has a snapshot and a checkpoint of its last step before Stopped is told (Failed where that cannot
/// be). Any exception ends the
/// training as Failed with its sentence. The destructor finishes the step and joins.
class Session {
public:
    explicit Session(SessionEvents events);
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    /// Begins a training; what ran before is stopped first. `paused`: prepares and waits before the first step.
    /// Where a run is to be kept and cannot be written the training pauses with a sentence; resume() tries again.
    void start(TrainingOptions options, bool paused = false, RunPlan plan = {});
    void pause();
    void resume();
    /// One step, then Paused. While Running it pauses.
    void stepOnce();
    /// Ends the training; its last weights can still be had by requestSnapshot().
    void stop();
    /// Changes the training from the next step on, and stores the edit with the run. Throws Error as checkEdit();
    /// before the network is known, what it turns out not to have is a remark later, and changes nothing.
    void apply(Edit edit);
    /// Pauses where these conditions are met, in this training and all after it, instead of the ones before. They are
    /// no part of a run. `atNotFinite`: also at a step whose loss or gradient is not finite; else that step is passed
    /// over. Throws Error as checkBreakpoint().
    void setBreakpoints(std::vector<Breakpoint> breakpoints, bool atNotFinite = true);
    /// Takes a checkpoint after the step that runs; the run keeps it for good.
    void requestCheckpoint();
    /// Stores a snapshot that was made again elsewhere, where this run is the one that is being trained.
    void keep(const std::filesystem::path &run, std::shared_ptr<const Snapshot> snapshot);
    /// Asks for the weights as they are after the step that runs now. One request is outstanding at a time:
    /// further ones before its answer are the same request.
    void requestSnapshot();
    SessionStatus status() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
