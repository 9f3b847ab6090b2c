// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "core/data/dataset.h"
#include "core/model/snapshot.h"

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

} // namespace samout
