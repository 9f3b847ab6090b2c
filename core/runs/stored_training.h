// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"
#include "core/runs/run.h"
#include "core/train/trainer.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace samout {

/// The data of a run, from what the run keeps of it. Throws Error where that is gone or was changed.
std::shared_ptr<const Dataset> openRunData(const Run &run);

/// The data's own file that these options name; empty for generated data.
std::filesystem::path dataFileOf(const TrainingOptions &options);

/// A run's training at the newest checkpoint not after `step`, else at its beginning, computing on the calling thread
/// with as many threads as the run. Edits after that are still to be applied. Throws Error where one of the run's edits
/// cannot be.
std::unique_ptr<Trainer> trainerBefore(const Run &run, std::shared_ptr<const Dataset> data, std::int64_t step);

/// Applies those of the edits that were made when the trainer was where it is.
void applyEdits(Trainer &trainer, const std::vector<AppliedEdit> &edits);

/// Done steps and all of them.
using ReplayProgress = std::function<void(std::int64_t done, std::int64_t all)>;

/// A step between two snapshots: trained again from the checkpoint before it. Returns nullptr where `stop` was
/// requested meanwhile.
std::shared_ptr<const Snapshot> rebuildSnapshot(const Run &run, std::int64_t step, const ReplayProgress &progress = {},
                                                std::stop_token stop = {});

struct ReplayResult {
    std::int64_t steps = 0;
    /// The first step that came out otherwise, and what of it; none where all are the same.
    std::optional<std::int64_t> firstDifference;
    Text what;
};
/// Trains the whole run again from its settings and edits and compares every recorded number but the seconds.
ReplayResult replay(const Run &run, const ReplayProgress &progress = {}, std::stop_token stop = {});

} // namespace samout
