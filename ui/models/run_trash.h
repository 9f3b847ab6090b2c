// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QStringList>

namespace samout {

/// Moves the folders of runs to the desktop's trash: all of them or, if one is being trained, none. `names`: what
/// errors call them, one a folder. Throws Error with all that went wrong; a folder that cannot be moved stays.
void moveRunsToTrash(const QStringList &folders, const QStringList &names);

} // namespace samout
