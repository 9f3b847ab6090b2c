#include "core/inspect/rereader.h"

#include "core/model/evaluation.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace samout {

using torch::Tensor;

Rereader::Rereader(const Snapshot &snapshot)
    : m_network(snapshot), m_backend(makeCpuBackend(torch::kFloat32)), m_hidden(snapshot.config().hiddenSize)
{
    for (const LayerWeights &w : m_network.layers()) {
        const auto blocks = w.combined.chunk(4, 0);
        m_layers.push_back({.projection = torch::cat({blocks[0] + blocks[1], blocks[2], blocks[3]}),
                            .inner = torch::cat({w.ffn1Weight, w.gateWeight}),
                            .innerBias = torch::cat({w.ffn1Bias, w.gateBias})});
    }
}

std::int64_t Rereader::rowsAtOnce(std::int64_t time)
{
    constexpr std::int64_t tokensAtOnce = 5120;
    return std::max<std::int64_t>(1, tokensAtOnce / std::max<std::int64_t>(1, time));
}

std::vector<double> Rereader::read(Batch sequences)
{
    m_piece = std::move(sequences);
    const Tensor tokens = tokenTensor(m_piece.inputs, m_piece, torch::kCPU);
    m_targets = tokenTensor(m_piece.targets, m_piece, torch::kCPU).reshape({-1, 1});
    m_backend->begin(tokens, 0, std::vector<DropoutMask>(m_layers.size()));
    makeRoom(m_piece.count * m_piece.time);
    m_a.x = torch::embedding(m_network.embedding(), tokens.reshape(-1));
    for (std::size_t i = 0; i < m_layers.size(); ++i) {
        m_layers[i].x = m_a.x;
        mix(i);
        m_layers[i].mixed = m_a.mixed.clone();
        Tensor next = torch::empty_like(m_a.x);
        multiplyInner(i);
        m_layers[i].products = m_a.inner.clone();
        throughGate(i);
        m_backend->norm(static_cast<int>(i), m_a, m_network.layers()[i], next);
        m_a.x = next;
    }
    return losses(m_a.x);
}

std::vector<double> Rereader::withoutChannels(int layer, const std::vector<std::int64_t> &channels)
{
    const Layer &own = m_layers[static_cast<std::size_t>(layer)];
    const LayerWeights &weights = m_network.layers()[static_cast<std::size_t>(layer)];
    if (std::ssize(channels) == m_hidden) {
        // Every row is the same.
        m_a.outer.copy_(torch::linear(weights.ffn1Bias * torch::relu(weights.gateBias), weights.ffn2Weight));
        return readOn(layer, weights);
    }
    // What few channels of mixed give is subtracted from the product of all.
    const Tensor which = torch::tensor(channels);
    m_a.inner.copy_(own.products);
    m_backend->multiply(m_a.inner, own.mixed.index_select(1, which).neg(), own.inner.index_select(1, which).t(), true);
    throughGate(static_cast<std::size_t>(layer));
    return readOn(layer, weights);
}

std::vector<double> Rereader::withoutFeedForward(int layer)
{
    LayerWeights weights = m_network.layers()[static_cast<std::size_t>(layer)];
    m_a.outer.zero_();
    weights.ffn2Bias = torch::zeros_like(weights.ffn2Bias);
    return readOn(layer, weights);
}

std::vector<double> Rereader::withAlpha(int layer, float alpha)
{
    LayerWeights weights = m_network.layers()[static_cast<std::size_t>(layer)];
    weights.alpha = torch::full_like(weights.alpha, alpha);
    m_a.inner.copy_(m_layers[static_cast<std::size_t>(layer)].products);
    throughGate(static_cast<std::size_t>(layer));
    return readOn(layer, weights);
}

/// From the layer's outer, and what entered it as trained, to the losses.
std::vector<double> Rereader::readOn(int layer, const LayerWeights &weights)
{
    m_a.x = m_layers[static_cast<std::size_t>(layer)].x;
    Tensor next = m_one, other = m_two;
    m_backend->norm(layer, m_a, weights, next);
    for (auto above = static_cast<std::size_t>(layer) + 1; above < m_layers.size(); ++above) {
        m_a.x = next;
        mix(above);
        multiplyInner(above);
        throughGate(above);
        m_backend->norm(static_cast<int>(above), m_a, m_network.layers()[above], other);
        std::swap(next, other);
    }
    return losses(next);
}

void Rereader::makeRoom(std::int64_t rows)
{
    const auto d = m_hidden;
    const auto options = m_network.arena().options();
    const auto room = [&](std::int64_t width) { return torch::empty({rows, width}, options); };
    m_a = {.x = {},
           .projected = room(3 * d),
           .taken = torch::empty({rows, d}, torch::kUInt8),
           .mixed = room(d),
           .inner = room(2 * d),
           .gated = room(d),
           .outer = room(d),
           .mean = torch::empty({rows}, options),
           .inverse = torch::empty({rows}, options)};
    m_one = room(d);
    m_two = room(d);
    m_logits = room(m_network.config().vocabSize);
    m_state = torch::empty({m_piece.count, d}, options);
}

/// From x to mixed.
void Rereader::mix(std::size_t layer)
{
    m_backend->multiply(m_a.projected, m_a.x, m_layers[layer].projection.t());
    m_state.fill_(-std::numeric_limits<float>::infinity());
    m_backend->scan(m_a, {}, m_state);
}

void Rereader::multiplyInner(std::size_t layer)
{
    m_backend->multiply(m_a.inner, m_a.mixed, m_layers[layer].inner.t());
}

/// From inner, before its bias, to outer.
void Rereader::throughGate(std::size_t layer)
{
    m_backend->gate(m_a, m_layers[layer].innerBias);
    m_backend->multiply(m_a.outer, m_a.gated, m_network.layers()[layer].ffn2Weight.t());
}

std::vector<double> Rereader::losses(const Tensor &x)
{
    m_backend->multiply(m_logits, x, m_network.head().t());
    const Tensor right = torch::log_softmax(m_logits, 1).gather(1, m_targets);
    const Tensor counted = m_targets.ne(m_network.config().paddingId);
    const Tensor sums =
        torch::where(counted, -right, torch::zeros_like(right)).view({m_piece.count, -1}).to(torch::kFloat64).sum(1);
    return {sums.const_data_ptr<double>(), sums.const_data_ptr<double>() + m_piece.count};
}

} // namespace samout
