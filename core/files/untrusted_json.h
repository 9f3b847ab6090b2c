// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string_view>

namespace samout {

/// Parses JSON from a file that nobody vouches for. `origin` names the JSON in errors ("x.safetensors: its header").
/// Throws Error if the text is not JSON in UTF-8, an object has a name twice, the nesting is deeper than `depth`, or an
/// array is longer than `longest`, so the memory stays in proportion to the text.
nlohmann::json parseUntrusted(std::string_view text, int depth, std::size_t longest, const Text &origin);

} // namespace samout
