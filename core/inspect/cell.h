#pragma once

#include "core/inspect/examination.h"

#include <optional>

namespace samout {

/// One channel of one layer at one position: every number of its computation, in the order it is made. All of them are
/// the model's own (bits of the examination's grids) but those that say that they are recomputed.
struct Cell {
    /// What enters the layer.
    float x = 0;
    float base = 0, shift = 0, candidate = 0;
    /// The state that the candidate meets; -inf before the first token. Where tokens are hidden from memory it is older
    /// than the one a position before.
    float before = 0;
    float state = 0;
    /// Who holds the state, and since when; -1 is an edited state.
    int winner = -1, since = -1;
    float mixed = 0, value = 0;
    /// The argument of the gate's relu, recomputed from mixed in double.
    double gateSum = 0;
    float gate = 0, out = 0;
    float alpha = 0;
    /// alpha * out + (1 - alpha) * x, recomputed in float and in the model's order.
    float blend = 0;
    /// Of blend over all channels, recomputed in double; `deviation` is sqrt(variance + 1e-5).
    double mean = 0, deviation = 0;
    /// The LayerNorm's weight and bias of the channel.
    float scale = 0, offset = 0;
    float norm = 0;
    /// What leaves the layer: norm + x.
    float next = 0;

    /// What a person changed here: the state was set; mixed or out is made 0; alpha is another than the trained one.
    bool edited = false, mixedSilenced = false, outSilenced = false, otherAlpha = false;
};

/// What the question has to ask for of a layer so that its cells are there: all sites, winners and inputs.
void askForCells(Question &question, int layer);

/// nullopt where the examination does not hold the layer's sites, winners and inputs, has no such channel or position,
/// or is thinned: what a candidate meets is not there then.
std::optional<Cell> cellAt(const Examination &examination, int layer, int channel, int position);

} // namespace samout
