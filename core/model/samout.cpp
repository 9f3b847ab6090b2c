#include "core/model/samout.h"

#include "core/model/linear.h"
#include "core/model/max_state.h"

#include <ATen/CPUGeneratorImpl.h>

#include <cmath>
#include <limits>
#include <unordered_map>

namespace samout {

using torch::Tensor;

SamOut::SamOut(const ModelConfig &config, Tensor arena, Tensor gradients) : m_config(config), m_arena(std::move(arena))
{
    std::unordered_map<std::string, Tensor> byName;
    const torch::NoGradGuard noGrad;
    for (const Parameter &parameter : parameterLayout(config)) {
        Tensor view = m_arena.narrow(0, parameter.offset, parameter.count()).view(parameter.shape).detach();
        if (gradients.defined()) {
            view.requires_grad_();
            view.mutable_grad() = gradients.narrow(0, parameter.offset, parameter.count()).view(parameter.shape);
        }
        byName.emplace(parameter.name, view);
        m_parameters.emplace_back(parameter.name, view);
    }
    m_embedding = byName.at("em.weight");
    m_head = byName.at("head.weight");
    for (std::int64_t i = 0; i < config.numLayers; ++i) {
        const std::string prefix = "decoder_layers." + std::to_string(i) + ".";
        const auto weight = [&](const char *name) { return byName.at(prefix + name); };
        m_layers.push_back({.alpha = weight("alpha"),
                            .combined = weight("self_attention.combined.weight"),
                            .ffn1Weight = weight("ffn.ffn1.weight"),
                            .ffn1Bias = weight("ffn.ffn1.bias"),
                            .ffn2Weight = weight("ffn.ffn2.weight"),
                            .ffn2Bias = weight("ffn.ffn2.bias"),
                            .gateWeight = weight("ffn.gate.weight"),
                            .gateBias = weight("ffn.gate.bias"),
                            .normWeight = weight("layer_norm.weight"),
                            .normBias = weight("layer_norm.bias")});
    }
}

SamOut::SamOut(const Snapshot &snapshot)
    : SamOut(snapshot.config(), torch::from_blob(const_cast<float *>(snapshot.weights().data()),
                                                 static_cast<std::int64_t>(snapshot.weights().size()), torch::kFloat32))
{
}

Tensor SamOut::initialArena(const ModelConfig &config, std::uint64_t seed)
{
    const torch::NoGradGuard noGrad;
    Tensor arena = torch::zeros(arenaSize(config), torch::kFloat32);
    const SamOut network(config, arena);
    auto generator = at::make_generator<at::CPUGeneratorImpl>(seed);
    const double bound = 1 / std::sqrt(static_cast<double>(config.hiddenSize));
    const auto uniform = [&](Tensor weight) { weight.uniform_(-bound, bound, generator); };

    Tensor embedding = network.m_embedding;
    embedding.normal_(0, 1, generator);
    if (config.paddingId)
        embedding[*config.paddingId].zero_();
    for (const LayerWeights &layer : network.m_layers) {
        for (const Tensor &weight : {layer.combined, layer.ffn1Weight, layer.ffn1Bias, layer.ffn2Weight, layer.ffn2Bias,
                                     layer.gateWeight, layer.gateBias})
            uniform(weight);
        Tensor(layer.normWeight).fill_(1);
        Tensor(layer.alpha).fill_(0.5);
    }
    uniform(network.m_head);
    return arena;
}

Tensor SamOut::freshState(std::int64_t batch) const
{
    return torch::full({m_config.numLayers, batch, m_config.hiddenSize}, -std::numeric_limits<double>::infinity(),
                       m_arena.options());
}

Tensor SamOut::layer(int index, const Tensor &x, Tensor *state, Probe *probe, const Dropout *dropout) const
{
    const LayerWeights &w = m_layers[static_cast<std::size_t>(index)];
    const auto at = [&](Site site, const Tensor &value) { return probe ? probe->at(index, site, value) : value; };
    const auto linear = [&](const Tensor &input, const Tensor &weight, const Tensor &bias) {
        return probe ? probe->linear(input, weight, bias) : samout::linear(input, weight, bias);
    };
    if (probe)
        probe->enter(index, x);

    const auto blocks = linear(x, w.combined, {}).chunk(4, -1);
    const Tensor base = at(Site::Base, blocks[0] + blocks[1]);
    const Tensor shift = at(Site::Shift, blocks[2]);
    const Tensor candidate = at(Site::Candidate, blocks[3]);
    const Tensor held = at(Site::State, probe ? probe->scan(index, candidate, state) : scan(candidate, state));
    const Tensor mixed = at(Site::Mixed, (base * held + shift) * held);

    const Tensor value = at(Site::Value, linear(mixed, w.ffn1Weight, w.ffn1Bias));
    const Tensor gate = at(Site::Gate, torch::relu(linear(mixed, w.gateWeight, w.gateBias)));
    Tensor out = linear(value * gate, w.ffn2Weight, w.ffn2Bias);
    if (dropout)
        out = dropout->apply(out, index);
    out = at(Site::Out, out);

    const Tensor alpha = probe ? probe->alpha(index, w.alpha) : w.alpha;
    const Tensor blended = alpha * out + (1 - alpha) * x;
    const Tensor norm = at(Site::Norm, torch::layer_norm(blended, {m_config.hiddenSize}, w.normWeight, w.normBias));
    return at(Site::Residual, norm + x);
}

Tensor SamOut::forward(const Tensor &tokens, Tensor *state, Probe *probe, const Dropout *dropout) const
{
    Tensor x = torch::embedding(m_embedding, tokens, m_config.paddingId.value_or(-1));
    std::vector<Tensor> after;
    for (int i = 0; i < static_cast<int>(m_layers.size()); ++i) {
        Tensor layerState = state ? state->select(0, i) : Tensor();
        x = layer(i, x, state ? &layerState : nullptr, probe, dropout);
        if (state)
            after.push_back(layerState);
    }
    if (state)
        *state = torch::stack(after);
    return probe ? probe->linear(x, m_head, {}) : samout::linear(x, m_head);
}

Tensor meanLoss(const Tensor &logits, const Tensor &targets, const Tensor &weights)
{
    // Left out of the sum, not multiplied by 0: what does not count may be anything, and weights of 1 give the bits of
    // PyTorch's mean over the others.
    constexpr std::int64_t leftOut = -100;
    const Tensor w = weights.reshape(-1).to(logits.scalar_type());
    const Tensor logarithms = torch::log_softmax(logits.reshape({-1, logits.size(-1)}), 1) * w.unsqueeze(1);
    const Tensor counted = targets.reshape(-1).masked_fill(w == 0, leftOut);
    return torch::nll_loss(logarithms, counted, {}, at::Reduction::Sum, leftOut) / w.sum();
}

} // namespace samout
