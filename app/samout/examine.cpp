// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/examine.h"

#include "app/samout/arguments.h"
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "app/samout/terminal.h"
#include "core/base/error.h"
#include "core/base/file.h"
#include "core/data/labelled_sentences.h"
#include "core/runs/model_data.h"
#include "core/runs/open_model.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <type_traits>

namespace samout::cli {

namespace {

using Json = nlohmann::ordered_json;

std::string examples()
{
    std::string text = "Questions, and the options that each takes beside those of interventions:\n";
    for (const QuestionKind &kind : questionKinds()) {
        std::string line = kind.id;
        for (const auto &[uses, option] : {std::pair(kind.other, " (two MODELs)"), std::pair(kind.text, " --text"),
                                           std::pair(kind.data, " --data --tokens --sequence-length"),
                                           std::pair(kind.word, " --word"), std::pair(kind.channels, " --channels")})
            if (uses)
                line += option;
        text += "  " + line + "\n      " + wrapped(kind.title.english(), 100, 6) + "\n";
    }
    return text + R"(
What is not given is what the window's panel shows first: the text and the data of the run, or of the built-in data that
has the model's vocabulary. With interventions the answer comes as trained, as changed, and as the difference. --json
prints an object for each of these, --csv writes all rows to one file, and both give every number exactly.

Examples:
  samout examine surprise small.safetensors --text "tom is in the garden. "
  samout examine effects runs/classroom --tokens 2000 --silence 1.0 --csv effects.csv
  samout examine compare before.safetensors after.safetensors --json)";
}

/// Throws UsageError if the question does not use `option`, which is given.
void refuse(const QuestionKind &kind, bool given, bool QuestionKind::*uses, const std::string &option)
{
    if (!given || kind.*uses)
        return;
    std::string users;
    for (const QuestionKind &other : questionKinds())
        if (other.*uses)
            users += (users.empty() ? "" : ", ") + std::string(other.id);
    throw UsageError("The question " + std::string(kind.id) + " does not use " + option + "; it is for " + users + ".");
}

/// The data that the question needs, or that its first text comes from; nullptr if it is not known.
std::shared_ptr<const Dataset> dataOf(const QuestionArguments &given, const QuestionKind &kind,
                                      const Snapshot &snapshot)
{
    if (given.data)
        return dataFor(snapshot, *given.data, given.sequenceLength);
    const bool needed = kind.data || kind.sentences;
    try {
        auto data = dataOfModel(given.models.front(), snapshot);
        if (given.sequenceLength && data)
            data = dataFor(snapshot, data->name(), given.sequenceLength);
        if (!data && needed)
            throw Error("What " + given.models.front() + " was trained on is not known, and no built-in data has its " +
                        "vocabulary" + (kind.data ? ": give --data." : "."));
        return data;
    } catch (const Error &) {
        if (needed)
            throw;
        return nullptr; // its text is not needed, or the first tokens do
    }
}

Json jsonOf(const Table::Value &value)
{
    return std::visit(
        [&](const auto &one) -> Json {
            using One = std::decay_t<decltype(one)>;
            if constexpr (std::is_same_v<One, std::monostate>)
                return nullptr;
            else if constexpr (std::is_same_v<One, float>)
                return std::isfinite(one) ? Json(std::stod(textOf(value))) : Json(nullptr); // no digits of a double
            else
                return one;
        },
        value);
}

std::string keyOf(std::string name)
{
    std::ranges::replace(name, ' ', '_');
    return name;
}

Json jsonOf(const QuestionKind &kind, const Answer &answer, bool named)
{
    Json object = kind.channels ? effectsJson(answer) : Json::object();
    if (named)
        object["network"] = nameOf(answer.side);
    for (const auto &[name, value] : answer.facts)
        object[keyOf(name)] = jsonOf(value);
    Json &rows = object["rows"] = Json::array();
    for (const Table::Row &row : answer.table.rows) {
        Json &one = rows.emplace_back(Json::object());
        for (std::size_t i = 0; i < row.size(); ++i)
            one[keyOf(answer.table.columns[i].name)] = jsonOf(row[i]);
    }
    return object;
}

/// For reading: six digits.
std::string shortText(const Table::Value &value)
{
    return std::visit(
        [&](const auto &one) -> std::string {
            if constexpr (std::is_floating_point_v<std::decay_t<decltype(one)>>) {
                char text[32];
                std::snprintf(text, sizeof text, "%.6g", static_cast<double>(one));
                return std::isnan(one) ? "NaN" : text;
            } else {
                std::string text = textOf(value);
                std::ranges::replace_if(
                    text, [](char c) { return c == '\n' || c == '\t'; }, ' ');
                return text;
            }
        },
        value);
}

/// The columns of a terminal that a text takes, one a code point.
std::size_t widthOf(const std::string &text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string textOf(const Answer &answer)
{
    const Table &table = answer.table;
    std::vector<std::vector<std::string>> lines(1 + table.rows.size());
    for (const Table::Column &column : table.columns)
        lines[0].push_back(column.name + (column.unit.empty() ? "" : " (" + column.unit + ")"));
    for (std::size_t row = 0; row < table.rows.size(); ++row)
        for (const Table::Value &value : table.rows[row])
            lines[row + 1].push_back(shortText(value));
    std::vector<std::size_t> widths(table.columns.size());
    for (const auto &line : lines)
        for (std::size_t i = 0; i < line.size(); ++i)
            widths[i] = std::max(widths[i], widthOf(line[i]));
    std::string text;
    for (const auto &line : lines) {
        std::string cells;
        for (std::size_t i = 0; i < line.size(); ++i)
            cells += line[i] + std::string(widths[i] - widthOf(line[i]) + 2, ' ');
        text += cells.substr(0, cells.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

void printText(const QuestionKind &kind, const Answer &answer, const ModelConfig &config)
{
    if (kind.channels)
        return print(effectsText(answer, config));
    std::vector<std::pair<std::string, std::string>> facts;
    for (const auto &[name, value] : answer.facts)
        facts.emplace_back(name, shortText(value));
    printTable(facts);
    print("\n" + textOf(answer));
}

void writeCsv(const std::string &path, const Table &table)
{
    writeFileWhole(path, csvOf(table));
    printTable({{"rows", grouped(std::ssize(table.rows))}, {"saved", path}});
}

/// The fact of that name; 0 if there is none.
std::int64_t factOf(const Answer &answer, std::string_view name)
{
    for (const auto &[known, value] : answer.facts)
        if (known == name)
            return std::get<std::int64_t>(value);
    return 0;
}

} // namespace

void QuestionArguments::addTo(CLI::App &command)
{
    const QuestionKind *const kind = findQuestion(question);
    const auto takes = [kind](bool QuestionKind::*uses) { return !kind || kind->*uses; };
    if (takes(&QuestionKind::text))
        command.add_option("--text", text, "The text to read, from an empty state")->type_name("TEXT");
    if (takes(&QuestionKind::data)) {
        command.add_option("--data", data, "article, a task (`samout tasks` lists them), a .txt or a .jsonl file")
            ->type_name("NAME|FILE");
        command.add_option("--tokens", tokens, "Measure on about N tokens of the data")
            ->check(CLI::Range(std::int64_t{1}, std::int64_t{100'000'000}))
            ->type_name("N");
        command.add_option("--sequence-length", sequenceLength, "As in training; 64 for sentences, else 50")
            ->check(CLI::Range(std::int64_t{2}, std::int64_t{1'000'000}))
            ->type_name("N");
    }
    if (takes(&QuestionKind::word))
        command.add_option("--word", word, "The word in which two sentences differ")
            ->check(CLI::IsMember({"name", "animal", "thing"}))
            ->type_name("name|animal|thing");
    if (takes(&QuestionKind::channels))
        command.add_option("--channels", channelsOf, "Instead, every single channel of this layer, from 0 on")
            ->type_name("LAYER");
    changes.addTo(command);
    command.add_option("--csv", csv, "Write all rows there")->type_name("FILE");
    command.add_flag("--json", json, "Print one JSON object a line, one for each network");
}

/// Throws UsageError if there is no such question, or it does not use what is given.
const QuestionKind &QuestionArguments::checkedKind() const
{
    const QuestionKind *const kind = findQuestion(question);
    if (!kind) {
        std::string ids;
        for (const QuestionKind &one : questionKinds())
            ids += (ids.empty() ? "" : ", ") + std::string(one.id);
        throw UsageError("There is no question " + question + "; there are " + ids + ".");
    }
    refuse(*kind, text.has_value(), &QuestionKind::text, "--text");
    refuse(*kind, data.has_value(), &QuestionKind::data, "--data");
    refuse(*kind, tokens.has_value(), &QuestionKind::data, "--tokens");
    refuse(*kind, sequenceLength.has_value(), &QuestionKind::data, "--sequence-length");
    refuse(*kind, word.has_value(), &QuestionKind::word, "--word");
    refuse(*kind, channelsOf.has_value(), &QuestionKind::channels, "--channels");
    if (models.size() != (kind->other ? 2U : 1U))
        throw UsageError("The question " + question + (kind->other ? " needs two MODELs." : " needs one MODEL."));
    if (json && csv)
        throw UsageError("Give one of --json and --csv.");
    return *kind;
}

/// What the question is asked about.
Inquiry QuestionArguments::inquiry(const QuestionKind &kind) const
{
    Inquiry inquiry{.snapshot = openModel(models.front()), .interventions = changes.interventions()};
    if (kind.other)
        inquiry.other = openModel(models.back());
    if (kind.data || kind.sentences || kind.other || (kind.text && !text))
        inquiry.data = dataOf(*this, kind, *inquiry.snapshot);
    const Vocabulary &vocabulary = inquiry.snapshot->vocabulary();
    if (text)
        readTokens(std::nullopt, text, vocabulary, "the text"); // reports unknown characters
    inquiry.text = text ? unescaped(*text) : inquiry.data ? inquiry.data->exampleText() : firstText(vocabulary);
    inquiry.tokens = tokens.value_or(0);
    for (const LabelledWord one : {LabelledWord::Name, LabelledWord::Animal, LabelledWord::Thing})
        if (word == nameOf(one))
            inquiry.word = one;
    inquiry.channelsOf = channelsOf;
    inquiry.progress = [redraw = isTerminal()](double share) {
        if (redraw)
            std::fprintf(stderr, share < 1 ? "\rmeasuring %3.0f %%" : "\r\033[K", 100 * share);
    };
    return inquiry;
}

void QuestionArguments::answer() const
{
    const QuestionKind &kind = checkedKind();
    if (csv) {
        for (const std::string &model : models)
            requireOther(*csv, model);
        requireWritable(*csv);
    }
    const Inquiry inquiry = this->inquiry(kind);
    changes.saveFor(models.front(), *inquiry.snapshot);
    if (!kind.text && !(inquiry.interventions.states.empty() && inquiry.interventions.hidden.empty()))
        remark("Set states do not count here: they are of one text, and other texts are read.");
    const std::vector<Answer> answers = kind.ask(inquiry);
    if (const std::int64_t trained = factOf(answers.front(), "trained sequences"); trained > 0)
        remark("Held out are too few tokens; " + grouped(trained) + " of the sequences are of those to train on.");
    if (csv)
        return writeCsv(*csv, joined(answers));
    for (const Answer &answer : answers) {
        if (json) {
            printJson(jsonOf(kind, answer, answers.size() > 1));
            continue;
        }
        if (answers.size() > 1)
            print((&answer == &answers.front() ? "" : "\n") + nameOf(answer.side) + ":\n\n");
        printText(kind, answer, inquiry.snapshot->config());
    }
}

void addExamine(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("examine", "Ask what the window's panels measure");
    auto given = std::make_shared<QuestionArguments>();
    command->add_option("QUESTION", given->question, "One of those below")->required()->type_name("");
    command->add_option("MODEL", given->models, "A snapshot, a .pth, or a run folder; two for compare")
        ->required()
        ->type_name("");
    given->addTo(*command);
    command->footer(examples());
    command->callback([given] { given->answer(); });
}

} // namespace samout::cli
