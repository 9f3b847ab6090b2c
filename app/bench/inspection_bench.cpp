// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/inspection_bench.h"

#include "core/compute/threads.h"
#include "core/inspect/effects.h"
#include "core/inspect/find_alike.h"
#include "core/inspect/influence.h"
#include "core/inspect/measuring_data.h"
#include "core/train/trainer.h"

#include <functional>
#include <numeric>

namespace samout {

namespace {

/// A preset's network after a few steps, and its data.
struct Learnt {
    std::shared_ptr<const Dataset> data;
    std::shared_ptr<const Snapshot> snapshot;

    Learnt(TrainingOptions options, int threads, int steps)
    {
        options.device = "cpu";
        options.threads = threads;
        options.data.seed = options.seed;
        data = openDataset(options.data);
        Trainer trainer(options, data);
        for (int i = 0; i < steps; ++i)
            trainer.step();
        snapshot = trainer.snapshot();
    }
};

Finding timed(const std::string &name, int times, double limit, const std::function<void()> &work)
{
    std::vector<double> seconds;
    for (int i = 0; i < times; ++i) {
        const double begin = now();
        work();
        seconds.push_back(now() - begin);
    }
    return {.name = "inspect/" + name, .ours = timingsOf(seconds), .others = {}, .limit = limit};
}

Finding effectTable(int threads)
{
    const Learnt article(articlePreset(), threads, 1);
    const Batch batch = measuringData(*article.data, 5000).batch;
    return timed("effect table of Article", 3, 10, [&] { measureEffects(*article.snapshot, batch); });
}

std::vector<Finding> atClassroomSize(int threads)
{
    const Learnt classroom(classroomPreset(), threads, 200);
    const Passages passages = readPassages(*classroom.data, 1'000'000);
    const std::vector<std::int64_t> text(passages.tokens.begin(), passages.tokens.begin() + 200);
    std::vector<Finding> findings{
        timed("influence of 200 tokens", 5, 1, [&] { influence(classroom.snapshot, text); })};
    std::shared_ptr<const ChangeIndex> index;
    findings.push_back(timed("index of 1,000,000 tokens", 1, 0,
                             [&] { index = ChangeIndex::make(classroom.snapshot, passages); }));
    AlikeQuestion question{.layer = 1, .channels = std::vector<int>(24), .length = 4};
    std::iota(question.channels.begin(), question.channels.end(), 0);
    findings.push_back(timed("search of 1,000,000 tokens", 10, 2, [&] { findAlike(*index, question); }));
    return findings;
}

} // namespace

std::vector<Finding> benchInspection(int threads)
{
    computeOnThreads(threads);
    std::vector<Finding> findings{effectTable(threads)};
    for (Finding &finding : atClassroomSize(threads))
        findings.push_back(std::move(finding));
    return findings;
}

} // namespace samout
