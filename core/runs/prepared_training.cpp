// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/prepared_training.h"

#include "core/base/error.h"
#include "core/compute/arithmetic.h"
#include "core/compute/devices.h"
#include "core/compute/threads.h"
#include "core/runs/open_model.h"
#include "core/runs/run_folder.h"
#include "core/runs/run_writer.h"
#include "core/runs/stored_training.h"

#include <algorithm>
#include <ctime>

namespace samout {

namespace fs = std::filesystem;

namespace {

/// ISO 8601.
std::string utcNow()
{
    char text[32];
    const std::time_t now = std::time(nullptr);
    std::tm utc{};
    gmtime_r(&now, &utc);
    return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

/// Creates the run of `training` and returns its folder. `initStep`: the step of the weights it begins with.
fs::path makeRun(const RunPlan &plan, const PreparedTraining &training, std::int64_t initStep)
{
    RunFacts facts;
    facts.created = utcNow();
    facts.options = training.trainer->options();
    facts.config = training.trainer->config();
    facts.vocabulary = training.trainer->vocabulary();
    facts.dataName = training.data->name();
    facts.split = training.data->split();
    facts.arithmetic = arithmeticNumber;
    facts.fingerprint = fingerprint(findDevice(facts.options.device));
    if (const auto parent = runContaining(facts.options.init); !parent.empty()) {
        facts.parent = parent.filename().string();
        facts.parentStep = initStep;
    }
    for (;;) {
        const fs::path folder = plan.title.empty() ? plan.folder : newRunFolder(plan.title);
        facts.name = folder.filename().string();
        try {
            createRun(folder, facts, dataFileOf(facts.options));
            return folder;
        } catch (const Error &) {
            if (plan.title.empty() || !isRunFolder(folder)) // else another program has just taken the name
                throw;
        }
    }
}

PreparedTraining openNew(TrainingOptions options, const RunPlan &plan)
{
    options.check();
    options.device = findDevice(options.device).id;
    options.threads = options.threads > 0 ? options.threads : availableThreads();
    computeOnThreads(options.threads);
    options.data.seed = options.seed;
    const auto init = options.init.empty() ? nullptr : openModel(options.init);
    if (init)
        options.data.vocabulary = init->vocabulary();
    PreparedTraining training;
    training.data = openDataset(options.data);
    training.trainer = std::make_unique<Trainer>(options, training.data, init);
    training.goal = options.steps;
    if (!plan.folder.empty() || !plan.title.empty()) {
        training.folder = makeRun(plan, training, init ? init->step() : 0);
        training.recorder = std::make_unique<Recorder>(training.folder);
    }
    return training;
}

PreparedTraining openRun(const RunPlan &plan, const std::function<void(const Text &)> &remark)
{
    PreparedTraining training;
    // The lock comes before anything is read that its holder might change.
    training.recorder = std::make_unique<Recorder>(plan.folder);
    training.folder = plan.folder;
    const Run run(plan.folder);
    const RunFacts facts = run.facts();
    training.data = openRunData(run);
    training.trainer = trainerBefore(run, training.data, INT64_MAX);
    training.edits = run.edits();
    training.stored = run.lastStep();
    training.passedOver = run.passedOver();
    training.goal = run.goal();
    const std::int64_t begin = training.trainer->stepsDone();
    if (const auto kept = run.checkpoints(); !kept.empty() && kept.back().step != begin)
        remark(Text(
            "The run's checkpoint of step {0} is damaged; the run goes on from step {1} and makes the steps after it "
            "again.",
            kept.back().step, begin));
    if (plan.steps && *plan.steps != training.goal) {
        training.goal = *plan.steps;
        training.edits.push_back({.step = std::max(training.stored, begin), .edit = SetSteps{training.goal}});
        checkEdit(training.edits.back().edit);
        training.recorder->edited(training.edits.back());
    }
    if (const std::string here = fingerprint(findDevice(facts.options.device)); here != facts.fingerprint)
        remark(Text(
            "The run began on \"{0}\" and goes on with \"{1}\": its numbers may differ in their last bits from now "
            "on.",
            facts.fingerprint, here));
    return training;
}

} // namespace

TrainingFacts PreparedTraining::facts() const
{
    TrainingFacts facts;
    facts.options = trainer->options();
    facts.options.steps = goal;
    facts.config = trainer->config();
    facts.data = data;
    const Device &device = findDevice(facts.options.device);
    const int threads = facts.options.threads;
    facts.device =
        device.id == "cpu" ? "CPU, " + std::to_string(threads) + (threads == 1 ? " thread" : " threads") : device.name;
    facts.parameters = parameterCount(facts.config);
    facts.run = folder;
    facts.step = trainer->stepsDone();
    facts.edits = edits;
    return facts;
}

PreparedTraining prepareTraining(TrainingOptions options, const RunPlan &plan,
                                 const std::function<void(const Text &)> &remark)
{
    return plan.resume ? openRun(plan, remark) : openNew(std::move(options), plan);
}

} // namespace samout
