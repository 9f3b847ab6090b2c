// SPDX-License-Identifier: GPL-3.0-only
#include "core/commands/command_list.h"

#include "core/base/file.h"
#include "core/commands/command_table.h"
#include "core/data/utf8.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <sstream>
#include <utility>

namespace samout {

namespace {

/// A file of commands that a person wrote is smaller.
constexpr std::uint64_t mostBytes = 4 << 20;

/// A value as it stands in the list.
struct Scalar {
    enum Kind { Words, Number, Flag, Nothing };
    std::string text;
    Kind kind = Words;
};

/// What YAML's core schema, and so JSON, makes of a scalar without quotes.
Scalar::Kind kindOf(std::string_view text)
{
    if (text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL")
        return Scalar::Nothing;
    for (const std::string_view flag : {"true", "True", "TRUE", "false", "False", "FALSE"})
        if (text == flag)
            return Scalar::Flag;
    text.remove_prefix(text.starts_with('+') ? 1 : 0);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool isNumber = error != std::errc::invalid_argument && end == text.data() + text.size() &&
                          text.find_first_of("0123456789") != text.npos;
    return isNumber ? Scalar::Number : Scalar::Words;
}

/// What is wrong with the kind of a value; empty if the argument's type has values of this kind.
Text problemOfKind(const CommandArgument &argument, const Scalar &value)
{
    if (value.kind == Scalar::Nothing)
        return Text("is empty; it should have a value");
    switch (argument.type) {
    case ArgumentType::Whole:
    case ArgumentType::Number:
        return value.kind == Scalar::Number ? Text()
                                            : Text("is \"{0}\"; it should be a number without quotes", value.text);
    case ArgumentType::Flag:
        return value.kind == Scalar::Flag ? Text()
                                          : Text("is \"{0}\"; it should be true or false, without quotes", value.text);
    case ArgumentType::Words:
    case ArgumentType::Choice:
    case ArgumentType::File:
        return value.kind == Scalar::Words ? Text()
                                           : Text("is {0}, which is no text; a text like it needs quotes", value.text);
    }
    return {};
}

/// Builds the calls from the parser's events, and refuses everything but a list of flat objects. Nothing is kept of
/// what is refused: neither deep nesting nor aliases can make it grow.
class ListBuilder : public YAML::EventHandler {
public:
    explicit ListBuilder(std::string origin) : m_origin(std::move(origin)) {}

    std::vector<CommandCall> calls;
    bool hasList = false;

    void OnDocumentStart(const YAML::Mark &) override
    {
        if (std::exchange(m_hasDocument, true))
            refuse(Text("{0} has several documents; it should have one list of commands.", m_origin));
    }
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark &, YAML::anchor_t) override { take({.text = "null", .kind = Scalar::Nothing}); }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t) override
    {
        refuse(Text("{0} has an alias (*) in line {1}; a list of commands may have none.", m_origin, mark.line + 1));
    }
    void OnScalar(const YAML::Mark &mark, const std::string &tag, YAML::anchor_t, const std::string &value) override
    {
        if (tag == "?")
            return take({.text = value, .kind = kindOf(value)});
        if (tag != "!")
            refuse(Text("{0} has the tag {1} in line {2}; a list of commands may have none.", m_origin, tag,
                        mark.line + 1));
        take({.text = value});
    }
    void OnSequenceStart(const YAML::Mark &, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        if (m_depth > 0)
            refuseStructure();
        hasList = true;
        ++m_depth;
    }
    void OnSequenceEnd() override { --m_depth; }
    void OnMapStart(const YAML::Mark &, const std::string &, YAML::anchor_t, YAML::EmitterStyle::value) override
    {
        if (m_depth != 1)
            refuseStructure();
        ++m_depth;
        m_values.clear();
        m_key.reset();
    }
    void OnMapEnd() override
    {
        --m_depth;
        endCall();
    }

private:
    [[noreturn]] static void refuse(const Text &sentence) { throw Error(Error::Damaged, sentence); }
    [[noreturn]] void refuseCall(const std::string &id, const Text &what) const
    {
        throw commandError(calls.size(), id, Error(Error::WrongValue, what));
    }
    std::string id() const
    {
        const auto found = std::ranges::find(m_values, "command", &std::pair<std::string, Scalar>::first);
        return found == m_values.end() ? std::string() : found->second.text;
    }

    /// Something is not where it should be.
    [[noreturn]] void refuseStructure() const
    {
        if (m_depth == 0)
            refuse(Text("{0} is no list of commands; it should be as [{{\"command\": \"window.quit\"}}].", m_origin));
        if (m_depth == 1)
            refuseCall({}, Text("it should be an object, as {{\"command\": \"window.quit\"}}."));
        refuseCall(id(), m_key ? Text("its {0} is a list or an object; it should be one value.", *m_key)
                               : Text("the name of an argument should be a text."));
    }

