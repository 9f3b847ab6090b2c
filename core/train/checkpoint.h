// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace samout {

/// Everything that a training needs to go on to the same bits, apart from its options, data and edits. Random numbers
/// and the place in the data are functions of the seed and the step, so the step stands for both.
struct Checkpoint {
    /// The weights and the step.
    std::shared_ptr<const Snapshot> snapshot;
    /// Adam's moments, in arenas like the weights' (see parameterLayout).
    std::vector<float> firstMoment, secondMoment;
    /// The values of these options after the edits before the step.
    double learningRate = 0;
    std::int64_t steps = 0;
};

} // namespace samout
