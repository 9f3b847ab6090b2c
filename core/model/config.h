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

/// The mixer of SamOut V8.
const Mixer &defaultMixer();

/// The shape of a network of the SamOut family.
struct ModelConfig {
    std::int64_t vocabSize = 128;
    std::int64_t hiddenSize = 384;
    /// Divides hiddenSize. MixerFacts::headsChangeResults says whether heads change results.
    std::int64_t numHeads = 6;
    std::int64_t numLayers = 6;
    /// The vocabulary's padding token, whose embedding stays 0. A network and its vocabulary agree on it.
    std::optional<std::int64_t> paddingId = usualSpecialTokens.padding;
    /// The network's mixer: one of mixers(), never null.
    const Mixer *mixer = &defaultMixer();

    /// Channels of one head.
    std::int64_t headSize() const { return hiddenSize / numHeads; }
    /// Throws Error if a size is not positive, heads do not divide hidden, the padding token is not in the vocabulary,
    /// or the mixer cannot have these sizes.
    void check() const;
    /// Throws Error if the network has no such layer. Layers count from 0.
    void checkLayer(std::int64_t layer) const;
    bool operator==(const ModelConfig &) const = default;
};

/// The prefix of the names of a layer's parameters: "decoder_layers.0.".
std::string layerPrefix(std::int64_t layer);
/// Every parameter of a network of this shape: the embedding, the layers, the head, and the mixer's own parameters
/// outside the layers.
std::vector<Parameter> parameterLayout(const ModelConfig &config);
/// Floats in the arena, gaps included.
std::int64_t arenaSize(const ModelConfig &config);
/// Numbers that are learnt, gaps not included (6,302,982 for the published setting).
std::int64_t parameterCount(const ModelConfig &config);

} // namespace samout
