// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/interventions_file.h"

#include "core/base/error.h"
#include "core/base/file.h"
#include "core/base/overloaded.h"
#include "core/files/untrusted_json.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <optional>
#include <string_view>

namespace samout {

namespace {

using Json = nlohmann::json;

constexpr std::string_view positiveInfinity = "inf", negativeInfinity = "-inf";
/// Our own files have no deeper and no longer lists.
constexpr int deepest = 8;
constexpr std::size_t longestList = 1'000'000;

/// JSON has no infinities.
Json jsonOf(float value)
{
    if (std::isinf(value))
        return value > 0 ? positiveInfinity : negativeInfinity;
    return value;
}

/// Reads one entry of the list and says what is wrong with it.
class EntryReader {
public:
    EntryReader(const Json &object, std::size_t index) : m_object(object), m_index(index)
    {
        if (!object.is_object())
            refuse(Text("it should be an object in braces"));
    }

    Intervention intervention() const;
    bool on() const
    {
        const auto found = m_object.find("on");
        return found == m_object.end() || !found->is_boolean() || found->get<bool>();
    }

    Intervention head() const { return SilenceHead{.layer = index("layer"), .head = index("head")}; }
    Intervention mixer() const { return SilenceMixer{.layer = index("layer")}; }
    Intervention feedForward() const { return SilenceFeedForward{.layer = index("layer")}; }
    Intervention alpha() const { return SetAlpha{.layer = index("layer"), .value = number(value("value"))}; }
    Intervention states() const
    {
        SetStates change{.layer = index("layer"), .position = index("position"), .channel = index("channel")};
        const Json values = value("values");
        if (!values.is_array() || values.empty())
            refuse(Text("it has no values; it should have at least one"));
        for (const Json &entry : values)
            change.values.push_back(number(entry));
        if (m_object.contains("last")) {
            change.positions = index("last") - change.position + 1;
            if (change.positions < 1 || change.positions > longestHold || change.values.size() > 1)
                refuse(
                    Text("its last should be a position from its own on, at most {0} further, and it should have one "
                         "value then",
                         longestHold - 1));
        }
        return change;
    }

private:
    [[noreturn]] void refuse(const Text &what) const
    {
        throw Error(Error::Damaged, Text("Intervention {0} of the file cannot be read: {1}.", m_index + 1, what));
    }
    Json value(const char *key) const
    {
        const auto found = m_object.find(key);
        return found == m_object.end() ? Json() : *found;
    }
    int index(const char *key) const
    {
        const Json found = value(key);
        const double whole = found.is_number() ? found.get<double>() : -1;
        if (whole < 0 || whole > std::numeric_limits<int>::max() || whole != std::floor(whole))
            refuse(Text("its {0} should be a whole number from 0 on", key));
        return static_cast<int>(whole);
    }
    float number(const Json &value) const
    {
        if (value.is_number())
            return value.get<float>();
        if (value == positiveInfinity)
            return std::numeric_limits<float>::infinity();
        if (value == negativeInfinity)
            return -std::numeric_limits<float>::infinity();
        refuse(Text("a value of it is not a number"));
    }

    const Json &m_object;
    std::size_t m_index;
};

struct Kind {
    std::string_view name;
    Intervention (EntryReader::*read)() const;
};
/// In the order of Intervention's alternatives.
constexpr std::array kinds = {
    Kind{"head", &EntryReader::head},
    Kind{"mixer", &EntryReader::mixer},
    Kind{"feed-forward", &EntryReader::feedForward},
    Kind{"alpha", &EntryReader::alpha},
    Kind{"states", &EntryReader::states},
};
static_assert(kinds.size() == std::variant_size_v<Intervention>);

Intervention EntryReader::intervention() const
{
    const Json kind = value("kind");
    const std::string name = kind.is_string() ? kind.get<std::string>() : std::string();
    const auto *known = std::ranges::find(kinds, name, &Kind::name);
    if (known == kinds.end())
        refuse(Text("its kind is \"{0}\"; it should be head, mixer, feed-forward, alpha or states", name));
    return (this->*known->read)();
}

Json jsonOf(const InterventionsFile::Entry &entry)
{
    Json object{{"kind", kinds[entry.intervention.index()].name}, {"on", entry.on}};
    std::visit(
        [&](const auto &change) {
            object["layer"] = change.layer;
            if constexpr (requires { change.head; })
                object["head"] = change.head;
            if constexpr (requires { change.value; })
                object["value"] = jsonOf(change.value);
            if constexpr (requires { change.values; }) {
                object["position"] = change.position;
                if (change.positions > 1)
                    object["last"] = change.position + change.positions - 1;
                object["channel"] = change.channel;
                object["values"] = Json::array();
                for (const float value : change.values)
                    object["values"].push_back(jsonOf(value));
            }
        },
        entry.intervention);
    return object;
}

/// The file's text, unchecked.
std::string textOf(const std::filesystem::path &path)
{
    try {
        return InputFile(path).text();
    } catch (const Error &error) {
        throw Error(error.kind(), Text("The interventions in {0} cannot be read: {1}", path.string(), error.text()));
    }
}

} // namespace

void writeInterventions(const std::filesystem::path &path, const InterventionsFile &file)
{
    Json object{{"snapshot", file.snapshot}, {"step", file.step}, {"interventions", Json::array()}};
    for (const InterventionsFile::Entry &entry : file.entries)
        object["interventions"].push_back(jsonOf(entry));
    writeFileWhole(path, object.dump(4, ' ', false, Json::error_handler_t::replace) + "\n");
}

InterventionsFile readInterventions(const std::filesystem::path &path)
{
    const std::string text = textOf(path);
    if (!Json::accept(text))
        throw Error(Error::Damaged,
                    Text("{0} is not JSON; it should be a file that the What if panel saved.", path.string()));
    const Json object = parseUntrusted(text, deepest, longestList, Text::verbatim(path.string()));
    const auto value = [&object](const char *key) { return object.is_object() ? object.value(key, Json()) : Json(); };
    const Json entries = value("interventions");
    if (!entries.is_array())
        throw Error(
            Error::Damaged,
            Text("{0} holds no interventions; it should be a file that the What if panel saved.", path.string()));
    InterventionsFile file;
    if (const Json snapshot = value("snapshot"); snapshot.is_string())
        file.snapshot = snapshot.get<std::string>();
    if (const Json step = value("step"); step.is_number_integer())
        file.step = step.get<std::int64_t>();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        const EntryReader reader(entries[i], i);
        file.entries.push_back({.intervention = reader.intervention(), .on = reader.on()});
    }
    return file;
}

} // namespace samout
