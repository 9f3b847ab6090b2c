// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <string>
#include <string_view>

namespace samout {

/// Definitions for Grammar: English without and with doubled letters (the second goes after the first), and
/// Chinese. No sentence is longer than 62 characters.
extern const std::string_view englishGrammar;
extern const std::string_view englishDoubles;
extern const std::string_view chineseGrammar;

/// The definitions behind one of sentenceKinds().
std::string grammarNamed(const std::string &name);

} // namespace samout
