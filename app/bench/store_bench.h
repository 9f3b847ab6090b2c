// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/bench/measurement.h"

#include <cstdint>
#include <filesystem>
#include <string>

namespace samout {

/// What keeping a run costs its training: a preset's steps after the 20th, for a minute each in turns kept and not kept.
/// A measurement is the mean of a turn's steps, since what is written seldom makes few steps slow. Writes a run to
/// the folder of temporary files.
Finding benchStore(const std::string &preset, int threads);

/// Makes a run of so many steps of no meaning, for those who measure how long it takes to open.
void makeLongRun(const std::filesystem::path &folder, std::int64_t steps);

} // namespace samout
