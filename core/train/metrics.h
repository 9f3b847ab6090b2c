// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"

#include <cmath>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace samout {

/// The numbers of one training step. Losses are in nats a token.
struct StepMetrics {
    /// The number of the step, from 1 on.
    std::int64_t step = 0;
    /// The loss of this step's batch before the update. NaN or infinite: the update was not made.
    double loss = 0;
    /// Not finite: the step was rejected and will be retried with the same number.
    bool again = false;
    /// The loss of the held-out sequences after the update, at the steps that measure it.
    std::optional<double> heldOutLoss;
    double learningRate = 0;
    /// L2 norm of the whole gradient before clipping.
    double gradientNorm = 0;
    /// The norm of each layer's part of the gradient.
    std::vector<float> layerGradientNorms;
    /// The time from batch to update, without the held-out measurement.
    double seconds = 0;
    /// The number of targets of the batch that count.
    std::int64_t tokens = 0;
    /// The alpha of every layer, after the update.
    std::vector<float> alphas;

    /// False if the loss is not finite, so the update was not made.
    bool made() const { return std::isfinite(loss); }
    /// The number of steps done after this one, including steps that were passed over.
    std::int64_t stepsMade() const { return again ? step - 1 : step; }
};

/// Names the first number of two steps that differs in its bits ("loss", "alphas"), seconds excepted; empty if none
/// differs.
Text differenceOf(const StepMetrics &a, const StepMetrics &b);

} // namespace samout
