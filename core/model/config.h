#pragma once

#include "core/data/vocabulary.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace samout {

/// The shape of a SamOut V8 network.
struct ModelConfig {
    std::int64_t vocabSize = 128;
    std::int64_t hiddenSize = 384;
    /// A way of looking at the hidden channels; changes no result. Divides hiddenSize.
    std::int64_t numHeads = 6;
    std::int64_t numLayers = 6;
    /// The vocabulary's padding, whose embedding stays 0: a network and its vocabulary have the same.
    std::optional<std::int64_t> paddingId = usualSpecialTokens.padding;

    /// Channels of one head.
    std::int64_t headSize() const { return hiddenSize / numHeads; }
    /// Throws Error where a size is not positive, heads do not divide hidden, or the padding token is not in
    /// the vocabulary.
    void check() const;
    /// Throws Error where there is no such layer, counted from 0.
    void checkLayer(std::int64_t layer) const;
    bool operator==(const ModelConfig &) const = default;
};

/// One parameter in the flat arena that holds all of them.
struct Parameter {
    /// As published: "em.weight", "decoder_layers.0.ffn.ffn1.bias", …
    std::string name;
    std::vector<std::int64_t> shape;
    /// Where it begins in the arena, in floats; a multiple of 16 (64 bytes), the gaps are 0.
    std::int64_t offset = 0;

    std::int64_t count() const;
};

/// Every parameter of a network of this shape, in the published order.
std::vector<Parameter> parameterLayout(const ModelConfig &config);
/// Floats in the arena, gaps included.
std::int64_t arenaSize(const ModelConfig &config);
/// Numbers that are learnt, gaps not included (6,302,982 for the published setting).
std::int64_t parameterCount(const ModelConfig &config);

} // namespace samout
