// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/training_messages.h"

#include "core/base/error.h"
#include "core/base/text_form.h"
#include "core/files/untrusted_json.h"
#include "core/model/mixer.h"
#include "core/runs/options_json.h"
#include "core/train/edit_text.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <type_traits>
#include <utility>

namespace samout {

using Json = nlohmann::ordered_json;

namespace {

/// In the order of the alternatives of TrainingCommand, TrainingEvent and SessionStatus.
constexpr std::array commandNames = {"start", "pause",       "go_on",      "step", "stop",
                                     "edit",  "breakpoints", "checkpoint", "keep", "snapshot"};
constexpr std::array eventNames = {"prepared", "step", "edit", "break", "snapshot", "status", "remark"};
constexpr std::array statusNames = {"idle",   "preparing", "running", "pausing",
                                    "paused", "stopping",  "stopped", "failed"};
static_assert(commandNames.size() == std::variant_size_v<TrainingCommand>);
static_assert(eventNames.size() == std::variant_size_v<TrainingEvent>);
static_assert(statusNames.size() == static_cast<std::size_t>(SessionStatus::Failed) + 1);

// ---- Writing

Json numberJson(double number) { return std::isfinite(number) ? Json(number) : Json(numberText(number)); }

Json numbersJson(const std::vector<float> &numbers)
{
    Json list = Json::array();
    for (const float number : numbers)
        list.push_back(numberJson(static_cast<double>(number)));
    return list;
}

void write(Json &object, const Edit &edit)
{
    EditText text = textOf(edit);
    object["kind"] = std::move(text.kind);
    object["value"] = std::move(text.value);
}

void write(Json &object, const AppliedEdit &edit)
{
    object["step"] = edit.step;
    write(object, edit.edit);
}

template <typename Empty>
requires std::is_empty_v<Empty>
void write(Json &, const Empty &) {}

void write(Json &object, const StartTraining &start)
{
    object["options"] = Json::parse(jsonOf(start.options));
    object["paused"] = start.paused;
    object["folder"] = start.plan.folder.string();
    object["title"] = start.plan.title;
    object["resume"] = start.plan.resume;
    if (start.plan.steps)
        object["steps"] = *start.plan.steps;
}

void write(Json &object, const SetBreakpoints &set)
{
    object["breakpoints"] = Json::array();
    for (const Breakpoint &breakpoint : set.breakpoints)
        object["breakpoints"].push_back(breakpointText(breakpoint));
    object["at_not_finite"] = set.atNotFinite;
}

void write(Json &object, const KeepSnapshot &keep)
{
    object["run"] = keep.run.string();
    object["step"] = keep.step;
}

void write(Json &object, const TrainingFacts &facts)
{
    object["options"] = Json::parse(jsonOf(facts.options));
    object["mixer"] = facts.config.mixer->facts().name;
    object["vocab_size"] = facts.config.vocabSize;
    object["hidden_size"] = facts.config.hiddenSize;
    object["num_heads"] = facts.config.numHeads;
    object["num_layers"] = facts.config.numLayers;
    if (facts.config.paddingId)
        object["padding_id"] = *facts.config.paddingId;
    object["device"] = facts.device;
    object["parameters"] = facts.parameters;
    object["run"] = facts.run.string();
    object["step"] = facts.step;
    object["edits"] = Json::array();
    for (const AppliedEdit &edit : facts.edits)
        write(object["edits"].emplace_back(Json::object()), edit);
}

void write(Json &object, const StepMetrics &metrics)
{
    object["step"] = metrics.step;
    object["loss"] = numberJson(metrics.loss);
    object["rejected"] = metrics.again;
    if (metrics.heldOutLoss)
        object["held_out_loss"] = numberJson(*metrics.heldOutLoss);
    object["learning_rate"] = numberJson(metrics.learningRate);
    object["gradient_norm"] = numberJson(metrics.gradientNorm);
    object["layer_gradient_norms"] = numbersJson(metrics.layerGradientNorms);
    object["seconds"] = numberJson(metrics.seconds);
    object["tokens"] = metrics.tokens;
    object["alphas"] = numbersJson(metrics.alphas);
}

void write(Json &object, const BreakpointHit &hit)
{
    object["step"] = hit.step;
    if (hit.breakpoint)
        object["breakpoint"] = breakpointText(*hit.breakpoint);
    if (hit.layer >= 0)
        object["layer"] = hit.layer;
    object["sentence"] = hit.sentence.english();
}

void write(Json &object, const TakenSnapshot &taken)
{
    object["step"] = taken.step;
    object["seconds"] = numberJson(taken.seconds);
}

void write(Json &object, const StatusChange &change)
{
    object["status"] = statusNames[static_cast<std::size_t>(change.status)];
    if (!change.reason.empty())
        object["reason"] = change.reason.english();
}

void write(Json &object, const Remark &remark) { object["sentence"] = remark.sentence.english(); }

template <typename Message> std::string written(const char *what, const char *name, const Message &message)
{
    Json object;
    object[what] = name;
    std::visit([&](const auto &alternative) { write(object, alternative); }, message);
    return object.dump(-1, ' ', false, Json::error_handler_t::replace);
}

// ---- Reading

/// The fields of a JSON object. Every method throws Error if the value is missing or of a wrong type.
class Fields {
public:
    explicit Fields(const nlohmann::json &object) : m_object(object) {}

