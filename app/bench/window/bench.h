// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/bench/measurement.h"

#include <QObject>

#include <functional>
#include <vector>

namespace samout {

/// Prints the results of `samout-studio --bench WHAT` as one JSON object on standard output; `samout bench` prints them
/// as a table.
void printFindings(const std::vector<Finding> &findings,
                   const std::vector<std::pair<std::string, std::int64_t>> &bytes);

/// Times plots alone: heatmaps refilled and drawn, a million points moved and appended to. Takes some seconds on the
/// GUI thread.
std::vector<Finding> benchPlots();

/// Starts this program `times` times; each process reports how long its first picture took and how much memory it then
/// had. Waits for them.
bool benchStart(int times);
/// Reports that for this process: seconds since its start, and bytes.
void sayFirstPicture();

} // namespace samout
