// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QString>

#include <vector>

namespace samout {

/// The numbers in a text like "0, 3, 7-9", ascending, each once. Empty if the text cannot be read.
std::vector<int> numbersOf(const QString &ranges);
/// The text for ascending numbers, the inverse of numbersOf().
QString rangesOf(const std::vector<int> &numbers);

} // namespace samout
