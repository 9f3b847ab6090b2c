#include "core/inspect/rereader.h"

#include "core/fast/backend.h"
#include "core/model/evaluation.h"
#include "core/model/samout.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace samout {

using torch::Tensor;

struct Rereader::Impl {
    struct Layer {
        Tensor projection;    // [3 d, d]
        Tensor inner;         // [2 d, d]
        Tensor innerBias;     // [2 d]
        Tensor x = {};        // [n, d], what enters it as trained
        Tensor mixed = {};    // [n, d]
        Tensor products = {}; // [n, 2 d], inner before its bias
    };

    explicit Impl(const Snapshot &snapshot);
    void makeRoom(std::int64_t rows);
    void mix(std::size_t layer);
    void multiplyInner(std::size_t layer);
    void throughGate(std::size_t layer);
    std::vector<double> readOn(int layer, const LayerWeights &weights);
    std::vector<double> losses(const Tensor &x);

    SamOut network;
    std::unique_ptr<Backend> backend;
    std::int64_t hidden;
    Batch piece; // tensors look at its numbers
    std::vector<Layer> layers;
    Activations a;
    Tensor one, two; // [n, d], take turns as what leaves a layer
    Tensor logits;   // [n, v]
    Tensor state;    // [batch, d]
    Tensor targets;  // [n, 1]
};

Rereader::Impl::Impl(const Snapshot &snapshot)
    : network(snapshot), backend(makeCpuBackend(torch::kFloat32)), hidden(snapshot.config().hiddenSize)
{
    for (const LayerWeights &w : network.layers()) {
        const auto blocks = w.combined.chunk(4, 0);
        layers.push_back({.projection = torch::cat({blocks[0] + blocks[1], blocks[2], blocks[3]}),
                          .inner = torch::cat({w.ffn1Weight, w.gateWeight}),
                          .innerBias = torch::cat({w.ffn1Bias, w.gateBias})});
    }
}

Rereader::Rereader(const Snapshot &snapshot) : m_impl(std::make_unique<Impl>(snapshot)) {}

Rereader::~Rereader() = default;

std::int64_t Rereader::rowsAtOnce(std::int64_t time)
{
    constexpr std::int64_t tokensAtOnce = 5120;
    return std::max<std::int64_t>(1, tokensAtOnce / std::max<std::int64_t>(1, time));
}

std::vector<double> Rereader::read(Batch sequences)
{
    Impl &m = *m_impl;
    m.piece = std::move(sequences);
    const Tensor tokens = tokenTensor(m.piece.inputs, m.piece, torch::kCPU);
    m.targets = tokenTensor(m.piece.targets, m.piece, torch::kCPU).reshape({-1, 1});
    m.backend->begin(tokens, 0, std::vector<DropoutMask>(m.layers.size()));
    m.makeRoom(m.piece.count * m.piece.time);
    m.a.x = torch::embedding(m.network.embedding(), tokens.reshape(-1));
    for (std::size_t i = 0; i < m.layers.size(); ++i) {
        m.layers[i].x = m.a.x;
        m.mix(i);
        m.layers[i].mixed = m.a.mixed.clone();
        Tensor next = torch::empty_like(m.a.x);
        m.multiplyInner(i);
        m.layers[i].products = m.a.inner.clone();
        m.throughGate(i);
        m.backend->norm(static_cast<int>(i), m.a, m.network.layers()[i], next);
        m.a.x = next;
    }
    return m.losses(m.a.x);
}

