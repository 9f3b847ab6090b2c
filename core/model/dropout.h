// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/dropout_mask.h"
#include "core/model/torch.h"

#include <cstdint>

namespace samout {

/// The dropout of one training step. Each mask is a counter hash of (seed, step, layer, element): it can be computed
/// again at any time, is the same on every device, and does not depend on the order of draws.
struct Dropout {
    double share = 0;
    std::uint64_t seed = 0;
    std::int64_t step = 0;

    DropoutMask mask(int layer) const;
    /// `x` with each element either 0 (with probability `share`) or divided by (1 - share).
    torch::Tensor apply(const torch::Tensor &x, int layer) const;
};

} // namespace samout
