// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/run.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace samout {

/// Creates the run folder atomically: temporary name, then rename. If `dataSource` is a file it is copied into the run
/// (above 256 MB its place is kept instead), and facts.dataFile is set. Throws Error if the folder exists already or
/// cannot be created.
void createRun(const std::filesystem::path &folder, RunFacts facts, const std::filesystem::path &dataSource);

/// Writes one run, on a thread of its own: rows in the order in which they came, files before the rows that name them.
/// Steps and samples that are stored already (a training that was resumed makes them again) are compared instead, all
/// but their seconds.
///
/// Where something cannot be written nothing of it is lost: it waits in memory, problem() says why, and retry() tries
/// again. Thread-safe.
class RunWriter {
public:
    /// Takes the run's lock. Snapshots are thinned to what the run's options allow. Throws Error as Run and RunLock.
    explicit RunWriter(std::filesystem::path folder);
    /// Stores what waits, where it can be.
    ~RunWriter();
    RunWriter(const RunWriter &) = delete;
    RunWriter &operator=(const RunWriter &) = delete;

    void add(StepMetrics metrics);
    void add(RunSample sample);
    void add(AppliedEdit edit);
    void add(std::shared_ptr<const Snapshot> snapshot);
    /// One that was not requested replaces the oldest such, of which there are two.
    void add(std::shared_ptr<const Checkpoint> checkpoint, bool requested);

    /// Snapshots and checkpoints that wait or are being written: while there are, no time for another that can be
    /// spared.
    int filesWaiting() const;
    /// Processor time that the last file of each kind took, in seconds.
    double snapshotCost() const;
    double checkpointCost() const;

    /// Why nothing is written now, a sentence; empty where all is well.
    std::string problem() const;
    void retry();
    /// Waits until all that was added is stored. Throws Error where it cannot be.
    void flush();
    /// The first stored step or sample that came out otherwise now, as a sentence; empty where none.
    std::string difference() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