std::vector<double> Rereader::withoutChannels(int layer, const std::vector<std::int64_t> &channels)
{
    Impl &m = *m_impl;
    const Impl::Layer &own = m.layers[static_cast<std::size_t>(layer)];
    const LayerWeights &weights = m.network.layers()[static_cast<std::size_t>(layer)];
    if (std::ssize(channels) == m.hidden) {
        // Every row is the same.
        m.a.outer.copy_(torch::linear(weights.ffn1Bias * torch::relu(weights.gateBias), weights.ffn2Weight));
        return m.readOn(layer, weights);
    }
    // What few channels of mixed give is subtracted from the product of all.
    const Tensor which = torch::tensor(channels);
    m.a.inner.copy_(own.products);
    m.backend->multiply(m.a.inner, own.mixed.index_select(1, which).neg(), own.inner.index_select(1, which).t(), true);
    m.throughGate(static_cast<std::size_t>(layer));
    return m.readOn(layer, weights);
}

std::vector<double> Rereader::withoutFeedForward(int layer)
{
    Impl &m = *m_impl;
    LayerWeights weights = m.network.layers()[static_cast<std::size_t>(layer)];
    m.a.outer.zero_();
    weights.ffn2Bias = torch::zeros_like(weights.ffn2Bias);
    return m.readOn(layer, weights);
}

std::vector<double> Rereader::withAlpha(int layer, float alpha)
{
    Impl &m = *m_impl;
    LayerWeights weights = m.network.layers()[static_cast<std::size_t>(layer)];
    weights.alpha = torch::full_like(weights.alpha, alpha);
    m.a.inner.copy_(m.layers[static_cast<std::size_t>(layer)].products);
    m.throughGate(static_cast<std::size_t>(layer));
    return m.readOn(layer, weights);
}

/// From the layer's outer, and what entered it as trained, to the losses.
std::vector<double> Rereader::Impl::readOn(int layer, const LayerWeights &weights)
{
    a.x = layers[static_cast<std::size_t>(layer)].x;
    Tensor next = one, other = two;
    backend->norm(layer, a, weights, next);
    for (auto above = static_cast<std::size_t>(layer) + 1; above < layers.size(); ++above) {
        a.x = next;
        mix(above);
        multiplyInner(above);
        throughGate(above);
        backend->norm(static_cast<int>(above), a, network.layers()[above], other);
        std::swap(next, other);
    }
    return losses(next);
}

void Rereader::Impl::makeRoom(std::int64_t rows)
{
    const auto d = hidden;
    const auto options = network.arena().options();
    const auto room = [&](std::int64_t width) { return torch::empty({rows, width}, options); };
    a = {.x = {},
         .projected = room(3 * d),
         .taken = torch::empty({rows, d}, torch::kUInt8),
         .mixed = room(d),
         .inner = room(2 * d),
         .gated = room(d),
         .outer = room(d),
         .mean = torch::empty({rows}, options),
         .inverse = torch::empty({rows}, options)};
    one = room(d);
    two = room(d);
    logits = room(network.config().vocabSize);
    state = torch::empty({piece.count, d}, options);
}

/// From x to mixed.
void Rereader::Impl::mix(std::size_t layer)
{
    backend->multiply(a.projected, a.x, layers[layer].projection.t());
    state.fill_(-std::numeric_limits<float>::infinity());
    backend->scan(a, {}, state);
}

void Rereader::Impl::multiplyInner(std::size_t layer) { backend->multiply(a.inner, a.mixed, layers[layer].inner.t()); }

/// From inner, before its bias, to outer.
void Rereader::Impl::throughGate(std::size_t layer)
{
    backend->gate(a, layers[layer].innerBias);
    backend->multiply(a.outer, a.gated, network.layers()[layer].ffn2Weight.t());
}

std::vector<double> Rereader::Impl::losses(const Tensor &x)
{
    backend->multiply(logits, x, network.head().t());
    const Tensor right = torch::log_softmax(logits, 1).gather(1, targets);
    const Tensor counted = targets.ne(network.config().paddingId);
    const Tensor sums =
        torch::where(counted, -right, torch::zeros_like(right)).view({piece.count, -1}).to(torch::kFloat64).sum(1);
    return {sums.const_data_ptr<double>(), sums.const_data_ptr<double>() + piece.count};
}

} // namespace samout
