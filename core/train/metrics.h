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
    /// From 1 on.
    std::int64_t step = 0;
    /// Of this step's batch, before its update. NaN or infinite: the update was not made.
    double loss = 0;
    /// A number of it was not finite, so it is still to be made: the next step has the same number.
    bool again = false;
    /// Of the held-out sequences after the update, on the steps that measure it.
    std::optional<double> heldOutLoss;
    double learningRate = 0;
    /// L2 norm of the whole gradient before clipping.
    double gradientNorm = 0;
    /// The part of each layer in it.
    std::vector<float> layerGradientNorms;
    /// From batch to update; the held-out measurement is not in it.
    double seconds = 0;
    /// Targets of the batch that count.
    std::int64_t tokens = 0;
    /// The alpha of every layer, after the update.
    std::vector<float> alphas;

    /// False where the loss is not finite, and so the update was not made.
    bool made() const { return std::isfinite(loss); }
    /// The steps that were over after it, those that were passed over among them.
    std::int64_t stepsMade() const { return again ? step - 1 : step; }
};

/// What of two steps is not the same bits ("loss", "alphas"), the seconds left out; empty where nothing.
Text differenceOf(const StepMetrics &a, const StepMetrics &b);

} // namespace samout
