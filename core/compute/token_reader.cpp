#include "core/compute/token_reader.h"

#include "core/compute/cpu/kernels.h"
#include "core/compute/cpu/product.h"

#include <omp.h>

#include <algorithm>
#include <string>

namespace samout {

/// Blocks of `wide` channels: a thread's share of them.
struct TokenReader::Share {
    std::int64_t wide = 0;
    std::int64_t begin = 0, end = 0; // blocks
    std::vector<float> products;     // [texts, blocks, parts, wide]

    /// That of the calling thread.
    void take(std::int64_t channels)
    {
        wide = kernels::panelColumns();
        const auto blocks = kernels::panelCount(channels);
        const std::int64_t threads = omp_get_num_threads(), thread = omp_get_thread_num();
        begin = blocks * thread / threads;
        end = blocks * (thread + 1) / threads;
    }
    const float *part(std::int64_t text, std::int64_t block, int parts, int part) const
    {
        return products.data() + ((text * (end - begin) + block - begin) * parts + part) * wide;
    }
};

TokenReader::TokenReader(std::shared_ptr<const Snapshot> snapshot)
    : m_snapshot(std::move(snapshot)), m_hidden(m_snapshot->config().hiddenSize),
      m_embedding(m_snapshot->parameter("em.weight")), m_known(static_cast<std::size_t>(m_snapshot->config().vocabSize))
{
    const auto square = m_hidden * m_hidden;
    for (std::int64_t i = 0; i < m_snapshot->config().numLayers; ++i) {
        const auto weight = [&](const std::string &name) {
            return m_snapshot->parameter("decoder_layers." + std::to_string(i) + "." + name);
        };
        const float *combined = weight("self_attention.combined.weight").data();
        std::vector<float> base(static_cast<std::size_t>(square));
        std::transform(combined, combined + square, combined + square, base.begin(), std::plus<>());
        m_layers.push_back({.projection = packed({base.data(), combined + 2 * square, combined + 3 * square}),
                            .inner = packed({weight("ffn.ffn1.weight").data(), weight("ffn.gate.weight").data()}),
                            .outer = packed({weight("ffn.ffn2.weight").data()}),
                            .valueBias = weight("ffn.ffn1.bias"),
                            .gateBias = weight("ffn.gate.bias"),
                            .outerBias = weight("ffn.ffn2.bias"),
                            .normWeight = weight("layer_norm.weight"),
                            .normBias = weight("layer_norm.bias"),
                            .alpha = weight("alpha").front()});
    }
    const kernels::Product head{.depth = m_hidden,
                                .columns = m_snapshot->config().vocabSize,
                                .b = m_snapshot->parameter("head.weight").data(),
                                .bRowStride = 1,
                                .bColumnStride = m_hidden};
    m_head = kernels::Panels(kernels::packedFloats(head));
    kernels::pack(head, m_head.data(), 0, kernels::panelCount(head.columns));
}

/// Matrices [hidden, hidden] whose rows are output channels, block by block.
kernels::Panels TokenReader::packed(const std::vector<const float *> &parts) const
{
    const auto panel = kernels::panelColumns() * m_hidden;
    kernels::Panels result(kernels::panelCount(m_hidden) * panel * std::ssize(parts));
    float *to = result.data();
    for (std::int64_t block = 0; block < kernels::panelCount(m_hidden); ++block)
        for (const float *matrix : parts) {
            const auto first = block * kernels::panelColumns();
            const kernels::Product channels{.depth = m_hidden,
                                            .columns = std::min(kernels::panelColumns(), m_hidden - first),
                                            .b = matrix + first * m_hidden,
                                            .bRowStride = 1,
                                            .bColumnStride = m_hidden};
            kernels::pack(channels, to, 0, 1);
            to += panel;
        }
    return result;
}

std::vector<std::span<const float>> TokenReader::weights() const
{
    std::vector<std::span<const float>> result;
    for (const Layer &layer : m_layers)
        result.insert(result.end(), {layer.projection.all(), layer.inner.all(), layer.outer.all()});
    result.push_back(m_head.all());
    return result;
}

void TokenReader::multiply(const kernels::Panels &weights, int parts, const float *vectors, Share &share) const
{
    const auto width = parts * share.wide, columns = (share.end - share.begin) * width;
    share.products.resize(static_cast<std::size_t>(m_texts * columns));
    const kernels::Product product{.rows = m_texts,
                                   .depth = m_hidden,
                                   .columns = columns,
                                   .a = vectors,
                                   .aRowStride = m_hidden,
                                   .c = share.products.data(),
                                   .cStride = columns};
    kernels::multiply(product, weights.data() + share.begin * width * m_hidden, 0, m_texts);
}

/// To [texts, channels]
void TokenReader::multiplyTo(float *to, std::int64_t channels, const kernels::Panels &weights, const float *vectors,
                             Share &share) const
{
    multiply(weights, 1, vectors, share);
    const auto first = share.begin * share.wide, count = std::min(share.end * share.wide, channels) - first;
    for (std::int64_t i = 0; i < m_texts && count > 0; ++i)
        std::copy_n(share.part(i, share.begin, 1, 0), count, to + i * channels + first);
}

/// The projection of x, the state, and what it is mixed to.
void TokenReader::project(std::size_t layer, const float *x, std::span<float> states, Share &share)
{
    const auto width = 3 * share.wide;
    if (layer == 0 && m_look) {
        share.products.assign(m_look->begin() + share.begin * width, m_look->begin() + share.end * width);
    } else {
        multiply(m_layers[layer].projection, 3, x, share);
        if (layer == 0 && m_remember)
            std::copy(share.products.begin(), share.products.end(), m_remember->begin() + share.begin * width);
    }
    const auto layers = static_cast<std::int64_t>(m_layers.size());
    for (std::int64_t i = 0; i < m_texts; ++i)
        for (auto block = share.begin; block < share.end; ++block) {
            const float *base = share.part(i, block, 3, 0), *shift = share.part(i, block, 3, 1),
                        *candidate = share.part(i, block, 3, 2);
            const auto first = block * share.wide, count = std::min(share.wide, m_hidden - first);
            float *state = states.data() + (i * layers + static_cast<std::int64_t>(layer)) * m_hidden + first;
            float *mixed = m_mixed.data() + i * m_hidden + first;
            for (std::int64_t c = 0; c < count; ++c) {
                const bool takes = candidate[c] >= state[c] || candidate[c] != candidate[c];
                state[c] = takes ? candidate[c] : state[c];
                mixed[c] = (base[c] * state[c] + shift[c]) * state[c];
            }
        }
}

/// value * relu(gate)
void TokenReader::feed(const Layer &layer, Share &share)
{
    multiply(layer.inner, 2, m_mixed.data(), share);
    for (std::int64_t i = 0; i < m_texts; ++i)
        for (auto block = share.begin; block < share.end; ++block) {
            const float *value = share.part(i, block, 2, 0), *gate = share.part(i, block, 2, 1);
            const auto first = block * share.wide, count = std::min(share.wide, m_hidden - first);
            const float *valueBias = layer.valueBias.data() + first, *gateBias = layer.gateBias.data() + first;
            float *gated = m_gated.data() + i * m_hidden + first;
            for (std::int64_t c = 0; c < count; ++c) {
                const float open = gate[c] + gateBias[c];
                gated[c] = (value[c] + valueBias[c]) * (open < 0 ? 0 : open);
            }
        }
}

/// The LayerNorm and the residual: from x, by way of `next`, to the next layer's x.
void TokenReader::finish(const Layer &layer, float *x, float *next) const
{
    for (std::int64_t i = 0; i < m_texts; ++i) {
        float mean = 0, inverse = 0;
        kernels::normForward(kernels::NormForward<float>{.rows = 1,
                                                         .hidden = m_hidden,
                                                         .product = m_outer.data() + i * m_hidden,
                                                         .x = x + i * m_hidden,
                                                         .dropout = {},
                                                         .alpha = layer.alpha,
                                                         .bias = layer.outerBias.data(),
                                                         .normWeight = layer.normWeight.data(),
                                                         .normBias = layer.normBias.data(),
                                                         .next = next,
                                                         .mean = &mean,
                                                         .inverse = &inverse});
        std::copy_n(next, m_hidden, x + i * m_hidden);
    }
}

void TokenReader::read(std::span<const std::int64_t> tokens, std::span<float> states, std::span<float> logits)
{
    const auto vocabulary = m_snapshot->config().vocabSize;
    m_texts = static_cast<std::int64_t>(tokens.size());
    for (auto *room : {&m_mixed, &m_gated, &m_outer})
        room->resize(static_cast<std::size_t>(m_texts * m_hidden));
    m_look = m_remember = nullptr;
    if (m_texts == 1) {
        auto &known = m_known[static_cast<std::size_t>(tokens.front())];
        if (known.empty()) {
            known.resize(static_cast<std::size_t>(kernels::panelCount(m_hidden) * 3 * kernels::panelColumns()));
            m_remember = &known;
        } else {
            m_look = &known;
        }
    }
#pragma omp parallel
    {
        // Every thread has an x of its own: to compute it again is quicker than to wait for another.
        thread_local std::vector<float> x, next;
        thread_local Share channels;
        channels.take(m_hidden);
        x.resize(static_cast<std::size_t>(m_texts * m_hidden));
        next.resize(static_cast<std::size_t>(m_hidden));
        for (std::int64_t i = 0; i < m_texts; ++i)
            std::copy_n(m_embedding.data() + tokens[static_cast<std::size_t>(i)] * m_hidden, m_hidden,
                        x.data() + i * m_hidden);
        for (std::size_t l = 0; l < m_layers.size(); ++l) {
            const Layer &layer = m_layers[l];
            project(l, x.data(), states, channels);
#pragma omp barrier
            feed(layer, channels);
#pragma omp barrier
            multiplyTo(m_outer.data(), m_hidden, layer.outer, m_gated.data(), channels);
#pragma omp barrier
            finish(layer, x.data(), next.data());
        }
        channels.take(vocabulary);
        multiplyTo(logits.data(), vocabulary, m_head, x.data(), channels);
    }
}

} // namespace samout
