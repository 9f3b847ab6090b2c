// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/vocabulary_metadata.h"

#include "core/base/error.h"
#include "core/files/untrusted_json.h"

#include <nlohmann/json.hpp>

#include <charconv>
#include <utility>
#include <vector>

namespace samout {

namespace {

constexpr const char *absent = "none";

/// Every special token with its key.
template <typename Special> auto byKey(Special &special)
{
    return std::vector<std::pair<const char *, decltype(&special.padding)>>{{"unknown_id", &special.unknown},
                                                                            {"begin_id", &special.begin},
                                                                            {"end_id", &special.end},
                                                                            {"padding_id", &special.padding}};
}

std::vector<std::string> symbolsOf(const std::string &json, const Text &origin)
{
    constexpr std::size_t longest = 10'000'000;
    const nlohmann::json list = parseUntrusted(json, 1, longest, origin);
    std::vector<std::string> symbols;
    for (const nlohmann::json &symbol : list) {
        if (!list.is_array() || !symbol.is_string())
            throw Error(Error::Damaged, Text("{0} is not a list of texts.", origin));
        symbols.push_back(symbol.get<std::string>());
    }
    return symbols;
}

} // namespace

std::map<std::string, std::string> metadataOf(const Vocabulary &vocabulary)
{
    std::map<std::string, std::string> metadata;
    SpecialTokens usual = usualSpecialTokens;
    if (vocabulary.isNumbers())
        usual = usualOfNumbers(vocabulary.size());
    else
        metadata["vocabulary"] =
            nlohmann::json(vocabulary.symbols()).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
    usual.padding = -1; // so that padding_id is always written
    const auto own = byKey(vocabulary.special()), left = byKey(std::as_const(usual));
    for (std::size_t i = 0; i < own.size(); ++i)
        if (const auto &[key, token] = own[i]; *token != *left[i].second)
            metadata[key] = *token ? std::to_string(**token) : absent;
    return metadata;
}

Vocabulary vocabularyOf(const std::map<std::string, std::string> &metadata, std::int64_t size,
                        const std::string &origin)
{
    const Text where("{0}: its vocabulary", origin);
    const auto list = metadata.find("vocabulary");
    const bool isNumbers = list == metadata.end();
    std::vector<std::string> symbols;
    if (!isNumbers) {
        symbols = symbolsOf(list->second, where);
        if (std::ssize(symbols) != size)
            throw Error(Error::Damaged,
                        Text("{0} has {1} symbols; the network has {2} tokens. The two should be the same.", where,
                             symbols.size(), size));
    }
    SpecialTokens special = isNumbers ? usualOfNumbers(size) : usualSpecialTokens;
    for (const auto &[key, token] : byKey(special)) {
        const auto told = metadata.find(key);
        if (told != metadata.end() && told->second == absent)
            *token = std::nullopt;
        else if (const auto number = metadataNumber(metadata, key, origin))
            *token = *number;
    }
    try {
        return isNumbers ? Vocabulary::ofNumbers(size, special) : Vocabulary::ofSymbols(std::move(symbols), special);
    } catch (const Error &error) {
        throw Error(Error::Damaged, Text("{0}: {1}", where, error.text()));
    }
}

std::optional<std::int64_t> metadataNumber(const std::map<std::string, std::string> &metadata, const std::string &key,
                                           const std::string &origin)
{
    const auto found = metadata.find(key);
    if (found == metadata.end())
        return std::nullopt;
    const std::string &text = found->second;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0)
        throw Error(Error::Damaged,
                    Text("{0}: its metadata gives \"{1}\" as {2}; it should be a whole number that is not negative.",
                         origin, text.substr(0, 40), key));
    return value;
}

} // namespace samout
