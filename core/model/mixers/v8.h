// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/formula.h"

/// SamOut V8's mixer:
///
///     base, shift, candidate = (Wo + Wo1) x, Wo2 x, Wo3 x
///     state[t] = max(state[t-1], candidate[t])                 per channel, from -inf
///     mixed    = (base * state + shift) * state
///
/// Plain C++17 without other headers, so that CUDA kernels can include it.
namespace samout {

class Mixer;
const Mixer &v8Mixer();

/// The mixer's arithmetic at one position of one channel, for numbers and for whole tensors.
namespace v8 {

template <typename T> SAMOUT_FORMULA T mixed(const T &base, const T &shift, const T &state)
{
    return (base * state + shift) * state;
}

/// The gradients of base, shift and state, from `gradient`, the gradient of mixed.
template <typename T> SAMOUT_FORMULA T toBase(const T &gradient, const T &state) { return gradient * state * state; }
template <typename T> SAMOUT_FORMULA T toShift(const T &gradient, const T &state) { return gradient * state; }
template <typename T> SAMOUT_FORMULA T toState(const T &gradient, const T &base, const T &shift, const T &state)
{
    return gradient * (2 * base * state + shift);
}

} // namespace v8
} // namespace samout
