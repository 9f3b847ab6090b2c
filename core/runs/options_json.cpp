#include "core/runs/options_json.h"

#include "core/base/error.h"
#include "core/files/untrusted_json.h"

#include <nlohmann/json.hpp>

namespace samout {

using Json = nlohmann::ordered_json;

namespace {

/// Calls visit(name, option) for every option that is a plain value.
template <typename Options, typename Visit> void forEachOption(Options &o, Visit &&visit)
{
    visit("data", o.data.source);
    visit("batch", o.data.batch);
    visit("sequence_length", o.data.sequenceLength);
    visit("init", o.init);
    visit("hidden", o.hiddenSize);
    visit("heads", o.numHeads);
    visit("layers", o.numLayers);
    visit("steps", o.steps);
    visit("learning_rate", o.learningRate);
    visit("beta1", o.beta1);
    visit("beta2", o.beta2);
    visit("epsilon", o.epsilon);
    visit("weight_decay", o.weightDecay);
    visit("clip", o.clipNorm);
    visit("warmup", o.warmupSteps);
    visit("cosine", o.cosine);
    visit("dropout", o.dropout);
    visit("held_out_every", o.heldOutEvery);
    visit("seed", o.seed);
    visit("threads", o.threads);
    visit("device", o.device);
    visit("bfloat16", o.bfloat16);
    visit("snapshot_megabytes", o.snapshotMegabytes);
}

Json objectOf(const TrainingOptions &options)
{
    Json object;
    forEachOption(options, [&](const char *name, const auto &value) { object[name] = value; });
    object["held_out"] = options.data.heldOut ? Json(*options.data.heldOut) : Json(nullptr);
    return object;
}

} // namespace

std::string jsonOf(const TrainingOptions &options)
{
    return objectOf(options).dump(-1, ' ', false, Json::error_handler_t::replace);
}

TrainingOptions optionsOfJson(const std::string &json, const std::string &origin)
{
    constexpr int depth = 2;
    const nlohmann::json object = parseUntrusted(json, depth, 100, Text::verbatim(origin));
    if (!object.is_object())
        throw Error(origin + " are no JSON object.");
    TrainingOptions options;
    try {
        forEachOption(options, [&](const char *name, auto &value) {
            if (object.contains(name))
                object.at(name).get_to(value);
        });
        if (object.contains("held_out") && !object.at("held_out").is_null())
            options.data.heldOut = object.at("held_out").get<double>();
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

std::vector<std::pair<std::string, std::string>> settingsOf(const TrainingOptions &options)
{
    std::vector<std::pair<std::string, std::string>> settings;
    const Json object = objectOf(options);
    for (const auto &[name, value] : object.items())
        settings.emplace_back(name, value.is_string() ? value.get<std::string>()
                                    : value.is_null() ? std::string()
                                                      : value.dump());
    return settings;
}

} // namespace samout
