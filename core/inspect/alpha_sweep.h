// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "core/data/dataset.h"
#include "core/inspect/table.h"
#include "core/model/interventions.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace samout {

/// The loss of a network by the alpha of one layer; the rest of the network is unchanged.
struct AlphaSweep {
    int layer = 0;
    std::vector<float> alphas;
    /// Mean loss of the batch's targets at each alpha, in nats per token; the same as evaluate() of changedWeights().
    std::vector<double> losses;
};

/// Computes the layers below, and the layer's own out, once for all alphas. Calls `progress` with the share that is
/// done. Empty if `stop` was requested meanwhile. Throws Error if there is no such layer, an alpha is not finite, no
/// target counts or a token is not in the vocabulary.
std::optional<AlphaSweep> alphaSweep(const Snapshot &snapshot, const Batch &batch, int layer,
                                     const std::vector<float> &alphas, const std::stop_token &stop = {},
                                     const ShareDone &progress = {});

/// The most held-out tokens that a curve is measured on.
constexpr std::int64_t alphaCurveTokens = 5000;
/// The alphas of a curve: 17 from -0.5 to 1.5.
std::vector<float> curveAlphas();
/// The interventions that the curve of a layer is measured with: all that hold for every text, without this layer's
/// alpha.
Interventions besidesAlphaOf(Interventions interventions, int layer);
/// The curve of every layer, from the last one down, on whole held-out sequences of at most `tokens` tokens (one at
/// least). Gives each to `found` when it is done. Returns false if `stop` was requested meanwhile. Throws Error like
/// alphaSweep(), or if no data is held out.
bool alphaCurves(const std::shared_ptr<const Snapshot> &snapshot, const Dataset &data,
                 const Interventions &interventions, std::int64_t tokens, const std::function<void(AlphaSweep)> &found,
                 const std::stop_token &stop = {}, const ShareDone &progress = {});
/// Layer by layer. Columns: layer, alpha, loss.
Table tableOf(std::vector<AlphaSweep> curves);

} // namespace samout
