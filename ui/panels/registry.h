// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/panels/panel.h"

#include <vector>

namespace samout {

/// Where a panel stands by default. The first panel of a place is in front; the others are tabs behind it.
enum class PanelPlace { Left, MiddleTop, MiddleBottom, RightTop, RightBottom };

/// One panel of the window.
struct PanelEntry {
    const char *id;
    PanelPlace place;
    Panel *(*make)(const PanelContext &context);
};

/// All panels, in the order of the View menu.
const std::vector<PanelEntry> &panelRegistry();
/// Makes a panel with its id, connected to `context`. The caller owns it.
Panel *newPanel(const PanelEntry &entry, const PanelContext &context);

} // namespace samout
