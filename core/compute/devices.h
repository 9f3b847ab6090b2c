// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace samout {

struct Device {
    /// What `--device` takes: "cpu", "cuda:0".
    std::string id;
    /// As its maker calls it.
    std::string name;
    /// Bytes of memory in all.
    std::int64_t memory = 0;
};

/// The devices that are there, the CPU first. Loads LibTorch's CUDA part the first time where an NVIDIA driver
/// is. Thread-safe.
const std::vector<Device> &devices();
/// The device for what a person asked for: "auto" is the first GPU, else the CPU; "cuda" is "cuda:0". Throws
/// Error where it is not there, saying which are.
const Device &findDevice(const std::string &id);

/// What the bits of a training depend on beside its options: the device, its vectors, LibTorch, our kernels' version.
std::string fingerprint(const Device &device);

/// A function of our own CUDA part (the library samout_cuda), nullptr where that is not there. Thread-safe.
void *cudaPartSymbol(const char *name);

} // namespace samout
