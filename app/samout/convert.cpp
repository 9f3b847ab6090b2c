// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "core/files/model_file.h"
#include "core/runs/open_model.h"

#include <CLI/CLI.hpp>

#include <memory>

namespace samout::cli {

namespace {

const char *const examples =
    R"(A .pth is read without running any code in it. One that is written can be read by Python's
torch.load(weights_only=True); it holds the weights alone, so the number of heads, the padding token and the
vocabulary stay behind.

Examples:
  samout convert published.pth model.safetensors
  samout convert model.safetensors weights.pth)";

struct Given {
    std::string in;
    std::string out;
};

void run(const Given &given)
{
    requireModelName(given.out);
    requireWritable(given.out);
    const auto snapshot = openModel(given.in);
    saveModel(given.out, *snapshot);
    printTable({{"parameters", grouped(parameterCount(snapshot->config()))}, {"saved", given.out}});
}

} // namespace

void addConvert(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("convert", "Change a model's file format");
    auto given = std::make_shared<Given>();
    command->add_option("IN", given->in, "A .pth, .pt or .safetensors file, or a run folder")
        ->required()
        ->type_name("");
    command->add_option("OUT", given->out, "The .safetensors, .pth or .pt file to write")->required()->type_name("");
    command->footer(examples);
    command->callback([given] { run(*given); });
}

} // namespace samout::cli
