// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"
#include "core/model/samout.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace samout {

/// Returns the logits of tokens [batch, time], which are on the network's device.
using Forward = std::function<torch::Tensor(const torch::Tensor &tokens)>;

/// The mean loss of `batch`'s targets by their weights, in nats a token; empty if no target counts. `logits`, if not
/// nullptr, receives [count, time, vocabulary]. Works in pieces of bounded memory.
std::optional<double> meanLossOf(const Forward &forward, const torch::Device &device, const Batch &batch,
                                 std::vector<float> *logits = nullptr);

/// `values` of a batch as [count, time] on a device.
torch::Tensor tokenTensor(const std::vector<std::int64_t> &values, const Batch &batch, const torch::Device &device);
/// The weights of a batch's targets as [count, time] on a device, float32.
torch::Tensor weightTensor(const Batch &batch, const torch::Device &device);

/// Throws Error, naming `origin`, if a token of the batch is not below `vocabSize`.
void checkTokens(const Batch &batch, std::int64_t vocabSize, const Text &origin);

} // namespace samout
