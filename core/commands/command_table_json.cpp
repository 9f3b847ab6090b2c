// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/text_form.h"
#include "core/commands/command_table.h"

#include <nlohmann/json.hpp>

namespace samout {

namespace {

using Json = nlohmann::ordered_json;

const char *nameOf(ArgumentType type)
{
    switch (type) {
    case ArgumentType::Whole:
        return "whole number";
    case ArgumentType::Number:
        return "number";
    case ArgumentType::Words:
        return "text";
    case ArgumentType::Choice:
        return "choice";
    case ArgumentType::File:
        return "file";
    case ArgumentType::Flag:
        return "flag";
    }
    return "";
}

Json numberOf(double value, ArgumentType type)
{
    if (type == ArgumentType::Whole)
        return static_cast<std::int64_t>(value);
    return value;
}

/// The choices, or the limits of a number: least and most are allowed, above and below are not.
Json rangeOf(const CommandArgument &argument)
{
    if (argument.type == ArgumentType::Choice)
        return argument.choices;
    const OptionRange all, &range = argument.range;
    Json limits = Json::object();
    if (range.least != all.least)
        limits[range.leastIsIn ? "least" : "above"] = numberOf(range.least, argument.type);
    if (range.most != all.most)
        limits[range.mostIsIn ? "most" : "below"] = numberOf(range.most, argument.type);
    return limits.empty() ? Json() : limits;
}

Json defaultOf(const CommandArgument &argument)
{
    if (argument.byDefault.empty())
        return {};
    if (argument.type == ArgumentType::Flag)
        return argument.byDefault == "true";
    if (argument.type == ArgumentType::Whole || argument.type == ArgumentType::Number)
        return numberOf(parseNumber<double>(argument.byDefault).value_or(0), argument.type);
    return argument.byDefault;
}

Json jsonOf(const Command &command)
{
    Json arguments = Json::array();
    for (const CommandArgument &argument : command.arguments)
        arguments.push_back({{"name", argument.name},
                             {"type", nameOf(argument.type)},
                             {"range", rangeOf(argument)},
                             {"default", defaultOf(argument)},
                             {"needed", argument.needed}});
    return {{"id", command.id},
            {"title", command.title.english()},
            {"arguments", arguments},
            {"lesson", command.lesson},
            {"recorded", command.recorded != Recorded::No}};
}

} // namespace

std::string commandTableJson()
{
    Json table = Json::array();
    for (const Command &command : commandTable())
        table.push_back(jsonOf(command));
    return table.dump(2);
}

} // namespace samout
