#include "app/samout/arguments.h"
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "core/inspect/examination.h"
#include "core/store/model_file.h"

#include <CLI/CLI.hpp>

#include <memory>
#include <numeric>

namespace samout::cli {

namespace {

const char *const examples =
    R"(Writes `tokens` [1, time], `logits` [1, time, vocabulary] and of every layer I, all [1, time, hidden]:
`layers.I.mixer.{base,shift,candidate,state,out}`, `layers.I.ffn.{value,gate,out}`, `layers.I.norm` and
`layers.I.residual`.

Example:
  samout inspect model.safetensors --tokens 17,4,99 --out sites.safetensors)";

struct Given {
    std::string model;
    std::string tokens;
    std::string out;
};

StoredTensor stored(const Grid &grid) { return StoredTensor::ofFloats({1, grid.rows, grid.cols}, grid.values.data()); }

void run(const Given &given)
{
    const std::vector<std::int64_t> tokens = parseTokens(given.tokens, "--tokens");
    requireWritable(given.out);
    const auto snapshot = openModel(given.model);
    requireInVocabulary(tokens, snapshot->config().vocabSize, "--tokens");

    Question question;
    question.snapshot = snapshot;
    question.tokens = tokens;
    question.layers.resize(static_cast<std::size_t>(snapshot->config().numLayers));
    std::iota(question.layers.begin(), question.layers.end(), 0);
    question.sites.assign(allSites.begin(), allSites.end());
    const auto examination = examine(question);

    TensorFile file;
    for (const SiteGrid &site : examination->sites)
        file.tensors["layers." + std::to_string(site.layer) + "." + std::string(sitePath(site.site))] =
            stored(site.values);
    file.tensors["logits"] = stored(examination->logits);
    file.tensors["tokens"] = StoredTensor::ofIntegers({1, static_cast<std::int64_t>(tokens.size())}, tokens.data());
    writeSafetensors(given.out, file);
    printTable({{"tensors", std::to_string(file.tensors.size())}, {"saved", given.out}});
}

} // namespace

void addInspect(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("inspect", "Write every number of one forward pass");
    auto given = std::make_shared<Given>();
    command->add_option("MODEL", given->model, "A snapshot, a .pth, or a run folder")->required()->type_name("");
    command->add_option("--tokens", given->tokens, "The tokens to read, from an empty state")
        ->required()
        ->type_name("1,2,3");
    command->add_option("--out", given->out, "The file to write")->required()->type_name("FILE.safetensors");
    command->footer(examples);
    command->callback([given] { run(*given); });
}

} // namespace samout::cli
