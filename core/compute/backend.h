#pragma once

#include "core/model/dropout_mask.h"
#include "core/model/samout.h"
#include "core/model/torch.h"

#include <functional>
#include <memory>
#include <vector>

namespace samout {

/// What is kept of one layer's forward pass for its gradient, and then the gradients in its place.
/// n = batch * time rows, d = hidden; contiguous.
struct Activations {
    torch::Tensor x;             // [n, d], what enters the layer
    torch::Tensor projected;     // [n, 3 d] = base, shift, state; gradients: of base, shift, candidate
    torch::Tensor taken;         // [n, d] bytes, 1 where the candidate became the state
    torch::Tensor mixed;         // [n, d]
    torch::Tensor inner;         // [n, 2 d] = value, gate, before their biases
    torch::Tensor gated;         // [n, d] = value * relu(gate)
    torch::Tensor outer;         // [n, d] = ffn2 without its bias
    torch::Tensor mean, inverse; // [n], of the LayerNorm
};

/// The operations that a fused step is made of, on one kind of device. Tensors are on that device and of one
/// floating type. Results are the same bits every time.
class Backend {
public:
    virtual ~Backend() = default;

    /// Before a forward pass over tokens [batch, time]: the dropout of every layer. `vocabulary`: the tokens are below
    /// it; 0 where no gradient follows.
    virtual void begin(const torch::Tensor &tokens, std::int64_t vocabulary, const std::vector<DropoutMask> &masks) = 0;
    /// In how many parts the sums over n rows are made.
    virtual std::int64_t parts(std::int64_t rows) const = 0;

    /// out = a b, or out += a b. `a` and `b` may be transposed.
    virtual void multiply(torch::Tensor &out, const torch::Tensor &a, const torch::Tensor &b,
                          bool accumulate = false) = 0;
    /// The state scan: `projected` holds base, shift and candidate, or (where `table` [vocabulary, 3 d] is defined)
    /// is filled from the table's rows of the tokens. `state`: [batch, d], before the first token and after the last.
    virtual void scan(Activations &a, const torch::Tensor &table, torch::Tensor &state) = 0;
    virtual void scanBackward(Activations &a, const torch::Tensor &toMixed) = 0;
    /// toWeight [3 d, d] = projected^T x; toX += projected weight.
    virtual void projectionBackward(const Activations &a, const torch::Tensor &weight, torch::Tensor &toWeight,
                                    torch::Tensor &toX) = 0;
    /// bias: [2 d]
    virtual void gate(Activations &a, const torch::Tensor &bias) = 0;
    /// sums: [parts, 5 d]; this adds to its columns 3 d to 5 d the parts of the bias's gradient.
    virtual void gateBackward(Activations &a, const torch::Tensor &bias, const torch::Tensor &toGated,
                              torch::Tensor &sums) = 0;
    /// next = x + LayerNorm(alpha * dropout(outer + bias) + (1 - alpha) * x), `next` [n, d] not being x.
    virtual void norm(int layer, Activations &a, const LayerWeights &w, torch::Tensor &next) = 0;
    /// toNext becomes the gradient of x, outer that of itself. Adds to sums' columns 0 to 3 d the parts of the
    /// gradients of the bias, the norm's weight and its bias; fills toAlpha [parts], double.
    virtual void normBackward(int layer, Activations &a, const LayerWeights &w, torch::Tensor &toNext,
                              torch::Tensor &sums, torch::Tensor &toAlpha) = 0;
    /// logits [n, vocabulary] becomes its gradient of the mean loss; fills losses [parts], double, with the parts of
    /// sum(weight * loss). weights: [n]; inverseWeight: [1], 1 / sum(weight).
    virtual void loss(torch::Tensor &logits, const torch::Tensor &targets, const torch::Tensor &weights,
                      const torch::Tensor &inverseWeight, torch::Tensor &losses) = 0;
    /// to[token of row] += from[row], for the tokens of begin().
    virtual void sumByToken(const torch::Tensor &from, torch::Tensor &to) = 0;

    /// Does `work`, or what it recorded of it when it was done before with the same key: `work` only launches
    /// operations on tensors whose addresses are in the key.
    virtual void repeat(const std::vector<std::int64_t> &key, const std::function<void()> &work) = 0;
};

std::unique_ptr<Backend> makeCpuBackend(torch::Dtype type);
/// For the kind of device and floating type of `network`; nullptr where there is none (a GPU without our kernels).
/// `bfloat16`: on a GPU, products of bfloat16 numbers with float32 sums.
std::unique_ptr<Backend> makeBackend(const SamOut &network, bool bfloat16);

} // namespace samout
