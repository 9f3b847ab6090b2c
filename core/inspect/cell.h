// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"

#include <optional>
#include <vector>

namespace samout {

/// One channel of one layer at one position: every number of its computation, in the order it is made. All of them are
/// the model's own (bits of the examination's grids) but those that say that they are recomputed.
struct Cell {
    struct Number {
        Site site;
        float value = 0;
    };

    /// What enters the layer.
    float x = 0;
    /// At the layer's sites that are as wide as x, in the order they are computed.
    std::vector<Number> numbers;
    /// The state that the position meets, before the first token as the mixer says it is. Where tokens are hidden from
    /// memory it is older than the one a position before.
    float before = 0;
    /// Who holds the state, and since when; -1 is an edited state, or one that nobody holds.
    int winner = -1, since = -1;
    /// The argument of the gate's relu, recomputed from mixed in double.
    double gateSum = 0;
    float alpha = 0;
    /// alpha * out + (1 - alpha) * x, recomputed in float and in the model's order.
    float blend = 0;
    /// Of blend over all channels, recomputed in double; `deviation` is sqrt(variance + 1e-5).
    double mean = 0, deviation = 0;
    /// The LayerNorm's weight and bias of the channel.
    float scale = 0, offset = 0;

    /// What a person changed here: the state was set; mixed or out is made 0; alpha is another than the trained one.
    bool edited = false, mixedSilenced = false, outSilenced = false, otherAlpha = false;

    /// The number at a site. Throws std::out_of_range if there is none.
    float &at(Site site);
    float at(Site site) const { return const_cast<Cell *>(this)->at(site); }
};

/// What the question has to ask for of a layer so that its cells are there: all sites, winners and inputs.
void askForCells(Question &question, int layer);

/// nullopt if the examination does not hold the layer's sites, winners (if the mixer has them) and inputs, has no such
/// channel or position, or is thinned: what a position meets is not there then.
std::optional<Cell> cellAt(const Examination &examination, int layer, int channel, int position);

} // namespace samout
