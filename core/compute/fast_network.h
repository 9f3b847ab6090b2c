// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/compute/backend.h"
#include "core/model/samout.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace samout {

/// SamOut::forward and its gradient without autograd: the same mathematics in fewer passes over memory, for whole
/// sequences, for one token of each of several texts, or starting at any layer.
///
/// - base = (Wo + Wo1) x is one product instead of two: the sum is folded when the weights change, and the gradients
///   of Wo and Wo1 are equal.
/// - value and gate share their input: one product of width 2 hidden.
/// - Layer 0 has at most as many different input rows as there are tokens: its projection can be a table over the
///   vocabulary.
/// - Every elementwise step is one of the backend's operations; gradients overwrite the activations that they belong
///   to.
///
/// SamOut::forward is the definition; tests compare this class with it. Not thread-safe.
class FastNetwork {
public:
    /// `network` must outlive this object; `backend` is for the network's device and type. If the network has
    /// gradients, loss() and backward() can be used.
    FastNetwork(const SamOut &network, std::unique_ptr<Backend> backend);
    /// With a CPU backend. Throws Error if !isFor().
    explicit FastNetwork(const SamOut &network);
    /// Whether this class can compute networks with this mixer; SamOut::forward computes all others.
    static bool isFor(const ModelConfig &config);

    /// Another FastNetwork with the same weights that computes on the calling thread alone; this object must outlive
    /// it. CPU only.
    FastNetwork alone() const;

    /// Call it after the network's weights changed: folds and packs them again.
    void weightsChanged();

    /// Called once per layer, in order: row r (sequence * time + position) has its `hidden` states at
    /// states + r * stride. The next layer overwrites them.
    using Look = std::function<void(int layer, const float *states, std::int64_t stride)>;

    /// Like SamOut::forward without a probe: logits [batch, time, vocabulary] of tokens [batch, time] (on any device).
    /// `look` works for float32 on the CPU only.
    torch::Tensor forward(const torch::Tensor &tokens, torch::Tensor *state = nullptr, const Look &look = {});

    /// Text i reads tokens[i]. `states`: [texts, layers, hidden], before (-inf if nothing was read) and after.
    /// `logits`: [texts, vocabulary]. float32 on the CPU. Every weight is read once for all texts, and that reading is
    /// nearly the whole cost; a text's bits do not depend on the other texts.
    void read(std::span<const std::int64_t> tokens, std::span<float> states, std::span<float> logits);

    /// Like meanLoss of SamOut::forward, in nats per token; NaN if no target counts. Keeps what backward() needs.
    /// Tokens, targets and weights are [batch, time], on the CPU. `state`: the state before the first token,
    /// [layers, batch, hidden]; not changed. Undefined: a fresh one.
    double loss(const torch::Tensor &tokens, const torch::Tensor &targets, const torch::Tensor &weights,
                const Dropout &dropout, const torch::Tensor &state = {});
    /// Replaces the network's gradients with the gradients of the last loss(). Call it once for each loss().
    void backward();

    /// The packed weights that a token reads, matrix by matrix; empty if products read the weights unpacked.
    std::vector<std::span<const float>> weights() const { return m_backend->packed(); }

    // A pass layer by layer, for callers that change something in between (core/compute/changed_reading).

    /// Takes tokens [batch, time], and allocates and returns the activations of one layer.
    Activations &begin(const torch::Tensor &tokens);
    /// The embedding of the tokens of begin(): x [n, d].
    void embed(torch::Tensor &x) { m_backend->embed(m_network.embedding(), x); }
    /// One layer from a fresh state: from a.x to `next` [n, d]; keeps all activations in `a`.
    void layer(std::size_t index, Activations &a, torch::Tensor &next);
    /// The end of a layer, from a.inner on, with these weights.
    void layerFromInner(std::size_t index, Activations &a, const LayerWeights &weights, torch::Tensor &next);
    /// The end of a layer, from a.outer on, with these weights.
    void layerFromOuter(std::size_t index, Activations &a, const LayerWeights &weights, torch::Tensor &next);
    /// out += a b
    void addProduct(torch::Tensor &out, const torch::Tensor &a, const torch::Tensor &b)
    {
        m_backend->multiply(out, a, b, true);
    }
    /// The sum of weight * loss of each sequence of begin(), in nats. x [n, d]: the output of the last layer; targets
    /// and weights [n].
    void sequenceLosses(const torch::Tensor &x, const torch::Tensor &targets, const torch::Tensor &weights,
                        std::span<double> losses);

private:
    FastNetwork(const FastNetwork &weightsOf, std::unique_ptr<Backend> backend);
    std::int64_t rows() const { return m_batch * m_time; }
    bool trains() const { return m_network.embedding().grad().defined(); }
    void prepare(const torch::Tensor &tokens, std::size_t layers, const Dropout &dropout, bool withGradient);
    void makeRoom(Activations &a) const;
    void chooseTable(std::span<const std::int64_t> tokens, bool withGradient);
    void makeOwnRows();
    std::vector<std::int64_t> key(std::int64_t piece) const;
    void readLayers(const StateMemory &states, const Look &look);
    void layerForward(std::size_t index, Activations &a, torch::Tensor &next, const StateMemory &states,
                      const torch::Tensor &table);
    void layerBackward(std::size_t index);
    void embeddingBackward(torch::Tensor &toProjection);
    StateMemory ownStates();

    const SamOut &m_network;
    std::unique_ptr<Backend> m_backend;
    std::int64_t m_hidden, m_vocabulary;
    torch::TensorOptions m_options;
    std::shared_ptr<std::vector<FoldedLayer>> m_folded;

    std::vector<Activations> m_layers;
    torch::Tensor m_last;                 // [n, d], the head's input; backward: the gradient of a layer's output
    torch::Tensor m_logits;               // [n, v]
    torch::Tensor m_scratch;              // [n, d]
    torch::Tensor m_table;                // [v, 3 d], layer 0's projection of every token
    std::vector<bool> m_inTable;          // [v], the tokens whose table row is filled
    std::vector<std::int64_t> m_toTable;  // tokens whose row this pass has to fill
    bool m_looksUp = false;               // this pass reads the table
    torch::Tensor m_sums;                 // [parts, 5 d], the parts of sums over rows
    torch::Tensor m_toAlpha, m_losses;    // [parts], double
    torch::Tensor m_toInner;              // [2 d, d]
    torch::Tensor m_states;               // [layers, batch, d]
    torch::Tensor m_tokens, m_targets;    // [batch, time], [n], on the device
    torch::Tensor m_weights;              // [n], weights of the targets
    torch::Tensor m_inverseWeight;        // [1]
    std::int64_t m_batch = 0, m_time = 0; // of the batch that the activations belong to
    /// Buffers of a thread that computes all rows of x by itself.
    struct OwnRows {
        torch::Tensor x, next, mean, inverse;
    };
    std::vector<OwnRows> m_own;
};

} // namespace samout
