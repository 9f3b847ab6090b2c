#include "core/files/vocabulary_json.h"

#include "core/base/error.h"
#include "core/files/untrusted_json.h"

#include <nlohmann/json.hpp>

namespace samout {

std::string jsonOf(const Vocabulary &vocabulary)
{
    return nlohmann::json(vocabulary.symbols()).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::vector<std::string> symbolsOfJson(const std::string &json, const Text &origin)
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

} // namespace samout
