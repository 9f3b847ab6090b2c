// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/files/safetensors.h"
#include "core/model/snapshot.h"

#include <filesystem>
#include <memory>

namespace samout {

/// Opens a model file: a .safetensors snapshot or a .pth/.pt state_dict. Metadata gives sizes, heads, mixer, vocabulary
/// (see vocabularyOf()) and step. Without metadata, the shapes give the sizes, heads are 6 if 6 divides hidden, else 1,
/// the names give the mixer, the padding token is the mixer's default, and tokens are bare numbers. Names may carry a
/// common prefix "module." or "_orig_mod.". Throws Error naming the file and what is wrong.
std::shared_ptr<const Snapshot> openModelFile(const std::filesystem::path &path);

/// Writes a snapshot as safetensors (with metadata) or, if the name ends in .pth or .pt, as a state_dict. Throws Error
/// for any other ending, or if the file cannot be written.
void saveModel(const std::filesystem::path &path, const Snapshot &snapshot);

/// The conversions themselves; `origin` names the file in errors.
std::shared_ptr<const Snapshot> snapshotOf(const TensorFile &file, const std::string &origin);
TensorFile tensorFileOf(const Snapshot &snapshot);

} // namespace samout
