// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"
#include "ui/plots/heatmap.h"

#include <QString>

#include <cstdint>
#include <vector>

namespace samout {

/// In which order the channels of a head are drawn.
enum class RowOrder {
    Stored,   ///< as in the weights
    ByEffect, ///< the largest first: the root mean square, over the tokens, of what the channel adds to `mixed`
    ByWinner, ///< by the position that holds the last token's state, then by since when it is held
};

/// How the numbers of a site are coloured: magnitudes by a sequential map over their 1 to 99 %, signed ones by a
/// diverging map with zero in the middle, those that span decades on a signed logarithm.
struct SiteColors {
    bool diverging = false;
    Heatmap::Scale scale = Heatmap::Scale::Linear;
};
SiteColors siteColors(Site site);

/// The range that fits the finite numbers of a site; low is -high for diverging colours.
struct ValueRange {
    float low = 0;
    float high = 1;
};
ValueRange fittingRange(const Grid &values, Site site);

/// The channels of a head, of 0 to hidden - 1, in the order to draw them. Where the examination does not hold
/// what the order asks for it is the stored one.
std::vector<int> rowOrder(RowOrder order, const Examination &examination, int layer, int head);

/// [rows, time] of the channels given, from a site's [time, hidden].
std::vector<float> rowsOf(const Grid &values, const std::vector<int> &channels);
/// 1 where a channel's state strictly rises: where since is the position itself; the first position is none.
std::vector<std::uint8_t> changesOf(const Winners &winners, int hidden, const std::vector<int> &channels);

/// What one cell says: `layer 2, head 3, channel 17, "apple" (5): 1.283, held since "The" (0), winner "The" (0)`.
/// Layers, heads, channels in a head and positions count from 0. Who holds it is said where it is known.
QString cellSentence(const Examination &examination, int layer, Site site, int channel, int position);

} // namespace samout
