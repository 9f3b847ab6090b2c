// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/untrusted_json.h"

#include "core/base/error.h"

#include <set>
#include <string>
#include <vector>

namespace samout {

using nlohmann::json;

json parseUntrusted(std::string_view text, int depth, std::size_t longest, const Text &origin)
{
    // The names of the objects that are open, and the lengths of the arrays.
    std::vector<std::set<std::string>> names;
    std::vector<std::size_t> lengths;
    const auto countElement = [&] {
        if (!lengths.empty() && ++lengths.back() > longest)
            throw Error(Error::Damaged, Text("{0} has a list of more than {1} elements.", origin, longest));
    };
    const auto watch = [&](int, json::parse_event_t event, json &parsed) {
        switch (event) {
        case json::parse_event_t::object_start:
        case json::parse_event_t::array_start:
            countElement();
            if (names.size() == static_cast<std::size_t>(depth))
                throw Error(Error::Damaged, Text("{0} is nested deeper than it should be.", origin));
            names.emplace_back();
            lengths.push_back(0);
            break;
        case json::parse_event_t::object_end:
        case json::parse_event_t::array_end:
            names.pop_back();
            lengths.pop_back();
            break;
        case json::parse_event_t::key:
            lengths.back() = 0; // only arrays are counted
            if (!names.back().insert(parsed.get<std::string>()).second)
                throw Error(Error::Damaged, Text("{0} has the name \"{1}\" twice.", origin, parsed.get<std::string>()));
            break;
        case json::parse_event_t::value:
            countElement();
            break;
        }
        return true;
    };
    try {
        return json::parse(text, watch);
    } catch (const json::exception &) {
        throw Error(Error::Damaged, Text("{0} is not valid JSON: the file is damaged or of another kind.", origin));
    }
}

} // namespace samout
