#pragma once

#include "core/data/dataset.h"
#include "core/fast/backend.h"
#include "core/model/samout.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace samout {

/// Reads sequences as the network is, and then again and again with one thing of one layer changed: what lies below is
/// computed once. Computes as FusedNetwork does: base = (Wo + Wo1) x, and value and gate are one product. On the CPU;
/// internal to core, since it shows Torch's types.
class Rereader {
public:
    explicit Rereader(const Snapshot &snapshot);

    /// So many sequences are best read at once: their numbers stay near the processor.
    static std::int64_t rowsAtOnce(std::int64_t time);

    /// The loss of every sequence, [count], summed over its counted targets, in nats. The sequences are those of what
    /// is asked next.
    std::vector<double> read(Batch sequences);
    /// The same where these channels of the layer's mixed are 0.
    std::vector<double> withoutChannels(int layer, const std::vector<std::int64_t> &channels);
    /// The same where the layer's feed-forward has nothing to say.
    std::vector<double> withoutFeedForward(int layer);
    /// The same with another alpha of the layer.
    std::vector<double> withAlpha(int layer, float alpha);

private:
    struct Layer {
        torch::Tensor projection;    // [3 d, d]
        torch::Tensor inner;         // [2 d, d]
        torch::Tensor innerBias;     // [2 d]
        torch::Tensor x = {};        // [n, d], what enters it as trained
        torch::Tensor mixed = {};    // [n, d]
        torch::Tensor products = {}; // [n, 2 d], inner before its bias
    };

    void makeRoom(std::int64_t rows);
    void mix(std::size_t layer);
    void multiplyInner(std::size_t layer);
    void throughGate(std::size_t layer);
    std::vector<double> readOn(int layer, const LayerWeights &weights);
    std::vector<double> losses(const torch::Tensor &x);

    SamOut m_network;
    std::unique_ptr<Backend> m_backend;
    std::int64_t m_hidden;
    Batch m_piece; // tensors look at its numbers
    std::vector<Layer> m_layers;
    Activations m_a;
    torch::Tensor m_one, m_two; // [n, d], take turns as what leaves a layer
    torch::Tensor m_logits;     // [n, v]
    torch::Tensor m_state;      // [batch, d]
    torch::Tensor m_targets;    // [n, 1]
};

} // namespace samout
