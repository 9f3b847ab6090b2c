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

/// What of a network an update leaves as it is, with its Adam moments: what edits froze and hold. Layers and heads
/// count from 0.
struct FixedParts {
    std::set<int> layers;
    /// Layer and head. One in a frozen layer stays with it, whether it is here or not.
    std::set<std::pair<int, int>> heads;
    /// The alpha at which a layer is held.
    std::map<int, double> alphas;

    bool operator==(const FixedParts &) const = default;
    bool empty() const { return *this == FixedParts(); }
    /// What is fixed after this checked edit.
    void apply(const Edit &edit);
};

/// What these edits leave fixed; those alone that were made before step `before`.
FixedParts fixedParts(const std::vector<AppliedEdit> &edits, std::int64_t before = INT64_MAX);

/// What belongs to a head of a layer alone, see Mixer::rowsOfHead().
std::vector<Stretch> headStretches(const ModelConfig &config, int layer, int head);
/// A layer's alpha.
Stretch alphaStretch(const ModelConfig &config, int layer);
/// All that is fixed, in the arena's order, none overlapping.
std::vector<Stretch> stretchesOf(const FixedParts &parts, const ModelConfig &config);

} // namespace samout
