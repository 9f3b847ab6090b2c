// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/arguments.h"
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/files/safetensors.h"
#include "core/inspect/examination.h"
#include "core/runs/open_model.h"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <cmath>
#include <memory>

namespace samout::cli {

namespace {

const char *const examples =
    R"(The rows are read as in training: each token is predicted from those before it. Shorter rows are padded, and the
padding token does not count.

Examples:
  samout evaluate model.safetensors --tokens rows.jsonl --json
  samout evaluate model.pth --tokens rows.jsonl --logits logits.safetensors)";

struct Given {
    std::string model;
    std::string tokens;
    std::string logits;
    bool json = false;
};

void run(const Given &given)
{
    if (!given.logits.empty()) {
        requireOther(given.logits, given.model);
        requireOther(given.logits, given.tokens);
        requireWritable(given.logits);
    }
    const auto snapshot = openModel(given.model);
    const auto rows = readTokenRows(given.tokens);
    for (std::size_t row = 0; row < rows.size(); ++row)
        requireInVocabulary(rows[row], snapshot->config().vocabSize, given.tokens + ", row " + std::to_string(row + 1));
    const Batch batch = shiftedBatch(rows, snapshot->vocabulary().special().padding);
    if (batch.countedTargets() == 0)
        throw Error(given.tokens + ": no target counts, for all are the padding token.");

    std::vector<float> logits;
    const double loss = evaluate(*snapshot, batch, given.logits.empty() ? nullptr : &logits);
    if (!given.logits.empty()) {
        TensorFile file;
        file.tensors["logits"] =
            StoredTensor::ofFloats({batch.count, batch.time, snapshot->config().vocabSize}, logits.data());
        writeSafetensors(given.logits, file);
    }
    if (given.json) {
        printJson({{"loss", loss}});
        return;
    }
    std::vector<std::pair<std::string, std::string>> result = {
        {"loss", fixed(loss, 4)},
        {"chance", fixed(std::log(static_cast<double>(snapshot->config().vocabSize)), 4)},
        {"tokens", grouped(batch.countedTargets())},
    };
    if (!given.logits.empty())
        result.emplace_back("logits", given.logits);
    printTable(result);
}

} // namespace

void addEvaluate(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("evaluate", "Measure a model's loss on rows of tokens");
    auto given = std::make_shared<Given>();
    command->add_option("MODEL", given->model, "A snapshot, a .pth, or a run folder")->required()->type_name("");
    command->add_option("--tokens", given->tokens, "One JSON array of token numbers a line")
        ->required()
        ->type_name("FILE.jsonl");
    command->add_option("--logits", given->logits, "Write the logits there, [batch, time-1, vocabulary]")
        ->type_name("FILE.safetensors");
    command->add_flag("--json", given->json, "Print {\"loss\":...}");
    command->footer(examples);
    command->callback([given] { run(*given); });
}

} // namespace samout::cli
