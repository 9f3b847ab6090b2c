#include "core/compute/fused_network.h"

#include <c10/core/DeviceGuard.h>

#include <algorithm>
#include <limits>

namespace samout {

using torch::Tensor;

namespace {

/// What is recorded and repeated.
enum Piece : std::int64_t { Pack, Forward, Loss, Backward };

/// Makes `tensor` one of this shape; keeps its memory where that is enough.
void room(Tensor &tensor, at::IntArrayRef shape, const torch::TensorOptions &kind)
{
    if (tensor.defined())
        tensor.resize_(shape);
    else
        tensor = torch::empty(shape, kind);
}

} // namespace

FusedNetwork::FusedNetwork(const SamOut &network, std::unique_ptr<Backend> backend)
    : m_network(network), m_backend(std::move(backend)), m_hidden(network.config().hiddenSize),
      m_vocabulary(network.config().vocabSize), m_options(network.arena().options())
{
    for (std::size_t i = 0; i < network.layers().size(); ++i)
        m_packed.push_back({.projection = torch::empty({3 * m_hidden, m_hidden}, m_options),
                            .inner = torch::empty({2 * m_hidden, m_hidden}, m_options),
                            .innerBias = torch::empty({2 * m_hidden}, m_options)});
    weightsChanged();
}

FusedNetwork::FusedNetwork(const SamOut &network) : FusedNetwork(network, makeCpuBackend(network.arena().scalar_type()))
{
}

void FusedNetwork::weightsChanged()
{
    const c10::DeviceGuard device(m_options.device());
    const torch::NoGradGuard noGrad;
    m_backend->repeat({Piece::Pack}, [&] {
        const auto d = m_hidden;
        for (std::size_t i = 0; i < m_packed.size(); ++i) {
            const LayerWeights &w = m_network.layers()[i];
            Packed &p = m_packed[i];
            Tensor base = p.projection.narrow(0, 0, d);
            at::add_out(base, w.combined.narrow(0, 0, d), w.combined.narrow(0, d, d));
            p.projection.narrow(0, d, 2 * d).copy_(w.combined.narrow(0, 2 * d, 2 * d));
            p.inner.narrow(0, 0, d).copy_(w.ffn1Weight);
            p.inner.narrow(0, d, d).copy_(w.gateWeight);
            p.innerBias.narrow(0, 0, d).copy_(w.ffn1Bias);
            p.innerBias.narrow(0, d, d).copy_(w.gateBias);
        }
    });
}

/// Takes the tokens in, and makes room for their batch in `layers` layers.
void FusedNetwork::prepare(const Tensor &tokens, std::size_t layers, const Dropout &dropout, bool withGradient)
{
    m_batch = tokens.size(0);
    m_time = tokens.size(1);
    room(m_tokens, tokens.sizes(), m_options.dtype(torch::kInt64));
    m_tokens.copy_(tokens);
    const std::int64_t n = rows(), d = m_hidden;
    m_layers.resize(std::max(layers, m_layers.size()));
    for (std::size_t i = 0; i < layers; ++i) {
        Activations &a = m_layers[i];
        room(a.x, {n, d}, m_options);
        room(a.projected, {n, 3 * d}, m_options);
        room(a.taken, {n, d}, m_options.dtype(torch::kUInt8));
        room(a.mixed, {n, d}, m_options);
        room(a.inner, {n, 2 * d}, m_options);
        room(a.gated, {n, d}, m_options);
        room(a.outer, {n, d}, m_options);
        room(a.mean, {n}, m_options);
        room(a.inverse, {n}, m_options);
    }
    const auto parts = m_backend->parts(n);
    room(m_last, {n, d}, m_options);
    room(m_logits, {n, m_vocabulary}, m_options);
    room(m_scratch, {n, d}, m_options);
    if (usesTable())
        room(m_table, {m_vocabulary, 3 * d}, m_options);
    room(m_sums, {parts, 5 * d}, m_options);
    room(m_toAlpha, {parts}, m_options.dtype(torch::kFloat64));
    room(m_losses, {parts}, m_options.dtype(torch::kFloat64));
    room(m_toInner, {2 * d, d}, m_options);
    room(m_states, {static_cast<std::int64_t>(m_packed.size()), m_batch, d}, m_options);
    std::vector<DropoutMask> masks(m_packed.size());
    for (std::size_t i = 0; dropout.share > 0 && i < masks.size(); ++i)
        masks[i] = dropout.mask(static_cast<int>(i));
    m_backend->begin(m_tokens, withGradient ? m_vocabulary : 0, masks);
}

/// The shape of the batch, and where everything is.
std::vector<std::int64_t> FusedNetwork::key(std::int64_t piece) const
{
    std::vector<std::int64_t> key{piece, m_batch, m_time};
    const auto add = [&](const Tensor &tensor) {
        key.push_back(tensor.defined() ? reinterpret_cast<std::int64_t>(tensor.const_data_ptr()) : 0);
    };
    for (const Activations &a : m_layers)
        for (const Tensor *tensor :
             {&a.x, &a.projected, &a.taken, &a.mixed, &a.inner, &a.gated, &a.outer, &a.mean, &a.inverse})
            add(*tensor);
    for (const Tensor *tensor : {&m_last, &m_logits, &m_scratch, &m_table, &m_sums, &m_toAlpha, &m_losses, &m_toInner,
                                 &m_states, &m_tokens, &m_targets, &m_weights, &m_inverseWeight})
        add(*tensor);
    return key;
}

void FusedNetwork::embed(Tensor &x) { at::index_select_out(x, m_network.embedding(), 0, m_tokens.view(-1)); }

/// `state`: [batch, d] before the first token; holds the one after the last.
void FusedNetwork::layerForward(std::size_t index, Activations &a, Tensor &next, Tensor &state)
{
    const LayerWeights &w = m_network.layers()[index];
    const Packed &p = m_packed[index];
    const bool looksUp = index == 0 && usesTable();
    if (looksUp)
        m_backend->multiply(m_table, m_network.embedding(), p.projection.t());
    else
        m_backend->multiply(a.projected, a.x, p.projection.t());
    m_backend->scan(a, looksUp ? m_table : Tensor(), state);
    m_backend->multiply(a.inner, a.mixed, p.inner.t());
    m_backend->gate(a, p.innerBias);
    m_backend->multiply(a.outer, a.gated, w.ffn2Weight.t());
    m_backend->norm(static_cast<int>(index), a, w, next);
}

Tensor FusedNetwork::forward(const Tensor &tokens, Tensor *state)
{
    const c10::DeviceGuard device(m_options.device());
    const torch::NoGradGuard noGrad;
    prepare(tokens, 1, {}, false);
    if (state)
        m_states.copy_(*state);
    else
        m_states.fill_(-std::numeric_limits<double>::infinity());
    m_backend->repeat(key(Piece::Forward), [&] {
        // Every layer uses the room of the first; two buffers take turns as what enters it.
        Activations a = m_layers.front();
        Tensor next = m_last;
        embed(a.x);
        for (std::size_t i = 0; i < m_packed.size(); ++i) {
            Tensor own = m_states.select(0, static_cast<std::int64_t>(i));
            layerForward(i, a, next, own);
            std::swap(a.x, next);
        }
        m_backend->multiply(m_logits, a.x, m_network.head().t());
    });
    if (state)
        *state = m_states.clone();
    return m_logits.view({m_batch, m_time, m_vocabulary}).clone();
}

double FusedNetwork::loss(const Tensor &tokens, const Tensor &targets, const Tensor &weights, const Dropout &dropout,
                          const Tensor &state)
{
    const c10::DeviceGuard device(m_options.device());
    const torch::NoGradGuard noGrad;
    prepare(tokens, m_packed.size(), dropout, true);
    const double weight = weights.sum(torch::kFloat64).item<double>();
    room(m_targets, {rows()}, m_options.dtype(torch::kInt64));
    m_targets.copy_(targets.reshape(-1));
    room(m_weights, {rows()}, m_options);
    m_weights.copy_(weights.reshape(-1));
    room(m_inverseWeight, {1}, m_options);
    m_inverseWeight.fill_(1 / weight);
    if (state.defined())
        m_states.copy_(state);
    else
        m_states.fill_(-std::numeric_limits<double>::infinity());
    m_backend->repeat(key(Piece::Loss), [&] {
        embed(m_layers.front().x);
        for (std::size_t i = 0; i < m_packed.size(); ++i) {
            Tensor own = m_states.select(0, static_cast<std::int64_t>(i));
            layerForward(i, m_layers[i], i + 1 < m_packed.size() ? m_layers[i + 1].x : m_last, own);
        }
        m_backend->multiply(m_logits, m_last, m_network.head().t());
        m_backend->loss(m_logits, m_targets, m_weights, m_inverseWeight, m_losses);
    });
    const double sum = m_losses.sum().item<double>();
    return weight > 0 ? sum / weight : std::numeric_limits<double>::quiet_NaN();
}

void FusedNetwork::backward()
{
    const c10::DeviceGuard device(m_options.device());
    const torch::NoGradGuard noGrad;
    m_backend->repeat(key(Piece::Backward), [&] {
        Tensor toHead = m_network.head().grad();
        m_backend->multiply(toHead, m_logits.t(), m_last);
        m_backend->multiply(m_last, m_logits, m_network.head());
        for (std::size_t i = m_packed.size(); i-- > 0;)
            layerBackward(i);
    });
}

/// From the gradient of what left the layer to that of what entered it, both in m_last; layer 0 goes on to the
/// embedding.
void FusedNetwork::layerBackward(std::size_t index)
{
    const LayerWeights &w = m_network.layers()[index];
    const Packed &p = m_packed[index];
    Activations &a = m_layers[index];
    const std::int64_t d = m_hidden;

    m_sums.zero_();
    m_backend->normBackward(static_cast<int>(index), a, w, m_last, m_sums, m_toAlpha);
    w.alpha.grad().copy_(m_toAlpha.sum());
    Tensor toOuter = w.ffn2Weight.grad();
    m_backend->multiply(toOuter, a.outer.t(), a.gated);
    Tensor &toGated = m_scratch;
    m_backend->multiply(toGated, a.outer, w.ffn2Weight);
    m_backend->gateBackward(a, p.innerBias, toGated, m_sums);

    const Tensor total = m_sums.sum(0);
    const auto sum = [&](std::int64_t position) { return total.narrow(0, position * d, d); };
    w.ffn2Bias.grad().copy_(sum(0));
    w.normWeight.grad().copy_(sum(1));
    w.normBias.grad().copy_(sum(2));
    w.ffn1Bias.grad().copy_(sum(3));
    w.gateBias.grad().copy_(sum(4));

    m_backend->multiply(m_toInner, a.inner.t(), a.mixed);
    w.ffn1Weight.grad().copy_(m_toInner.narrow(0, 0, d));
    w.gateWeight.grad().copy_(m_toInner.narrow(0, d, d));
    Tensor &toMixed = m_scratch;
    m_backend->multiply(toMixed, a.inner, p.inner);
    m_backend->scanBackward(a, toMixed);

    Tensor toCombined = w.combined.grad().narrow(0, d, 3 * d);
    if (index > 0)
        m_backend->projectionBackward(a, p.projection, toCombined, m_last);
    else
        embeddingBackward(toCombined);
    w.combined.grad().narrow(0, 0, d).copy_(toCombined.narrow(0, 0, d));
}

/// Layer 0's projection, and what entered it.
void FusedNetwork::embeddingBackward(Tensor &toCombined)
{
    const Packed &p = m_packed.front();
    const Activations &a = m_layers.front();
    Tensor toEmbedding = m_network.embedding().grad();
    if (usesTable()) {
        m_table.zero_();
        m_backend->sumByToken(a.projected, m_table);
        m_backend->multiply(toCombined, m_table.t(), m_network.embedding());
        m_backend->multiply(toEmbedding, m_table, p.projection);
    } else {
        m_backend->projectionBackward(a, p.projection, toCombined, m_last);
        toEmbedding.zero_();
    }
    m_backend->sumByToken(m_last, toEmbedding);
    toEmbedding.select(0, m_network.config().paddingId).zero_();
}

} // namespace samout
