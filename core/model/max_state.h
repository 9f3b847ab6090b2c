// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/torch.h"

namespace samout {

/// The recurrence: state[t] = max(state[t-1], candidate[t]), per channel, from `incoming` on.
///
/// candidate: [batch, time, hidden]; incoming: [batch, hidden], undefined for a fresh state (-inf). Returns [batch,
/// time, hidden]. On a tie the last position wins, and with it the gradient; a NaN candidate makes the state NaN for
/// good: both as in torch.cummax. Differentiable in both arguments.
torch::Tensor maxState(const torch::Tensor &candidate, const torch::Tensor &incoming = {});

} // namespace samout
