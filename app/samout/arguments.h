// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/vocabulary.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace samout::cli {

/// The numbers of "1,2,3" or "1 2 3". Throws UsageError, which names `option`, if the text is anything else or empty.
std::vector<std::int64_t> parseTokens(const std::string &text, const std::string &option);

/// Throws Error, which begins with `origin`, if a token is not below `vocabularySize`.
void requireInVocabulary(const std::vector<std::int64_t> &tokens, std::int64_t vocabularySize,
                         const std::string &origin);

/// The tokens of --tokens if it is given, else of `text` with its \n and \t. Reports on stderr how many characters of
/// `what` are not in the vocabulary. Throws like the two functions above.
std::vector<std::int64_t> readTokens(const std::optional<std::string> &tokens, const std::optional<std::string> &text,
                                     const Vocabulary &vocabulary, const std::string &what);

/// The problem with `text` as a seed, for CLI11 to report, because CLI11 would take -1 as a very large number. Empty if
/// there is none.
std::string seedProblem(const std::string &text);

/// `text` with \n, \t and \\ as the characters they stand for: a shell's line has no newline.
std::string unescaped(const std::string &text);

} // namespace samout::cli
