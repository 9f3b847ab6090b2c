// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"
#include "core/runs/run.h"
#include "core/runs/training_facts.h"
#include "core/train/trainer.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace samout {

/// Opens a run's data from the file that the run stores or names. Throws Error if the file is gone or was changed.
std::shared_ptr<const Dataset> openRunData(const Run &run);

/// The facts of a stored run's training as it began, with all steps and edits still to come. Throws Error as
/// openRunData().
TrainingFacts factsOf(const Run &run);

/// The data file that these options name; empty for generated data.
std::filesystem::path dataFileOf(const TrainingOptions &options);

/// Restores a run's training at its newest checkpoint up to `step`, or at its beginning if there is none. It computes
/// on the calling thread with as many threads as the run. The caller applies later edits. Throws Error if one of the
/// run's edits cannot be applied.
std::unique_ptr<Trainer> trainerBefore(const Run &run, std::shared_ptr<const Dataset> data, std::int64_t step);

/// Applies the edits that were made at the trainer's current step.
void applyEdits(Trainer &trainer, const std::vector<AppliedEdit> &edits);

/// Receives the number of steps done and of all steps.
using ReplayProgress = std::function<void(std::int64_t done, std::int64_t all)>;

/// Rebuilds the snapshot of a step that has none, by training from the checkpoint before it. Returns nullptr if `stop`
/// was requested meanwhile.
std::shared_ptr<const Snapshot> rebuildSnapshot(const Run &run, std::int64_t step, const ReplayProgress &progress = {},
                                                std::stop_token stop = {});

struct ReplayResult {
    std::int64_t steps = 0;
    /// The first step that differs, and which of its numbers differ; empty if all steps are the same.
    std::optional<std::int64_t> firstDifference;
    Text what;
};
/// Trains the whole run again from its settings and edits and compares every recorded number except the seconds.
ReplayResult replay(const Run &run, const ReplayProgress &progress = {}, std::stop_token stop = {});

} // namespace samout
