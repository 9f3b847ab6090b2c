// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "core/data/dataset.h"
#include "core/inspect/subject.h"
#include "core/inspect/table.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace samout {

/// The effect of silencing a part on the loss.
struct Effect {
    /// How much the mean loss of the counted targets rises, in nats per token; negative: it falls.
    double rise = 0;
    /// The standard error over the sequences, each compared with its loss in the trained network; NaN for one sequence.
    double error = 0;
};

/// The effects of silencing each part of a network in turn.
struct EffectTable {
    /// Channels of one layer, drawn at random.
    struct Group {
        int layer = 0;
        std::vector<int> channels;
        Effect effect;
    };

    std::int64_t sequences = 0;
    /// The number of counted targets.
    std::int64_t tokens = 0;
    /// The loss of the unchanged network, in nats per token, and its standard error over the sequences.
    double loss = 0;
    double lossError = 0;
    /// [layer][head]: mixed is 0 in the head's channels.
    std::vector<std::vector<Effect>> heads;
    /// By layer. mixers: mixed is 0; feedForwards: out is 0.
    std::vector<Effect> mixers, feedForwards;
    /// 20 random groups with as many channels as a head, in the layers in turn, starting at the last: a head stands out
    /// only if its effect lies outside the effects of these groups.
    std::vector<Group> groups;

    /// Mean and standard deviation of the groups' rises, for one layer or for all (-1). NaN if there are too few
    /// groups.
    double groupMean(int layer = -1) const;
    double groupSpread(int layer = -1) const;
};

/// Measures a network without each head, mixer, feed-forward and random group. The losses are those of evaluate() of
/// changedWeights() with that part silenced; everything below a silenced part is computed once. Computes on the calling
/// thread's threads, nearly all in matrix products: 1.7e12 operations for the Article network and 5,000 tokens. Returns
/// nullptr if `stop` was requested meanwhile. Throws Error if no target counts, a token is not in the vocabulary or the
/// network's own loss is not finite.
std::shared_ptr<const EffectTable> measureEffects(const Snapshot &snapshot, const Batch &batch,
                                                  const ShareDone &progress = {}, std::stop_token stop = {});

struct ChannelEffect {
    int channel = 0;
    Effect effect;
};
/// The effect of every single channel of a layer (0 to hidden - 1), the largest rise first; empty if `stop` was
/// requested. Throws Error like measureEffects(), or if there is no such layer.
std::vector<ChannelEffect> measureChannels(const Snapshot &snapshot, const Batch &batch, int layer,
                                           const ShareDone &progress = {}, std::stop_token stop = {});
std::optional<BySide<std::vector<ChannelEffect>>> measureChannels(const Subject &subject, const Batch &batch, int layer,
                                                                  const ShareDone &progress = {},
                                                                  std::stop_token stop = {});

/// As changed, minus as trained, with the errors of the difference; the losses stay those of `changed`.
EffectTable difference(EffectTable changed, const EffectTable &trained);
/// The same for channels; the largest difference first.
std::vector<ChannelEffect> difference(std::vector<ChannelEffect> changed, const std::vector<ChannelEffect> &trained);

/// A row for each layer and part: its heads, "mixer", "feed-forward" and "random groups", which have their mean and
/// standard deviation. Columns: layer, part, rise, standard error.
Table tableOf(const EffectTable &table);
/// Columns: channel, rise, standard error.
Table tableOf(const std::vector<ChannelEffect> &channels);

} // namespace samout
