// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/vocabulary.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace samout {

/// A vocabulary as files store it: pairs of key and text, in the metadata of a model file and among the facts of a run.
///
/// - vocabulary: the symbols as one JSON list, by token. Missing: bare numbers.
/// - padding_id, unknown_id, begin_id, end_id: the special tokens, or "none". Missing: the usual one of this kind of
///   vocabulary. All except padding_id are left out if they are the usual ones.
std::map<std::string, std::string> metadataOf(const Vocabulary &vocabulary);

/// Reads the vocabulary back for a network of `size` tokens; other keys do not matter. Throws Error, beginning with
/// `origin`, if the symbols are not a list of `size` different texts, or a special token is not below `size`.
Vocabulary vocabularyOf(const std::map<std::string, std::string> &metadata, std::int64_t size,
                        const std::string &origin);

/// Reads a whole number that is not negative; empty if the metadata lacks the key. Throws Error, beginning with
/// `origin`, if the value is any other text.
std::optional<std::int64_t> metadataNumber(const std::map<std::string, std::string> &metadata, const std::string &key,
                                           const std::string &origin);

} // namespace samout
