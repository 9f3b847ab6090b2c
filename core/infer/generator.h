// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/infer/sampling.h"
#include "core/model/interventions.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace samout {

/// What happens to the state as a text grows.
enum class Memory {
    Carry,     ///< carried for ever; a token costs the same at any position
    ClearAt,   ///< carried, and empty again after a chosen token (the end of a line)
    Recompute, ///< computed anew for every token from the newest `context` tokens
};

struct GenerationOptions {
    SamplingOptions sampling = {};
    Memory memory = Memory::Carry;
    /// ClearAt: the token after which the state is empty. It is itself the first token read by the empty state,
    /// as a training sequence begins with it.
    std::int64_t clearAt = -1;
    /// Recompute: tokens looked back on.
    std::int64_t context = 0;
    /// As TrainingOptions has it. On a GPU a token is one recorded launch, which pays for many texts or large networks.
    std::string device = "cpu";
    /// Positions count in the text, prompt included; those that are not reached change nothing.
    Interventions interventions = {};

    bool operator==(const GenerationOptions &) const = default;
};

struct GeneratedToken {
    std::int64_t token = 0;
    /// Position in the text, prompt included, from 0 on.
    std::int64_t position = 0;
    /// How sure the model was of it, at temperature 1.
    float probability = 0;
    /// The ten likeliest, likeliest first.
    std::vector<TokenProbability> alternatives;
};

/// Continues one text, or several of the same prompt at once, one token at a time. A token costs the same
/// at any position unless its memory is computed anew. Not thread-safe; one thread owns it.
class Generator {
public:
    /// Reads `prompt` (as a sequence; an empty one is read as the single token Begin). Text i of `texts` is drawn with
    /// the options' seed + i, and is the same text alone. Throws Error on tokens that are not in the vocabulary or
    /// options that cannot be.
    Generator(std::shared_ptr<const Snapshot> snapshot, GenerationOptions options, std::span<const std::int64_t> prompt,
              std::int64_t texts = 1);
    /// One text from `state` (as state() gave it) instead of an empty one. Throws Error where it has another size.
    Generator(std::shared_ptr<const Snapshot> snapshot, GenerationOptions options, std::span<const std::int64_t> prompt,
              std::span<const float> state);
    ~Generator();
    Generator(Generator &&) noexcept;

    /// Draws the next token of the first text, and reads it as nextOfEach() does.
    GeneratedToken next();
    /// Draws the next token of every text and reads them.
    std::vector<GeneratedToken> nextOfEach();
    /// The logits for the next token of the first text, [vocabulary].
    std::span<const float> logits() const;
    /// All that the network remembers of the first text, [layers, hidden] (-inf before any token). With Recompute it is
    /// that of the newest tokens.
    std::vector<float> state() const;
    /// The weights where a token reads them, matrix by matrix; none on a GPU.
    std::vector<std::span<const float>> weights() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
