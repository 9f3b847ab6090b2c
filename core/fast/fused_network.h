#pragma once

#include "core/model/samout.h"

#include <memory>

namespace samout {

/// SamOut::forward and its gradient without autograd, for the CPU: the same mathematics in fewer passes over memory.
///
/// - base = (Wo + Wo1) x is one product instead of two: the sum is folded when the weights change, and the gradients
///   of Wo and Wo1 are equal.
/// - value and gate share their input: one product of width 2 hidden.
/// - Layer 0 sees at most as many different rows as there are tokens: where the batch is larger than the vocabulary
///   its projection is a table over the vocabulary.
/// - Everything elementwise is one of the kernels; gradients take the place of the activations that they belong to.
///
/// SamOut::forward is the definition; tests hold this one to it. Not thread-safe; uses the calling thread's threads.
class FusedNetwork {
public:
    /// `network` is on the CPU, float or double, and lives as long. With gradients, loss() and backward() can be used.
    explicit FusedNetwork(const SamOut &network);
    ~FusedNetwork();
    FusedNetwork(FusedNetwork &&) noexcept;

    /// To be called when the network's weights were changed: folds and packs them anew.
    void weightsChanged();

    /// As SamOut::forward without a probe: logits [batch, time, vocabulary] of tokens [batch, time].
    torch::Tensor forward(const torch::Tensor &tokens, torch::Tensor *state = nullptr);

    /// As meanLoss of SamOut::forward, nats a token; NaN where no target counts. Keeps what backward() needs.
    /// `state`: the state before the first token, [layers, batch, hidden]; not changed. Undefined: a fresh one.
    double loss(const torch::Tensor &tokens, const torch::Tensor &targets, const Dropout &dropout,
                const torch::Tensor &state = {});
    /// Replaces the network's gradients with those of the last loss(). Once for each loss().
    void backward();

private:
    struct Impl;
    template <typename T> struct ImplOf;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
