// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/arguments.h"
#include "app/samout/commands.h"
#include "app/samout/intervention_options.h"
#include "app/samout/output.h"
#include "core/base/error.h"
#include "core/files/safetensors.h"
#include "core/infer/sampling.h"
#include "core/inspect/comparison.h"
#include "core/inspect/examination.h"
#include "core/inspect/weight_view.h"
#include "core/model/mixer.h"
#include "core/runs/open_model.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <map>
#include <memory>
#include <numeric>

namespace samout::cli {

namespace {

const char *const examples =
    R"(Shows what the model expects after every token. --out writes, and --json prints, every number: `tokens`
[1, time], `logits` [1, time, vocabulary] and of every layer I, all [1, time, hidden],
`layers.I.mixer.{base,shift,candidate,state,out}`, `layers.I.ffn.{value,gate,out}`, `layers.I.norm` and
`layers.I.residual`; besides `layers.I.mixer.winner` [time, hidden], int64, the position that holds the state (-1 a state
that was set), and `layers.I.reading` [time, vocabulary], the logits of the head applied to the layer's output. --json
prints all of them without the 1.

Examples:
  samout inspect model.safetensors --tokens 17,4,99 --out sites.safetensors
  samout inspect small.safetensors --text "tom is in the " --silence 1.0 --set 0.5@3=2.5)";

struct Given {
    std::string model;
    std::optional<std::string> text, tokens;
    std::string out;
    InterventionOptions changes;
    bool json = false;
};

using Grids = std::map<std::string, const Grid *>;

Grids gridsOf(const Examination &examination)
{
    Grids grids{{"logits", &examination.logits}};
    const Mixer &mixer = *examination.snapshot->config().mixer;
    for (const SiteGrid &site : examination.sites)
        grids["layers." + std::to_string(site.layer) + "." + std::string(mixer.find(site.site)->path)] = &site.values;
    return grids;
}

std::string readingName(const Reading &reading) { return "layers." + std::to_string(reading.layer) + ".reading"; }

std::string winnerName(const Winners &winners) { return "layers." + std::to_string(winners.layer) + ".mixer.winner"; }

std::size_t write(const Examination &examination, const std::string &path)
{
    const auto time = static_cast<std::int64_t>(examination.tokens.size());
    TensorFile file;
    for (const auto &[name, grid] : gridsOf(examination))
        file.tensors[name] = StoredTensor::ofFloats({1, grid->rows, grid->cols}, grid->values.data());
    for (const Winners &winners : examination.winners) {
        const std::vector<std::int64_t> positions(winners.winner.begin(), winners.winner.end());
        file.tensors[winnerName(winners)] =
            StoredTensor::ofIntegers({time, static_cast<std::int64_t>(positions.size()) / time}, positions.data());
    }
    for (const Reading &reading : examination.readings)
        file.tensors[readingName(reading)] =
            StoredTensor::ofFloats({reading.logits.rows, reading.logits.cols}, reading.logits.values.data());
    file.tensors["tokens"] = StoredTensor::ofIntegers({1, time}, examination.tokens.data());
    writeSafetensors(path, file);
    return file.tensors.size();
}

template <typename Number> nlohmann::json rowsOf(const std::vector<Number> &values, std::size_t rows)
{
    nlohmann::json result = nlohmann::json::array();
    const auto cols = static_cast<std::ptrdiff_t>(values.size() / rows);
    for (auto row = values.begin(); row != values.end(); row += cols)
        result.push_back(std::vector<Number>(row, row + cols));
    return result;
}

void printAll(const Examination &examination)
{
    const std::size_t time = examination.tokens.size();
    nlohmann::json all{{"tokens", examination.tokens}};
    for (const auto &[name, grid] : gridsOf(examination))
        all[name] = rowsOf(grid->values, time);
    for (const Reading &reading : examination.readings)
        all[readingName(reading)] = rowsOf(reading.logits.values, time);
    for (const Winners &winners : examination.winners)
        all[winnerName(winners)] = rowsOf(winners.winner, time);
    printJson(all);
}

/// Prints the network's loss at every token, and its likeliest next tokens.
void printExpectations(const Examination &examination)
{
    const Vocabulary &vocabulary = examination.snapshot->vocabulary();
    const std::vector<float> losses = tokenLosses(examination);
    std::string text = "position  token     loss  likeliest next\n";
    for (std::size_t t = 0; t < examination.tokens.size(); ++t) {
        const auto cols = static_cast<std::size_t>(examination.logits.cols);
        const auto chances = probabilities(std::span(examination.logits.values).subspan(t * cols, cols));
        char line[64];
        std::snprintf(line, sizeof line, "%8zu  %-6s  %6s ", t, vocabulary.label(examination.tokens[t]).c_str(),
                      t == 0 ? "" : fixed(losses[t], 3).c_str());
        text += line;
        for (const TokenProbability &next : likeliest(chances, 3))
            text += " " + vocabulary.label(next.token) + " " + fixed(next.probability, 3);
        text += "\n";
    }
    print(text);
}

void run(const Given &given)
{
    if (given.text.has_value() == given.tokens.has_value())
        throw UsageError("Give the text as one of --text TEXT and --tokens 1,2,3.");
    if (given.tokens)
        parseTokens(*given.tokens, "--tokens"); // reports a wrong number before it looks for a file
    if (given.json && !given.out.empty())
        throw UsageError("Give one of --json and --out.");
    if (!given.out.empty()) {
        requireOther(given.out, given.model);
        requireWritable(given.out);
    }
    Question question;
    question.interventions = given.changes.interventions();
    question.snapshot = openModel(given.model);
    given.changes.saveFor(given.model, *question.snapshot);
    question.tokens = readTokens(given.tokens, given.text, question.snapshot->vocabulary(), "the text");
    if (given.json || !given.out.empty()) {
        question.layers.resize(static_cast<std::size_t>(question.snapshot->config().numLayers));
        std::iota(question.layers.begin(), question.layers.end(), 0);
        question.everySite = question.winners = question.readings = true;
    }
    if (const auto parameter = notFinite(*question.snapshot))
        remark("The weights of " + given.model + " are not all numbers, first those of " + *parameter +
               "; what follows from them is none either.");
    const auto examination = examine(question);
    if (given.json)
        return printAll(*examination);
    if (given.out.empty())
        return printExpectations(*examination);
    const std::size_t tensors = write(*examination, given.out);
    printTable({{"tensors", std::to_string(tensors)}, {"saved", given.out}});
}

} // namespace

void addInspect(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("inspect", "Show or write every number of one forward pass");
    auto given = std::make_shared<Given>();
    command->add_option("MODEL", given->model, "A snapshot, a .pth, or a run folder")->required()->type_name("");
    command->add_option("--text", given->text, "The text to read, from an empty state")->type_name("TEXT");
    command->add_option("--tokens", given->tokens, "The same as token numbers")->type_name("1,2,3");
    given->changes.addTo(*command);
    command->add_option("--out", given->out, "The file to write")->type_name("FILE.safetensors");
    command->add_flag("--json", given->json, "Print all numbers as one object");
    command->footer(examples);
    command->callback([given] { run(*given); });
}

} // namespace samout::cli
