// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string>
#include <string_view>

namespace samout::cli {

/// Whether standard error is a terminal on which a line can be redrawn.
bool isTerminal();
/// Whether the terminal's encoding is UTF-8.
bool hasUtf8();
/// Columns of the terminal; 80 if unknown.
int terminalWidth();

enum class Style { Faint, Strong, Accent, Failure };
/// `text` in colour for standard error if that is a terminal and NO_COLOR is unset; else `text` unchanged.
std::string styled(Style style, std::string_view text);

} // namespace samout::cli
