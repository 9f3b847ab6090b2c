// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/files/safetensors.h"

namespace samout {

/// Reads a state_dict that Python's torch.save wrote (.pth, .pt; the zip format of PyTorch 1.6 and later). The pickle
/// in it is read by an unpickler that accepts only a fixed list of opcodes and globals, so no code in the file can run.
/// A dict {"state_dict": {…}} or {"model": {…}} around it is opened; entries that are not tensors are left out. Throws
/// Error naming the file and what is wrong with it.
TensorFile readStateDict(const std::filesystem::path &path);

/// Writes the tensors as a .pth that Python's torch.load(weights_only=True) reads, all or nothing. Metadata is
/// not written: a state_dict has no place for it.
void writeStateDict(const std::filesystem::path &path, const TensorFile &file);

} // namespace samout
