// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/intervention_text.h"

#include "core/base/error.h"
#include "core/base/overloaded.h"
#include "core/base/text_form.h"

#include <algorithm>
#include <array>
#include <optional>

namespace samout {

namespace {

constexpr std::string_view silenceName = "silence", alphaName = "alpha", setName = "set";
constexpr std::string_view mixerName = "mixer", feedForwardName = "feed-forward";

/// layer.head, layer.mixer or layer.feed-forward
std::optional<Intervention> parseSilence(std::string_view text)
{
    const auto halves = halvesAt('.', text);
    const auto layer = halves ? parseIndex(halves->first) : std::nullopt;
    if (!layer)
        return std::nullopt;
    if (halves->second == mixerName)
        return SilenceMixer{.layer = *layer};
    if (halves->second == feedForwardName)
        return SilenceFeedForward{.layer = *layer};
    if (const auto head = parseIndex(halves->second))
        return SilenceHead{.layer = *layer, .head = *head};
    return std::nullopt;
}

/// layer=value
std::optional<Intervention> parseAlpha(std::string_view text)
{
    if (const auto halves = halvesAt('=', text)) {
        const auto layer = parseIndex(halves->first);
        const auto value = parseNumber<float>(halves->second);
        if (layer && value)
            return SetAlpha{.layer = *layer, .value = *value};
    }
    return std::nullopt;
}

/// position or first-last
bool parsePositions(std::string_view text, SetStates &change)
{
    const auto halves = halvesAt('-', text).value_or(std::pair(text, text));
    const auto first = parseIndex<std::int64_t>(halves.first), last = parseIndex<std::int64_t>(halves.second);
    if (!first || !last || *last < *first || *last - *first >= longestHold)
        return false;
    change.position = *first;
    change.positions = *last - *first + 1;
    return true;
}

/// value:value:...
bool parseValues(std::string_view text, SetStates &change)
{
    for (;;) {
        const auto halves = halvesAt(':', text);
        const auto value = parseNumber<float>(halves ? halves->first : text);
        if (!value)
            return false;
        change.values.push_back(*value);
        if (!halves)
            return change.positions == 1 || change.values.size() == 1;
        text = halves->second;
    }
}

/// layer.channel@positions=values
std::optional<Intervention> parseSet(std::string_view text)
{
    const auto sides = halvesAt('=', text);
    const auto place = sides ? halvesAt('@', sides->first) : std::nullopt;
    const auto part = place ? halvesAt('.', place->first) : std::nullopt;
    if (!part)
        return std::nullopt;
    const auto layer = parseIndex(part->first), channel = parseIndex(part->second);
    SetStates change;
    if (!layer || !channel || !parsePositions(place->second, change) || !parseValues(sides->second, change))
        return std::nullopt;
    change.layer = *layer;
    change.channel = *channel;
    return change;
}

struct Name {
    std::string_view name;
    std::optional<Intervention> (*parse)(std::string_view text);
    std::string_view example;
};
constexpr std::array names = {
    Name{silenceName, parseSilence, "silence 1.2, silence 1.mixer, silence 1.feed-forward"},
    Name{alphaName, parseAlpha, "alpha 1=0.5"},
    Name{setName, parseSet, "set 1.17@4=0.5, set 1.17@4-9=0.5"},
};

std::string listText(const std::vector<float> &values)
{
    std::string text;
    for (const float value : values)
        text += (text.empty() ? "" : ":") + numberText(value);
    return text;
}

} // namespace

std::string textOf(const Intervention &intervention)
{
    const auto text = [](std::string_view name, int layer, char sign, const auto &rest) {
        return std::string(name) + " " + numberText(layer) + sign + std::string(rest);
    };
    return std::visit(
        Overloaded{
            [&](const SilenceHead &change) { return text(silenceName, change.layer, '.', numberText(change.head)); },
            [&](const SilenceMixer &change) { return text(silenceName, change.layer, '.', mixerName); },
            [&](const SilenceFeedForward &change) { return text(silenceName, change.layer, '.', feedForwardName); },
            [&](const SetAlpha &change) { return text(alphaName, change.layer, '=', numberText(change.value)); },
            [&](const SetStates &change) {
                std::string place = numberText(change.channel) + "@" + numberText(change.position);
                if (change.positions > 1)
                    place += "-" + numberText(change.position + change.positions - 1);
                return text(setName, change.layer, '.', place + "=" + listText(change.values));
            },
        },
        intervention);
}

Intervention parseIntervention(std::string_view text)
{
    const auto halves = halvesAt(' ', text);
    const auto *known = std::ranges::find(names, halves ? halves->first : text, &Name::name);
    if (known == names.end())
        throw Error(Error::WrongValue,
                    Text("\"{0}\" is no intervention; it should begin with silence, alpha or set.", text));
    if (const auto intervention = halves ? known->parse(halves->second) : std::nullopt)
        return *intervention;
    throw Error(Error::WrongValue, Text("\"{0}\" is no intervention; it should be as {1}.", text, known->example));
}

} // namespace samout
