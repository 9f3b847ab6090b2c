// SPDX-License-Identifier: GPL-3.0-only
#pragma once

namespace samout {

/// The version of the arithmetic: while it stays the same, equal options on one machine give the same bits. Raise it
/// with every change that alters any bit of a training, even the last bit of a loss: another order of a sum in a
/// kernel, another formula, other random numbers, other data from the same seed. A run stores the version it was
/// trained with, and reports it when it continues with another.
constexpr int arithmeticNumber = 1;

} // namespace samout