    bool has(const char *name) const { return m_object.contains(name); }
    const nlohmann::json &at(const char *name, bool (nlohmann::json::*isRight)() const noexcept) const
    {
        if (!has(name) || !(m_object[name].*isRight)())
            wrong(name);
        return m_object[name];
    }
    std::string text(const char *name) const { return at(name, &nlohmann::json::is_string).get<std::string>(); }
    bool flag(const char *name) const { return at(name, &nlohmann::json::is_boolean).get<bool>(); }
    template <typename Whole = std::int64_t> Whole whole(const char *name) const
    {
        const nlohmann::json &value = at(name, &nlohmann::json::is_number_integer);
        const bool fits = value.is_number_unsigned() ? std::in_range<Whole>(value.get<std::uint64_t>())
                                                     : std::in_range<Whole>(value.get<std::int64_t>());
        if (!fits)
            wrong(name);
        return value.get<Whole>();
    }
    double number(const char *name) const
    {
        if (!has(name))
            wrong(name);
        return numberOf(m_object[name], name);
    }
    std::vector<float> numbers(const char *name) const
    {
        std::vector<float> numbers;
        for (const nlohmann::json &value : at(name, &nlohmann::json::is_array))
            numbers.push_back(static_cast<float>(numberOf(value, name)));
        return numbers;
    }

    [[noreturn]] static void wrong(const char *name)
    {
        throw Error(Error::Damaged,
                    Text("The message has no \"{0}\", or one of a wrong type.", std::string_view(name)));
    }

private:
    static double numberOf(const nlohmann::json &value, const char *name)
    {
        if (value.is_number())
            return value.get<double>();
        const auto number = value.is_string() ? parseNumber<double>(value.get<std::string>()) : std::nullopt;
        if (!number)
            wrong(name);
        return *number;
    }

