#include "core/compute/cpu/kernels.h"

#include "core/compute/cpu/processors.h"
#include "core/model/block.h"
#include "core/model/mixers/v8.h"
#include "core/model/running_max.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>
#include <vector>

namespace samout::kernels {
namespace {

template <typename T> SAMOUT_INLINE void scanForwardOf(const ScanForward<T> &a)
{
    T *__restrict state = a.state;
    for (std::int64_t t = 0; t < a.time; ++t) {
        T *__restrict row = a.projected + t * 3 * a.hidden;
        T *__restrict base = row, *__restrict shift = row + a.hidden, *__restrict held = row + 2 * a.hidden;
        if (a.table) {
            const T *from = a.table + a.tokens[t] * 3 * a.hidden;
            std::copy_n(from, a.channels, base);
            std::copy_n(from + a.hidden, a.channels, shift);
            std::copy_n(from + 2 * a.hidden, a.channels, held);
        }
        std::uint8_t *__restrict taken = a.taken + t * a.hidden;
        T *__restrict mixed = a.mixed + t * a.hidden;
#pragma omp simd
        for (std::int64_t c = 0; c < a.channels; ++c) {
            const T candidate = held[c], before = state[c];
            const bool becomes = takes(candidate, before);
            const T now = becomes ? candidate : before;
            taken[c] = becomes;
            state[c] = now;
            held[c] = now;
            mixed[c] = v8::mixed(base[c], shift[c], now);
        }
    }
}

template <typename T> SAMOUT_INLINE void scanBackwardOf(const ScanBackward<T> &a)
{
    T *__restrict carried = a.carried;
    for (auto t = a.time - 1; t >= 0; --t) {
        T *__restrict row = a.projected + t * 3 * a.hidden;
        T *__restrict base = row, *__restrict shift = row + a.hidden, *__restrict held = row + 2 * a.hidden;
        const std::uint8_t *__restrict taken = a.taken + t * a.hidden;
        const T *__restrict toMixed = a.toMixed + t * a.hidden;
#pragma omp simd
        for (std::int64_t c = 0; c < a.channels; ++c) {
            const T gradient = toMixed[c], state = held[c];
            const T sum = carried[c] + v8::toState(gradient, base[c], shift[c], state);
            const bool took = taken[c] != 0;
            carried[c] = took ? T(0) : sum;
            held[c] = took ? sum : T(0);
            shift[c] = v8::toShift(gradient, state);
            base[c] = v8::toBase(gradient, state);
        }
    }
}

/// Calls take(c) for every c below `count` whose mark is not 0, in their order.
template <typename Take> SAMOUT_INLINE void forEachTaken(const std::uint8_t *marks, std::int64_t count, Take &&take)
{
    std::int64_t c = 0;
    if constexpr (std::endian::native == std::endian::little) {
        for (; c + 8 <= count; c += 8) {
            std::uint64_t eight = 0;
            std::memcpy(&eight, marks + c, 8);
            for (; eight != 0; eight &= eight - 1) // a mark is one bit
                take(c + std::countr_zero(eight) / 8);
        }
    }
    for (; c < count; ++c)
        if (marks[c] != 0)
            take(c);
}

template <typename T> SAMOUT_INLINE void candidateToInputOf(const CandidateToInput<T> &a)
{
    for (std::int64_t r = 0; r < a.rows; ++r) {
        const T *gradient = a.toCandidate + r * 3 * a.hidden;
        T *__restrict toX = a.toX + r * a.hidden;
        // Four channels at once, so that toX is read and written a quarter as often.
        std::int64_t four[4] = {};
        int count = 0;
        const auto addFour = [&]() __attribute__((always_inline))
        {
            const T g0 = gradient[four[0]], g1 = gradient[four[1]], g2 = gradient[four[2]], g3 = gradient[four[3]];
            const T *__restrict w0 = a.weight + four[0] * a.hidden, *__restrict w1 = a.weight + four[1] * a.hidden;
            const T *__restrict w2 = a.weight + four[2] * a.hidden, *__restrict w3 = a.weight + four[3] * a.hidden;
#pragma omp simd
            for (std::int64_t i = 0; i < a.hidden; ++i)
                toX[i] += g0 * w0[i] + g1 * w1[i] + (g2 * w2[i] + g3 * w3[i]);
        };
        forEachTaken(
            a.taken + r * a.hidden, a.hidden, [&](std::int64_t c) __attribute__((always_inline)) {
                four[count++] = c;
                if (count == 4) {
                    addFour();
                    count = 0;
                }
            });
        for (int k = 0; k < count; ++k) {
            const T g = gradient[four[k]];
            const T *__restrict w = a.weight + four[k] * a.hidden;
#pragma omp simd
            for (std::int64_t i = 0; i < a.hidden; ++i)
                toX[i] += g * w[i];
        }
    }
}

template <typename T> SAMOUT_INLINE void candidateToWeightOf(const CandidateToWeight<T> &a)
{
    std::fill_n(a.toWeight, a.channels * a.hidden, T(0));
    // A channel waits for four rows that took it, so that its weights are read and written a quarter as often.
    struct Waiting {
        std::int64_t rows[4] = {};
        int count = 0;
    };
    std::vector<Waiting> waiting(static_cast<std::size_t>(a.channels));
    const auto gradient = [&](std::int64_t row, std::int64_t c) { return a.toCandidate[row * 3 * a.hidden + c]; };
    for (std::int64_t r = 0; r < a.rows; ++r) {
        forEachTaken(
            a.taken + r * a.hidden, a.channels, [&](std::int64_t c) __attribute__((always_inline)) {
                Waiting &w = waiting[static_cast<std::size_t>(c)];
                w.rows[w.count++] = r;
                if (w.count < 4)
                    return;
                w.count = 0;
                const T g0 = gradient(w.rows[0], c), g1 = gradient(w.rows[1], c);
                const T g2 = gradient(w.rows[2], c), g3 = gradient(w.rows[3], c);
                const T *__restrict x0 = a.x + w.rows[0] * a.hidden, *__restrict x1 = a.x + w.rows[1] * a.hidden;
                const T *__restrict x2 = a.x + w.rows[2] * a.hidden, *__restrict x3 = a.x + w.rows[3] * a.hidden;
                T *__restrict to = a.toWeight + c * a.hidden;
#pragma omp simd
                for (std::int64_t i = 0; i < a.hidden; ++i)
                    to[i] += g0 * x0[i] + g1 * x1[i] + (g2 * x2[i] + g3 * x3[i]);
            });
    }
    for (std::int64_t c = 0; c < a.channels; ++c) {
        const Waiting &w = waiting[static_cast<std::size_t>(c)];
        for (int k = 0; k < w.count; ++k) {
            const T g = gradient(w.rows[k], c);
            const T *__restrict x = a.x + w.rows[k] * a.hidden;
            T *__restrict to = a.toWeight + c * a.hidden;
#pragma omp simd
            for (std::int64_t i = 0; i < a.hidden; ++i)
                to[i] += g * x[i];
        }
    }
}

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
            next[c] = block::next(block::norm(block::centred(next[c], mean, inverse), normWeight[c], normBias[c]), x[c]);
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
SAMOUT_FOR_EACH_PROCESSOR void scanForward(const ScanForward<float> &a) { scanForwardOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void scanForward(const ScanForward<double> &a) { scanForwardOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void scanBackward(const ScanBackward<float> &a) { scanBackwardOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void scanBackward(const ScanBackward<double> &a) { scanBackwardOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void candidateToInput(const CandidateToInput<float> &a) { candidateToInputOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void candidateToInput(const CandidateToInput<double> &a) { candidateToInputOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void candidateToWeight(const CandidateToWeight<float> &a) { candidateToWeightOf(a); }
SAMOUT_FOR_EACH_PROCESSOR void candidateToWeight(const CandidateToWeight<double> &a) { candidateToWeightOf(a); }
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
