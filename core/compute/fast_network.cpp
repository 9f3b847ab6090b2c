// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/fast_network.h"

#include "core/base/error.h"
#include "core/model/mixer.h"
#include "core/model/mixers/v8.h"

#include <c10/core/DeviceGuard.h>

#include <algorithm>
#include <limits>
#include <numeric>

namespace samout {

using torch::Tensor;

namespace {

/// The pieces of work that a backend records and repeats.
enum Piece : std::int64_t { Pack, Forward, Loss, Backward };

/// Gives `tensor` this shape; keeps its memory if that is large enough.
void room(Tensor &tensor, at::IntArrayRef shape, const torch::TensorOptions &kind)
{
    if (!tensor.defined())
        tensor = torch::empty(shape, kind);
    else if (tensor.sizes() != shape)
        tensor.resize_(shape);
}

std::unique_ptr<Backend> cpuBackendFor(const SamOut &network)
{
    if (!FastNetwork::isFor(network.config()))
        throw Error(Error::Unsupported, Text("There is no fast network for the mixer {0} yet, which this needs.",
                                             network.config().mixer->facts().name));
    return makeCpuBackend(network.arena().scalar_type());
}

} // namespace

FastNetwork::FastNetwork(const SamOut &network, std::unique_ptr<Backend> backend)
    : m_network(network), m_backend(std::move(backend)), m_hidden(network.config().hiddenSize),
      m_vocabulary(network.config().vocabSize), m_options(network.arena().options()),
      m_folded(std::make_shared<std::vector<FoldedLayer>>(network.layers().size()))
{
    weightsChanged();
}

FastNetwork::FastNetwork(const SamOut &network) : FastNetwork(network, cpuBackendFor(network)) {}

FastNetwork::FastNetwork(const FastNetwork &weightsOf, std::unique_ptr<Backend> backend)
    : m_network(weightsOf.m_network), m_backend(std::move(backend)), m_hidden(weightsOf.m_hidden),
      m_vocabulary(weightsOf.m_vocabulary), m_options(weightsOf.m_options), m_folded(weightsOf.m_folded),
      m_inTable(static_cast<std::size_t>(m_vocabulary))
{
}

bool FastNetwork::isFor(const ModelConfig &config) { return config.mixer == &v8Mixer(); }

FastNetwork FastNetwork::alone() const { return {*this, m_backend->alone()}; }

void FastNetwork::weightsChanged()
{
    const c10::DeviceGuard device(m_options.device());
    const torch::NoGradGuard noGrad;
    const auto d = m_hidden;
    for (FoldedLayer &folded : *m_folded) {
        room(folded.projection, {3 * d, d}, m_options);
        room(folded.inner, {2 * d, d}, m_options);
        room(folded.innerBias, {2 * d}, m_options);
    }
    m_backend->repeat({Piece::Pack}, [&] {
        for (std::size_t i = 0; i < m_folded->size(); ++i) {
            const LayerWeights &w = m_network.layers()[i];
            FoldedLayer &folded = (*m_folded)[i];
            m_network.config().mixer->fold(w.mixer, folded.projection);
            folded.inner.narrow(0, 0, d).copy_(w.ffn1Weight);
            folded.inner.narrow(0, d, d).copy_(w.gateWeight);
            folded.innerBias.narrow(0, 0, d).copy_(w.ffn1Bias);
            folded.innerBias.narrow(0, d, d).copy_(w.gateBias);
        }
    });
    if (m_backend->pack(m_network, *m_folded) && !trains())
        for (FoldedLayer &folded : *m_folded)
            folded.projection = folded.inner = Tensor();
    m_inTable.assign(static_cast<std::size_t>(m_vocabulary), false);
}

void FastNetwork::makeRoom(Activations &a) const
{
    const std::int64_t n = rows(), d = m_hidden;
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

/// Takes the tokens, and allocates the activations of their batch for `layers` layers.
void FastNetwork::prepare(const Tensor &tokens, std::size_t layers, const Dropout &dropout, bool withGradient)
{
    m_batch = tokens.size(0);
    m_time = tokens.size(1);
    room(m_tokens, tokens.sizes(), m_options.dtype(torch::kInt64));
    m_tokens.copy_(tokens);
    const std::int64_t n = rows(), d = m_hidden;
    m_layers.resize(std::max(layers, m_layers.size()));
    for (std::size_t i = 0; i < layers; ++i)
        makeRoom(m_layers[i]);
    room(m_last, {n, d}, m_options);
    room(m_logits, {n, m_vocabulary}, m_options);
    if (withGradient) {
        const auto parts = m_backend->parts(n);
        room(m_scratch, {n, d}, m_options);
        room(m_sums, {parts, 5 * d}, m_options);
        room(m_toAlpha, {parts}, m_options.dtype(torch::kFloat64));
        room(m_losses, {parts}, m_options.dtype(torch::kFloat64));
        room(m_toInner, {2 * d, d}, m_options);
    }
    room(m_states, {static_cast<std::int64_t>(m_folded->size()), m_batch, d}, m_options);
    std::vector<DropoutMask> masks;
    for (std::size_t i = 0; dropout.share > 0 && i < m_folded->size(); ++i)
        masks.push_back(dropout.mask(static_cast<int>(i)));
    if (masks.empty() && withGradient)
        masks.resize(m_folded->size());
    m_backend->begin(m_tokens, withGradient ? m_vocabulary : 0, masks);
    const bool fewRows = m_backend->membersWithOwnRows(n) > 0;
    chooseTable(fewRows ? std::span(m_tokens.const_data_ptr<std::int64_t>(), static_cast<std::size_t>(n))
                        : std::span<const std::int64_t>(),
                withGradient);
}

/// Decides whether this pass reads layer 0's projection from the table, and which rows of the table it has to fill
/// first.
void FastNetwork::chooseTable(std::span<const std::int64_t> tokens, bool withGradient)
{
    const bool rowByRow = !withGradient && m_backend->membersWithOwnRows(rows()) > 0;
    m_looksUp = rowByRow || m_vocabulary < rows();
    m_toTable.clear();
    if (!m_looksUp)
        return;
    room(m_table, {m_vocabulary, 3 * m_hidden}, m_options);
    if (rowByRow) {
        for (const std::int64_t token : tokens)
            if (!m_inTable[static_cast<std::size_t>(token)]) {
                m_inTable[static_cast<std::size_t>(token)] = true;
                m_toTable.push_back(token);
            }
    } else if (std::ranges::count(m_inTable, false) > 0) {
        m_inTable.assign(m_inTable.size(), true);
        m_toTable.resize(m_inTable.size());
        std::iota(m_toTable.begin(), m_toTable.end(), 0);
    }
    if (withGradient) // backward() uses the table for its sums
        m_inTable.assign(m_inTable.size(), false);
}

/// The key of a recording: the shape of the batch and the addresses of all tensors.
std::vector<std::int64_t> FastNetwork::key(std::int64_t piece) const
{
    std::vector<std::int64_t> key{piece, m_batch, m_time, static_cast<std::int64_t>(m_toTable.size())};
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

StateMemory FastNetwork::ownStates()
{
    return {.data = m_states.mutable_data_ptr(), .layerStride = m_batch * m_hidden, .textStride = m_hidden};
}

/// `states`: before the first token; on return after the last token.
void FastNetwork::layerForward(std::size_t index, Activations &a, Tensor &next, const StateMemory &states,
                               const Tensor &table)
{
    const auto layer = static_cast<int>(index);
    m_backend->mix(layer, a, table, states);
    m_backend->feed(layer, a);
    m_backend->gate(layer, a);
    m_backend->leave(layer, a);
    m_backend->norm(layer, a, m_network.layers()[index], next);
}

/// From the tokens to the logits if no gradient follows: every layer uses the activations of layer 0.
void FastNetwork::readLayers(const StateMemory &states, const Look &look)
{
    static const Tensor none;
    Activations a = m_layers.front();
    Tensor next = m_last;
    if (const int member = m_backend->member(rows()); member >= 0) {
        const OwnRows &own = m_own[static_cast<std::size_t>(member)];
        a.x = own.x;
        a.mean = own.mean;
        a.inverse = own.inverse;
        next = own.next;
    }
    if (m_looksUp && !m_toTable.empty())
        m_backend->fillTable(m_network.embedding(), m_toTable, m_table);
    m_backend->embed(m_network.embedding(), a.x);
    for (std::size_t i = 0; i < m_folded->size(); ++i) {
        layerForward(i, a, next, states, i == 0 && m_looksUp ? m_table : none);
        if (look)
            look(static_cast<int>(i), a.projected.const_data_ptr<float>() + 2 * m_hidden, 3 * m_hidden);
        std::swap(a.x, next);
    }
    m_backend->head(a.x, m_logits);
}

Tensor FastNetwork::forward(const Tensor &tokens, Tensor *state, const Look &look)
{
    const c10::DeviceGuard device(m_options.device());
    const torch::NoGradGuard noGrad;
    prepare(tokens, 1, {}, false);
    makeOwnRows();
    if (state)
        m_states.copy_(*state);
    else
        m_states.fill_(-std::numeric_limits<double>::infinity());
    if (look) // `look` is called between two operations, so each operation runs by itself
        readLayers(ownStates(), look);
    else
        m_backend->repeat(key(Piece::Forward), [&] { m_backend->together([&] { readLayers(ownStates(), {}); }); });
    if (state)
        *state = m_states.clone();
    return m_logits.view({m_batch, m_time, m_vocabulary}).clone();
}

/// Allocates the buffers of every thread that computes all rows of x by itself.
void FastNetwork::makeOwnRows()
{
    const auto threads = static_cast<std::size_t>(m_backend->membersWithOwnRows(rows()));
    m_own.resize(std::max(threads, m_own.size()));
    for (std::size_t i = 0; i < threads; ++i) {
        room(m_own[i].x, {rows(), m_hidden}, m_options);
        room(m_own[i].next, {rows(), m_hidden}, m_options);
        room(m_own[i].mean, {rows()}, m_options);
        room(m_own[i].inverse, {rows()}, m_options);
    }
}

void FastNetwork::read(std::span<const std::int64_t> tokens, std::span<float> states, std::span<float> logits)
{
    const torch::NoGradGuard noGrad;
    const auto texts = static_cast<std::int64_t>(tokens.size());
    if (texts != m_batch || m_time != 1 || !m_tokens.defined()) {
        prepare(torch::from_blob(const_cast<std::int64_t *>(tokens.data()), {texts, 1}, torch::kInt64), 1, {}, false);
        makeOwnRows();
    } else {
        std::ranges::copy(tokens, m_tokens.mutable_data_ptr<std::int64_t>());
        m_backend->begin(m_tokens, 0, {});
        chooseTable(tokens, false);
    }
    const auto layers = static_cast<std::int64_t>(m_folded->size());
    const StateMemory memory{.data = states.data(), .layerStride = m_hidden, .textStride = layers * m_hidden};
    m_backend->together([&] { readLayers(memory, {}); });
    std::copy_n(m_logits.const_data_ptr<float>(), logits.size(), logits.begin());
}

double FastNetwork::loss(const Tensor &tokens, const Tensor &targets, const Tensor &weights, const Dropout &dropout,
                         const Tensor &state)
{
    const c10::DeviceGuard device(m_options.device());
    const torch::NoGradGuard noGrad;
    prepare(tokens, m_folded->size(), dropout, true);
    const double weight = weights.sum(torch::kFloat64).item<double>();
    room(m_targets, {rows()}, m_options.dtype(torch::kInt64));
    m_targets.copy_(targets.reshape(-1));
    room(m_weights, {rows()}, m_options);
    m_weights.copy_(weights.reshape(-1));
    room(m_inverseWeight, {1}, m_options);
    m_inverseWeight.fill_(1 / weight);
    m_losses.zero_();
    if (state.defined())
        m_states.copy_(state);
    else
        m_states.fill_(-std::numeric_limits<double>::infinity());
    const auto pass = [&] {
        static const Tensor none;
        if (m_looksUp && !m_toTable.empty())
            m_backend->fillTable(m_network.embedding(), m_toTable, m_table);
        m_backend->embed(m_network.embedding(), m_layers.front().x);
        for (std::size_t i = 0; i < m_folded->size(); ++i)
            layerForward(i, m_layers[i], i + 1 < m_folded->size() ? m_layers[i + 1].x : m_last, ownStates(),
                         i == 0 && m_looksUp ? m_table : none);
        m_backend->head(m_last, m_logits);
        m_backend->loss(m_logits, m_targets, m_weights, m_inverseWeight, m_losses);
    };
    m_backend->repeat(key(Piece::Loss), [&] {
        if (m_backend->membersWithOwnRows(rows()) > 0)
            pass(); // the activations are kept in one copy, so threads cannot have rows of their own
        else
            m_backend->together(pass);
    });
    const double sum = m_losses.sum().item<double>();
    return weight > 0 ? sum / weight : std::numeric_limits<double>::quiet_NaN();
}

Activations &FastNetwork::begin(const Tensor &tokens)
{
    prepare(tokens, 1, {}, false);
    m_states.fill_(-std::numeric_limits<double>::infinity());
    return m_layers.front();
}

void FastNetwork::layer(std::size_t index, Activations &a, Tensor &next)
{
    const bool looksUp = index == 0 && m_looksUp;
    if (looksUp && !m_toTable.empty())
        m_backend->fillTable(m_network.embedding(), m_toTable, m_table);
    layerForward(index, a, next, ownStates(), looksUp ? m_table : Tensor());
}

void FastNetwork::layerFromInner(std::size_t index, Activations &a, const LayerWeights &weights, Tensor &next)
{
    m_backend->gate(static_cast<int>(index), a);
    m_backend->leave(static_cast<int>(index), a);
    layerFromOuter(index, a, weights, next);
}

void FastNetwork::layerFromOuter(std::size_t index, Activations &a, const LayerWeights &weights, Tensor &next)
{
    m_backend->norm(static_cast<int>(index), a, weights, next);
}

void FastNetwork::sequenceLosses(const Tensor &x, const Tensor &targets, const Tensor &weights,
                                 std::span<double> losses)
{
    m_backend->head(x, m_logits);
    room(m_inverseWeight, {1}, m_options);
    m_inverseWeight.fill_(1);
    room(m_losses, {1}, m_options.dtype(torch::kFloat64));
    for (std::int64_t i = 0; i < m_batch; ++i) {
        Tensor logits = m_logits.narrow(0, i * m_time, m_time);
        m_backend->loss(logits, targets.narrow(0, i * m_time, m_time), weights.narrow(0, i * m_time, m_time),
                        m_inverseWeight, m_losses);
        losses[static_cast<std::size_t>(i)] = *m_losses.const_data_ptr<double>();
    }
}

void FastNetwork::backward()
{
    const c10::DeviceGuard device(m_options.device());
    const torch::NoGradGuard noGrad;
    m_backend->repeat(key(Piece::Backward), [&] {
        Tensor toHead = m_network.head().grad();
        m_backend->multiply(toHead, m_logits.t(), m_last);
        m_backend->multiply(m_last, m_logits, m_network.head());
        for (std::size_t i = m_folded->size(); i-- > 0;)
            layerBackward(i);
    });
}

/// Turns the gradient of the layer's output into the gradient of its input, both in m_last; layer 0 continues to the
/// embedding.
void FastNetwork::layerBackward(std::size_t index)
{
    const LayerWeights &w = m_network.layers()[index];
    const FoldedLayer &folded = (*m_folded)[index];
    Activations &a = m_layers[index];
    const std::int64_t d = m_hidden;

    m_sums.zero_();
    m_backend->normBackward(static_cast<int>(index), a, w, m_last, m_sums, m_toAlpha);
    w.alpha.grad().copy_(m_toAlpha.sum());
    Tensor toOuter = w.ffn2Weight.grad();
    m_backend->multiply(toOuter, a.outer.t(), a.gated);
    Tensor &toGated = m_scratch;
    m_backend->multiply(toGated, a.outer, w.ffn2Weight);
    m_backend->gateBackward(a, folded.innerBias, toGated, m_sums);

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
    m_backend->multiply(toMixed, a.inner, folded.inner);
    m_backend->mixBackward(a, toMixed);

    const Mixer &mixer = *m_network.config().mixer;
    Tensor toProjection = mixer.foldedGradient(w.mixer);
    if (index > 0)
        m_backend->projectionBackward(a, folded.projection, toProjection, m_last);
    else
        embeddingBackward(toProjection);
    mixer.unfold(toProjection, w.mixer);
}

/// The gradients of layer 0's projection and of the embedding.
void FastNetwork::embeddingBackward(Tensor &toProjection)
{
    const FoldedLayer &folded = m_folded->front();
    const Activations &a = m_layers.front();
    Tensor toEmbedding = m_network.embedding().grad();
    if (m_looksUp) {
        m_table.zero_();
        m_backend->sumByToken(a.projected, m_table);
        m_backend->multiply(toProjection, m_table.t(), m_network.embedding());
        m_backend->multiply(toEmbedding, m_table, folded.projection);
    } else {
        m_backend->projectionBackward(a, folded.projection, toProjection, m_last);
        toEmbedding.zero_();
    }
    m_backend->sumByToken(m_last, toEmbedding);
    if (const auto padding = m_network.config().paddingId)
        toEmbedding.select(0, *padding).zero_();
}

} // namespace samout
