// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace samout {

/// Where a training is stored. A new run has its folder's name; if its first weights (options.init) are a step of
/// another run, that run is recorded as its parent.
struct RunPlan {
    /// The run's folder. Without a folder and a title nothing is stored.
    std::filesystem::path folder = {};
    /// Instead of a folder: a new run with a free name in runsHome() that begins with this.
    std::string title = {};
    /// Goes on with the run in `folder`, with the run's own options. Otherwise the run is created.
    bool resume = false;
    /// When going on: the step to reach, instead of the run's own.
    std::optional<std::int64_t> steps = {};
};

} // namespace samout
