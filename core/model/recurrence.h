// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/torch.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace samout {

/// Computes a layer's state over the positions of a piece: reads positions begin to end - 1, starting from `state`
/// [batch, hidden] (nullptr: a fresh state), and returns their states, [batch, end - begin, hidden]. Replaces the
/// tensor `state` by the last one; the old tensor's numbers stay.
using Recurrence = std::function<torch::Tensor(std::int64_t begin, std::int64_t end, torch::Tensor *state)>;

/// state[t] = max(state[t-1], candidate[t]) of candidates [batch, time, hidden], see maxState().
Recurrence maxRecurrence(const torch::Tensor &candidate);

/// How the recurrence of one sequence differs from the plain one. Positions count within the piece.
struct StateChanges {
    struct Cell {
        std::int64_t position = 0, channel = 0;
        float value = 0;
    };
    /// state[position] is `value` there, and the recurrence goes on from it; of two entries for one cell the last
    /// counts.
    std::vector<Cell> cells;
    /// Positions whose candidate counts at that position alone.
    std::vector<std::int64_t> hidden;

    bool empty() const { return cells.empty() && hidden.empty(); }
};

/// run(0, time, state), with `changes` for each sequence of the batch, without gradient. `state` is not nullptr.
torch::Tensor changedRun(const Recurrence &run, std::int64_t time, torch::Tensor *state,
                         const std::vector<StateChanges> &changes);

} // namespace samout
