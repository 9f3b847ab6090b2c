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

/// Asks for one parameter.
struct WeightQuestion {
    /// The parameter's published name.
    std::string parameter;
    /// If given, the numbers are the change since these weights: now - then.
    std::shared_ptr<const Snapshot> since = {};
    /// The most rows and columns of the picture.
    int mostRows = 512;
    int mostCols = 512;
    int bins = 64;
};

/// A parameter, or its change, as a picture, a histogram and a few numbers.
struct WeightView {
    /// The parameter's shape: a vector is one row, a single number 1 x 1.
    int rows = 0;
    int cols = 0;
    /// Cell (r, c) is the number with the largest absolute value among the parameter's rows [r * rowsInCell, (r + 1) *
    /// rowsInCell) and columns likewise; NaN if one of the numbers is.
    Grid picture;
    int rowsInCell = 1;
    int colsInCell = 1;

    /// The count of finite numbers, and their statistics; 0 if there are none.
    std::int64_t finite = 0;
    double mean = 0;
    /// The root of the mean squared distance from the mean.
    double deviation = 0;
    /// The root of the sum of squares.
    double norm = 0;
    float smallest = 0;
    float largest = 0;
    /// counts[i]: how many numbers lie in the bin that begins at low + i * width, width = (high - low) / bins; the last
    /// bin includes its end.
    std::vector<std::int64_t> counts;
    float low = 0;
    float high = 0;
};

/// Throws Error if there is no such parameter, or `since` has none of the same shape.
WeightView viewWeights(const Snapshot &snapshot, const WeightQuestion &question);

/// The name of the first parameter that has a number that is not finite.
std::optional<std::string> notFinite(const Snapshot &snapshot);

} // namespace samout