    void take(Scalar scalar)
    {
        if (m_depth < 2)
            refuseStructure();
        if (m_key) {
            m_values.emplace_back(*std::exchange(m_key, std::nullopt), std::move(scalar));
            return;
        }
        if (std::ranges::find(m_values, scalar.text, &std::pair<std::string, Scalar>::first) != m_values.end())
            refuseCall(id(), Text("it has \"{0}\" twice.", scalar.text));
        m_key = std::move(scalar.text);
    }

    void endCall()
    {
        CommandCall call{.id = id()};
        const Command *command = findCommand(call.id);
        if (call.id.empty())
            refuseCall({}, Text("it has no \"command\"."));
        for (auto &[name, value] : m_values) {
            const CommandArgument *argument = command ? command->argument(name) : nullptr;
            if (name == "command")
                continue;
            if (const Text problem = argument ? problemOfKind(*argument, value) : Text(); !problem.empty())
                refuseCall(call.id, Text("its {0} {1}.", name, problem));
            if (value.kind == Scalar::Flag)
                std::ranges::transform(value.text, value.text.begin(), [](char c) { return c < 'a' ? c + 32 : c; });
            call.arguments.emplace(name, std::move(value.text));
        }
        try {
            check(call);
        } catch (const Error &error) {
            throw commandError(calls.size(), call.id, error);
        }
        calls.push_back(std::move(call));
    }

    std::string m_origin;
    int m_depth = 0;
    bool m_hasDocument = false;
    /// The name whose value comes next.
    std::optional<std::string> m_key;
    /// Of the call that is being read, in order.
    std::vector<std::pair<std::string, Scalar>> m_values;
};

/// JSON writes a character beyond U+FFFF as two escapes, \ud83d\ude00, YAML as one, \U0001f600.
std::string withWholeEscapes(std::string_view text)
{
    const auto escaped = [&](std::size_t at) -> std::uint32_t {
        std::uint32_t unit = 0;
        if (at + 6 > text.size() || text.substr(at, 2) != "\\u")
            return 0;
        const char *begin = text.data() + at + 2;
        return std::from_chars(begin, begin + 4, unit, 16).ptr == begin + 4 ? unit : 0;
    };
    std::string whole;
    for (std::size_t at = 0; at < text.size(); ++at) {
        const std::uint32_t high = escaped(at), low = escaped(at + 6);
        if (high >= 0xD800 && high < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
            char hex[9] = "00000000";
            const std::uint32_t point = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
            std::to_chars(hex + (point < 0x100000 ? 3 : 2), hex + 8, point, 16);
            whole.append("\\U").append(hex, 8);
            at += 11;
        } else {
            whole += text[at];
            if (text[at] == '\\' && at + 1 < text.size())
                whole += text[++at];
        }
    }
    return whole;
}

void checkIsText(std::string_view text, const std::string &origin)
{
    const bool control =
        std::ranges::any_of(text, [](unsigned char c) { return c < ' ' && c != '\n' && c != '\r' && c != '\t'; });
    if (control || firstBadByte(text) != text.npos)
        throw Error(Error::Damaged, Text("{0} is no text in UTF-8; a list of commands is JSON or YAML.", origin));
}

} // namespace

std::vector<CommandCall> parseCommandList(std::string_view text, const std::string &origin)
{
    checkIsText(text, origin);
    ListBuilder builder(origin);
    try {
        std::istringstream stream(withWholeEscapes(text));
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) {
        }
    } catch (const YAML::Exception &problem) {
        throw Error(Error::Damaged, Text("{0} is neither JSON nor YAML from line {1} on: {2}.", origin,
                                         problem.mark.line + 1, problem.msg));
    }
    if (!builder.hasList)
        throw Error(Error::Damaged, Text("{0} is empty; it should have a list of commands.", origin));
    return std::move(builder.calls);
}

std::vector<CommandCall> readCommandList(const std::filesystem::path &file)
{
    const InputFile input(file);
    if (input.size() > mostBytes)
        throw Error(Error::Damaged,
                    Text("{0} is too large for a list of commands; it may have {1} bytes.", file.string(), mostBytes));
    return parseCommandList(input.text(), file.string());
}

Error commandError(std::size_t index, const std::string &id, const std::exception &what)
{
    return Error(Error::WrongValue, id.empty() ? Text("Command {0}: {1}", index + 1, textOf(what))
                                               : Text("Command {0}, {1}: {2}", index + 1, id, textOf(what)));
}

} // namespace samout
