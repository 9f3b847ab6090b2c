// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/vocabulary.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace samout {

/// A vocabulary as files keep it: pairs of key and text, in the metadata of a model file and among the facts of a run.
///
/// - vocabulary: the symbols as one JSON list, by token. Missing: bare numbers.
/// - padding_id, unknown_id, begin_id, end_id: the special tokens, or "none". Missing: the usual one of such a
///   vocabulary, and all but padding_id are missing where they are the usual ones.
std::map<std::string, std::string> metadataOf(const Vocabulary &vocabulary);

/// Reads it back for a network of `size` tokens; other keys do not matter. Throws Error, beginning with `origin`, if
/// the symbols are no list of `size` different texts, or a special token is not below `size`.
Vocabulary vocabularyOf(const std::map<std::string, std::string> &metadata, std::int64_t size,
                        const std::string &origin);

/// A whole number that is not negative; empty if the metadata lacks the key. Throws Error, beginning with `origin`, if
/// it is another text.
std::optional<std::int64_t> metadataNumber(const std::map<std::string, std::string> &metadata, const std::string &key,
                                           const std::string &origin);

} // namespace samout
