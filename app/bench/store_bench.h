// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/bench/measurement.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace samout {

/// The cost of storing a run for its training: a preset's steps after the 20th, for a minute stored and a minute not
/// stored, in turns. A measurement is the mean of a turn's steps, since rare writes slow down only few steps. Writes a
/// run to the folder of temporary files.
Finding benchStore(const std::string &preset, int threads);

/// Creates a run of `steps` meaningless steps, to measure how long it takes to open.
void makeLongRun(const std::filesystem::path &folder, std::int64_t steps);

} // namespace samout
