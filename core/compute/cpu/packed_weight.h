// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/compute/cpu/product.h"
#include "core/compute/cpu/team.h"
#include "core/model/torch.h"

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace samout {

/// A weight matrix, or several of one shape with the same inputs, in the order in which products read it. float32.
class PackedWeight {
public:
    /// weight: [parts * columns, depth]. All members of `team` must call it.
    void pack(const torch::Tensor &weight, std::int64_t parts, const Team &team);
    /// to [rows, parts * columns] = from [rows, depth] weight^T. Inside Team::together() only the calling member's
    /// share: of the columns if `byChannels` (see channelShare()), else of the rows.
    void multiply(const float *from, float *to, std::int64_t rows, const Team &team, bool byChannels) const;
    std::span<const float> floats() const { return m_panels.all(); }

private:
    std::int64_t m_parts = 1, m_columns = 0, m_depth = 0;
    kernels::Panels m_panels;
};

/// The calling member's channels [begin, end), in whole panels; inside Team::together().
std::pair<std::int64_t, std::int64_t> channelShare(std::int64_t channels, const Team &team);

/// The packed weights of a network.
struct PackedWeights {
    struct Layer {
        PackedWeight projection, inner, outer;
    };
    std::vector<Layer> layers;
    PackedWeight head;
};

/// Packs the B of a product. All members of `team` must call it.
void pack(const kernels::Product &product, kernels::Panels &panels, const Team &team);

} // namespace samout
