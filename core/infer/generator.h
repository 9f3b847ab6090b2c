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
    Carry,     ///< carried forever; a token costs the same at any position
    ClearAt,   ///< carried, and emptied after a chosen token (the end of a line)
    Recompute, ///< computed again for every token from the newest `context` tokens
};

struct GenerationOptions {
    SamplingOptions sampling = {};
    Memory memory = Memory::Carry;
    /// ClearAt: the token that empties the state. It is itself the first token that the empty state reads, because
    /// training sequences begin with it.
    std::int64_t clearAt = -1;
    /// Recompute: the number of tokens that the state is computed from.
    std::int64_t context = 0;
    /// As in TrainingOptions. On a GPU a token is one recorded launch, which pays off for many texts or large networks.
    std::string device = "cpu";
    /// Positions count from the start of the text, including the prompt; interventions at positions that are not
    /// reached have no effect.
    Interventions interventions = {};

    bool operator==(const GenerationOptions &) const = default;
};

struct GeneratedToken {
    std::int64_t token = 0;
    /// Position in the text, including the prompt, from 0.
    std::int64_t position = 0;
    /// The model's probability of the token, at temperature 1.
    float probability = 0;
    /// The ten likeliest tokens, likeliest first.
    std::vector<TokenProbability> alternatives;
};

/// Continues one text, or several of the same prompt at once, one token at a time. A token costs the same at any
/// position except with Memory::Recompute. Not thread-safe; one thread owns it.
class Generator {
public:
    /// Reads `prompt` (as a sequence; an empty one is read as the single token Begin). Text i of `texts` is drawn with
    /// the options' seed + i, and is the same as if generated alone. Throws Error on tokens that are not in the
    /// vocabulary or invalid options.
    Generator(std::shared_ptr<const Snapshot> snapshot, GenerationOptions options, std::span<const std::int64_t> prompt,
              std::int64_t texts = 1);
    /// One text that starts from `state` (a result of state()) instead of an empty state. Throws Error if it has the
    /// wrong size.
    Generator(std::shared_ptr<const Snapshot> snapshot, GenerationOptions options, std::span<const std::int64_t> prompt,
              std::span<const float> state);
    ~Generator();
    Generator(Generator &&) noexcept;

    /// Draws the next token of the first text, and reads it like nextOfEach().
    GeneratedToken next();
    /// Draws the next token of every text and reads them.
    std::vector<GeneratedToken> nextOfEach();
    /// The logits for the next token of the first text, [vocabulary].
    std::span<const float> logits() const;
    /// The state of the first text, [layers, hidden] (-inf before any token). With Recompute, the state after the
    /// newest `context` tokens.
    std::vector<float> state() const;
    /// The packed weights that a token reads, matrix by matrix; empty on a GPU.
    std::vector<std::span<const float>> weights() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
