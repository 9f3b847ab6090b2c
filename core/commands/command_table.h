// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/commands/command.h"

#include <string>
#include <string_view>
#include <vector>

namespace samout {

/// The command table: everything that a person can do in the window, one declaration each, grouped by thing. Menus,
/// buttons, the list of commands and `samout-studio --do FILE` refer to it by id.
const std::vector<Command> &commandTable();
/// nullptr if there is no such command.
const Command *findCommand(std::string_view id);

/// The table as a JSON array of objects with id, title, arguments (name, type, range, default, needed), lesson and
/// recorded.
std::string commandTableJson();

} // namespace samout
