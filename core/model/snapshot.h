// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/vocabulary.h"
#include "core/model/config.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace samout {

/// The weights at one training step, with their shape and vocabulary. Immutable, float32, in host memory; shared as
/// shared_ptr<const Snapshot> by any threads.
class Snapshot {
public:
    /// `weights` is an arena of arenaSize(config) floats (see parameterLayout). Throws Error if the config is not
    /// valid, or the size of the arena, or the size or padding of the vocabulary, does not match the config.
    Snapshot(ModelConfig config, Vocabulary vocabulary, std::int64_t step, std::vector<float> weights);

    const ModelConfig &config() const { return m_config; }
    const Vocabulary &vocabulary() const { return m_vocabulary; }
    /// The number of updates that the training had made; 0 before any, and for imported files that do not name a step.
    std::int64_t step() const { return m_step; }
    std::span<const float> weights() const { return m_weights; }
    const std::vector<Parameter> &parameters() const { return m_parameters; }
    /// One parameter's numbers by its published name. Throws Error if there is no such parameter.
    std::span<const float> parameter(std::string_view name) const;
    /// The alpha of every layer.
    std::vector<float> alphas() const;

private:
    ModelConfig m_config;
    Vocabulary m_vocabulary;
    std::int64_t m_step;
    std::vector<Parameter> m_parameters;
    std::vector<float> m_weights;
};

} // namespace samout
