// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/options_json.h"

#include "core/base/error.h"
#include "core/files/untrusted_json.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <optional>

namespace samout {

using Json = nlohmann::ordered_json;

namespace {

template <typename Value> Json jsonOf(const Value &value) { return value; }
Json jsonOf(const std::optional<double> &value) { return value ? Json(*value) : Json(nullptr); }

template <typename Value> void readInto(Value &value, const nlohmann::json &json) { json.get_to(value); }
void readInto(std::optional<double> &value, const nlohmann::json &json)
{
    value = json.is_null() ? std::nullopt : std::optional(json.get<double>());
}

/// The name as runs of format 1 write it.
std::string oldName(std::string name)
{
    std::ranges::replace(name, '-', '_');
    return name;
}

} // namespace

std::string jsonOf(const TrainingOptions &options)
{
    Json object;
    for (const TrainingOption &option : trainingOptions)
        object[option.name] = option.visit(options, [](const auto &value) { return jsonOf(value); });
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

TrainingOptions optionsOfJson(const std::string &json, const Text &origin)
{
    constexpr int depth = 2;
    const nlohmann::json object = parseUntrusted(json, depth, 100, origin);
    if (!object.is_object())
        throw Error(Error::Damaged, Text("{0}: this is no JSON object.", origin));
    TrainingOptions options;
    for (const TrainingOption &option : trainingOptions)
        for (const std::string &name : {std::string(option.name), oldName(option.name)})
            try {
                if (object.contains(name))
                    option.visit(options, [&](auto &value) { readInto(value, object.at(name)); });
            } catch (const nlohmann::json::exception &) {
                throw Error(Error::Damaged, Text("{0}: {1} has a value of a wrong type.", origin, name));
            }
    try {
        options.check();
    } catch (const Error &error) {
        throw Error(Error::Damaged, Text("{0}: {1}", origin, error.text()));
    }
    options.data.seed = options.seed;
    return options;
}

} // namespace samout
