// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

namespace samout {

/// The data that a network was trained on: that of the run that `model` is or lies in; for any other file, the first
/// built-in data that has the network's vocabulary, or nullptr if there is none. Throws Error if the run's data is gone
/// or was changed.
std::shared_ptr<const Dataset> dataOfModel(const std::filesystem::path &model, const Snapshot &snapshot);

/// The data that `source` names, in the network's vocabulary, to measure the network on. `sequenceLength`: as in
/// training; not given: that of the presets. Throws Error like openDataset().
std::shared_ptr<const Dataset> dataFor(const Snapshot &snapshot, const std::string &source,
                                       std::optional<std::int64_t> sequenceLength = {});

} // namespace samout
