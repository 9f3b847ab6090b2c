#include "core/inspect/alpha_sweep.h"

#include "core/base/error.h"
#include "core/model/evaluation.h"
#include "core/model/samout.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <cmath>

namespace samout {

using torch::Tensor;

namespace {

/// A piece of the batch goes through the layers at once.
constexpr std::int64_t tokensAtOnce = 2048;

/// Keeps what a layer blends: x and out do not depend on alpha.
class Blend : public Probe {
public:
    void enter(int, const Tensor &x) override { m_x = x; }
    Tensor at(int, Site site, const Tensor &value) override
    {
        if (site == Site::Out)
            m_out = value;
        return value;
    }
    /// The layer's output at an alpha, as SamOut::layer computes it.
    Tensor at(const Tensor &alpha, const LayerWeights &weights) const
    {
        const Tensor blended = alpha * m_out + (1 - alpha) * m_x;
        return torch::layer_norm(blended, {m_x.size(-1)}, weights.normWeight, weights.normBias) + m_x;
    }

private:
    Tensor m_x, m_out;
};

void check(const Snapshot &snapshot, int layer, const std::vector<float> &alphas)
{
    snapshot.config().checkLayer(layer);
    if (!std::ranges::all_of(alphas, [](float alpha) { return std::isfinite(alpha); }))
        throw Error("An alpha to try is not finite; it should be a number as 0.5.");
}

} // namespace

std::optional<AlphaSweep> alphaSweep(const Snapshot &snapshot, const Batch &batch, int layer,
                                     const std::vector<float> &alphas, const std::stop_token &stop,
                                     const ShareDone &progress)
{
    check(snapshot, layer, alphas);
    checkTokens(batch, snapshot.config().vocabSize, "The text to evaluate");
    if (batch.countedTargets() == 0)
        throw Error("No target counts: all of them are the padding token.");
    return withoutTorchErrors([&]() -> std::optional<AlphaSweep> {
        const torch::NoGradGuard noGrad;
        const SamOut network(snapshot);
        const int layers = static_cast<int>(network.layers().size());
        const Tensor inputs = tokenTensor(batch.inputs, batch, torch::kCPU);
        const Tensor targets = tokenTensor(batch.targets, batch, torch::kCPU);
        const std::int64_t padding = snapshot.config().paddingId;
        const auto rows = std::max<std::int64_t>(1, tokensAtOnce / std::max<std::int64_t>(1, batch.time));
        AlphaSweep sweep{.layer = layer, .alphas = alphas, .losses = std::vector<double>(alphas.size(), 0)};
        std::int64_t counted = 0;
        for (std::int64_t begin = 0; begin < batch.count; begin += rows) {
            const auto end = std::min(begin + rows, batch.count);
            const Tensor right = targets.slice(0, begin, end);
            const auto count = right.ne(padding).sum().item<std::int64_t>();
            counted += count;
            Blend blend;
            Tensor x = torch::embedding(network.embedding(), inputs.slice(0, begin, end), padding);
            for (int below = 0; below <= layer; ++below)
                x = network.layer(below, x, nullptr, below == layer ? &blend : nullptr);
            for (std::size_t i = 0; i < alphas.size() && count > 0; ++i) {
                if (stop.stop_requested())
                    return std::nullopt;
                x = blend.at(torch::tensor(alphas[i]), network.layers()[static_cast<std::size_t>(layer)]);
                for (int above = layer + 1; above < layers; ++above)
                    x = network.layer(above, x, nullptr);
                const Tensor logits = torch::linear(x, network.head());
                sweep.losses[i] += meanLoss(logits, right, padding).item<double>() * static_cast<double>(count);
                if (progress)
                    progress((static_cast<double>(begin) +
                              static_cast<double>((end - begin) * (static_cast<std::int64_t>(i) + 1)) /
                                  static_cast<double>(alphas.size())) /
                             static_cast<double>(batch.count));
            }
        }
        for (double &loss : sweep.losses)
            loss /= static_cast<double>(counted);
        return sweep;
    });
}

} // namespace samout
