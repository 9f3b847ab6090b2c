// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"
#include "core/train/options.h"

#include <string>

namespace samout {

/// The options as one JSON object with their names in the option table. The vocabulary to write data in is left out: a
/// run keeps it beside.
std::string jsonOf(const TrainingOptions &options);
/// Reads it back, also with the names of run format 1 (`sequence_length`); an option that is missing keeps its default.
/// Throws Error, beginning with `origin`, if it is no such object or has a value that cannot be.
TrainingOptions optionsOfJson(const std::string &json, const Text &origin);

} // namespace samout
