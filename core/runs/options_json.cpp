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

/// As runs of format 1 write the name.
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

TrainingOptions optionsOfJson(const std::string &json, const std::string &origin)
{
    constexpr int depth = 2;
    const nlohmann::json object = parseUntrusted(json, depth, 100, Text::verbatim(origin));
    if (!object.is_object())
        throw Error(origin + " are no JSON object.");
    TrainingOptions options;
    try {
        for (const TrainingOption &option : trainingOptions)
            for (const std::string &name : {std::string(option.name), oldName(option.name)})
                if (object.contains(name))
                    option.visit(options, [&](auto &value) { readInto(value, object.at(name)); });
    } catch (const nlohmann::json::exception &) {
        throw Error(origin + " have a value of a wrong type.");
    }
    try {
        options.check();
    } catch (const Error &error) {
        throw Error(origin + ": " + error.what());
    }
    options.data.seed = options.seed;
    return options;
}

} // namespace samout
