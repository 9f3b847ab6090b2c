// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstddef>
#include <vector>

namespace samout {

/// A matrix of numbers on its way out of core, row by row. Owns its values; rows * cols of them.
struct Grid {
    int rows = 0;
    int cols = 0;
    std::vector<float> values;

    Grid() = default;
    Grid(int rowCount, int colCount)
        : rows(rowCount), cols(colCount),
          values(static_cast<std::size_t>(rowCount) * static_cast<std::size_t>(colCount))
    {
    }

    float &at(int row, int col)
    {
        return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(cols) + static_cast<std::size_t>(col)];
    }
    float at(int row, int col) const
    {
        return values[static_cast<std::size_t>(row) * static_cast<std::size_t>(cols) + static_cast<std::size_t>(col)];
    }
    bool empty() const { return values.empty(); }
};

} // namespace samout
