#pragma once

#include "core/compute/backend.h"
#include "core/model/samout.h"

#include <memory>
#include <vector>

namespace samout {

/// SamOut::forward and its gradient without autograd: the same mathematics in fewer passes over memory.
///
/// - base = (Wo + Wo1) x is one product instead of two: the sum is folded when the weights change, and the gradients
///   of Wo and Wo1 are equal.
/// - value and gate share their input: one product of width 2 hidden.
/// - Layer 0 sees at most as many different rows as there are tokens: where the batch is larger than the vocabulary
///   its projection is a table over the vocabulary.
/// - Everything elementwise is one of the backend's operations; gradients take the place of the activations that they
///   belong to.
///
/// SamOut::forward is the definition; tests hold this one to it. Not thread-safe.
class FusedNetwork {
public:
    /// `network` lives as long; `backend` is for its device and type. With gradients, loss() and backward() can be
    /// used.
    FusedNetwork(const SamOut &network, std::unique_ptr<Backend> backend);
    /// On the CPU.
    explicit FusedNetwork(const SamOut &network);

    /// To be called when the network's weights were changed: folds and packs them anew.
    void weightsChanged();

    /// As SamOut::forward without a probe: logits [batch, time, vocabulary] of tokens [batch, time] (on any device).
    torch::Tensor forward(const torch::Tensor &tokens, torch::Tensor *state = nullptr);

    /// As meanLoss of SamOut::forward, nats a token; NaN where no target counts. Keeps what backward() needs.
    /// Tokens, targets and weights are [batch, time], on the CPU. `state`: the state before the first token,
    /// [layers, batch, hidden]; not changed. Undefined: a fresh one.
    double loss(const torch::Tensor &tokens, const torch::Tensor &targets, const torch::Tensor &weights,
                const Dropout &dropout, const torch::Tensor &state = {});
    /// Replaces the network's gradients with those of the last loss(). Once for each loss().
    void backward();

private:
    /// What the products read, made of the weights.
    struct Packed {
        torch::Tensor projection; // [3 d, d] = [Wo + Wo1; Wo2; Wo3]
        torch::Tensor inner;      // [2 d, d] = [ffn1; gate]
        torch::Tensor innerBias;  // [2 d]
    };

    std::int64_t rows() const { return m_batch * m_time; }
    bool usesTable() const { return m_vocabulary < rows(); }
    void prepare(const torch::Tensor &tokens, std::size_t layers, const Dropout &dropout, bool withGradient);
    std::vector<std::int64_t> key(std::int64_t piece) const;
    void embed(torch::Tensor &x);
    void layerForward(std::size_t index, Activations &a, torch::Tensor &next, torch::Tensor &state);
    void layerBackward(std::size_t index);
    void embeddingBackward(torch::Tensor &toCombined);

    const SamOut &m_network;
    std::unique_ptr<Backend> m_backend;
    std::int64_t m_hidden, m_vocabulary;
    torch::TensorOptions m_options;
    std::vector<Packed> m_packed;

    std::vector<Activations> m_layers;
    torch::Tensor m_last;                 // [n, d], what enters the head; backward: the gradient of what leaves a layer
    torch::Tensor m_logits;               // [n, v]
    torch::Tensor m_scratch;              // [n, d]
    torch::Tensor m_table;                // [v, 3 d], layer 0's projection of every token
    torch::Tensor m_sums;                 // [parts, 5 d], the parts of sums over rows
    torch::Tensor m_toAlpha, m_losses;    // [parts], double
    torch::Tensor m_toInner;              // [2 d, d]
    torch::Tensor m_states;               // [layers, batch, d]
    torch::Tensor m_tokens, m_targets;    // [batch, time], [n], on the device
    torch::Tensor m_weights;              // [n], of the targets
    torch::Tensor m_inverseWeight;        // [1]
    std::int64_t m_batch = 0, m_time = 0; // of the batch that the activations are of
};

} // namespace samout
