// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/commands/command.h"

#include <QString>

#include <vector>

namespace samout {

class PanelDocks;

/// The command list of `samout-studio --grab`: trains with the settings of the window, tries out the panels, and saves
/// window.png and a picture of every panel, named after its id, in `folder`. `steps`: the steps of those settings, at
/// least 1. `docks`: of the window as it is shown first.
std::vector<CommandCall> grabCommands(const PanelDocks &docks, const QString &folder, qint64 steps);

} // namespace samout
