#pragma once

#include "core/train/options.h"

#include <string>
#include <utility>
#include <vector>

namespace samout {

/// The options as one JSON object, as a run keeps them. The vocabulary to write data in is left out: a run keeps it
/// beside.
std::string jsonOf(const TrainingOptions &options);
/// Reads it back; what is missing stays as it is by default. Throws Error, beginning with `origin`, where it is no such
/// object or has a value that cannot be.
TrainingOptions optionsOfJson(const std::string &json, const std::string &origin);
/// Name and value of every option as texts, in a fixed order: for people, and to compare two trainings.
std::vector<std::pair<std::string, std::string>> settingsOf(const TrainingOptions &options);

} // namespace samout
