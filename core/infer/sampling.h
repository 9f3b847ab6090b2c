// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace samout {

/// How the next token is drawn from the logits.
struct SamplingOptions {
    /// Divides the logits; 0 takes the likeliest token (the lowest id on a tie).
    double temperature = 1;
    /// Only the k likeliest tokens; 0: all.
    std::int64_t topK = 0;
    /// Only the likeliest tokens that together reach this probability; 1: all. (Holtzman et al. 2020)
    double topP = 1;
    std::uint64_t seed = 0;

    /// Throws Error, which names the first invalid value.
    void check() const;
    bool operator==(const SamplingOptions &) const = default;
};

struct TokenProbability {
    std::int64_t token = 0;
    /// The model's probability, at temperature 1, over the whole vocabulary.
    float probability = 0;
};

/// The token drawn at position `index` of a text: a pure function of its arguments.
/// Throws Error if a logit is NaN.
std::int64_t sample(std::span<const float> logits, const SamplingOptions &options, std::int64_t index);

/// softmax(logits), in [0, 1].
std::vector<float> probabilities(std::span<const float> logits);
/// The `count` likeliest tokens, likeliest first.
std::vector<TokenProbability> likeliest(std::span<const float> probabilities, int count);

} // namespace samout
