#include "core/train/edit.h"

#include "core/base/error.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>
#include <string_view>

namespace samout {

namespace {

enum class Form { Number, Layer, Head, Alpha };

struct Kind {
    std::string_view name;
    Form form;
};
constexpr Kind kinds[] = {
    {"learning_rate", Form::Number}, {"steps", Form::Number},         {"freeze_head", Form::Head},
    {"unfreeze_head", Form::Head},   {"zero_head", Form::Head},       {"reinitialise_head", Form::Head},
    {"freeze_layer", Form::Layer},   {"unfreeze_layer", Form::Layer}, {"hold_alpha", Form::Alpha},
    {"release_alpha", Form::Layer},
};

Form formOf(const Edit &edit)
{
    const auto *kind = std::ranges::find(kinds, edit.kind, &Kind::name);
    if (kind == std::end(kinds))
        throw Error("There is no edit \"" + edit.kind + "\"; a newer version may have made it.");
    return kind->form;
}

template <typename Number> bool reads(std::string_view text, Number &number)
{
    const char *end = text.data() + text.size();
    const auto [read, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && read == end;
}

/// A layer or head, counted from 0.
bool readsIndex(std::string_view text, int &index) { return reads(text, index) && index >= 0; }

/// False where the value is not of its form.
bool reads(std::string_view text, Form form, EditValue &value)
{
    const auto border = text.find(form == Form::Head ? '.' : '=');
    switch (form) {
    case Form::Number:
        return reads(text, value.number);
    case Form::Layer:
        return readsIndex(text, value.layer);
    case Form::Head:
        return border != text.npos && readsIndex(text.substr(0, border), value.layer) &&
               readsIndex(text.substr(border + 1), value.head);
    case Form::Alpha:
        return border != text.npos && readsIndex(text.substr(0, border), value.layer) &&
               reads(text.substr(border + 1), value.number);
    }
    return false;
}

std::string shouldBe(Form form)
{
    switch (form) {
    case Form::Number:
        return "a number";
    case Form::Layer:
        return "a layer, counted from 0";
    case Form::Head:
        return "layer.head, both counted from 0, as 1.2";
    case Form::Alpha:
        return "layer=alpha, as 1=0.5";
    }
    return {};
}

} // namespace

std::string editValue(double number)
{
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, number).ptr};
}

std::string editValue(std::int64_t number) { return std::to_string(number); }

std::string headValue(int layer, int head) { return std::to_string(layer) + "." + std::to_string(head); }

std::string alphaValue(int layer, double alpha) { return std::to_string(layer) + "=" + editValue(alpha); }

EditValue valueOf(const Edit &edit)
{
    EditValue value;
    const Form form = formOf(edit);
    if (!reads(edit.value, form, value))
        throw Error("The edit \"" + edit.kind + "\" at step " + std::to_string(edit.step) + " has the value \"" +
                    edit.value + "\"; it should be " + shouldBe(form) + ".");
    return value;
}

void checkEdit(const Edit &edit)
{
    const EditValue value = valueOf(edit);
    if (edit.kind == "learning_rate" && (!std::isfinite(value.number) || value.number <= 0))
        throw Error("The learning rate is " + edit.value + "; it should be above 0, as 0.001.");
    if (edit.kind == "steps" && (value.number < 0 || value.number > 9e15 || value.number != std::floor(value.number)))
        throw Error("The number of steps is " + edit.value + "; it should be at least 1, or 0 to train until stopped.");
    if (edit.kind == "hold_alpha" && !std::isfinite(static_cast<float>(value.number)))
        throw Error("The alpha to hold is " + editValue(value.number) + "; it should be a finite number, as 0.5.");
}

void checkEdit(const Edit &edit, const ModelConfig &config)
{
    checkEdit(edit);
    const EditValue value = valueOf(edit);
    const auto inside = [&edit](int index, std::int64_t count, const std::string &what) {
        if (index >= count)
            throw Error("The edit \"" + edit.kind + "\" names " + what + " " + std::to_string(index) +
                        ", which the network does not have; it should be 0 to " + std::to_string(count - 1) + ".");
    };
    inside(value.layer, config.numLayers, "layer");
    inside(value.head, config.numHeads, "head");
}

} // namespace samout
