// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/config.h"
#include "core/train/edit.h"

#include <cstdint>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace samout {

/// A part of the arena, [begin, end) in floats.
struct Stretch {
    std::int64_t begin = 0;
    std::int64_t end = 0;
    bool operator==(const Stretch &) const = default;
};

/// The parts of a network that an update leaves unchanged, with their Adam moments: the parts that edits froze or hold.
/// Layers and heads count from 0.
struct FixedParts {
    std::set<int> layers;
    /// Frozen heads as (layer, head). All heads of a frozen layer are fixed, listed here or not.
    std::set<std::pair<int, int>> heads;
    /// By layer: the alpha at which it is held.
    std::map<int, double> alphas;

    bool operator==(const FixedParts &) const = default;
    bool empty() const { return *this == FixedParts(); }
    /// Updates the fixed parts by an edit, which must be checked.
    void apply(const Edit &edit);
};

/// The parts that are fixed after these edits; only edits made before step `before` count.
FixedParts fixedParts(const std::vector<AppliedEdit> &edits, std::int64_t before = INT64_MAX);

/// The stretches that belong to one head of a layer alone, see Mixer::rowsOfHead().
std::vector<Stretch> headStretches(const ModelConfig &config, int layer, int head);
/// The stretch of a layer's alpha.
Stretch alphaStretch(const ModelConfig &config, int layer);
/// All fixed stretches, in the arena's order, without overlaps.
std::vector<Stretch> stretchesOf(const FixedParts &parts, const ModelConfig &config);

} // namespace samout
