// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/cpu/v8_kernels.h"

#include "core/compute/cpu/processors.h"
#include "core/model/mixers/v8.h"
#include "core/model/running_max.h"

#include <algorithm>
#include <bit>
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

/// Calls take(c) for every c below `count` whose mark is not 0, in ascending order.
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
// clang-format on

} // namespace samout::kernels
