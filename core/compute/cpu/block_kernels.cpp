// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/cpu/block_kernels.h"

#include "core/compute/cpu/processors.h"
#include "core/model/block.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace samout::kernels {
namespace {

template <typename T> SAMOUT_INLINE void gateForwardOf(const GateForward<T> &a)
{
    const T *__restrict bias = a.bias;
    for (std::int64_t r = 0; r < a.rows; ++r) {
        const T *__restrict products = a.products + r * 2 * a.hidden;
        T *__restrict gated = a.gated + r * a.hidden;
#pragma omp simd
        for (std::int64_t c = 0; c < a.channels; ++c)
            gated[c] = block::gated(products[c] + bias[c], block::relu(products[a.hidden + c] + bias[a.hidden + c]));
    }
}

template <typename T> SAMOUT_INLINE void gateBackwardOf(const GateBackward<T> &a)
{
    const T *__restrict bias = a.bias;
    T *__restrict toBias = a.toBias;
    for (std::int64_t r = 0; r < a.rows; ++r) {
        T *__restrict products = a.products + r * 2 * a.hidden;
        const T *__restrict toGated = a.toGated + r * a.hidden;
#pragma omp simd
        for (std::int64_t c = 0; c < a.hidden; ++c) {
            const T value = products[c] + bias[c], gate = products[a.hidden + c] + bias[a.hidden + c];
            const bool open = block::passesRelu(gate);
            const T toValue = open ? toGated[c] * gate : T(0), toGate = open ? toGated[c] * value : T(0);
            products[c] = toValue;
            products[a.hidden + c] = toGate;
            toBias[c] += toValue;
            toBias[a.hidden + c] += toGate;
        }
    }
}

template <typename T> SAMOUT_INLINE void normForwardOf(const NormForward<T> &a)
{
    const T *__restrict bias = a.bias, *__restrict normWeight = a.normWeight, *__restrict normBias = a.normBias;
    const T scale = static_cast<T>(a.dropout.scale);
    for (std::int64_t r = 0; r < a.rows; ++r) {
        const T *__restrict product = a.product + r * a.hidden, *__restrict x = a.x + r * a.hidden;
        T *__restrict next = a.next + r * a.hidden;
        const auto index = static_cast<std::uint32_t>((a.firstRow + r) * a.hidden);
        T sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t c = 0; c < a.hidden; ++c) {
            const T factor = a.dropout.keeps(index + static_cast<std::uint32_t>(c)) ? scale : T(0);
            const T z = block::blend(a.alpha, (product[c] + bias[c]) * factor, x[c]);
            next[c] = z;
            sum += z;
        }
        const T mean = sum / static_cast<T>(a.hidden);
        T squares = 0;
#pragma omp simd reduction(+ : squares)
        for (std::int64_t c = 0; c < a.hidden; ++c)
            squares += (next[c] - mean) * (next[c] - mean);
        const T inverse = 1 / std::sqrt(squares / static_cast<T>(a.hidden) + static_cast<T>(block::normEpsilon));
#pragma omp simd
        for (std::int64_t c = 0; c < a.hidden; ++c)
            next[c] =
                block::next(block::norm(block::centred(next[c], mean, inverse), normWeight[c], normBias[c]), x[c]);
        a.mean[r] = mean;
        a.inverse[r] = inverse;
    }
}

template <typename T> SAMOUT_INLINE void normBackwardOf(const NormBackward<T> &a)
{
    const T *__restrict bias = a.bias, *__restrict normWeight = a.normWeight;
    T *__restrict toBias = a.toBias, *__restrict toNormWeight = a.toNormWeight, *__restrict toNormBias = a.toNormBias;
    T *__restrict normalised = a.scratch, *__restrict difference = a.scratch + a.hidden;
    const T scale = static_cast<T>(a.dropout.scale), rest = 1 - a.alpha, width = static_cast<T>(a.hidden);
    double toAlpha = 0;
    for (std::int64_t r = 0; r < a.rows; ++r) {
        T *__restrict product = a.product + r * a.hidden, *__restrict toX = a.toX + r * a.hidden;
        const T *__restrict x = a.x + r * a.hidden;
        const T mean = a.mean[r], inverse = a.inverse[r];
        const auto index = static_cast<std::uint32_t>((a.firstRow + r) * a.hidden);
        T sum = 0, sumOfProducts = 0;
#pragma omp simd reduction(+ : sum, sumOfProducts)
        for (std::int64_t c = 0; c < a.hidden; ++c) {
            const T factor = a.dropout.keeps(index + static_cast<std::uint32_t>(c)) ? scale : T(0);
            const T out = (product[c] + bias[c]) * factor;
            const T unit = block::centred(block::blend(a.alpha, out, x[c]), mean, inverse);
            normalised[c] = unit;
            difference[c] = out - x[c];
            product[c] = a.alpha * factor;
            toNormWeight[c] += toX[c] * unit;
            toNormBias[c] += toX[c];
            const T weighted = toX[c] * normWeight[c];
            sum += weighted;
            sumOfProducts += weighted * unit;
        }
        const T average = sum / width, averageProduct = sumOfProducts / width;
        T alphaOfRow = 0;
#pragma omp simd reduction(+ : alphaOfRow)
        for (std::int64_t c = 0; c < a.hidden; ++c) {
            const T toSum = inverse * (toX[c] * normWeight[c] - average - normalised[c] * averageProduct);
            alphaOfRow += toSum * difference[c];
            const T toProduct = toSum * product[c];
            product[c] = toProduct;
            toBias[c] += toProduct;
            toX[c] += rest * toSum;
        }
        toAlpha += alphaOfRow;
    }
    *a.toAlpha += toAlpha;
}

