// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/cpu/packed_weight.h"

#include <algorithm>

namespace samout {

void pack(const kernels::Product &product, kernels::Panels &panels, const Team &team)
{
    panels.resize(kernels::packedFloats(product));
    team.inParts(kernels::panelCount(product.columns), [&](std::int64_t, std::int64_t begin, std::int64_t end) {
        kernels::pack(product, panels.data(), begin, end);
    });
}

std::pair<std::int64_t, std::int64_t> channelShare(std::int64_t channels, const Team &team)
{
    const auto [begin, end] = team.share(kernels::panelCount(channels));
    return {std::min(begin * kernels::panelColumns(), channels), std::min(end * kernels::panelColumns(), channels)};
}

void PackedWeight::pack(const torch::Tensor &weight, std::int64_t parts, const Team &team)
{
    m_parts = parts;
    m_columns = weight.size(0) / parts;
    m_depth = weight.size(1);
    samout::pack(kernels::Product{.depth = m_depth,
                                  .columns = m_columns,
                                  .parts = parts,
                                  .bPartStride = m_columns * m_depth,
                                  .b = weight.const_data_ptr<float>(),
                                  .bRowStride = 1,
                                  .bColumnStride = m_depth},
                 m_panels, team);
}

void PackedWeight::multiply(const float *from, float *to, std::int64_t rows, const Team &team, bool byChannels) const
{
    kernels::Product product{.rows = rows,
                             .depth = m_depth,
                             .columns = m_columns,
                             .parts = m_parts,
                             .cPartStride = m_columns,
                             .a = from,
                             .aRowStride = m_depth,
                             .c = to,
                             .cStride = m_parts * m_columns};
    if (!byChannels) {
        team.inParts(rows, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::multiply(product, m_panels.data(), begin, end);
        });
    } else if (const auto [begin, end] = channelShare(m_columns, team); begin < end) {
        product.columns = end - begin;
        product.c = to + begin;
        kernels::multiply(product, m_panels.data() + begin * m_parts * m_depth, 0, rows);
    }
}

} // namespace samout
