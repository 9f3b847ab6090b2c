// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/evaluation.h"

#include "core/base/error.h"

#include <algorithm>

namespace samout {

using torch::Tensor;

std::optional<double> meanLossOf(const Forward &forward, const torch::Device &device, const Batch &batch,
                                 std::vector<float> *logits)
{
    constexpr std::int64_t tokensAtOnce = 2048;
    const torch::NoGradGuard noGrad;
    const Tensor inputs = tokenTensor(batch.inputs, batch, device);
    const Tensor targets = tokenTensor(batch.targets, batch, device);
    const Tensor weights = weightTensor(batch, device);
    const auto rows = std::max<std::int64_t>(1, tokensAtOnce / std::max<std::int64_t>(1, batch.time));
    double sum = 0, total = 0;
    for (std::int64_t begin = 0; begin < batch.count; begin += rows) {
        const auto end = std::min(begin + rows, batch.count);
        const Tensor output = forward(inputs.slice(0, begin, end));
        if (logits) {
            const Tensor host = output.to(torch::kCPU, torch::kFloat32).contiguous();
            logits->insert(logits->end(), host.const_data_ptr<float>(), host.const_data_ptr<float>() + host.numel());
        }
        const Tensor own = weights.slice(0, begin, end);
        if (const auto weight = own.sum(torch::kFloat64).item<double>(); weight > 0) {
            sum += meanLoss(output, targets.slice(0, begin, end), own).item<double>() * weight;
            total += weight;
        }
    }
    return total > 0 ? std::optional(sum / total) : std::nullopt;
}

Tensor tokenTensor(const std::vector<std::int64_t> &values, const Batch &batch, const torch::Device &device)
{
    return torch::from_blob(const_cast<std::int64_t *>(values.data()), {batch.count, batch.time}, torch::kInt64)
        .to(device);
}

Tensor weightTensor(const Batch &batch, const torch::Device &device)
{
    return torch::from_blob(const_cast<float *>(batch.weights.data()), {batch.count, batch.time}, torch::kFloat32)
        .to(device);
}

void checkTokens(const Batch &batch, std::int64_t vocabSize, const Text &origin)
{
    for (const auto *values : {&batch.inputs, &batch.targets})
        for (const std::int64_t token : *values)
            if (token < 0 || token >= vocabSize)
                throw Error(Error::WrongValue,
                            Text("{0} has token {1}; the network's vocabulary has the tokens 0 to {2}.", origin, token,
                                 vocabSize - 1));
}

} // namespace samout
