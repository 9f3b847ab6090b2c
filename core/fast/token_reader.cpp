#include "core/fast/token_reader.h"

#include "core/fast/kernels.h"
#include "core/fast/product.h"

#include <algorithm>
#include <string>

namespace samout {

struct TokenReader::Block {
    std::int64_t index = 0;
    std::int64_t first = 0, count = 0; // channels
    std::vector<float> products;

    const float *part(std::int64_t text, int parts, int part) const
    {
        return products.data() + (text * parts + part) * kernels::panelColumns();
    }
    void moveTo(std::int64_t newIndex, std::int64_t channels)
    {
        index = newIndex;
        first = index * kernels::panelColumns();
        count = std::min(kernels::panelColumns(), channels - first);
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
    const auto panels = kernels::panelCount(head.columns);
    m_head.resize(static_cast<std::size_t>(panels * kernels::panelColumns() * m_hidden));
    kernels::pack(head, m_head.data(), 0, panels);
}

/// Matrices [hidden, hidden] whose rows are output channels, block by block.
std::vector<float> TokenReader::packed(const std::vector<const float *> &parts) const
{
    const auto panel = kernels::panelColumns() * m_hidden;
    std::vector<float> result(static_cast<std::size_t>(kernels::panelCount(m_hidden) * panel) * parts.size());
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

std::int64_t TokenReader::bytesRead() const
{
    const auto layers = m_snapshot->config().numLayers, vocabulary = m_snapshot->config().vocabSize;
    return static_cast<std::int64_t>(sizeof(float)) * (layers * 6 * m_hidden + vocabulary) * m_hidden;
}

void TokenReader::multiply(const std::vector<float> &weights, int parts, const float *vectors, Block &block) const
{
    const auto width = parts * kernels::panelColumns();
    block.products.resize(static_cast<std::size_t>(m_texts * width));
    const kernels::Product product{.rows = m_texts,
                                   .depth = m_hidden,
                                   .columns = width,
                                   .a = vectors,
                                   .aRowStride = m_hidden,
                                   .c = block.products.data(),
                                   .cStride = width};
    kernels::multiply(product, weights.data() + block.index * width * m_hidden, 0, m_texts);
}

/// The projection of x, the state, and what it is mixed to.
void TokenReader::project(std::size_t layer, const float *x, std::span<float> states, Block &block)
{
    const auto width = static_cast<std::size_t>(3 * kernels::panelColumns());
    const auto place = static_cast<std::ptrdiff_t>(static_cast<std::size_t>(block.index) * width);
    if (layer == 0 && m_look) {
        block.products.assign(m_look->begin() + place, m_look->begin() + place + static_cast<std::ptrdiff_t>(width));
    } else {
        multiply(m_layers[layer].projection, 3, x, block);
        if (layer == 0 && m_remember)
            std::copy(block.products.begin(), block.products.end(), m_remember->begin() + place);
    }
    const auto layers = static_cast<std::int64_t>(m_layers.size());
    for (std::int64_t i = 0; i < m_texts; ++i) {
        const float *base = block.part(i, 3, 0), *shift = block.part(i, 3, 1), *candidate = block.part(i, 3, 2);
        float *state = states.data() + (i * layers + static_cast<std::int64_t>(layer)) * m_hidden + block.first;
        float *mixed = m_mixed.data() + i * m_hidden + block.first;
        for (std::int64_t c = 0; c < block.count; ++c) {
            const bool takes = candidate[c] >= state[c] || candidate[c] != candidate[c];
            state[c] = takes ? candidate[c] : state[c];
            mixed[c] = (base[c] * state[c] + shift[c]) * state[c];
        }
    }
}

/// value * relu(gate)
void TokenReader::feed(const Layer &layer, Block &block)
{
    multiply(layer.inner, 2, m_mixed.data(), block);
    for (std::int64_t i = 0; i < m_texts; ++i) {
        const float *value = block.part(i, 2, 0), *gate = block.part(i, 2, 1);
        const float *valueBias = layer.valueBias.data() + block.first, *gateBias = layer.gateBias.data() + block.first;
        float *gated = m_gated.data() + i * m_hidden + block.first;
        for (std::int64_t c = 0; c < block.count; ++c) {
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
    const auto blocks = kernels::panelCount(m_hidden), headPanels = kernels::panelCount(vocabulary);
    m_texts = static_cast<std::int64_t>(tokens.size());
    for (auto *room : {&m_mixed, &m_gated, &m_outer})
        room->resize(static_cast<std::size_t>(m_texts * m_hidden));
    m_look = m_remember = nullptr;
    if (m_texts == 1) {
        auto &known = m_known[static_cast<std::size_t>(tokens.front())];
        if (known.empty()) {
            known.resize(static_cast<std::size_t>(blocks * 3 * kernels::panelColumns()));
            m_remember = &known;
        } else {
            m_look = &known;
        }
    }
#pragma omp parallel
    {
        // Every thread has an x of its own: to compute it again is quicker than to wait for another.
        thread_local std::vector<float> x, next;
        thread_local Block block;
        x.resize(static_cast<std::size_t>(m_texts * m_hidden));
        next.resize(static_cast<std::size_t>(m_hidden));
        for (std::int64_t i = 0; i < m_texts; ++i)
            std::copy_n(m_embedding.data() + tokens[static_cast<std::size_t>(i)] * m_hidden, m_hidden,
                        x.data() + i * m_hidden);
        for (std::size_t l = 0; l < m_layers.size(); ++l) {
            const Layer &layer = m_layers[l];
#pragma omp for schedule(static)
            for (std::int64_t b = 0; b < blocks; ++b) {
                block.moveTo(b, m_hidden);
                project(l, x.data(), states, block);
            }
#pragma omp for schedule(static)
            for (std::int64_t b = 0; b < blocks; ++b) {
                block.moveTo(b, m_hidden);
                feed(layer, block);
            }
#pragma omp for schedule(static)
            for (std::int64_t b = 0; b < blocks; ++b) {
                block.moveTo(b, m_hidden);
                multiply(layer.outer, 1, m_gated.data(), block);
                for (std::int64_t i = 0; i < m_texts; ++i)
                    std::copy_n(block.part(i, 1, 0), block.count, m_outer.data() + i * m_hidden + block.first);
            }
            finish(layer, x.data(), next.data());
        }
#pragma omp for schedule(static)
        for (std::int64_t b = 0; b < headPanels; ++b) {
            block.moveTo(b, vocabulary);
            multiply(m_head, 1, x.data(), block);
            for (std::int64_t i = 0; i < m_texts; ++i)
                std::copy_n(block.part(i, 1, 0), block.count, logits.data() + i * vocabulary + block.first);
        }
    }
}

} // namespace samout
