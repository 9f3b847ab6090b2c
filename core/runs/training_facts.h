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

/// What a training turned out to be, once it is prepared.
struct TrainingFacts {
    TrainingOptions options;
    ModelConfig config;
    std::shared_ptr<const Dataset> data;
    /// As a person reads it: "CPU, 2 threads", "NVIDIA H200".
    std::string device;
    std::int64_t parameters = 0;
    /// The run's folder; empty where nothing is kept.
    std::filesystem::path run;
    /// Updates made before: not 0 where it goes on with a run.
    std::int64_t step = 0;
    /// Made before, where it goes on with a run, in their order.
    std::vector<AppliedEdit> edits;

    /// Why the training cannot meet the breakpoint, as far as is known when it begins.
    enum class NeverMet { MayBeMet, NoSuchLayer, NoHeldOutLoss, NoHeldOutData, StepNotReached };
    NeverMet neverMet(const Breakpoint &breakpoint) const;
};

} // namespace samout
