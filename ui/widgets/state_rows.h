// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"
#include "ui/plots/heatmap.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace samout {

/// The order in which the channels of a head are drawn.
enum class RowOrder {
    Stored,   ///< the order of the weights
    ByEffect, ///< the largest first, by the root mean square of the channel's `mixed` over the tokens
    ByWinner, ///< by the winner of the last token's state, then by its since
};

/// How the numbers of a site are coloured: magnitudes by a sequential map from their 1st to their 99th percentile,
/// signed numbers by a diverging map with zero in the middle, and signed numbers that span decades on a signed
/// logarithm.
struct SiteColors {
    bool diverging = false;
    Heatmap::Scale scale = Heatmap::Scale::Linear;
};
SiteColors siteColors(Site site);

/// The range of colours for the finite numbers of a site; low is -high for diverging colours.
struct ValueRange {
    float low = 0;
    float high = 1;
};
ValueRange fittingRange(const Grid &values, Site site);

/// The channels of a head, from 0 to hidden - 1, in the order to draw them. If the examination lacks what the order
/// needs, the order is Stored.
std::vector<int> rowOrder(RowOrder order, const Examination &examination, int layer, int head);

/// [rows, time] of the given channels, from a site's [time, hidden].
std::vector<float> rowsOf(const Grid &values, const std::vector<int> &channels);
/// 1 where a channel's state strictly rises, that is where since is the position itself; 0 at the first position.
std::vector<std::uint8_t> changesOf(const Winners &winners, int hidden, const std::vector<int> &channels);

/// The sentence for one cell: `layer 2, head 3, channel 17, "apple" (5): 1.283, held since "The" (0), winner "The"
/// (0)`. Layers, heads, channels in a head and positions count from 0. Winner and since are named if they are known.
QString cellSentence(const Examination &examination, int layer, Site site, int channel, int position);

} // namespace samout
