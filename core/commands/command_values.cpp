// SPDX-License-Identifier: GPL-3.0-only
#include "core/commands/command_values.h"

#include "core/base/error.h"
#include "core/model/intervention_text.h"
#include "core/train/edit_text.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace samout {

namespace {

/// A kind of intervention.
struct InterventionKind {
    std::string_view name;
    /// The arguments that it needs; nullptr: no further one.
    std::array<const char *, 4> needs;
    /// The text form of the intervention (core/model/intervention_text.h).
    std::string (*text)(const CommandCall &call);
};
constexpr std::array kinds = {
    InterventionKind{"head",
                     {"layer", "head"},
                     [](const CommandCall &call) { return "silence " + call.text("layer") + "." + call.text("head"); }},
    InterventionKind{
        "mixer", {"layer"}, [](const CommandCall &call) { return "silence " + call.text("layer") + ".mixer"; }},
    InterventionKind{"feed-forward",
                     {"layer"},
                     [](const CommandCall &call) { return "silence " + call.text("layer") + ".feed-forward"; }},
    InterventionKind{"alpha",
                     {"layer", "value"},
                     [](const CommandCall &call) { return "alpha " + call.text("layer") + "=" + call.text("value"); }},
    InterventionKind{"states",
                     {"layer", "channel", "position", "value"},
                     [](const CommandCall &call) {
                         const std::string last = call.has("last") ? "-" + call.text("last") : std::string();
                         return "set " + call.text("layer") + "." + call.text("channel") + "@" + call.text("position") +
                                last + "=" + call.text("value");
                     }},
};

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

std::vector<std::string> interventionKinds()
{
    std::vector<std::string> names;
    for (const InterventionKind &kind : kinds)
        names.emplace_back(kind.name);
    return names;
}

Intervention interventionOf(const CommandCall &call)
{
    const auto *kind = std::ranges::find(kinds, call.text("kind"), &InterventionKind::name);
    if (kind == kinds.end())
        return parseIntervention(call.text("kind")); // throws: a kind alone is no intervention
    for (const char *name : kind->needs)
        if (name && !call.has(name))
            throw Error(Error::Missing,
                        Text("its kind \"{0}\" needs the argument \"{1}\".", kind->name, std::string(name)));
    return parseIntervention(kind->text(call));
}

Edit editOf(const CommandCall &call)
{
    std::string value = call.text("layer");
    if (call.has("head"))
        value += "." + call.text("head");
    if (call.has("value"))
        value += (value.empty() ? "" : "=") + call.text("value");
    Edit edit = parseEdit(call.text("kind"), value);
    checkEdit(edit);
    return edit;
}

} // namespace samout
