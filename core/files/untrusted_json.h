// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>

namespace samout {

/// Parses JSON from a file that nobody vouches for. `origin` says what it is in errors ("x.safetensors: its header").
/// Throws Error where it is not JSON in UTF-8, where an object has a name twice, where it is nested deeper than
/// `depth`, or an array is longer than `longest`, so the memory it takes stays in proportion to its text.
nlohmann::json parseUntrusted(std::string_view text, int depth, std::size_t longest, const Text &origin);

} // namespace samout
