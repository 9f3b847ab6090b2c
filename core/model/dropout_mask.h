// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/random.h"

namespace samout {

/// Which elements of one layer's output one training step drops: a counter hash of each element's index.
struct DropoutMask {
    std::uint32_t key = 0;
    /// The share of dropped elements times 2^32; 0 keeps everything.
    std::uint32_t threshold = 0;
    /// The factor of a kept element, 1 / (1 - share).
    double scale = 1;

    constexpr bool keeps(std::uint32_t index) const { return mix32(index * 0x9E3779B9U + key) >= threshold; }
};

} // namespace samout
