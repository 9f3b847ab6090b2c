// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"
#include "core/model/config.h"
#include "core/train/breakpoints.h"
#include "core/train/edit.h"
#include "core/train/options.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

namespace samout {

/// The facts of a training that are known once it is prepared.
struct TrainingFacts {
    TrainingOptions options;
    ModelConfig config;
    std::shared_ptr<const Dataset> data;
    /// As a person reads it: "CPU, 2 threads", "NVIDIA H200".
    std::string device;
    std::int64_t parameters = 0;
    /// The run's folder; empty if no run is stored.
    std::filesystem::path run;
    /// Updates made before; not 0 if the training goes on with a run.
    std::int64_t step = 0;
    /// Edits made before, in order, if the training goes on with a run.
    std::vector<AppliedEdit> edits;

    /// Why the training cannot meet the breakpoint, as far as is known when it begins.
    enum class NeverMet { MayBeMet, NoSuchLayer, NoHeldOutLoss, NoHeldOutData, StepNotReached };
    NeverMet neverMet(const Breakpoint &breakpoint) const;
};

} // namespace samout
