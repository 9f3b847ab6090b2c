// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace samout {

/// One promise about a device, and how well it keeps it.
struct Verified {
    /// The promise in words.
    std::string what;
    double error = 0;
    double allowed = 0;
    bool holds() const { return error <= allowed; }
};

/// Whether `device` computes what the network is defined to: the golden file's losses (from PyTorch, ten steps of
/// Adam), loss and gradients of a training step against the definition in float64 on the CPU at even and at odd shapes,
/// the same bits twice, and text read token by token against text read at once. Errors are relative to the largest
/// value; with `bfloat16` the tolerances fit its products. Throws Error if there is no such device or file.
std::vector<Verified> verifyDevice(const std::string &device, bool bfloat16, const std::filesystem::path &golden);

} // namespace samout
