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
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

// What goes into a training and what comes out of it (see core/runs/training.h), as plain values with a JSON form.

namespace samout {

/// What a session is doing. Preparing, Pausing and Stopping end by themselves.
enum class SessionStatus {
    Idle,      ///< nothing was started yet
    Preparing, ///< reads the data, makes the weights
    Running,
    Pausing, ///< finishes the step it is in
    Paused,
    Stopping, ///< finishes the step it is in
    Stopped,  ///< by a person, or because all steps are done; StartTraining begins anew
    Failed,   ///< by an error; StartTraining begins anew
};

/// True from StartTraining on until the training is over.
constexpr bool isActive(SessionStatus status)
{
    return status != SessionStatus::Idle && status != SessionStatus::Stopped && status != SessionStatus::Failed;
}

// ---- Commands

/// Begins a training; a training that runs is stopped first. If the run cannot be written, the training pauses with a
/// sentence; GoOn tries again.
struct StartTraining {
    TrainingOptions options = {};
    /// Prepares and waits before the first step.
    bool paused = false;
    RunPlan plan = {};
};

struct PauseTraining {};

struct GoOn {};

/// Makes one step, then is Paused. While Running it pauses.
struct StepOnce {};

/// Ends the training; WantSnapshot is still answered with its last weights.
struct StopTraining {};

/// Replaces the breakpoints. They outlive the training and are not stored with the run.
struct SetBreakpoints {
    std::vector<Breakpoint> breakpoints;
    /// Also pauses at a step whose loss or gradient is not finite; else that step is passed over.
    bool atNotFinite = true;
};

/// Takes a checkpoint after the current step; the run never replaces it.
struct TakeCheckpoint {};

/// Stores a snapshot that was rebuilt elsewhere, if `run` is the folder of the run that is being trained.
struct KeepSnapshot {
    std::filesystem::path run;
    std::int64_t step = 0;
    std::shared_ptr<const Snapshot> snapshot;
};

/// Asks for the weights after the current step. One request is outstanding at a time: further ones before its answer
/// are the same request.
struct WantSnapshot {};

/// An Edit changes the training from the next step on and is stored with the run.
using TrainingCommand = std::variant<StartTraining, PauseTraining, GoOn, StepOnce, StopTraining, Edit, SetBreakpoints,
                                     TakeCheckpoint, KeepSnapshot, WantSnapshot>;

/// Throws Error if the command has a value that no training allows: checkEdit(), checkBreakpoint(), a KeepSnapshot
/// without weights.
void checkCommand(const TrainingCommand &command);

// ---- Events

/// The answer to WantSnapshot.
struct TakenSnapshot {
    std::int64_t step = 0;
    std::shared_ptr<const Snapshot> snapshot;
    /// For how long copying the weights held up the training.
    double seconds = 0;
};

struct StatusChange {
    SessionStatus status = SessionStatus::Idle;
    /// A sentence that says why the training paused by itself, ended or failed; or empty.
    Text reason;
};

/// A sentence that a person should read and that stops nothing, for example that a repeated step differs from the
/// stored one.
struct Remark {
    Text sentence;
};

/// - TrainingFacts: once after StartTraining, before the first step.
/// - StepMetrics: once after every step, also after a step whose loss is not finite and whose update was not made.
/// - AppliedEdit: an edit was applied; its `step` says when.
/// - BreakpointHit: a breakpoint was met, or a number is not finite. The training pauses after the step, with the same
///   sentence.
using TrainingEvent =
    std::variant<TrainingFacts, StepMetrics, AppliedEdit, BreakpointHit, TakenSnapshot, StatusChange, Remark>;

// ---- JSON

/// One JSON object in one line: {"command": "edit", "kind": "freeze_head", "value": "1.2"}, {"event": "remark", ...}.
/// Edits and breakpoints are in their text form, options by their names in the option table. A number that is not
/// finite is "nan", "inf" or "-inf". Left out are the weights of snapshots (their step stays), the vocabulary of
/// options and the data of TrainingFacts; a sentence is its English.
std::string jsonOfCommand(const TrainingCommand &command);
std::string jsonOfEvent(const TrainingEvent &event);

/// Reads a command or an event back, with nullptr for what the JSON leaves out. Throws Error if the text is not such an
/// object, or a value is missing, of a wrong type, or not allowed.
TrainingCommand commandOfJson(std::string_view json);
TrainingEvent eventOfJson(std::string_view json);

} // namespace samout
