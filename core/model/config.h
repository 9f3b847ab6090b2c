// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/vocabulary.h"
#include "core/model/parameter.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace samout {

class Mixer;

/// SamOut V8's.
const Mixer &defaultMixer();

/// The shape of a network of the SamOut family.
struct ModelConfig {
    std::int64_t vocabSize = 128;
    std::int64_t hiddenSize = 384;
    /// Divides hiddenSize. Whether heads change results is the mixer's to say (MixerFacts::headsChangeResults).
    std::int64_t numHeads = 6;
    std::int64_t numLayers = 6;
    /// The vocabulary's padding, whose embedding stays 0: a network and its vocabulary have the same.
    std::optional<std::int64_t> paddingId = usualSpecialTokens.padding;
    /// Which member of the family it is; one of mixers(), never null.
    const Mixer *mixer = &defaultMixer();

    /// Channels of one head.
    std::int64_t headSize() const { return hiddenSize / numHeads; }
    /// Throws Error if a size is not positive, heads do not divide hidden, the padding token is not in the vocabulary,
    /// or the mixer cannot have these sizes.
    void check() const;
    /// Throws Error where there is no such layer, counted from 0.
    void checkLayer(std::int64_t layer) const;
    bool operator==(const ModelConfig &) const = default;
};

/// What the names of a layer's parameters begin with: "decoder_layers.0.".
std::string layerPrefix(std::int64_t layer);
/// Every parameter of a network of this shape: the embedding, the layers, the head, and what else the mixer has outside
/// the layers.
std::vector<Parameter> parameterLayout(const ModelConfig &config);
/// Floats in the arena, gaps included.
std::int64_t arenaSize(const ModelConfig &config);
/// Numbers that are learnt, gaps not included (6,302,982 for the published setting).
std::int64_t parameterCount(const ModelConfig &config);

} // namespace samout
