// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace samout {

/// How long something took, of several times. Seconds.
struct Timings {
    double minimum = 0, median = 0, p95 = 0;
    int count = 0;
};
/// Throws Error where `seconds` is empty.
Timings timingsOf(std::vector<double> seconds);

/// What one measurement found.
struct Finding {
    /// "train/article", with what was measured after the slash.
    std::string name;
    Timings ours;
    /// What it is compared with, by name, measured in turns with ours.
    std::vector<std::pair<std::string, Timings>> others;
    /// What p95 should not exceed, seconds; 0 is nothing.
    double limit = 0;
    /// What the ratio of the medians to the first of the others should not exceed; 0 is nothing.
    double mostRatio = 0;
};

/// Waits until other programs leave the processor alone, for `seconds` at most. Returns the share of it that they
/// took at last, 0 to 1.
double waitForQuiet(double seconds);

/// Memory of this process that is in RAM, in bytes; and the most of it since the last call of forgetPeak().
std::int64_t residentBytes();
std::int64_t peakResidentBytes();
void forgetPeak();

/// Seconds since some moment.
double now();

} // namespace samout
