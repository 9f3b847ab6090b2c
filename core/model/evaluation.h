#pragma once

#include "core/data/dataset.h"
#include "core/model/samout.h"

#include <optional>
#include <string>
#include <vector>

namespace samout {

/// The mean loss of `batch`'s counted targets in nats a token; empty where none counts. `logits`, where given,
/// receives [count, time, vocabulary]. Runs on the network's device in pieces of bounded memory.
std::optional<double> meanLossOf(const SamOut &network, const Batch &batch, std::vector<float> *logits = nullptr);

/// `values` of a batch as [count, time] on a device.
torch::Tensor tokenTensor(const std::vector<std::int64_t> &values, const Batch &batch, const torch::Device &device);

/// Throws Error naming `origin` where a token of the batch is not below `vocabSize`.
void checkTokens(const Batch &batch, std::int64_t vocabSize, const std::string &origin);

} // namespace samout
