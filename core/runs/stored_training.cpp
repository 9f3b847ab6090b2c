// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/stored_training.h"

#include "core/base/error.h"
#include "core/compute/threads.h"
#include "core/runs/open_model.h"
#include "core/runs/run_folder.h"

namespace samout {

namespace fs = std::filesystem;

namespace {

TrainingOptions optionsOf(const Run &run, const RunFacts &facts)
{
    TrainingOptions options = facts.options;
    if (!facts.dataFile.file.empty())
        options.data.source = facts.dataPath(run.folder()).string();
    if (!options.init.empty())
        options.data.vocabulary = facts.vocabulary;
    options.data.seed = options.seed;
    return options;
}

void requireUnchanged(const Run &run, const RunFile &kept)
{
    const fs::path file = run.folder() / kept.file;
    if (sha256Of(file) != kept.sha256)
        throw Error(Error::Damaged, Text("The file {0} was changed since the run began, so the run cannot go on. It "
                                         "should have the SHA-256 {1}.",
                                         file.string(), kept.sha256));
}

/// The newest whole checkpoint up to `step`, or nullptr. A torn checkpoint is skipped, since an older one serves as
/// well.
std::shared_ptr<const Checkpoint> checkpointBefore(const Run &run, std::int64_t step)
{
    std::vector<StoredFile> checkpoints = run.checkpoints();
    for (auto it = checkpoints.rbegin(); it != checkpoints.rend(); ++it) {
        if (it->step > step)
            continue;
        try {
            return run.checkpoint(it->step);
        } catch (const Error &) {
            continue;
        }
    }
    return nullptr;
}

/// The first weights of a run that began with given weights: its own copy, or the original if the run was killed before
/// it stored the copy.
std::shared_ptr<const Snapshot> firstWeights(const Run &run, const TrainingOptions &options)
{
    if (run.snapshots().empty())
        return openModel(options.init);
    return run.snapshot(0);
}

} // namespace

TrainingFacts factsOf(const Run &run)
{
    const RunFacts stored = run.facts();
    TrainingFacts facts;
    facts.options = stored.options;
    facts.config = stored.config;
    facts.data = openRunData(run);
    facts.device = stored.fingerprint;
    facts.parameters = parameterCount(stored.config);
    facts.run = run.folder();
    return facts;
}

fs::path dataFileOf(const TrainingOptions &options)
{
    return isDataKind(options.data.source) ? fs::path() : fs::path(options.data.source);
}

std::shared_ptr<const Dataset> openRunData(const Run &run)
{
    const RunFacts facts = run.facts();
    if (!facts.dataFile.file.empty())
        requireUnchanged(run, facts.dataFile);
    for (const RunFile &file : facts.vocabularyFiles)
        requireUnchanged(run, file);
    auto data = openDataset(optionsOf(run, facts).data);
    if (facts.split && *facts.split != data->split())
        throw Error(Error::Unsupported, Text("This version splits the data of the run {0} into training and held out "
                                             "otherwise than the run began with, so the run cannot go on.",
                                             run.folder().string()));
    return data;
}

std::unique_ptr<Trainer> trainerBefore(const Run &run, std::shared_ptr<const Dataset> data, std::int64_t step)
{
    const RunFacts facts = run.facts();
    facts.checkTrainable();
    const TrainingOptions options = optionsOf(run, facts);
    const std::vector<AppliedEdit> edits = run.edits();
    for (const AppliedEdit &applied : edits)
        checkEdit(applied.edit, facts.config);
    computeOnThreads(options.threads);
    const auto checkpoint = checkpointBefore(run, step);
    std::shared_ptr<const Snapshot> init;
    if (!options.init.empty())
        init = checkpoint ? checkpoint->snapshot : firstWeights(run, options);
    auto trainer = std::make_unique<Trainer>(options, std::move(data), init);
    if (checkpoint)
        trainer->restore(*checkpoint, fixedParts(edits, checkpoint->snapshot->step()));
    return trainer;
}

void applyEdits(Trainer &trainer, const std::vector<AppliedEdit> &edits)
{
    for (const auto &[step, edit] : edits)
        if (step == trainer.stepsDone())
            trainer.apply(edit);
}

std::shared_ptr<const Snapshot> rebuildSnapshot(const Run &run, std::int64_t step, const ReplayProgress &progress,
                                                std::stop_token stop)
{
    const auto trainer = trainerBefore(run, openRunData(run), step);
    const std::vector<AppliedEdit> edits = run.edits();
    const std::set<std::int64_t> passedOver = run.passedOver();
    const std::int64_t begin = trainer->stepsDone();
    while (trainer->stepsDone() < step) {
        if (stop.stop_requested())
            return nullptr;
        applyEdits(*trainer, edits);
        trainer->stepAgain(passedOver.contains(trainer->stepsDone() + 1));
        if (progress)
            progress(trainer->stepsDone() - begin, step - begin);
    }
    return trainer->snapshot();
}

ReplayResult replay(const Run &run, const ReplayProgress &progress, std::stop_token stop)
{
    const auto data = openRunData(run);
    const auto trainer = trainerBefore(run, data, -1);
    const std::vector<AppliedEdit> edits = run.edits();
    const std::set<std::int64_t> passedOver = run.passedOver();
    ReplayResult result;
    const std::int64_t last = run.lastStep();
    constexpr std::int64_t atOnce = 1000;
    while (result.steps < last && !result.firstDifference) {
        for (const StepMetrics &stored : run.metrics(result.steps, atOnce)) {
            if (stop.stop_requested())
                return result;
            applyEdits(*trainer, edits);
            StepMetrics now = trainer->stepAgain(passedOver.contains(stored.step));
            if (stored.heldOutLoss)
                now.heldOutLoss = trainer->heldOutLoss();
            ++result.steps;
            if (const Text what = stored.step == now.step ? differenceOf(stored, now) : Text("number"); !what.empty()) {
                result.firstDifference = now.step;
                result.what = what;
                break;
            }
            if (progress)
                progress(result.steps, last);
        }
    }
    return result;
}

} // namespace samout
