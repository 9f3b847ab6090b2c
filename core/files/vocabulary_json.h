#pragma once

#include "core/base/text.h"
#include "core/data/vocabulary.h"

#include <string>
#include <vector>

namespace samout {

/// The symbols as one JSON list, as files keep them; for vocabularies that are not bare numbers.
std::string jsonOf(const Vocabulary &vocabulary);
/// Reads it back; `origin` begins the sentence of the Error that is thrown where it is no list of texts.
std::vector<std::string> symbolsOfJson(const std::string &json, const Text &origin);

} // namespace samout
