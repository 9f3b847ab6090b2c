// SPDX-License-Identifier: GPL-3.0-only
#include "core/commands/command_values.h"

#include "core/base/error.h"
#include "core/model/intervention_text.h"
#include "core/train/edit_text.h"

#include <initializer_list>

namespace samout {

namespace {

void need(const CommandCall &call, std::initializer_list<const char *> names)
{
    for (const char *name : names)
        if (!call.has(name))
            throw Error(Error::Missing,
                        Text("its kind \"{0}\" needs the argument \"{1}\".", call.text("kind"), std::string(name)));
}

} // namespace

TrainingOptions optionsOf(const CommandCall &call, TrainingOptions before)
{
    TrainingOptions options = before;
    if (call.has("preset")) {
        options = presetNamed(call.text("preset"));
        options.device = before.device;
        options.threads = before.threads;
    }
    for (const TrainingOption &option : trainingOptions) {
        if (!call.has(option.name))
            continue;
        if (!option.read(call.text(option.name), options))
            throw Error(Error::WrongValue, option.problemWith(call.text(option.name)));
        option.check(options);
    }
    return options;
}

std::vector<std::string> interventionKinds() { return {"head", "mixer", "feed-forward", "alpha", "states"}; }

Intervention interventionOf(const CommandCall &call)
{
    const std::string kind = call.text("kind"), layer = call.text("layer");
    need(call, {"layer"});
    if (kind == "head") {
        need(call, {"head"});
        return parseIntervention("silence " + layer + "." + call.text("head"));
    }
    if (kind == "alpha") {
        need(call, {"value"});
        return parseIntervention("alpha " + layer + "=" + call.text("value"));
    }
    if (kind == "states") {
        need(call, {"channel", "position", "value"});
        const std::string last = call.has("last") ? "-" + call.text("last") : std::string();
        return parseIntervention("set " + layer + "." + call.text("channel") + "@" + call.text("position") + last +
                                 "=" + call.text("value"));
    }
    return parseIntervention("silence " + layer + "." + kind);
}

Edit editOf(const CommandCall &call)
{
    std::string value = call.text("layer");
    if (call.has("head"))
        value += "." + call.text("head");
    if (call.has("value"))
        value += (value.empty() ? "" : "=") + call.text("value");
    const Edit edit = parseEdit(call.text("kind"), value);
    checkEdit(edit);
    return edit;
}

} // namespace samout
