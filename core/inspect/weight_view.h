// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace samout {

/// One parameter to look at.
struct WeightQuestion {
    /// As published.
    std::string parameter;
    /// The numbers are then the change since these weights: now - then.
    std::shared_ptr<const Snapshot> since = {};
    /// The picture has at most so many rows and columns.
    int mostRows = 512;
    int mostCols = 512;
    int bins = 64;
};

/// A parameter, or its change, as a picture, a histogram and a few numbers.
struct WeightView {
    /// Of the parameter: a vector is one row, a single number 1 x 1.
    int rows = 0;
    int cols = 0;
    /// Cell (r, c) is the number of largest size among the parameter's rows [r * rowsInCell, (r + 1) * rowsInCell) and
    /// columns likewise; NaN where one of them is.
    Grid picture;
    int rowsInCell = 1;
    int colsInCell = 1;

    /// Over the finite ones; 0 where there are none.
    std::int64_t finite = 0;
    double mean = 0;
    /// The root of the mean squared distance from the mean.
    double deviation = 0;
    /// The root of the sum of squares.
    double norm = 0;
    float smallest = 0;
    float largest = 0;
    /// counts[i]: numbers from low + i * width on, width = (high - low) / bins; the last bin has its end.
    std::vector<std::int64_t> counts;
    float low = 0;
    float high = 0;
};

/// Throws Error where there is no such parameter, or in `since` none of the same shape.
WeightView viewWeights(const Snapshot &snapshot, const WeightQuestion &question);

/// The first parameter with a number that is not finite.
std::optional<std::string> notFinite(const Snapshot &snapshot);

} // namespace samout
