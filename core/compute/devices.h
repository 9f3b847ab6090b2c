// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace samout {

struct Device {
    /// What `--device` takes: "cpu", "cuda:0".
    std::string id;
    /// The manufacturer's name for it.
    std::string name;
    /// The total memory in bytes.
    std::int64_t memory = 0;
};

/// The devices of this machine, the CPU first. The first call loads LibTorch's CUDA part if there is an NVIDIA driver.
/// Thread-safe.
const std::vector<Device> &devices();
/// The device that the user asked for: "auto" is the first GPU, else the CPU; "cuda" is "cuda:0". Throws Error, which
/// lists the devices, if there is no such device.
const Device &findDevice(const std::string &id);

/// What the bits of a training depend on besides its options: the device, its vectors, LibTorch, our kernels' version.
std::string fingerprint(const Device &device);

/// A function of our own CUDA part (the library samout_cuda); nullptr if the library was not found. Thread-safe.
void *cudaPartSymbol(const char *name);

} // namespace samout
