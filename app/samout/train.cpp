#include "app/samout/arguments.h"
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "app/samout/training.h"
#include "core/base/error.h"

#include <CLI/CLI.hpp>

#include <iomanip>
#include <memory>
#include <optional>
#include <sstream>

namespace samout::cli {

namespace {

const char *const explanation =
    R"(
What is not given stays as the preset has it. Ctrl+C finishes the step, saves and ends; a second one ends at once.

--json writes for every step: {"step":1,"loss":...,"held_out_loss":...|null,"learning_rate":...,"seconds":...,
"tokens":...,"alphas":[...]}. A step's loss is from before its update, its alphas and held-out loss from after it.

Examples:
  samout train --preset classroom --steps 300 --save small.safetensors
  samout train --data running-maximum --steps 400
  samout train --data book.txt --batch 32 --sequence-length 200 --steps 2000 --cosine --save book.safetensors
  samout train --init book.safetensors --data rows.jsonl --batch all --dropout 0 --json)";

/// A preset's settings on a line.
std::string settingsOf(const std::string &preset)
{
    const TrainingOptions options = presetNamed(preset);
    std::ostringstream line;
    line << "  " << std::left << std::setw(11) << preset << "data " << options.data.source << ", hidden "
         << options.hiddenSize << ", heads " << options.numHeads << ", layers " << options.numLayers << ", batch "
         << options.data.batch << ", sequence length " << options.data.sequenceLength << ",\n"
         << std::string(13, ' ') << "learning rate " << options.learningRate << ", dropout " << options.dropout
         << ", steps " << options.steps << ", held-out every " << options.heldOutEvery << "\n";
    return line.str();
}

std::string presetProblem(const std::string &name)
{
    try {
        presetNamed(name);
        return {};
    } catch (const Error &error) {
        return error.what();
    }
}

/// What a person gave; what was not given stays as the preset has it.
struct Given {
    std::string preset = "article";
    std::optional<std::string> data;
    std::string init;
    std::optional<std::string> batch;
    std::optional<std::int64_t> steps, sequenceLength, hidden, heads, layers, warmup, heldOutEvery;
    std::optional<double> learningRate, dropout, heldOut, clip, weightDecay;
    std::optional<std::uint64_t> seed;
    std::optional<int> threads;
    std::optional<std::string> device;
    bool cosine = false;
    bool bfloat16 = false;
    std::string save;
    bool json = false;
};

template <typename Value> void replace(Value &value, const std::optional<Value> &given)
{
    if (given)
        value = *given;
}

std::int64_t batchSize(const std::string &text)
{
    if (text == "all")
        return 0;
    std::int64_t size = 0;
    if (!CLI::detail::lexical_cast(text, size) || size < 1)
        throw UsageError("--batch " + text + ": the batch is a number of sequences from 1 on, or `all`.");
    return size;
}

TrainingOptions optionsOf(const Given &given)
{
    TrainingOptions options = presetNamed(given.preset);
    replace(options.data.source, given.data);
    if (given.batch)
        options.data.batch = batchSize(*given.batch);
    replace(options.data.sequenceLength, given.sequenceLength);
    if (given.heldOut)
        options.data.heldOut = given.heldOut;
    options.init = given.init;
    replace(options.hiddenSize, given.hidden);
    replace(options.numHeads, given.heads);
    replace(options.numLayers, given.layers);
    replace(options.steps, given.steps);
    replace(options.learningRate, given.learningRate);
    replace(options.weightDecay, given.weightDecay);
    replace(options.clipNorm, given.clip);
    replace(options.warmupSteps, given.warmup);
    options.cosine = options.cosine || given.cosine;
    options.bfloat16 = given.bfloat16;
    replace(options.dropout, given.dropout);
    replace(options.heldOutEvery, given.heldOutEvery);
    replace(options.seed, given.seed);
    replace(options.threads, given.threads);
    replace(options.device, given.device);
    return options;
}

} // namespace

void addTrain(CLI::App &app)
{
    CLI::App *const command = app.add_subcommand("train", "Train a network");
    auto given = std::make_shared<Given>();
    command
        ->add_option("--preset", given->preset,
                     "Settings to begin with: article (as published, the default) or classroom")
        ->type_name("NAME")
        ->check(CLI::Validator(presetProblem, ""));
    command->add_option("--data", given->data, "article, a task (`samout tasks` lists them), a .txt or a .jsonl file")
        ->type_name("DATA");
    CLI::Option *const init =
        command->add_option("--init", given->init, "Begin with the weights, sizes and vocabulary of this model")
            ->type_name("MODEL");
    command->add_option("--steps", given->steps, "Updates to make; 0 goes on until Ctrl+C")->type_name("N");
    command->add_option("--batch", given->batch, "Sequences in a step, or `all` of them (article, .jsonl)")
        ->type_name("N|all");
    command->add_option("--sequence-length", given->sequenceLength, "Most tokens in a sequence")->type_name("N");
    command->add_option("--hidden", given->hidden, "Channels of the network")->type_name("N")->excludes(init);
    command->add_option("--heads", given->heads, "Heads; divide the channels")->type_name("N")->excludes(init);
    command->add_option("--layers", given->layers, "Layers of the network")->type_name("N")->excludes(init);
    command->add_option("--learning-rate", given->learningRate, "Adam's learning rate")->type_name("X");
    command->add_option("--warmup", given->warmup, "Steps over which it rises from 0; 0 is off")->type_name("N");
    command->add_flag("--cosine", given->cosine, "It falls along half a cosine to 0 at the last step");
    command->add_option("--weight-decay", given->weightDecay, "Decoupled weight decay; 0 is off")->type_name("X");
    command->add_option("--clip", given->clip, "The gradient's largest norm; 0 is off")->type_name("X");
    command->add_option("--dropout", given->dropout, "Share of the feed-forward output that is dropped")
        ->type_name("P");
    command->add_option("--held-out", given->heldOut, "Share of a .txt or .jsonl file to hold out, below 1")
        ->type_name("X");
    command->add_option("--held-out-every", given->heldOutEvery, "Steps between two held-out losses; 0 is never")
        ->type_name("N");
    command->add_option("--seed", given->seed, "Seed of everything random")
        ->type_name("N")
        ->check(CLI::Validator(seedProblem, ""));
    command->add_flag("--bfloat16", given->bfloat16, "On a GPU: products in bfloat16, faster and less exact");
    command->add_option("--threads", given->threads, "Threads of the CPU; 0 is one a core")->type_name("N");
    command->add_option("--device", given->device, "auto, cpu, cuda or cuda:N")->type_name("DEVICE");
    command->add_option("--save", given->save, "Write the weights there at the end")->type_name("FILE.safetensors");
    command->add_flag("--json", given->json, "One JSON object a step on standard output");
    command->footer("Presets:\n" + settingsOf("article") + settingsOf("classroom") + explanation);
    command->callback([given] { train(optionsOf(*given), given->save, given->json); });
}

} // namespace samout::cli
