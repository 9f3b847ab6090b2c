// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <variant>
#include <vector>

namespace samout {

// The changes that a person can make to a network while looking at it; its weights stay as they are. Layers, heads,
// channels (of 0 to hidden - 1) and positions count from 0.

/// Site::Mixed is 0 in the head's channels.
struct SilenceHead {
    int layer = 0;
    int head = 0;
    bool operator==(const SilenceHead &) const = default;
};

/// Site::Mixed is 0 in all channels.
struct SilenceMixer {
    int layer = 0;
    bool operator==(const SilenceMixer &) const = default;
};

/// Site::Out is 0.
struct SilenceFeedForward {
    int layer = 0;
    bool operator==(const SilenceFeedForward &) const = default;
};

struct SetAlpha {
    int layer = 0;
    float value = 0;
    bool operator==(const SetAlpha &) const = default;
};

/// The layer's state becomes `values` in the channels from `channel` on, at each of `positions` positions from
/// `position` on; the running maximum goes on from each of them.
struct SetStates {
    int layer = 0;
    std::int64_t position = 0;
    std::int64_t positions = 1;
    int channel = 0;
    std::vector<float> values = {};
    bool operator==(const SetStates &) const = default;
};
/// The text forms can hold a value over at most this many positions, so that a short text form cannot ask for more
/// positions than the longest text to read has.
constexpr std::int64_t longestHold = 10'001;

/// One change as a person made it. Its text forms: core/model/intervention_text.h and core/files/interventions_file.h.
using Intervention = std::variant<SilenceHead, SilenceMixer, SilenceFeedForward, SetAlpha, SetStates>;

/// Several interventions together, sorted by what the forward pass looks up. The order between the lists has no
/// meaning; of several alphas of one layer, or states of one cell, the last counts.
struct Interventions {
    struct Head {
        int layer = 0;
        int head = 0;
        bool operator==(const Head &) const = default;
    };
    struct Channel {
        int layer = 0;
        int channel = 0;
        bool operator==(const Channel &) const = default;
    };
    struct Alpha {
        int layer = 0;
        float value = 0;
        bool operator==(const Alpha &) const = default;
    };
    /// The layer's state at `position` becomes `values` in the channels from `channel` on, and the running maximum goes
    /// on from there.
    struct States {
        int layer = 0;
        std::int64_t position = 0;
        int channel = 0;
        std::vector<float> values;
        bool operator==(const States &) const = default;
    };

    /// Heads whose channels of Site::Mixed are 0.
    std::vector<Head> silencedHeads = {};
    std::vector<Channel> silencedChannels = {};
    /// Layers whose Site::Mixed is 0 everywhere.
    std::vector<int> silencedMixers = {};
    /// Layers whose Site::Out is 0.
    std::vector<int> silencedFeedForwards = {};
    std::vector<Alpha> alphas = {};
    std::vector<States> states = {};
    /// Positions that later ones forget: in all layers the candidate at such a position counts at that position alone.
    std::vector<std::int64_t> hidden = {};

    void add(const Intervention &intervention);
    bool empty() const { return *this == Interventions(); }
    bool operator==(const Interventions &) const = default;
    /// Throws Error if the network has no such layer, head or channel, a number is NaN, an alpha is not finite, or a
    /// position is not below `length` (in tokens; not checked if negative).
    void check(const ModelConfig &config, std::int64_t length) const;
    /// The channels of a layer in which Site::Mixed is 0, in ascending order.
    std::vector<int> silencedIn(int layer, const ModelConfig &config) const;
};

/// Weights that have the effect of the interventions by themselves, except of interventions at positions: alphas are
/// set, and the weights that read a silenced part are 0. The forward pass gives the same bits as with the
/// interventions. Returns `snapshot` itself if there is nothing to change. Throws Error as check().
std::shared_ptr<const Snapshot> changedWeights(const std::shared_ptr<const Snapshot> &snapshot,
                                               const Interventions &interventions);

} // namespace samout
