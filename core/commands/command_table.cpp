// SPDX-License-Identifier: GPL-3.0-only
#include "core/commands/command_table.h"

#include "core/commands/command_values.h"
#include "core/train/edit_text.h"
#include "core/train/options.h"

#include <algorithm>
#include <limits>

namespace samout {

namespace {

using enum ArgumentType;
using enum CommandCondition;

// ---- Arguments that several commands have.

CommandArgument needed(CommandArgument argument)
{
    argument.needed = true;
    return argument;
}

/// A layer, head, channel or position.
CommandArgument index(const char *name, const Text &title)
{
    return {.name = name, .type = Whole, .title = title, .range = between(0, std::numeric_limits<int>::max())};
}
CommandArgument layer() { return index("layer", Text("Layer")); }
CommandArgument head() { return index("head", Text("Head")); }
CommandArgument channel() { return index("channel", Text("Channel")); }
CommandArgument position() { return index("position", Text("Position")); }
CommandArgument step()
{
    return needed({.name = "step", .type = Whole, .title = Text("Step"), .range = between(0, 1e15)});
}
CommandArgument number() { return {.name = "value", .type = Number, .title = Text("Value")}; }
CommandArgument words() { return needed({.name = "text", .type = Words, .title = Text("Text")}); }
CommandArgument file() { return needed({.name = "file", .type = File, .title = Text("File")}); }
CommandArgument panel() { return {.name = "panel", .type = Words, .title = Text("Panel")}; }
CommandArgument choice(const char *name, const Text &title, std::vector<std::string> choices)
{
    return {.name = name, .type = Choice, .title = title, .choices = std::move(choices)};
}
CommandArgument oneOf(std::vector<std::string> choices)
{
    return needed(choice("value", Text("Value"), std::move(choices)));
}
CommandArgument pixels(const char *name, const Text &title)
{
    return needed({.name = name, .type = Whole, .title = title, .range = between(200, 16'000)});
}

ArgumentType typeOf(const TrainingOption &option)
{
    if (option.isFlag())
        return Flag;
    const TrainingOptions options;
    return option.visit(options, [](const auto &value) {
        using Value = std::remove_cvref_t<decltype(value)>;
        if constexpr (std::is_same_v<Value, std::string>)
            return Words;
        else
            return std::is_integral_v<Value> ? Whole : Number;
    });
}

/// A preset and every option of the option table.
std::vector<CommandArgument> trainingArguments()
{
    std::vector<CommandArgument> arguments{choice("preset", Text("Preset"), {"article", "classroom"})};
    for (const TrainingOption &option : trainingOptions)
        arguments.push_back(
            {.name = option.name, .type = typeOf(option), .title = Text(option.title), .range = option.range});
    return arguments;
}

// ---- The commands, by thing.

std::vector<Command> trainings()
{
    const auto checkOptions = [](const CommandCall &call) { optionsOf(call, classroomPreset()); };
    const auto checkEditCall = [](const CommandCall &call) { editOf(call); };
    return {
        {.id = "training.start",
         .title = Text("Start a training"),
         .arguments = trainingArguments(),
         .possible = NoTraining,
         .done = TrainingBegan,
         .checkTogether = checkOptions},
        {.id = "training.wait",
         .title = Text("Wait until the shown run has a step"),
         .arguments = {step()},
         .possible = RunOnScreen,
         .done = StepReached,
         .recorded = Recorded::No},
        {.id = "training.pause", .title = Text("Pause the training"), .possible = TrainingRuns, .done = TrainingHalted},
        {.id = "training.go_on",
         .title = Text("Go on with the training"),
         .possible = TrainingPaused,
         .done = TrainingGoesOn},
        {.id = "training.step", .title = Text("Train one step and pause"), .done = StepMade},
        {.id = "training.toggle", .title = Text("Start, pause or go on"), .recorded = Recorded::No},
        {.id = "training.stop", .title = Text("Stop the training"), .possible = TrainingActive, .done = TrainingEnded},
        {.id = "training.edit",
         .title = Text("Change the training while it runs"),
         .arguments = {needed(choice("kind", Text("Kind"), editKinds())), layer(), head(), number()},
         .possible = TrainingActive,
         .done = EditApplied,
         .checkTogether = checkEditCall},
        {.id = "training.checkpoint", .title = Text("Keep a checkpoint")},
        {.id = "training.branch", .title = Text("Train from the shown step"), .done = TrainingBegan},
        {.id = "settings.set",
         .title = Text("Set the settings of the next training"),
         .arguments = trainingArguments(),
         .possible = Always,
         .recorded = Recorded::Last,
         .checkTogether = checkOptions},
        {.id = "breakpoint.add", .title = Text("Add the breakpoint of the form")},
        {.id = "breakpoint.remove", .title = Text("Remove the chosen breakpoint")},
    };
}

std::vector<Command> texts()
{
    return {
        {.id = "text.set",
         .title = Text("Set the text to look at"),
         .arguments = {words()},
         .possible = Always,
         .recorded = Recorded::Last},
        {.id = "text.type", .title = Text("Type the text to look at"), .recorded = Recorded::No},
        {.id = "text.allow", .title = Text("Compute the long text")},
        {.id = "text.stop", .title = Text("Stop reading the long text")},
        {.id = "prompt.set",
         .title = Text("Set the prompt"),
         .arguments = {words()},
         .possible = Always,
         .recorded = Recorded::Last},
        {.id = "generation.start", .title = Text("Generate a text"), .possible = Weights, .done = TextWritten},
        {.id = "generation.stop", .title = Text("Stop writing")},
    };
}

std::vector<Command> looks()
{
    return {
        {.id = "layer.show",
         .title = Text("Show a layer"),
         .arguments = {needed(layer())},
         .possible = Weights,
         .recorded = Recorded::Last},
        {.id = "pin.set",
         .title = Text("Put the cursor on a state"),
         .arguments = {needed(layer()), needed(channel()), needed(position())},
         .possible = Weights,
         .recorded = Recorded::Last},
        {.id = "side.show",
         .title = Text("Show as trained, as changed or the difference"),
         .arguments = {oneOf({"as-trained", "as-changed", "difference"})},
         .recorded = Recorded::Last},
        {.id = "side.toggle", .title = Text("Show as trained, as changed"), .recorded = Recorded::No},
        {.id = "step.show",
         .title = Text("Show a step of the run"),
         .arguments = {step()},
         .possible = RunOnScreen,
         .done = StepShown,
         .recorded = Recorded::Last},
        {.id = "step.newest", .title = Text("Back to the newest step")},
        {.id = "step.back", .title = Text("One snapshot back")},
        {.id = "step.forward", .title = Text("One snapshot on")},
        {.id = "step.play", .title = Text("Play the run"), .recorded = Recorded::No},
        {.id = "step.star", .title = Text("Keep the shown snapshot for good, or no longer"), .lesson = false},
        {.id = "step.compare", .title = Text("Compare other steps with this one")},
        {.id = "step.stop", .title = Text("Stop training a step again"), .recorded = Recorded::No},
        {.id = "compare.clear", .title = Text("Compare with nothing")},
        {.id = "states.order",
         .title = Text("Order the rows of States"),
         .arguments = {oneOf({"stored", "effect", "winner"})},
         .recorded = Recorded::Last},
        {.id = "states.colors",
         .title = Text("Choose the colours of magnitudes"),
         .arguments = {oneOf({"cividis", "viridis"})},
         .recorded = Recorded::Last},
        {.id = "states.ticks", .title = Text("Tick where a state strictly rises")},
        {.id = "weights.remember", .title = Text("Remember the shown weights")},
    };
}

std::vector<Command> interventions()
{
    const auto checkIntervention = [](const CommandCall &call) { interventionOf(call); };
    return {
        {.id = "intervention.add",
         .title = Text("Add an intervention"),
         .arguments = {needed(choice("kind", Text("Kind"), interventionKinds())), needed(layer()), head(), channel(),
                       position(), index("last", Text("Last position")), number()},
         .possible = Weights,
         .checkTogether = checkIntervention},
        {.id = "intervention.remove", .title = Text("Remove the chosen intervention")},
        {.id = "intervention.clear", .title = Text("Clear the interventions"), .possible = Always},
        {.id = "intervention.undo", .title = Text("Undo the last change of the interventions")},
        {.id = "intervention.redo", .title = Text("Redo the change of the interventions")},
        {.id = "intervention.save",
         .title = Text("Save the interventions"),
         .arguments = {file()},
         .possible = Always,
         .lesson = false},
        {.id = "intervention.open",
         .title = Text("Open interventions"),
         .arguments = {file()},
         .possible = Always,
         .lesson = false},
        {.id = "intervention.transfer", .title = Text("Put in the state of another text")},
        {.id = "alpha.measure", .title = Text("Find the curves of alpha")},
        {.id = "cell.measure", .title = Text("Find what each state cell does")},
    };
}

std::vector<Command> runs()
{
    return {
        {.id = "run.show",
         .title = Text("Open a run"),
         .arguments = {needed({.name = "run", .type = File, .title = Text("Run")})},
         .possible = Always,
         .done = RunShown},
        {.id = "run.go_on", .title = Text("Train the chosen run on"), .lesson = false},
        {.id = "run.compare", .title = Text("Compare the chosen runs"), .lesson = false},
        {.id = "run.duplicate", .title = Text("Duplicate the settings of the chosen run"), .lesson = false},
        {.id = "run.rename", .title = Text("Rename the chosen run"), .lesson = false},
        {.id = "run.note", .title = Text("Show the note of the chosen run"), .lesson = false},
        {.id = "run.star", .title = Text("Star the chosen runs"), .lesson = false},
        {.id = "run.differences", .title = Text("Show the differing settings of the chosen runs"), .lesson = false},
        {.id = "run.trash", .title = Text("Move the chosen runs to the trash"), .lesson = false},
        {.id = "model.open",
         .title = Text("Open a model"),
         .arguments = {file()},
         .possible = Always,
         .done = ModelShown,
         .lesson = false},
        {.id = "snapshot.save",
         .title = Text("Save the newest weights"),
         .arguments = {file()},
         .possible = Weights,
         .done = FileSaved,
         .lesson = false},
    };
}

std::vector<Command> panels()
{
    return {
        {.id = "panel.show", .title = Text("Show a panel"), .arguments = {needed(panel())}, .possible = Always},
        {.id = "panel.hide", .title = Text("Hide a panel"), .arguments = {needed(panel())}, .possible = Always},
        {.id = "panel.measure",
         .title = Text("Measure what a panel shows"),
         .arguments = {needed(panel())},
         .done = PanelReady},
        {.id = "panel.stop",
         .title = Text("Stop what a panel measures"),
         .arguments = {needed(panel())},
         .recorded = Recorded::No},
        {.id = "panel.try",
         .title = Text("Try out a panel"),
         .arguments = {needed(panel())},
         .possible = Always,
         .done = PanelReady},
        {.id = "panel.follow", .title = Text("Follow the newest step"), .arguments = {needed(panel())}},
        {.id = "panel.fold",
         .title = Text("Fold or unfold a part of a panel"),
         .arguments = {needed(panel())},
         .recorded = Recorded::No},
        {.id = "panel.copy", .title = Text("Copy what a panel shows"), .arguments = {panel()}, .lesson = false},
        {.id = "help.panel", .title = Text("Explain a panel"), .arguments = {panel()}},
        {.id = "help.keys", .title = Text("Show the keys")},
        {.id = "help.about", .title = Text("About SamOut Studio")},
        {.id = "message.close", .title = Text("Close a message"), .arguments = {panel()}, .recorded = Recorded::No},
    };
}

std::vector<Command> windows()
{
    return {
        {.id = "window.theme",
         .title = Text("Choose the theme"),
         .arguments = {oneOf({"desktop", "light", "dark"})},
         .possible = Always,
         .recorded = Recorded::Last},
        {.id = "window.language",
         .title = Text("Choose the language of the next start"),
         .arguments = {oneOf({"en", "zh"})},
         .possible = Always,
         .recorded = Recorded::Last},
        {.id = "window.size",
         .title = Text("Set the size of the window"),
         .arguments = {pixels("width", Text("Width")), pixels("height", Text("Height"))},
         .possible = Always,
         .recorded = Recorded::Last},
        {.id = "window.layout", .title = Text("Restore the default layout")},
        {.id = "window.picture",
         .title = Text("Save a picture of the window or of a panel"),
         .arguments = {file(), panel()},
         .possible = Always,
         .done = PictureSaved,
         .lesson = false,
         .recorded = Recorded::No},
        {.id = "window.commands", .title = Text("Find a command"), .recorded = Recorded::No},
        {.id = "window.quit",
         .title = Text("Quit"),
         .possible = Always,
         .done = WindowClosed,
         .lesson = false,
         .recorded = Recorded::No},
    };
}

} // namespace

const std::vector<Command> &commandTable()
{
    static const std::vector<Command> table = [] {
        std::vector<Command> all;
        for (const auto &group : {trainings, texts, looks, interventions, runs, panels, windows})
            for (Command &command : group())
                all.push_back(std::move(command));
        return all;
    }();
    return table;
}

const Command *findCommand(std::string_view id)
{
    const auto found = std::ranges::find(commandTable(), id, &Command::id);
    return found == commandTable().end() ? nullptr : &*found;
}

} // namespace samout
