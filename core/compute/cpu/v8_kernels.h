// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>

/// V8's arithmetic at speed: its state scan, each a pass over memory, and the gradients. Plain loops over plain arrays
/// on the calling thread, compiled for several kinds of processor, of which the best is chosen when the program starts.
/// T is float or double. All arrays are row-major and without gaps unless a stride is given; a row is one token of one
/// sequence. `hidden` may be any positive number.
namespace samout::kernels {

/// state[t] = max(state[t-1], candidate[t]); mixed = (base * state + shift) * state.
/// For some channels of one sequence; pointers point at the first of these channels.
template <typename T> struct ScanForward {
    std::int64_t time = 0, channels = 0, hidden = 0;
    /// [time, 3 hidden] = base, shift, candidate. On return base, shift, state.
    T *projected = nullptr;
    /// [vocabulary, 3 hidden]; if given, `projected` is first filled from the table's rows of `tokens`, [time].
    const T *table = nullptr;
    const std::int64_t *tokens = nullptr;
    /// [channels], the state before the first token; on return the state after the last token.
    T *state = nullptr;
    /// [time, hidden], 1 where the candidate became the state. A tie is taken; so is a NaN, which stays for good.
    std::uint8_t *taken = nullptr;
    /// [time, hidden]
    T *mixed = nullptr;
};
void scanForward(const ScanForward<float> &);
void scanForward(const ScanForward<double> &);

/// The gradient of ScanForward, in reverse time: the gradient that flows into a held state is summed back to the
/// position whose candidate it holds.
template <typename T> struct ScanBackward {
    std::int64_t time = 0, channels = 0, hidden = 0;
    /// [time, 3 hidden] = base, shift, state; on return the gradients of base, shift and candidate.
    T *projected = nullptr;
    /// [time, hidden]
    const std::uint8_t *taken = nullptr;
    const T *toMixed = nullptr;
    /// [channels], 0 at first; on return the gradient of the state before the first token.
    T *carried = nullptr;
};
void scanBackward(const ScanBackward<float> &);
void scanBackward(const ScanBackward<double> &);

/// The products with the gradient of the candidates, which is 0 except where the candidate was taken: a running maximum
/// over n positions changes about ln n times, so nearly all of the gradient is 0. `toCandidate` has rows of 3 hidden,
/// `taken` rows of hidden numbers.
///
/// toX[row] += sum over channels of toCandidate[row, channel] * weight[channel].
template <typename T> struct CandidateToInput {
    std::int64_t rows = 0, hidden = 0;
    const std::uint8_t *taken = nullptr;
    const T *toCandidate = nullptr;
    /// [hidden, hidden]
    const T *weight = nullptr;
    /// [rows, hidden]
    T *toX = nullptr;
};
void candidateToInput(const CandidateToInput<float> &);
void candidateToInput(const CandidateToInput<double> &);

/// toWeight[channel] = sum over rows of toCandidate[row, channel] * x[row], for some of the channels; pointers point at
/// the first of these channels.
template <typename T> struct CandidateToWeight {
    std::int64_t rows = 0, channels = 0, hidden = 0;
    const std::uint8_t *taken = nullptr;
    const T *toCandidate = nullptr;
    /// [rows, hidden]
    const T *x = nullptr;
    /// [channels, hidden]
    T *toWeight = nullptr;
};
void candidateToWeight(const CandidateToWeight<float> &);
void candidateToWeight(const CandidateToWeight<double> &);

} // namespace samout::kernels
