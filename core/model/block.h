// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/formula.h"

#include <type_traits>

/// The arithmetic of a decoder layer behind its mixer, the same in every variant:
///
///     value, gate = ffn1(mixed), relu(ffn_gate(mixed))
///     out         = dropout(ffn2(value * gate))
///     norm        = LayerNorm(alpha * out + (1 - alpha) * x)
///     next        = norm + x
///
/// The formulas of one element are all here, for numbers (float, double) and whole tensors.
namespace samout::block {

/// max(0, sum); a NaN goes through, as in torch.relu.
template <typename T> SAMOUT_FORMULA T relu(const T &sum)
{
    if constexpr (std::is_floating_point_v<T>)
        return sum < 0 ? T(0) : sum;
    else
        return sum.relu();
}

/// Whether the gradient passes the relu.
template <typename T> SAMOUT_FORMULA bool passesRelu(const T &sum) { return !(sum <= 0); }

/// The input of ffn2. `gate` has passed the relu.
template <typename T> SAMOUT_FORMULA T gated(const T &value, const T &gate) { return value * gate; }

/// The input of the LayerNorm.
template <typename T> SAMOUT_FORMULA T blend(const T &alpha, const T &out, const T &x)
{
    return alpha * out + (1 - alpha) * x;
}

/// PyTorch's default.
constexpr double normEpsilon = 1e-5;

/// A blended number less the mean of its row, divided by the row's deviation, sqrt(variance + normEpsilon). `inverse`:
/// 1 / deviation.
template <typename T> SAMOUT_FORMULA T centred(const T &blended, const T &mean, const T &inverse)
{
    return (blended - mean) * inverse;
}

/// LayerNorm's last line; `unit` is centred.
template <typename T> SAMOUT_FORMULA T norm(const T &unit, const T &weight, const T &bias)
{
    return unit * weight + bias;
}

/// The output of the layer.
template <typename T> SAMOUT_FORMULA T next(const T &normed, const T &x) { return normed + x; }

} // namespace samout::block
