// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/samout.h"

#include "core/model/block.h"
#include "core/model/layer_pass.h"
#include "core/model/linear.h"

#include <ATen/CPUGeneratorImpl.h>

#include <atomic>
#include <unordered_map>

namespace samout {

using torch::Tensor;

namespace {

std::atomic<std::int64_t> computed = 0;

} // namespace

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
    m_head = byName.at(config.mixer->facts().headWeight);
    for (const Parameter &outer : config.mixer->outerParameters(config))
        m_outer.emplace_back(outer.name, byName.at(outer.name));
    for (std::int64_t i = 0; i < config.numLayers; ++i) {
        const std::string prefix = layerPrefix(i);
        const auto weight = [&](const std::string &name) { return byName.at(prefix + name); };
        NamedTensors own;
        for (const Parameter &parameter : config.mixer->layerParameters(config))
            own.emplace_back(parameter.name, weight(parameter.name));
        m_layers.push_back({.alpha = weight("alpha"),
                            .mixer = std::move(own),
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
    for (const Parameter &parameter : parameterLayout(config)) {
        Tensor numbers = arena.narrow(0, parameter.offset, parameter.count());
        const double value = parameter.initial.value;
        if (parameter.initial.kind == Initial::Kind::Uniform)
            numbers.uniform_(-value, value, generator);
        else if (parameter.initial.kind == Initial::Kind::Normal)
            numbers.normal_(0, value, generator);
        else
            numbers.fill_(value);
    }
    if (config.paddingId)
        network.m_embedding[*config.paddingId].zero_();
    return arena;
}

State SamOut::freshState(std::int64_t batch) const
{
    State state;
    for (std::int64_t i = 0; i < m_config.numLayers; ++i)
        state.layers.push_back(m_config.mixer->freshState(m_config, batch, m_arena));
    return state;
}

Tensor SamOut::layer(int index, const Tensor &before, Tensor *state, std::int64_t position, Probe *probe,
                     const Dropout *dropout) const
{
    ++computed;
    const LayerWeights &w = m_layers[static_cast<std::size_t>(index)];
    Tensor own; // a probe may change the state
    if (probe && !state) {
        own = m_config.mixer->freshState(m_config, before.size(0), m_arena);
        state = &own;
    }
    const LayerPass pass{.config = m_config,
                         .layer = index,
                         .own = w.mixer,
                         .outer = m_outer,
                         .state = state,
                         .position = position,
                         .probe = probe};
    const Tensor x = m_config.mixer->enter(pass, before);
    if (probe)
        probe->enter(index, x);

    const Tensor mixed = m_config.mixer->mix(pass, x);
    const Tensor value = pass.at(Site::Value, pass.linear(mixed, w.ffn1Weight, w.ffn1Bias));
    const Tensor gate = pass.at(Site::Gate, block::relu(pass.linear(mixed, w.gateWeight, w.gateBias)));
    Tensor out = pass.linear(block::gated(value, gate), w.ffn2Weight, w.ffn2Bias);
    if (dropout)
        out = dropout->apply(out, index);
    out = pass.at(Site::Out, out);

    const Tensor alpha = probe ? probe->alpha(index, w.alpha) : w.alpha;
    const Tensor norm = pass.at(Site::Norm, torch::layer_norm(block::blend(alpha, out, x), {m_config.hiddenSize},
                                                              w.normWeight, w.normBias, block::normEpsilon));
    return pass.at(Site::Residual, block::next(norm, x));
}

Tensor SamOut::forward(const Tensor &tokens, State *state, Probe *probe, const Dropout *dropout) const
{
    Tensor x = torch::embedding(m_embedding, tokens, m_config.paddingId.value_or(-1));
    for (int i = 0; i < static_cast<int>(m_layers.size()); ++i)
        x = layer(i, x, state ? &state->layers[static_cast<std::size_t>(i)] : nullptr, state ? state->position : 0,
                  probe, dropout);
    if (state)
        state->position += tokens.size(1);
    return probe ? probe->linear(x, m_head, {}) : samout::linear(x, m_head);
}

Tensor SamOut::forward(const Tensor &tokens, Tensor &state, Probe *probe) const
{
    State own = State::ofNumbers(state);
    const Tensor logits = forward(tokens, &own, probe);
    state = own.numbers();
    return logits;
}

std::int64_t SamOut::layersComputed() { return computed; }

Tensor meanLoss(const Tensor &logits, const Tensor &targets, const Tensor &weights)
{
    // A target of weight 0 is left out of the sum, not multiplied by 0: its loss may be NaN or infinite, and weights of
    // 1 give the bits of PyTorch's mean over the other targets.
    constexpr std::int64_t leftOut = -100;
    const Tensor w = weights.reshape(-1).to(logits.scalar_type());
    const Tensor logarithms = torch::log_softmax(logits.reshape({-1, logits.size(-1)}), 1) * w.unsqueeze(1);
    const Tensor counted = targets.reshape(-1).masked_fill(w == 0, leftOut);
    return torch::nll_loss(logarithms, counted, {}, at::Reduction::Sum, leftOut) / w.sum();
}

} // namespace samout
