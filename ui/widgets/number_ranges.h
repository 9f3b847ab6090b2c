// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QString>

#include <vector>

namespace samout {

/// Of a text like "0, 3, 7-9": the numbers, ascending, none twice. Empty where it cannot be read.
std::vector<int> numbersOf(const QString &ranges);
/// The other way round; `numbers` ascend.
QString rangesOf(const std::vector<int> &numbers);

} // namespace samout
