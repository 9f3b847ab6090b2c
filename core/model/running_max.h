#pragma once

#include "core/model/formula.h"

namespace samout {

/// The rule of every running maximum: a candidate that equals the state is taken, so is a NaN, and only another NaN
/// replaces a NaN. The gradient goes to what was taken.
template <typename T> SAMOUT_FORMULA bool takes(T candidate, T before)
{
    return static_cast<bool>((candidate >= before) | (candidate != candidate));
}

} // namespace samout
