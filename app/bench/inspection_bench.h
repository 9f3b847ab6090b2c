// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/bench/measurement.h"

#include <vector>

namespace samout {

/// What a person waits for who looks inside: the effect table of Article, the influence of every token of a text and
/// the search for passages at Classroom size. Some of it computes on `threads` threads (0: one a core), as in the
/// window.
std::vector<Finding> benchInspection(int threads);

} // namespace samout
