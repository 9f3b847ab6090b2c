// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/torch.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace samout {

/// Everything that a network remembers of the texts of a batch: for each layer the mixer's state (Mixer::freshState),
/// [batch, ...], and the number of tokens read. Reading on replaces the tensors and leaves the old tensors' numbers, so
/// a copy of a State does not change.
struct State {
    std::vector<torch::Tensor> layers;
    std::int64_t position = 0;

    /// The state for `batch` texts, each in the state of this one's first text.
    State expanded(std::int64_t batch) const
    {
        State result{.layers = {}, .position = position};
        for (const torch::Tensor &layer : layers) {
            std::vector<std::int64_t> shape = layer.sizes().vec();
            shape.front() = batch;
            result.layers.push_back(layer.slice(0, 0, 1).expand(shape).contiguous());
        }
        return result;
    }
    /// [layers, batch, hidden], for mixers with one number a channel.
    torch::Tensor numbers() const { return torch::stack(layers); }
    static State ofNumbers(const torch::Tensor &numbers, std::int64_t position = 0)
    {
        return {.layers = numbers.unbind(0), .position = position};
    }
};

} // namespace samout
