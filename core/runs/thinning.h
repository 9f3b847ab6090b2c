// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/run.h"

#include <cstdint>
#include <vector>

namespace samout {

/// The snapshots to delete so that the rest fits into `budget` bytes: those whose neighbours are nearest in the
/// logarithm of the step, so that the early steps stay dense. A starred snapshot, the first and the last are never
/// deleted, so the rest may still not fit. `snapshots` must be sorted by step.
std::vector<std::int64_t> snapshotsToThin(std::vector<StoredFile> snapshots, std::int64_t budget);

} // namespace samout
