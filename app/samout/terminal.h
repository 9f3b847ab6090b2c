// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string>
#include <string_view>

namespace samout::cli {

/// True where standard error is a terminal that a line can be redrawn on.
bool isTerminal();
/// True where the terminal's characters are UTF-8.
bool hasUtf8();
/// Columns of the terminal; 80 where they are not known.
int terminalWidth();

enum class Style { Faint, Strong, Accent, Failure };
/// `text` in colour for standard error, where that is a terminal and NO_COLOR is unset; else as it is.
std::string styled(Style style, std::string_view text);

} // namespace samout::cli
