// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "core/data/dataset.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace samout {

/// What silencing a part does to the loss.
struct Effect {
    /// How much the mean loss of the counted targets rises, in nats a token; negative: it falls.
    double rise = 0;
    /// Its standard error over the sequences, each compared with itself as trained; NaN of one sequence.
    double error = 0;
};

/// The loss without each part of a network in turn.
struct EffectTable {
    /// Channels of one layer, drawn at random.
    struct Group {
        int layer = 0;
        std::vector<int> channels;
        Effect effect;
    };

    std::int64_t sequences = 0;
    /// Counted targets.
    std::int64_t tokens = 0;
    /// Of the network as it is, in nats a token, and its standard error over the sequences.
    double loss = 0;
    double lossError = 0;
    /// [layer][head]: mixed is 0 in the head's channels.
    std::vector<std::vector<Effect>> heads;
    /// By layer: mixed is 0; out is 0.
    std::vector<Effect> mixers, feedForwards;
    /// 20 of them, of as many channels as a head, in the layers in turn from the last on: a head is more than a group
    /// only where its effect is not one of theirs.
    std::vector<Group> groups;

    /// Mean and standard deviation of the groups' rises: of one layer, or of all (-1). NaN where there are too few.
    double groupMean(int layer = -1) const;
    double groupSpread(int layer = -1) const;
};

/// Measures a network without each head, mixer, feed-forward and random group. The same losses as evaluate() of
/// changedWeights() with that part silenced; what lies below a silenced part is computed once. Computes on the calling
/// thread's threads, and nearly all in matrix products: 1.7e12 operations for the Article network and 5,000 tokens.
/// Returns nullptr where `stop`
/// was requested meanwhile. Throws Error where no target counts, a token is not in the vocabulary or the network's
/// own loss is not finite.
std::shared_ptr<const EffectTable> measureEffects(const Snapshot &snapshot, const Batch &batch,
                                                  const ShareDone &progress = {}, std::stop_token stop = {});

struct ChannelEffect {
    int channel = 0;
    Effect effect;
};
/// The same for every single channel of a layer (0 to hidden - 1), the one that hurts most first; empty where `stop`
/// was requested. Throws Error as measureEffects(), or where there is no such layer.
std::vector<ChannelEffect> measureChannels(const Snapshot &snapshot, const Batch &batch, int layer,
                                           const ShareDone &progress = {}, std::stop_token stop = {});

} // namespace samout