/// e^x for x <= 0 to 1e-7 of its value, and 0 below the smallest normal number: Cephes' expf (Moshier 1992), whose
/// operations all exist for vectors.
SAMOUT_INLINE float exponential(float x)
{
    constexpr float roundingShift = 12582912.0F; // 1.5 * 2^23: adding it rounds to a whole number
    const float bounded = x < -87.0F ? -87.0F : x;
    const float power = (bounded * 1.44269504F + roundingShift) - roundingShift;
    const float rest = (bounded - power * 0.693359375F) + power * 2.12194440e-4F;
    float series = 1.9875691500e-4F;
    series = series * rest + 1.3981999507e-3F;
    series = series * rest + 8.3334519073e-3F;
    series = series * rest + 4.1665795894e-2F;
    series = series * rest + 1.6666665459e-1F;
    series = series * rest + 5.0000001201e-1F;
    series = series * rest * rest + rest + 1.0F;
    const float result = series * std::bit_cast<float>((static_cast<std::int32_t>(power) + 127) << 23);
    return x < -87.0F ? 0.0F : result;
}

SAMOUT_INLINE double exponential(double x) { return std::exp(x); }

template <typename T> SAMOUT_INLINE double lossOf(const Loss<T> &a)
{
    double total = 0;
    for (std::int64_t r = 0; r < a.rows; ++r) {
        T *__restrict logits = a.logits + r * a.vocabulary;
        const std::int64_t target = a.targets[r];
        const T weight = a.weights[r];
        if (weight == 0) {
            std::fill_n(logits, a.vocabulary, T(0));
            continue;
        }
        T largest = logits[0];
#pragma omp simd reduction(max : largest)
        for (std::int64_t v = 0; v < a.vocabulary; ++v)
            largest = logits[v] > largest ? logits[v] : largest;
        const T right = logits[target];
        T sum = 0;
#pragma omp simd reduction(+ : sum)
        for (std::int64_t v = 0; v < a.vocabulary; ++v) {
            logits[v] = exponential(logits[v] - largest);
            sum += logits[v];
        }
        total += static_cast<double>(weight) *
                 (static_cast<double>(std::log(sum)) + static_cast<double>(largest) - static_cast<double>(right));
        const T share = weight * a.inverseWeight, factor = share / sum;
#pragma omp simd
        for (std::int64_t v = 0; v < a.vocabulary; ++v)
            logits[v] *= factor;
        logits[target] -= share;
    }
    return total;
}

template <typename T> SAMOUT_INLINE void sumByTokenOf(const SumByToken<T> &a)
{
    for (std::int64_t r = 0; r < a.rows; ++r) {
        const T *__restrict from = a.from + r * a.stride;
        T *__restrict to = a.to + a.tokens[r] * a.stride;
#pragma omp simd
        for (std::int64_t c = 0; c < a.columns; ++c)
            to[c] += from[c];
    }
}

} // namespace

// clang-format off
SAMOUT_FOR_EACH_PROCESSOR void gateForward(const GateForward<float> &a) { gateForwardOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void gateForward(const GateForward<double> &a) { gateForwardOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void gateBackward(const GateBackward<float> &a) { gateBackwardOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void gateBackward(const GateBackward<double> &a) { gateBackwardOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void normForward(const NormForward<float> &a) { normForwardOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void normForward(const NormForward<double> &a) { normForwardOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void normBackward(const NormBackward<float> &a) { normBackwardOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void normBackward(const NormBackward<double> &a) { normBackwardOf(a); }
SAMOUT_FOR_EACH_PROCESSOR double loss(const Loss<float> &a) { return lossOf(a); }
SAMOUT_FOR_EACH_PROCESSOR double loss(const Loss<double> &a) { return lossOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void sumByToken(const SumByToken<float> &a) { sumByTokenOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void sumByToken(const SumByToken<double> &a) { sumByTokenOf(a); }
// clang-format on

} // namespace samout::kernels
