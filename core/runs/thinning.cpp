// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/thinning.h"

#include <cmath>
#include <limits>

namespace samout {

std::vector<std::int64_t> snapshotsToThin(std::vector<StoredFile> snapshots, std::int64_t budget)
{
    std::vector<std::int64_t> steps;
    std::int64_t total = 0;
    for (const StoredFile &snapshot : snapshots)
        total += snapshot.bytes;
    while (total > budget) {
        std::size_t victim = 0;
        double smallest = std::numeric_limits<double>::infinity();
        for (std::size_t i = 1; i + 1 < snapshots.size(); ++i) {
            const double gap = std::log1p(static_cast<double>(snapshots[i + 1].step)) -
                               std::log1p(static_cast<double>(snapshots[i - 1].step));
            if (!snapshots[i].kept && gap < smallest) {
                smallest = gap;
                victim = i;
            }
        }
        if (victim == 0)
            break;
        total -= snapshots[victim].bytes;
        steps.push_back(snapshots[victim].step);
        snapshots.erase(snapshots.begin() + static_cast<std::ptrdiff_t>(victim));
    }
    return steps;
}

} // namespace samout
