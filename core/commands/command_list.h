// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/error.h"
#include "core/commands/command.h"

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace samout {

/// Reads a command list, in JSON or as the same in YAML:
///
///     [{"command": "training.start", "preset": "classroom", "steps": 60}, {"command": "training.wait", "step": 60}]
///
/// Every call is checked. Throws Error if the file cannot be read or is no such list; the sentence about a command
/// names its number, counted from 1.
std::vector<CommandCall> readCommandList(const std::filesystem::path &file);
/// The same from text; `origin` names the text in errors.
std::vector<CommandCall> parseCommandList(std::string_view text, const std::string &origin);

/// The error about the command at `index` (from 0) of a list.
Error commandError(std::size_t index, const std::string &id, const std::exception &what);

} // namespace samout
