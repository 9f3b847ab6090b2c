// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/store_bench.h"

#include "core/base/error.h"
#include "core/compute/threads.h"
#include "core/runs/recorder.h"
#include "core/train/trainer.h"

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <optional>

namespace samout {

namespace {

constexpr int turns = 6;
constexpr double turnSeconds = 10;
constexpr std::int64_t firstSteps = 20;
constexpr double mostRatio = 1.02;

/// A temporary folder, removed by the destructor.
class ScratchFolder {
public:
    ScratchFolder()
    {
        std::string name = (std::filesystem::temp_directory_path() / "samout-bench-XXXXXX").string();
        if (!mkdtemp(name.data()))
            throw Error("There is no place for temporary files: " + name + " cannot be made.");
        m_path = name;
    }
    ~ScratchFolder()
    {
        std::error_code error;
        std::filesystem::remove_all(m_path, error);
    }
    ScratchFolder(const ScratchFolder &) = delete;
    ScratchFolder &operator=(const ScratchFolder &) = delete;
    const std::filesystem::path &path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

RunFacts factsOf(const TrainingOptions &options, const ModelConfig &config, const Dataset &data)
{
    RunFacts facts;
    facts.name = data.name();
    facts.options = options;
    facts.config = config;
    facts.vocabulary = data.vocabulary();
    facts.dataName = data.name();
    return facts;
}

} // namespace

void makeLongRun(const std::filesystem::path &folder, std::int64_t steps)
{
    const TrainingOptions options = classroomPreset();
    const auto data = openDataset(options.data);
    const Trainer trainer(options, data);
    createRun(folder, factsOf(trainer.options(), trainer.config(), *data), {});
    RunWriter writer(folder);
    writer.add(trainer.snapshot());
    constexpr std::int64_t atOnce = 100'000; // at most this many steps wait in memory
    for (std::int64_t step = 1; step <= steps; ++step) {
        StepMetrics metrics;
        metrics.step = step;
        metrics.loss =
            0.5 + 3 / std::sqrt(static_cast<double>(step)) + 0.1 * std::sin(static_cast<double>(step * step));
        metrics.learningRate = options.learningRate;
        metrics.gradientNorm = 1;
        metrics.seconds = 0.01;
        metrics.tokens = 400;
        metrics.alphas.assign(static_cast<std::size_t>(options.numLayers), 0.5F);
        metrics.layerGradientNorms = metrics.alphas;
        if (step % 100 == 0)
            metrics.heldOutLoss = metrics.loss;
        writer.add(std::move(metrics));
        if (step % atOnce == 0)
            writer.flush();
    }
    writer.flush();
}

Finding benchStore(const std::string &preset, int threads)
{
    TrainingOptions options = presetNamed(preset);
    options.threads = threads;
    options.device = "cpu";
    options.data.seed = options.seed;
    computeOnThreads(threads);
    const auto data = openDataset(options.data);
    Trainer trainer(options, data);

    const ScratchFolder scratch;
    createRun(scratch.path() / "run", factsOf(options, trainer.config(), *data), {});
    Recorder recorder(scratch.path() / "run");
    recorder.begin(trainer, data);

    const auto step = [&](bool kept) {
        const double begin = now();
        StepMetrics metrics = trainer.step();
        metrics.seconds = now() - begin;
        if (kept)
            recorder.stepMade(metrics, trainer);
        return now() - begin;
    };
    for (std::int64_t i = 0; i < firstSteps; ++i)
        step(true);
    recorder.writer().flush();
    std::vector<double> kept, notKept;
    for (int turn = 0; turn < 2 * turns; ++turn) {
        const bool keep = turn % 2 == 0;
        double sum = 0;
        int count = 0;
        for (; sum < turnSeconds; ++count)
            sum += step(keep);
        (keep ? kept : notKept).push_back(sum / count);
        recorder.writer().flush();
    }
    Finding finding{.name = "store/" + preset + " step, kept", .ours = timingsOf(kept), .others = {}};
    finding.others.emplace_back("not kept", timingsOf(notKept));
    finding.mostRatio = mostRatio;
    return finding;
}

} // namespace samout
