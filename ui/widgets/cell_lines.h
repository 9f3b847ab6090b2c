// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/cell.h"
#include "ui/widgets/blackboard.h"

namespace samout {

/// The computation of one cell as lines on a blackboard. `trained` (may be nullptr) is the same cell of the trained
/// network.
QList<Blackboard::Line> cellLines(const Examination &examination, int layer, int position, const Cell &cell,
                                  const Cell *trained);

/// A number with four decimals if those say enough, so that numbers below each other line up.
QString alignedNumber(double value);

} // namespace samout
