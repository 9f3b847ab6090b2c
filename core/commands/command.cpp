// SPDX-License-Identifier: GPL-3.0-only
#include "core/commands/command.h"

#include "core/base/error.h"
#include "core/base/text_form.h"
#include "core/commands/command_table.h"

#include <algorithm>

namespace samout {

namespace {

/// Empty if all numbers are allowed.
Text rangeText(const OptionRange &range)
{
    const OptionRange all;
    if (range.least == all.least)
        return {};
    if (range.most == all.most)
        return range.leastIsIn ? Text("{0} or more", range.least) : Text("above {0}", range.least);
    return range.mostIsIn ? Text("from {0} to {1}", range.least, range.most)
                          : Text("at least {0} and below {1}", range.least, range.most);
}

std::string_view withoutPlus(std::string_view text) { return text.substr(text.starts_with('+') ? 1 : 0); }

bool isWhole(std::string_view text)
{
    text = withoutPlus(text);
    if (text.starts_with('-'))
        text.remove_prefix(1);
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

Text problemOfNumber(const CommandArgument &argument, const std::string &value)
{
    const auto number = parseNumber<double>(withoutPlus(value));
    const bool whole = argument.type == ArgumentType::Whole;
    if (!number || (whole && !isWhole(value)))
        return whole ? Text("is \"{0}\"; it should be a whole number", value)
                     : Text("is \"{0}\"; it should be a number", value);
    if (argument.range.contains(*number))
        return {};
    const Text allowed = rangeText(argument.range);
    return allowed.empty() ? Text("is {0}; it should be a finite number", value)
                           : Text("is {0}; it should be {1}", value, allowed);
}

Text problemOfChoice(const CommandArgument &argument, const std::string &value)
{
    if (std::ranges::find(argument.choices, value) != argument.choices.end())
        return {};
    std::string all;
    for (const std::string &choice : argument.choices)
        all += (all.empty() ? "" : ", ") + choice;
    return Text("is \"{0}\"; it should be one of {1}", value, all);
}

Error wrong(const Text &what) { return Error(Error::WrongValue, what); }

} // namespace

Text CommandArgument::problemWith(const std::string &value) const
{
    switch (type) {
    case ArgumentType::Whole:
    case ArgumentType::Number:
        return problemOfNumber(*this, value);
    case ArgumentType::Choice:
        return problemOfChoice(*this, value);
    case ArgumentType::Flag:
        return value == "true" || value == "false" ? Text() : Text("is \"{0}\"; it should be true or false", value);
    case ArgumentType::File:
        return value.empty() ? Text("is empty; it should name a file") : Text();
    case ArgumentType::Words:
        break;
    }
    return {};
}

Text nameOf(CommandCondition condition)
{
    switch (condition) {
    case CommandCondition::Always:
        return Text("nothing");
    case CommandCondition::Offered:
        return Text("a button or menu entry that can be pressed");
    case CommandCondition::NoTraining:
        return Text("no other training that runs or is paused");
    case CommandCondition::TrainingRuns:
        return Text("a training that runs");
    case CommandCondition::TrainingPaused:
        return Text("a paused training");
    case CommandCondition::TrainingActive:
        return Text("a training that runs or is paused");
    case CommandCondition::TrainingBegan:
        return Text("a training that begins");
    case CommandCondition::TrainingHalted:
        return Text("a training that is paused or over");
    case CommandCondition::TrainingGoesOn:
        return Text("a training that goes on");
    case CommandCondition::TrainingEnded:
        return Text("a training that ends");
    case CommandCondition::StepMade:
        return Text("one more step");
    case CommandCondition::EditApplied:
        return Text("an applied edit");
    case CommandCondition::RunOnScreen:
        return Text("a run on screen");
    case CommandCondition::RunShown:
        return Text("this run on screen");
    case CommandCondition::StepReached:
        return Text("a run on screen that reaches this step");
    case CommandCondition::StepShown:
        return Text("this step on screen");
    case CommandCondition::ModelShown:
        return Text("this model on screen");
    case CommandCondition::Weights:
        return Text("weights to look at");
    case CommandCondition::TextWritten:
        return Text("a text that is written");
    case CommandCondition::PanelReady:
        return Text("a panel that is ready");
    case CommandCondition::PictureSaved:
        return Text("a saved picture");
    case CommandCondition::FileSaved:
        return Text("a saved file");
    case CommandCondition::WindowClosed:
        return Text("a closed window");
    }
    return {};
}

const CommandArgument *Command::argument(std::string_view name) const
{
    const auto found = std::ranges::find(arguments, name, &CommandArgument::name);
    return found == arguments.end() ? nullptr : &*found;
}

std::string CommandCall::text(const std::string &name) const
{
    const auto given = arguments.find(name);
    if (given != arguments.end())
        return given->second;
    const Command *command = findCommand(id);
    const CommandArgument *argument = command ? command->argument(name) : nullptr;
    return argument ? argument->byDefault : std::string();
}

std::int64_t CommandCall::whole(const std::string &name) const
{
    return parseNumber<std::int64_t>(withoutPlus(text(name))).value_or(0);
}

double CommandCall::number(const std::string &name) const
{
    return parseNumber<double>(withoutPlus(text(name))).value_or(0);
}

void check(const CommandCall &call)
{
    const Command *command = findCommand(call.id);
    if (!command)
        throw Error(Error::Missing, Text("there is no such command."));
    for (const auto &[name, value] : call.arguments) {
        const CommandArgument *argument = command->argument(name);
        if (!argument) {
            std::string all;
            for (const CommandArgument &one : command->arguments)
                all += (all.empty() ? "" : ", ") + one.name;
            throw wrong(all.empty() ? Text("it has an argument \"{0}\", but takes none.", name)
                                    : Text("it has no argument \"{0}\"; its arguments are {1}.", name, all));
        }
        if (const Text problem = argument->problemWith(value); !problem.empty())
            throw wrong(Text("its {0} {1}.", name, problem));
    }
    for (const CommandArgument &argument : command->arguments)
        if (argument.needed && !call.has(argument.name))
            throw Error(Error::Missing, Text("it needs the argument \"{0}\".", argument.name));
    if (command->checkTogether)
        command->checkTogether(call);
}

} // namespace samout
