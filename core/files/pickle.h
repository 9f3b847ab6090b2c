// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/files/safetensors.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace samout {

/// A tensor as a pickle of torch.save describes it: a view of a storage, whose bytes lie outside the pickle.
struct PickledTensor {
    /// The storage's key; several tensors may share one.
    std::string storage;
    /// Elements that the storage holds, as the pickle says.
    std::int64_t storageCount = 0;
    DType type = DType::F32;
    /// In elements: where the tensor begins, and the step of each dimension. Never negative, and the last element
    /// lies in the storage.
    std::int64_t offset = 0;
    std::vector<std::int64_t> shape;
    std::vector<std::int64_t> strides;
};

using PickledTensors = std::map<std::string, PickledTensor>;

/// The tensors of a pickled state_dict by name. A dict with the key "state_dict", "model_state_dict" or "model" around
/// the tensors is opened; entries that are not tensors are left out.
///
/// The pickle is a program for a machine with a stack; this machine knows the opcodes of protocols 2 to 5 that plain
/// data needs, and only the functions that rebuild tensors, so no code in the pickle can run. Its memory is in
/// proportion to the pickle. Throws Error, naming `file`, if the pickle is damaged, names any other function or class,
/// or describes a tensor outside its storage.
PickledTensors readPickle(std::span<const std::byte> pickle, const std::string &file);

/// The pickle (protocol 2) of a dict of these tensors, as Python's torch.load(weights_only=True) reads it.
std::vector<std::byte> writePickle(const PickledTensors &tensors);

} // namespace samout
