// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"
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

/// What a session is doing. Preparing, Pausing and Stopping end by themselves.
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

/// A session's callbacks. They are called on the session's own thread, between two steps (Pausing and Stopping at once,
/// on the thread that asked); they must not block the thread and must not destroy the session. Any of them may be
/// empty.
struct SessionEvents {
    /// Once after start(), before the first step.
    std::function<void(const TrainingFacts &)> onPrepared = {};
    /// Once after every step, also after a step whose loss is not finite and whose update was not made.
    std::function<void(const StepMetrics &)> onStep = {};
    /// An edit was applied; its `step` says when.
    std::function<void(const AppliedEdit &)> onEdit = {};
    /// A breakpoint was met, or a number is not finite: the session pauses after the step, with the same sentence.
    std::function<void(const BreakpointHit &)> onBreak = {};
    /// The answer to requestSnapshot(), and the seconds for which copying it held up the training.
    std::function<void(std::shared_ptr<const Snapshot>, double seconds)> onSnapshot = {};
    /// Every change of status. `reason`: a sentence that says why the session paused by itself or what failed, or
    /// empty.
    std::function<void(SessionStatus, const Text &reason)> onStatus = {};
    /// A sentence that a person should read and that stops nothing, for example that a repeated step differs from the
    /// stored one.
    std::function<void(const Text &sentence)> onRemark = {};
};

/// Trains one network after the other on a thread of its own, which alone owns the network. Every method
/// returns at once, may be called from any thread, and is answered between two steps.
///
/// A loss or gradient that is not finite is found before the update, which is not made: the session pauses with a
/// sentence that names the step and the first layer where it appeared; the weights are the last good ones. If it should
/// not pause there (setBreakpoints), the session passes the step over: the weights stay, and the next step takes the
/// next data. Of several such steps in a row, the first is reported by onRemark. A stored run has a snapshot and a
/// checkpoint of its last step before the status becomes Stopped (Failed if they cannot be stored). Any exception ends
/// the training as Failed with its sentence. The destructor finishes the step and joins.
class Session {
public:
    explicit Session(SessionEvents events);
    ~Session();
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    /// Begins a training; a training that runs is stopped first. `paused`: prepares and waits before the first step. If
    /// the run cannot be written, the training pauses with a sentence; resume() tries again.
    void start(TrainingOptions options, bool paused = false, RunPlan plan = {});
    void pause();
    void resume();
    /// Makes one step, then is Paused. While Running it pauses.
    void stepOnce();
    /// Ends the training; requestSnapshot() still returns its last weights.
    void stop();
    /// Changes the training from the next step on, and stores the edit with the run. Throws Error as checkEdit();
    /// before the network is known, an edit that the network turns out not to allow is reported by onRemark and changes
    /// nothing.
    void apply(Edit edit);
    /// Replaces the breakpoints. They outlive the training and are not stored with the run. `atNotFinite`: also pauses
    /// at a step whose loss or gradient is not finite; else that step is passed over. Throws Error as
    /// checkBreakpoint().
    void setBreakpoints(std::vector<Breakpoint> breakpoints, bool atNotFinite = true);
    /// Takes a checkpoint after the current step; the run never replaces it.
    void requestCheckpoint();
    /// Stores a snapshot that was rebuilt elsewhere, if `run` is the run that is being trained.
    void keep(const std::filesystem::path &run, std::shared_ptr<const Snapshot> snapshot);
    /// Asks for the weights after the current step. One request is outstanding at a time: further ones before its
    /// answer are the same request.
    void requestSnapshot();
    SessionStatus status() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
