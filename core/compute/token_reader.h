#pragma once

#include "core/compute/cpu/product.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace samout {

/// The network one token at a time, for one text or several at once: each weight is read once a token for all of
/// them, which is what a token costs. The same mathematics as SamOut::forward, in float32 on the CPU, on the calling
/// thread's OpenMP threads. Not thread-safe.
class TokenReader {
public:
    /// Packs the weights in the order in which they are read.
    explicit TokenReader(std::shared_ptr<const Snapshot> snapshot);

    /// Every text i reads tokens[i]. `states`: [texts, layers, hidden], before (-inf where nothing was read) and after.
    /// `logits`: [texts, vocabulary]. A text's bits do not depend on how many others there are.
    void read(std::span<const std::int64_t> tokens, std::span<float> states, std::span<float> logits);

    /// The weights where a token reads them, matrix by matrix.
    std::vector<std::span<const float>> weights() const;

private:
    /// Channels are packed in blocks of a panel's columns, and what belongs to a block of channels stays together, so
    /// that a thread can take its blocks from the product to the state.
    struct Layer {
        kernels::Panels projection; // by block: panels of base (Wo + Wo1), shift, candidate
        kernels::Panels inner;      // by block: panels of value, gate
        kernels::Panels outer;      // by block: a panel
        std::span<const float> valueBias, gateBias, outerBias, normWeight, normBias;
        float alpha = 0;
    };
    /// A thread's blocks and their products with the texts' vectors.
    struct Share;

    kernels::Panels packed(const std::vector<const float *> &parts) const;
    void multiply(const kernels::Panels &weights, int parts, const float *vectors, Share &) const;
    void multiplyTo(float *to, std::int64_t channels, const kernels::Panels &weights, const float *vectors,
                    Share &) const;
    void project(std::size_t layer, const float *x, std::span<float> states, Share &);
    void feed(const Layer &layer, Share &);
    void finish(const Layer &layer, float *x, float *next) const;

    std::shared_ptr<const Snapshot> m_snapshot;
    std::int64_t m_hidden;
    std::span<const float> m_embedding;
    std::vector<Layer> m_layers;
    kernels::Panels m_head;
    /// Layer 0 sees nothing but the token: its products by token, by block, as far as they were needed yet.
    std::vector<std::vector<float>> m_known;
    // Of the texts being read.
    std::int64_t m_texts = 0;
    const std::vector<float> *m_look = nullptr; // layer 0's products, where they are known
    std::vector<float> *m_remember = nullptr;   // where they are to be kept
    std::vector<float> m_mixed, m_gated, m_outer; // [texts, hidden]
};

} // namespace samout
