// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"

#include <filesystem>
#include <vector>

namespace samout::cli {

/// Trains to the end or to the first SIGINT or SIGTERM, which finishes the step; a second signal ends the program.
/// Writes every step (`json`) or the closing result to standard output, progress to standard error, and the weights to
/// `save` if it is not empty. If a loss is not finite or a breakpoint is met it saves the last good weights and throws
/// Error. `plan` names the run; `options` are ignored if the plan resumes a run.
void train(const TrainingOptions &options, const RunPlan &plan, const std::vector<Breakpoint> &breakpoints,
           const std::filesystem::path &save, bool json);

} // namespace samout::cli
