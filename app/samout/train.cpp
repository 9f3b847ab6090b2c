#include "app/samout/arguments.h"
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "app/samout/training.h"
#include "core/base/error.h"
#include "core/runs/run_folder.h"

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

Every training is a run: a folder with all that it takes to look at each of its moments and to go on (`samout runs`).
A run goes on with its own settings, from the newest checkpoint, to the same bits as if it had never stopped.

--json writes for every step: {"step":1,"loss":...,"held_out_loss":...|null,"learning_rate":...,"seconds":...,
"tokens":...,"alphas":[...]}. A step's loss is from before its update, its alphas and held-out loss from after it.

Examples:
  samout train --preset classroom --steps 300 --save small.safetensors
  samout train --data running-maximum --steps 400 --run maximum
  samout train --resume maximum --steps 800
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
    std::string run, resume;
    std::vector<std::string> breakpoints;
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

RunPlan planOf(const Given &given)
{
    RunPlan plan;
    plan.resume = !given.resume.empty();
    if (plan.resume) {
        plan.folder = findRunFolder(given.resume);
        plan.steps = given.steps;
    } else if (!given.run.empty()) {
        plan.folder = given.run;
    } else {
        plan.title = given.data ? std::filesystem::path(*given.data).filename().string() : given.preset;
    }
    return plan;
}

std::vector<Breakpoint> breakpointsOf(const Given &given)
{
    std::vector<Breakpoint> breakpoints;
    for (const std::string &text : given.breakpoints) {
        try {
            breakpoints.push_back(parseBreakpoint(text));
        } catch (const Error &error) {
            throw UsageError(std::string("--break: ") + error.what());
        }
    }
    return breakpoints;
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
    CLI::Option *const steps =
        command->add_option("--steps", given->steps, "Updates to make in all; 0 goes on until Ctrl+C")->type_name("N");
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
    CLI::Option *const save =
        command->add_option("--save", given->save, "Write the weights there at the end")->type_name("FILE.safetensors");
    CLI::Option *const json = command->add_flag("--json", given->json, "One JSON object a step on standard output");
    CLI::Option *const breakpoint =
        command
            ->add_option("--break", given->breakpoints,
                         "End there, with a sentence and exit 1: step=N, held-out=TIMES (rises in a row), "
                         "alpha.LAYER=X, gradient=X, changes=K (states change more rarely than K/(t+1))")
            ->type_name("KIND=VALUE")
            ->expected(1)
            ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    command->add_option("--run", given->run, "The folder of the new run (default: a new one, see `samout runs`)")
        ->type_name("DIR");
    CLI::Option *const resume =
        command
            ->add_option("--resume", given->resume,
                         "Go on with this run; only --steps, --break, --save and --json go with it")
            ->type_name("RUN");
    for (CLI::Option *option : command->get_options())
        if (option != resume && option != breakpoint && option != json && option != save && option != steps &&
            option != command->get_help_ptr())
            resume->excludes(option);
    command->footer("Presets:\n" + settingsOf("article") + settingsOf("classroom") + explanation);
    command->callback(
        [given] { train(optionsOf(*given), planOf(*given), breakpointsOf(*given), given->save, given->json); });
}

} // namespace samout::cli
