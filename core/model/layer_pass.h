// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/mixer.h"
#include "core/model/probe.h"
#include "core/model/torch.h"

#include <cstdint>
#include <string_view>

namespace samout {

/// One layer in one forward pass of the definition, as its mixer sees it.
struct LayerPass {
    const ModelConfig &config;
    int layer = 0;
    /// The mixer's weights in the layer, and those outside the layers.
    const NamedTensors &own, &outer;
    /// The state before the piece's first token; the layer replaces it by the state after the last one. nullptr: a
    /// fresh state, which is not carried on.
    torch::Tensor *state = nullptr;
    /// The position of the piece's first token in the text.
    std::int64_t position = 0;
    Probe *probe = nullptr;

    const torch::Tensor &weight(std::string_view name) const;
    const torch::Tensor &outerWeight(std::string_view name) const;

    /// Passes a site's value to the probe, if there is one. The layer goes on with the returned value.
    torch::Tensor at(Site site, const torch::Tensor &value) const
    {
        return probe ? probe->at(layer, site, value) : value;
    }
    /// x [..., in] weight^T, plus the bias if there is one.
    torch::Tensor linear(const torch::Tensor &x, const torch::Tensor &matrix, const torch::Tensor &bias = {}) const
    {
        return probe ? probe->linear(x, matrix, bias) : samout::linear(x, matrix, bias);
    }
    /// The states of `time` positions, [batch, time, hidden], carried on in `state`.
    torch::Tensor scan(std::int64_t time, const Recurrence &run) const
    {
        return probe ? probe->scan(layer, time, run, state) : run(0, time, state);
    }
    /// state[t] = max(state[t-1], candidate[t])
    torch::Tensor runningMax(const torch::Tensor &candidate) const
    {
        return scan(candidate.size(1), maxRecurrence(candidate));
    }
};

} // namespace samout
