// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/dropout_mask.h"

#include <cstdint>

/// The elementwise work of a decoder layer behind its mixer, each step one pass over memory, and its gradients. Plain
/// loops over plain arrays on the calling thread, compiled for several kinds of processor, of which the best is chosen
/// when the program starts. T is float or double. All arrays are row-major and without gaps unless a stride is given;
/// a row is one token of one sequence. `hidden` may be any positive number.
namespace samout::kernels {

/// gated = (value + bias) * relu(gate + bias), for some of the channels; pointers point at the first of these channels.
template <typename T> struct GateForward {
    std::int64_t rows = 0, channels = 0, hidden = 0;
    /// [rows, 2 hidden] = value, gate, before their biases [2 hidden].
    const T *products = nullptr;
    const T *bias = nullptr;
    /// [rows, hidden]
    T *gated = nullptr;
};
void gateForward(const GateForward<float> &);
void gateForward(const GateForward<double> &);

template <typename T> struct GateBackward {
    std::int64_t rows = 0, hidden = 0;
    /// [rows, 2 hidden]; on return the gradients of value and gate.
    T *products = nullptr;
    const T *bias = nullptr;
    /// [rows, hidden]
    const T *toGated = nullptr;
    /// [2 hidden], added to.
    T *toBias = nullptr;
};
void gateBackward(const GateBackward<float> &);
void gateBackward(const GateBackward<double> &);

/// next = x + LayerNorm(alpha * dropout(product + bias) + (1 - alpha) * x).
template <typename T> struct NormForward {
    std::int64_t rows = 0, hidden = 0;
    /// [rows, hidden]; the first row is row `firstRow` of the batch, by which the dropout counts.
    const T *product = nullptr, *x = nullptr;
    std::int64_t firstRow = 0;
    DropoutMask dropout;
    T alpha = 0;
    /// [hidden]: the product's bias, and the LayerNorm's weight and bias.
    const T *bias = nullptr, *normWeight = nullptr, *normBias = nullptr;
    /// [rows, hidden]; must not be `x`.
    T *next = nullptr;
    /// [rows]: the LayerNorm's mean and 1 / deviation.
    T *mean = nullptr, *inverse = nullptr;
};
void normForward(const NormForward<float> &);
void normForward(const NormForward<double> &);

template <typename T> struct NormBackward {
    std::int64_t rows = 0, hidden = 0;
    /// [rows, hidden]; on return its own gradient.
    T *product = nullptr;
    const T *x = nullptr;
    std::int64_t firstRow = 0;
    DropoutMask dropout;
    T alpha = 0;
    const T *bias = nullptr, *normWeight = nullptr;
    const T *mean = nullptr, *inverse = nullptr;
    /// [rows, hidden]: the gradient of `next`; on return the gradient of `x`.
    T *toX = nullptr;
    /// [hidden] each, added to.
    T *toBias = nullptr, *toNormWeight = nullptr, *toNormBias = nullptr;
    /// Added to.
    double *toAlpha = nullptr;
    /// [2 hidden], with any content.
    T *scratch = nullptr;
};
void normBackward(const NormBackward<float> &);
void normBackward(const NormBackward<double> &);

/// Weighted cross entropy of each row, and its gradient.
template <typename T> struct Loss {
    std::int64_t rows = 0, vocabulary = 0;
    /// [rows, vocabulary]; on return the gradient of the mean loss.
    T *logits = nullptr;
    /// [rows]
    const std::int64_t *targets = nullptr;
    /// [rows]; the logits of a row of weight 0 are not read.
    const T *weights = nullptr;
    /// 1 / (sum of the weights of the whole batch)
    T inverseWeight = 0;
};
/// The sum of weight * loss over the rows, in nats.
double loss(const Loss<float> &);
double loss(const Loss<double> &);

/// Adds every row to the row of its token.
template <typename T> struct SumByToken {
    std::int64_t rows = 0, columns = 0;
    /// The distance between two rows of `from`, and of `to`.
    std::int64_t stride = 0;
    const T *from = nullptr;
    const std::int64_t *tokens = nullptr;
    T *to = nullptr;
};
void sumByToken(const SumByToken<float> &);
void sumByToken(const SumByToken<double> &);

} // namespace samout::kernels
