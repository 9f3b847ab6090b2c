// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"
#include "core/runs/run_writer.h"
#include "core/train/trainer.h"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>

namespace samout {

/// The text that the snapshot's network writes after the data's example prompt, to the end of the line: drawn at
/// temperature 0.8 with seed 0, and greedily. A pure function of its arguments.
RunSample sampleOf(const std::shared_ptr<const Snapshot> &snapshot, const Dataset &data);

/// Decides what a run stores and when: every step's metrics; samples at fixed steps; snapshots, dense early and later
/// rarely enough that they hardly slow the training; checkpoints to go on from.
class Recorder {
public:
    /// Opens the run for writing. Throws Error as RunWriter.
    explicit Recorder(const std::filesystem::path &run);

    /// Call before the first step.
    void begin(const Trainer &trainer, std::shared_ptr<const Dataset> data);
    void stepMade(const StepMetrics &metrics, const Trainer &trainer);
    void edited(const AppliedEdit &edit);
    /// Stores a checkpoint that is never replaced.
    void takeCheckpoint(const Trainer &trainer);
    /// Stores a snapshot and a checkpoint of the trainer's step, and waits until everything is stored. Throws Error if
    /// that fails.
    void finish(const Trainer &trainer);

    RunWriter &writer() { return m_writer; }

private:
    using Clock = std::chrono::steady_clock;
    void add(const std::shared_ptr<const Snapshot> &snapshot);

    RunWriter m_writer;
    std::shared_ptr<const Dataset> m_data;
    std::int64_t m_snapshotStep = -1;
    std::int64_t m_checkpointStep = -1;
    Clock::time_point m_snapshotTime = Clock::now();
    Clock::time_point m_checkpointTime = Clock::now();
};

} // namespace samout
