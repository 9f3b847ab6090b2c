// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/bench/measurement.h"

#include <QObject>

#include <functional>
#include <vector>

namespace samout {

/// What `samout-studio --bench WHAT` found, as one JSON object on standard output: `samout bench` prints it as a table.
void printFindings(const std::vector<Finding> &findings,
                   const std::vector<std::pair<std::string, std::int64_t>> &bytes);

/// Plots by themselves: heatmaps refilled and drawn, a million points moved and appended to. On the GUI thread, some
/// seconds.
std::vector<Finding> benchPlots();

/// Starts this program `times` times and lets each say how long it took to its first picture, and how much memory it
/// then had. Waits.
bool benchStart(int times);
/// Says so for this process: seconds since it began, and bytes.
void sayFirstPicture();

} // namespace samout
