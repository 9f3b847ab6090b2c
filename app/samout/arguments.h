#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace samout::cli {

/// The numbers of "1,2,3" or "1 2 3". Throws UsageError, naming `option`, where it is something else or empty.
std::vector<std::int64_t> parseTokens(const std::string &text, const std::string &option);

/// Throws Error, beginning with `origin`, where a token is not one of `vocabularySize`.
void requireInVocabulary(const std::vector<std::int64_t> &tokens, std::int64_t vocabularySize,
                         const std::string &origin);

/// What is wrong with `text` as a seed, for CLI11 to tell: it would take -1 as a very large number. Empty where
/// nothing.
std::string seedProblem(const std::string &text);

/// `text` with \n, \t and \\ as the characters they stand for: a shell's line has no newline.
std::string unescaped(const std::string &text);

} // namespace samout::cli
