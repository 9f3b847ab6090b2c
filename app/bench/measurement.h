// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace samout {

/// How long repeated measurements of one thing took, in seconds.
struct Timings {
    double minimum = 0, median = 0, p95 = 0;
    int count = 0;
};
/// Throws Error if `seconds` is empty.
Timings timingsOf(std::vector<double> seconds);

/// The result of one measurement.
struct Finding {
    /// For example "train/article": the group, and the thing measured after the slash.
    std::string name;
    Timings ours;
    /// The timings that `ours` is compared with, by name, measured in turns with it.
    std::vector<std::pair<std::string, Timings>> others;
    /// The limit of p95 in seconds; 0: none.
    double limit = 0;
    /// The limit of the ratio of our median to that of the first of `others`; 0: none.
    double mostRatio = 0;
};

/// Waits until other programs leave the processor idle, for `seconds` at most. Returns the share of the processor that
/// they used at the end, 0 to 1.
double waitForQuiet(double seconds);

/// The resident memory of this process in bytes, and its peak since the last call of forgetPeak().
std::int64_t residentBytes();
std::int64_t peakResidentBytes();
void forgetPeak();

/// Seconds since a fixed moment.
double now();

} // namespace samout
