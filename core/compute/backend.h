// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/dropout_mask.h"
#include "core/model/samout.h"
#include "core/model/torch.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace samout {

/// What a layer keeps of its forward pass for the gradient; the backward pass overwrites it with the gradients.
/// n = batch * time rows, d = hidden; contiguous.
struct Activations {
    torch::Tensor x;             // [n, d], the layer's input
    torch::Tensor projected;     // [n, 3 d] = base, shift, state; gradients: of base, shift, candidate
    torch::Tensor taken;         // [n, d] bytes, 1 where the candidate became the state
    torch::Tensor mixed;         // [n, d]
    torch::Tensor inner;         // [n, 2 d] = value, gate, before their biases
    torch::Tensor gated;         // [n, d] = value * relu(gate)
    torch::Tensor outer;         // [n, d] = ffn2 without its bias
    torch::Tensor mean, inverse; // [n], of the LayerNorm
};

/// A layer's weights in the form that the backends use.
struct FoldedLayer {
    torch::Tensor projection; // [3 d, d] = [Wo + Wo1; Wo2; Wo3], the mixer's fold
    torch::Tensor inner;      // [2 d, d] = [ffn1; gate]
    torch::Tensor innerBias;  // [2 d]
};

/// Where a batch keeps its states, counted in elements of the network's type: the d states of layer l of text b are at
/// data + l * layerStride + b * textStride.
struct StateMemory {
    void *data = nullptr;
    std::int64_t layerStride = 0, textStride = 0;
};

/// The fast operations of a network on one kind of device. Tensors are on that device and have one floating type.
/// Results have the same bits every time. A backend with several threads runs the work given to together() on all of
/// them: each operation of the forward pass then does the calling thread's share.
class Backend {
public:
    virtual ~Backend() = default;

    /// Takes over the weights; `folded` and `network` must outlive their use. Returns whether forward passes can do
    /// without `folded`.
    virtual bool pack(const SamOut &network, const std::vector<FoldedLayer> &folded) = 0;
    /// Another backend with the same weights, for the calling thread alone. CPU only.
    virtual std::unique_ptr<Backend> alone() const = 0;
    /// The packed weights, matrix by matrix; empty if pack() does not pack.
    virtual std::vector<std::span<const float>> packed() const = 0;

    /// Call before a forward pass over tokens [batch, time]. `vocabulary`: all tokens are below it; 0 if no gradient
    /// follows. `masks`: the dropout of every layer; empty for none.
    virtual void begin(const torch::Tensor &tokens, std::int64_t vocabulary, const std::vector<DropoutMask> &masks) = 0;
    /// The number of parts that sums over n rows are split into.
    virtual std::int64_t parts(std::int64_t rows) const = 0;
    /// If n rows are few enough for the threads to divide the channels, the number of threads that each compute all
    /// rows of x; 0 if they divide the rows. A pass by channels may read layer 0's projection from a table whose rows
    /// are computed when a token first occurs.
    virtual int membersWithOwnRows(std::int64_t rows) const = 0;
    /// The index of the calling thread among those of membersWithOwnRows(), inside together(); -1: none.
    virtual int member(std::int64_t rows) const = 0;

    // Forward. Each operation covers the rows of begin(); its comment names the Activations it writes.
    virtual void embed(const torch::Tensor &embedding, torch::Tensor &x) = 0;
    /// Writes layer 0's projection of the embedding of `tokens` into their rows of table [vocabulary, 3 d].
    virtual void fillTable(const torch::Tensor &embedding, std::span<const std::int64_t> tokens,
                           torch::Tensor &table) = 0;
    /// Writes projected, taken, mixed, and the states after the last token. If `table` is defined, layer 0's projection
    /// is read from it.
    virtual void mix(int layer, Activations &a, const torch::Tensor &table, const StateMemory &states) = 0;
    /// Writes inner.
    virtual void feed(int layer, Activations &a) = 0;
    /// Writes gated.
    virtual void gate(int layer, Activations &a) = 0;
    /// Writes outer.
    virtual void leave(int layer, Activations &a) = 0;
    /// next = x + LayerNorm(alpha * dropout(outer + bias) + (1 - alpha) * x), `next` [n, d] not being x.
    virtual void norm(int layer, Activations &a, const LayerWeights &w, torch::Tensor &next) = 0;
    /// logits [n, vocabulary]
    virtual void head(const torch::Tensor &x, torch::Tensor &logits) = 0;
    /// Replaces logits [n, vocabulary] by their gradient of the mean loss; fills losses [parts], double, with the parts
    /// of sum(weight * loss). weights: [n]; inverseWeight: [1], 1 / sum(weight).
    virtual void loss(torch::Tensor &logits, const torch::Tensor &targets, const torch::Tensor &weights,
                      const torch::Tensor &inverseWeight, torch::Tensor &losses) = 0;

    // Backward.
    /// out = a b, or out += a b. `a` and `b` may be transposed.
    virtual void multiply(torch::Tensor &out, const torch::Tensor &a, const torch::Tensor &b,
                          bool accumulate = false) = 0;
    virtual void mixBackward(Activations &a, const torch::Tensor &toMixed) = 0;
    /// toWeight [3 d, d] = projected^T x; toX += projected weight.
    virtual void projectionBackward(const Activations &a, const torch::Tensor &weight, torch::Tensor &toWeight,
                                    torch::Tensor &toX) = 0;
    /// Adds the parts of the bias's gradient to columns 3 d to 5 d of sums [parts, 5 d]. bias: [2 d]
    virtual void gateBackward(Activations &a, const torch::Tensor &bias, const torch::Tensor &toGated,
                              torch::Tensor &sums) = 0;
    /// Replaces toNext by the gradient of x, and a.outer by its own gradient. Adds the parts of the gradients of the
    /// bias, the norm's weight and the norm's bias to columns 0 to 3 d of sums; fills toAlpha [parts], double.
    virtual void normBackward(int layer, Activations &a, const LayerWeights &w, torch::Tensor &toNext,
                              torch::Tensor &sums, torch::Tensor &toAlpha) = 0;
    /// to[token of row] += from[row], for the tokens of begin().
    virtual void sumByToken(const torch::Tensor &from, torch::Tensor &to) = 0;

    /// Runs `work`, the operations of a forward or a backward pass, or replays the recording made for the same key.
    /// `work` may only launch operations on tensors whose addresses are in the key.
    virtual void repeat(const std::vector<std::int64_t> &key, const std::function<void()> &work) = 0;
    /// Runs `work`, the operations of a forward pass, on all threads at once if the backend has several.
    virtual void together(const std::function<void()> &work) = 0;
};

std::unique_ptr<Backend> makeCpuBackend(torch::Dtype type);
/// The backend for the device and floating type of `network`; nullptr if there is none (a GPU without our kernels, a
/// mixer that FastNetwork does not support).
/// `bfloat16`: on a GPU, products of bfloat16 numbers with float32 sums.
std::unique_ptr<Backend> makeBackend(const SamOut &network, bool bfloat16);

} // namespace samout
