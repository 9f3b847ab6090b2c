// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/snapshot.h"

#include <filesystem>
#include <memory>

namespace samout {

/// Opens a model: a file (see openModelFile), or a run folder (its newest snapshot, snapshots/step-N.safetensors).
/// Throws Error naming the file or folder and what is wrong.
std::shared_ptr<const Snapshot> openModel(const std::filesystem::path &path);

} // namespace samout
