// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"

#include <QString>

#include <exception>

namespace samout {

/// A text of core in the window's language.
QString translated(const Text &text);
/// An exception's sentence: an Error's in the window's language, any other unchanged.
QString translated(const std::exception &exception);

} // namespace samout
