// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"

#include <QString>

#include <exception>

namespace samout {

/// A text of core in the language of the window.
QString translated(const Text &text);
/// What an exception says: an Error in the language of the window, any other as it is.
QString translated(const std::exception &exception);

} // namespace samout
