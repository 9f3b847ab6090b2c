// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QStringList>

namespace samout {

/// Moves run folders to the desktop's trash: all of them or, if one is being trained, none. `names`: one per folder,
/// for error messages. Throws Error with all that went wrong; a folder that cannot be moved stays.
void moveRunsToTrash(const QStringList &folders, const QStringList &names);

} // namespace samout
