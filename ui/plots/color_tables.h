// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QRgb>

#include <array>

namespace samout {

extern const std::array<QRgb, 256> cividisColors;
extern const std::array<QRgb, 256> viridisColors;

} // namespace samout
