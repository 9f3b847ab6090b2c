// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/recorder.h"

#include "core/base/error.h"
#include "core/infer/generator.h"

#include <algorithm>

namespace samout {

namespace {

/// Every step up to here has a snapshot; later snapshots follow when the step grew by a factor.
constexpr std::int64_t denseSteps = 20;
/// The most early snapshots that may wait in memory to be written.
constexpr int mostWaiting = 8;
constexpr double growth = 1.02;
/// The time between two files: a multiple of the time that the last one cost, and a minimum.
constexpr double snapshotPatience = 400, checkpointPatience = 800;
constexpr double shortestSnapshotTime = 0.5, shortestCheckpointTime = 2; // seconds
constexpr std::int64_t sampleEvery = 200;
constexpr std::int64_t longestSample = 200; // tokens
constexpr double sampleTemperature = 0.8;

bool isSampled(std::int64_t step)
{
    constexpr std::int64_t early[] = {10, 25, 50, 100};
    return step % sampleEvery == 0 || std::ranges::find(early, step) != std::end(early);
}

std::string continued(const std::shared_ptr<const Snapshot> &snapshot, const Dataset &data, double temperature)
{
    GenerationOptions options;
    options.sampling.temperature = temperature;
    const std::vector<std::int64_t> prompt = snapshot->vocabulary().encode(data.examplePrompt());
    Generator generator(snapshot, options, prompt);
    std::vector<std::int64_t> tokens;
    const auto most = std::min(longestSample, std::max<std::int64_t>(1, data.sequenceLength()));
    for (std::int64_t i = 0; i < most; ++i) {
        tokens.push_back(generator.next().token);
        if (data.lineEnd() && tokens.back() == *data.lineEnd()) {
            tokens.pop_back();
            break;
        }
    }
    return snapshot->vocabulary().decode(tokens);
}

} // namespace

RunSample sampleOf(const std::shared_ptr<const Snapshot> &snapshot, const Dataset &data)
{
    return {.step = snapshot->step(),
            .prompt = data.examplePrompt(),
            .drawn = continued(snapshot, data, sampleTemperature),
            .greedy = continued(snapshot, data, 0)};
}

Recorder::Recorder(const std::filesystem::path &run) : m_writer(run) {}

void Recorder::begin(const Trainer &trainer, std::shared_ptr<const Dataset> data)
{
    m_data = std::move(data);
    add(trainer.snapshot());
}

void Recorder::stepMade(const StepMetrics &metrics, const Trainer &trainer)
{
    m_writer.add(metrics);
    const auto now = Clock::now();
    const auto since = [now](Clock::time_point begin) { return std::chrono::duration<double>(now - begin).count(); };
    const int waiting = m_writer.filesWaiting();
    const bool dense = metrics.step <= denseSteps && waiting < mostWaiting;
    const double rest = std::max(shortestSnapshotTime, snapshotPatience * m_writer.snapshotCost());
    const bool due = dense || (static_cast<double>(metrics.step) >= growth * static_cast<double>(m_snapshotStep) &&
                               since(m_snapshotTime) > rest && waiting == 0);
    const bool sampled = isSampled(metrics.step);
    const auto snapshot = due || sampled ? trainer.snapshot() : nullptr;
    if (sampled) {
        try {
            m_writer.add(sampleOf(snapshot, *m_data));
        } catch (const Error &) {
            // Imported weights may lack the characters of the data's example; that does not end a training.
        }
    }
    if (due)
        add(snapshot);
    const double longRest = std::max(shortestCheckpointTime, checkpointPatience * m_writer.checkpointCost());
    if (since(m_checkpointTime) > longRest && waiting == 0) {
        m_writer.add(trainer.checkpoint(), false);
        m_checkpointStep = metrics.step;
        m_checkpointTime = now;
    }
}

void Recorder::edited(const AppliedEdit &edit) { m_writer.add(edit); }

void Recorder::takeCheckpoint(const Trainer &trainer) { m_writer.add(trainer.checkpoint(), true); }

void Recorder::finish(const Trainer &trainer)
{
    if (m_snapshotStep != trainer.stepsDone())
        add(trainer.snapshot());
    if (m_checkpointStep != trainer.stepsDone())
        m_writer.add(trainer.checkpoint(), false);
    m_checkpointStep = trainer.stepsDone();
    m_writer.flush();
}

void Recorder::add(const std::shared_ptr<const Snapshot> &snapshot)
{
    m_writer.add(snapshot);
    m_snapshotStep = snapshot->step();
    m_snapshotTime = Clock::now();
}

} // namespace samout
