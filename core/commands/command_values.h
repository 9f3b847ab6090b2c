// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/commands/command.h"
#include "core/model/interventions.h"
#include "core/train/edit.h"
#include "core/train/options.h"

#include <string>
#include <vector>

namespace samout {

// The values that the arguments of a command stand for.

/// Options of a training: those of the argument `preset` if it is given, else `before`, with the options that the call
/// names. A preset leaves device and threads as they are. Throws Error if a value is not allowed for its option.
TrainingOptions optionsOf(const CommandCall &call, TrainingOptions before);

/// The words of interventionOf()'s argument `kind`.
std::vector<std::string> interventionKinds();
/// From the arguments kind, layer, and by kind head, value, channel, position and last (the last position at which a
/// state is held). Throws Error if one of them is missing.
Intervention interventionOf(const CommandCall &call);

/// From the arguments kind (editKinds()), layer, head and value. Throws Error like parseEdit().
Edit editOf(const CommandCall &call);

} // namespace samout
