// SPDX-License-Identifier: GPL-3.0-only
#include "core/train/edit_text.h"

#include "core/base/error.h"
#include "core/base/overloaded.h"
#include "core/base/text_form.h"

#include <algorithm>
#include <array>
#include <optional>

namespace samout {

namespace {

template <typename Change> std::optional<Edit> parse(std::string_view value)
{
    constexpr Change example{};
    if constexpr (requires { example.rate; }) {
        if (const auto rate = parseNumber<double>(value))
            return Change{*rate};
    } else if constexpr (requires { example.steps; }) {
        if (const auto steps = parseNumber<std::int64_t>(value))
            return Change{*steps};
    } else if constexpr (requires { example.head; }) {
        if (const auto both = halvesAt('.', value))
            if (const auto layer = parseIndex(both->first), head = parseIndex(both->second); layer && head)
                return Change{*layer, *head};
    } else if constexpr (requires { example.alpha; }) {
        if (const auto both = halvesAt('=', value))
            if (const auto layer = parseIndex(both->first); layer)
                if (const auto alpha = parseNumber<double>(both->second))
                    return Change{*layer, *alpha};
    } else {
        if (const auto layer = parseIndex(value))
            return Change{*layer};
    }
    return std::nullopt;
}

/// The expected form of an edit's value, in words.
template <typename Change> Text formOf()
{
    constexpr Change example{};
    if constexpr (requires { example.rate; })
        return Text("a number");
    else if constexpr (requires { example.steps; })
        return Text("a whole number");
    else if constexpr (requires { example.head; })
        return Text("layer.head, both counted from 0, as 1.2");
    else if constexpr (requires { example.alpha; })
        return Text("layer=alpha, as 1=0.5");
    else
        return Text("a layer, counted from 0");
}

struct Kind {
    std::string_view name;
    std::optional<Edit> (*parse)(std::string_view value);
    Text (*form)();
};
template <typename Change> constexpr Kind kind(std::string_view name) { return {name, parse<Change>, formOf<Change>}; }

/// In the order of Edit's alternatives; UnknownEdit carries its own kind.
constexpr std::array kinds = {
    kind<SetLearningRate>("learning_rate"),
    kind<SetSteps>("steps"),
    kind<FreezeHead>("freeze_head"),
    kind<UnfreezeHead>("unfreeze_head"),
    kind<ZeroHead>("zero_head"),
    kind<ReinitialiseHead>("reinitialise_head"),
    kind<FreezeLayer>("freeze_layer"),
    kind<UnfreezeLayer>("unfreeze_layer"),
    kind<HoldAlpha>("hold_alpha"),
    kind<ReleaseAlpha>("release_alpha"),
};
static_assert(kinds.size() + 1 == std::variant_size_v<Edit>);

template <typename Change> std::string valueText(const Change &change)
{
    if constexpr (requires { change.value; })
        return change.value;
    else if constexpr (requires { change.rate; })
        return numberText(change.rate);
    else if constexpr (requires { change.steps; })
        return numberText(change.steps);
    else if constexpr (requires { change.head; })
        return numberText(change.layer) + "." + numberText(change.head);
    else if constexpr (requires { change.alpha; })
        return numberText(change.layer) + "=" + numberText(change.alpha);
    else
        return numberText(change.layer);
}

} // namespace

EditText textOf(const Edit &edit)
{
    const auto *unknown = std::get_if<UnknownEdit>(&edit);
    return {.kind = unknown ? unknown->kind : std::string(kinds[edit.index()].name),
            .value = std::visit([](const auto &change) { return valueText(change); }, edit)};
}

std::vector<std::string> editKinds()
{
    std::vector<std::string> names;
    for (const Kind &kind : kinds)
        names.emplace_back(kind.name);
    return names;
}

Edit parseEdit(std::string_view kind, std::string_view value)
{
    const auto *known = std::ranges::find(kinds, kind, &Kind::name);
    if (known == kinds.end())
        throw Error(Error::Unsupported, Text("There is no edit \"{0}\"; a newer version may have made it.", kind));
    if (const auto edit = known->parse(value))
        return *edit;
    throw Error(Error::WrongValue,
                Text("The edit \"{0}\" has the value \"{1}\"; it should be {2}.", kind, value, known->form()));
}

Edit storedEdit(const std::string &kind, const std::string &value)
{
    try {
        return parseEdit(kind, value);
    } catch (const Error &) {
        return UnknownEdit{.kind = kind, .value = value};
    }
}

Text sentenceOf(const Edit &edit)
{
    return std::visit(
        Overloaded{
            [](const SetLearningRate &change) { return Text("the learning rate is {0}", change.rate); },
            [](const SetSteps &change) {
                return change.steps == 0 ? Text("it trains until it is stopped")
                                         : Text("it trains to step {0}", change.steps);
            },
            [](const FreezeHead &change) { return Text("head {0} of layer {1} is frozen", change.head, change.layer); },
            [](const UnfreezeHead &change) {
                return Text("head {0} of layer {1} learns again", change.head, change.layer);
            },
            [](const ZeroHead &change) { return Text("head {0} of layer {1} became 0", change.head, change.layer); },
            [](const ReinitialiseHead &change) {
                return Text("head {0} of layer {1} began anew", change.head, change.layer);
            },
            [](const FreezeLayer &change) { return Text("layer {0} is frozen", change.layer); },
            [](const UnfreezeLayer &change) { return Text("layer {0} learns again", change.layer); },
            [](const HoldAlpha &change) {
                return Text("the alpha of layer {0} is held at {1}", change.layer, change.alpha);
            },
            [](const ReleaseAlpha &change) { return Text("the alpha of layer {0} is learnt again", change.layer); },
            [](const UnknownEdit &unknown) { return Text::verbatim(unknown.kind + " " + unknown.value); },
        },
        edit);
}

} // namespace samout
