// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/run.h"

#include <cstdint>
#include <vector>

namespace samout {

/// Which snapshots to give up, so that the rest fits into `budget` bytes: those whose neighbours are nearest in the
/// logarithm of the step, so that what is left stays dense early. Never a starred one, the first or the last; it may be
/// that the rest does not fit. `snapshots` in the order of their steps.
std::vector<std::int64_t> snapshotsToThin(std::vector<StoredFile> snapshots, std::int64_t budget);

} // namespace samout
