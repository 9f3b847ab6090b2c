// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/arguments.h"
#include "app/samout/commands.h"
#include "app/samout/output.h"
#include "app/samout/training.h"
#include "core/base/error.h"
#include "core/runs/run_folder.h"
#include "core/train/options.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cctype>
#include <iomanip>
#include <map>
#include <memory>
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

/// The settings in which the presets differ, with the values of `preset`.
std::string settingsOf(const std::string &preset)
{
    const TrainingOptions options = presetNamed(preset);
    std::string settings;
    for (const TrainingOption &option : trainingOptions)
        if (option.text(articlePreset()) != option.text(classroomPreset()))
            settings += (settings.empty() ? "" : ", ") + std::string(option.name) + " " + option.text(options);
    std::ostringstream line;
    line << "  " << std::left << std::setw(11) << preset << wrapped(settings, 100, 13) << "\n";
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

/// The options given on the command line; all others keep the preset's values.
struct Given {
    std::string preset = "article";
    /// Settings by their option's name, as they were typed.
    std::map<std::string, std::string> settings;
    std::string run, resume;
    std::vector<std::string> breakpoints;
    std::string save;
    bool json = false;
};

TrainingOptions optionsOf(const Given &given)
{
    TrainingOptions options = presetNamed(given.preset);
    for (const TrainingOption &option : trainingOptions)
        if (const auto found = given.settings.find(option.name); found != given.settings.end())
            option.read(found->second, options);
    return options;
}

RunPlan planOf(const Given &given)
{
    RunPlan plan;
    plan.resume = !given.resume.empty();
    if (plan.resume) {
        plan.folder = findRunFolder(given.resume);
        if (given.settings.contains("steps"))
            plan.steps = optionsOf(given).steps;
    } else if (!given.run.empty()) {
        plan.folder = given.run;
    } else {
        const auto data = given.settings.find("data");
        plan.title =
            data == given.settings.end() ? given.preset : std::filesystem::path(data->second).filename().string();
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

/// Why `text` is not a valid value of the option; empty if it is.
std::string problemOf(const TrainingOption &option, const std::string &text)
{
    TrainingOptions options;
    if (option.read(text, options) && (text != "0" || !*option.wordForZero))
        return {};
    return option.problemWith(text).english();
}

/// The placeholder of the value in the help: "STEPS", "SEQUENCES|all".
std::string placeholderOf(const TrainingOption &option)
{
    std::string name = *option.unit ? option.unit : "number";
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return name + (*option.wordForZero ? std::string("|") + option.wordForZero : "");
}

CLI::Option *addSetting(CLI::App &command, const TrainingOption &option, const std::shared_ptr<Given> &given)
{
    const std::string flag = std::string("--") + option.name;
    if (option.isFlag())
        return command.add_flag_callback(
            flag, [given, &option] { given->settings[option.name] = "true"; }, option.help.english());
    const auto keep = [given, &option](const std::string &text) { given->settings[option.name] = text; };
    return command.add_option_function<std::string>(flag, keep, option.help.english())
        ->type_name(placeholderOf(option))
        ->check(CLI::Validator([&option](const std::string &text) { return problemOf(option, text); }, ""));
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
    std::map<std::string, CLI::Option *> settings;
    for (const TrainingOption &option : trainingOptions)
        settings[option.name] = addSetting(*command, option, given)->group(titleOf(option.group).english());
    for (const TrainingOption &option : trainingOptions)
        if (option.replacedByInit)
            settings["init"]->excludes(settings[option.name]);
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
        if (option != resume && option != breakpoint && option != json && option != save &&
            option != settings["steps"] && option != command->get_help_ptr())
            resume->excludes(option);
    command->footer("Presets:\n" + settingsOf("article") + settingsOf("classroom") + explanation);
    command->callback(
        [given] { train(optionsOf(*given), planOf(*given), breakpointsOf(*given), given->save, given->json); });
}

} // namespace samout::cli
