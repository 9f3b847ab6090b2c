// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"
#include "core/train/options.h"

#include <string>

namespace samout {

/// The options as one JSON object with their names in the option table. The vocabulary is left out: a run stores it
/// separately.
std::string jsonOf(const TrainingOptions &options);
/// Reads the options back, also with the names of run format 1 (`sequence_length`); an option that is missing keeps its
/// default. Throws Error, beginning with `origin`, if the text is not such an object or a value is not allowed.
TrainingOptions optionsOfJson(const std::string &json, const Text &origin);

} // namespace samout
