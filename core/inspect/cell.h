// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"

#include <optional>
#include <vector>

namespace samout {

/// One channel of one layer at one position: every number of its computation, in order. All numbers have the model's
/// own bits, from the examination's grids, except those described as recomputed.
struct Cell {
    struct Number {
        Site site;
        float value = 0;
    };

    /// The layer's input.
    float x = 0;
    /// The values at the layer's sites that are as wide as x, in the order they are computed.
    std::vector<Number> numbers;
    /// The state before this position; at the first token the mixer's fresh state. If tokens are hidden from memory it
    /// is older than the state one position before.
    float before = 0;
    /// The winner, and since when; -1 for an edited state, or one without a winner.
    int winner = -1, since = -1;
    /// The argument of the gate's relu, recomputed from mixed in double.
    double gateSum = 0;
    float alpha = 0;
    /// alpha * out + (1 - alpha) * x, recomputed in float and in the model's order.
    float blend = 0;
    /// Mean and deviation of blend over all channels, recomputed in double; `deviation` is sqrt(variance + 1e-5).
    double mean = 0, deviation = 0;
    /// The LayerNorm's weight and bias of the channel.
    float scale = 0, offset = 0;

    /// Which interventions act here: the state was set; mixed or out is set to 0; alpha differs from the trained value.
    bool edited = false, mixedSilenced = false, outSilenced = false, otherAlpha = false;

    /// The number at a site. Throws std::out_of_range if there is none.
    float &at(Site site);
    float at(Site site) const { return const_cast<Cell *>(this)->at(site); }
};

/// Adds to the question what cellAt() needs of a layer: all sites, winners and inputs.
void askForCells(Question &question, int layer);

/// nullopt if the examination lacks the layer's sites, winners (if the mixer has them) or inputs, has no such channel
/// or position, or is thinned: then the state before a position is missing.
std::optional<Cell> cellAt(const Examination &examination, int layer, int channel, int position);

} // namespace samout
