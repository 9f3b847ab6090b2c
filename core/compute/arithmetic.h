// SPDX-License-Identifier: GPL-3.0-only
#pragma once

namespace samout {

/// The version of the numbers: equal options on one machine give the same bits as long as this is the same. Raise it
/// with every change after which a training gives other bits, be it the last one of a loss: another order of a sum in
/// a kernel, another formula, other random numbers, other data from the same seed. A run keeps the number it was
/// trained with, and says so when it goes on with another.
constexpr int arithmeticNumber = 1;

} // namespace samout
