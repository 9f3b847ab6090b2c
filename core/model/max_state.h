#pragma once

#include "core/model/torch.h"

#include <cstdint>
#include <vector>

namespace samout {

/// The recurrence: state[t] = max(state[t-1], candidate[t]), per channel, from `incoming` on.
///
/// candidate: [batch, time, hidden]; incoming: [batch, hidden], undefined for a fresh state (-inf).
/// Returns [batch, time, hidden]. On a tie the last position wins, and with it the gradient; a NaN candidate
/// makes the state NaN for good: both as torch.cummax has it. Differentiable in both arguments.
torch::Tensor maxState(const torch::Tensor &candidate, const torch::Tensor &incoming = {});

/// maxState from `state` [batch, hidden] on (a fresh one where it is nullptr), which afterwards is the state after the
/// last position.
torch::Tensor scan(const torch::Tensor &candidate, torch::Tensor *state);

/// How the recurrence of one sequence differs from the plain one. Positions count within the candidates.
struct StateChanges {
    struct Cell {
        std::int64_t position = 0, channel = 0;
        float value = 0;
    };
    /// state[position] is `value` there, and the maximum goes on from it; of two for one place the last counts.
    std::vector<Cell> cells;
    /// Their candidates count at their own position alone.
    std::vector<std::int64_t> hidden;
};

/// As scan(), with changes for every sequence of the batch. float32, without gradient.
torch::Tensor changedScan(const torch::Tensor &candidate, torch::Tensor *state,
                          const std::vector<StateChanges> &changes);

} // namespace samout
