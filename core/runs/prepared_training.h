// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"
#include "core/data/dataset.h"
#include "core/runs/recorder.h"
#include "core/runs/run_plan.h"
#include "core/runs/training_facts.h"
#include "core/train/edit.h"
#include "core/train/options.h"
#include "core/train/trainer.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace samout {

/// A training before its next step: a new one, or one that goes on with a run.
struct PreparedTraining {
    std::unique_ptr<Trainer> trainer;
    std::shared_ptr<const Dataset> data;
    /// nullptr if no run is stored.
    std::unique_ptr<Recorder> recorder;
    /// The run's folder; empty if no run is stored.
    std::filesystem::path folder;
    /// The step to reach; 0 means no limit.
    std::int64_t goal = 0;
    /// The edits made so far, in order. If a run goes on, its edits are applied again at their steps.
    std::vector<AppliedEdit> edits;
    /// Steps that were stored when the run was opened, and which of them were passed over.
    std::int64_t stored = 0;
    std::set<std::int64_t> passedOver;

    TrainingFacts facts() const;
};

/// Opens the data, makes or restores the network on the calling thread, and creates or opens the run. `remark` receives
/// sentences that a person should read and that stop nothing. Throws Error if any of this fails.
PreparedTraining prepareTraining(TrainingOptions options, const RunPlan &plan,
                                 const std::function<void(const Text &)> &remark);

} // namespace samout
