// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/bench/measurement.h"

#include <vector>

namespace samout {

/// Times the measurements that a user of the panels waits for: the effect table of Article, the influence of every
/// token of a text and the search for passages at Classroom size. Some of them compute on `threads` threads (0: one per
/// core), as in the window.
std::vector<Finding> benchInspection(int threads);

} // namespace samout