    const nlohmann::json &m_object;
};

TrainingOptions optionsOf(const Fields &fields)
{
    return optionsOfJson(fields.at("options", &nlohmann::json::is_object).dump(), Text("The message's options"));
}

template <typename Empty>
requires std::is_empty_v<Empty>
void read(const Fields &, Empty &) {}

void read(const Fields &fields, StartTraining &start)
{
    start.options = optionsOf(fields);
    start.paused = fields.flag("paused");
    start.plan = {.folder = fields.text("folder"), .title = fields.text("title"), .resume = fields.flag("resume")};
    if (fields.has("steps"))
        start.plan.steps = fields.whole("steps");
}

void read(const Fields &fields, Edit &edit) { edit = parseEdit(fields.text("kind"), fields.text("value")); }

void read(const Fields &fields, SetBreakpoints &set)
{
    for (const nlohmann::json &text : fields.at("breakpoints", &nlohmann::json::is_array)) {
        if (!text.is_string())
            Fields::wrong("breakpoints");
        set.breakpoints.push_back(parseBreakpoint(text.get<std::string>()));
    }
    set.atNotFinite = fields.flag("at_not_finite");
}

void read(const Fields &fields, KeepSnapshot &keep)
{
    keep.run = fields.text("run");
    keep.step = fields.whole("step");
}

void read(const Fields &fields, AppliedEdit &edit)
{
    edit = {.step = fields.whole("step"), .edit = storedEdit(fields.text("kind"), fields.text("value"))};
}

void read(const Fields &fields, TrainingFacts &facts)
{
    facts.options = optionsOf(fields);
    facts.config = {.vocabSize = fields.whole("vocab_size"),
                    .hiddenSize = fields.whole("hidden_size"),
                    .numHeads = fields.whole("num_heads"),
                    .numLayers = fields.whole("num_layers"),
                    .paddingId = fields.has("padding_id") ? std::optional(fields.whole("padding_id")) : std::nullopt,
                    .mixer = &mixerNamed(fields.text("mixer"))};
    facts.config.check();
    facts.device = fields.text("device");
    facts.parameters = fields.whole("parameters");
    facts.run = fields.text("run");
    facts.step = fields.whole("step");
    for (const nlohmann::json &edit : fields.at("edits", &nlohmann::json::is_array))
        read(Fields(edit), facts.edits.emplace_back());
}

void read(const Fields &fields, StepMetrics &metrics)
{
    metrics.step = fields.whole("step");
    metrics.loss = fields.number("loss");
    metrics.again = fields.flag("rejected");
    if (fields.has("held_out_loss"))
        metrics.heldOutLoss = fields.number("held_out_loss");
    metrics.learningRate = fields.number("learning_rate");
    metrics.gradientNorm = fields.number("gradient_norm");
    metrics.layerGradientNorms = fields.numbers("layer_gradient_norms");
    metrics.seconds = fields.number("seconds");
    metrics.tokens = fields.whole("tokens");
    metrics.alphas = fields.numbers("alphas");
}

void read(const Fields &fields, BreakpointHit &hit)
{
    hit.step = fields.whole("step");
    if (fields.has("breakpoint"))
        hit.breakpoint = parseBreakpoint(fields.text("breakpoint"));
    if (fields.has("layer"))
        hit.layer = fields.whole<int>("layer");
    hit.sentence = Text::verbatim(fields.text("sentence"));
}

void read(const Fields &fields, TakenSnapshot &taken)
{
    taken.step = fields.whole("step");
    taken.seconds = fields.number("seconds");
}

void read(const Fields &fields, StatusChange &change)
{
    const auto *name = std::ranges::find(statusNames, fields.text("status"));
    if (name == statusNames.end())
        Fields::wrong("status");
    change.status = static_cast<SessionStatus>(name - statusNames.begin());
    if (fields.has("reason"))
        change.reason = Text::verbatim(fields.text("reason"));
}

void read(const Fields &fields, Remark &remark) { remark.sentence = Text::verbatim(fields.text("sentence")); }

nlohmann::json messageOf(std::string_view json)
{
    constexpr int depth = 4;
    constexpr std::size_t longestList = 1'000'000;
    return parseUntrusted(json, depth, longestList, Text("The message"));
}

/// Reads the alternative of this index.
template <typename Message, std::size_t... indexes>
Message readAlternative(const Fields &fields, std::size_t wanted, std::index_sequence<indexes...>)
{
    Message message;
    const auto readIf = [&]<std::size_t index>() {
        if (index == wanted)
            read(fields, message.template emplace<index>());
    };
    (readIf.template operator()<indexes>(), ...);
    return message;
}

template <typename Message, typename Names>
Message readMessage(const Fields &fields, const Names &names, const std::string &name, const Error &unknown)
{
    const auto *found = std::ranges::find(names, name);
    if (found == names.end())
        throw unknown;
    return readAlternative<Message>(fields, static_cast<std::size_t>(found - names.begin()),
                                    std::make_index_sequence<std::variant_size_v<Message>>());
}

} // namespace

void checkCommand(const TrainingCommand &command)
{
    if (const auto *edit = std::get_if<Edit>(&command))
        checkEdit(*edit);
    if (const auto *set = std::get_if<SetBreakpoints>(&command))
        std::ranges::for_each(set->breakpoints, checkBreakpoint);
    if (const auto *keep = std::get_if<KeepSnapshot>(&command); keep && !keep->snapshot)
        throw Error(Error::WrongValue, Text("The snapshot of step {0} came without its weights.", keep->step));
}

std::string jsonOfCommand(const TrainingCommand &command)
{
    return written("command", commandNames[command.index()], command);
}

std::string jsonOfEvent(const TrainingEvent &event) { return written("event", eventNames[event.index()], event); }

TrainingCommand commandOfJson(std::string_view json)
{
    const nlohmann::json object = messageOf(json);
    const Fields fields(object);
    const std::string name = fields.text("command");
    return readMessage<TrainingCommand>(
        fields, commandNames, name,
        Error(Error::Unsupported, Text("A training has no command \"{0}\"; a newer version may have it.", name)));
}

TrainingEvent eventOfJson(std::string_view json)
{
    const nlohmann::json object = messageOf(json);
    const Fields fields(object);
    const std::string name = fields.text("event");
    return readMessage<TrainingEvent>(
        fields, eventNames, name,
        Error(Error::Unsupported, Text("A training has no event \"{0}\"; a newer version may have it.", name)));
}

} // namespace samout
