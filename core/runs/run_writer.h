// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"
#include "core/runs/run.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

namespace samout {

/// Creates the run folder atomically: temporary name, then rename. If `dataSource` is a file it is copied into the run
/// (above 256 MB only its path is stored), and facts.dataFile is set. Throws Error if the folder exists already or
/// cannot be created.
void createRun(const std::filesystem::path &folder, RunFacts facts, const std::filesystem::path &dataSource);

/// Writes one run on a thread of its own: rows in the order in which they were added, files before the rows that name
/// them. Steps and samples that are stored already (a resumed training repeats them) are compared instead, except for
/// their seconds.
///
/// If something cannot be written, nothing is lost: it waits in memory, problem() says why, and retry() tries again.
/// Thread-safe.
class RunWriter {
public:
    /// Takes the run's lock. Snapshots are thinned to the size that the run's options allow. Throws Error as Run and
    /// RunLock.
    explicit RunWriter(std::filesystem::path folder);
    /// Stores what still waits, if possible.
    ~RunWriter();
    RunWriter(const RunWriter &) = delete;
    RunWriter &operator=(const RunWriter &) = delete;

    void add(StepMetrics metrics);
    void add(RunSample sample);
    void add(AppliedEdit edit);
    void add(std::shared_ptr<const Snapshot> snapshot);
    /// A run keeps the two newest checkpoints that were not requested; another one replaces the older of them.
    void add(std::shared_ptr<const Checkpoint> checkpoint, bool requested);

    /// The number of snapshots and checkpoints that wait or are being written. While it is above 0, add none that can
    /// be spared.
    int filesWaiting() const;
    /// Processor time that the last file of each kind took, in seconds.
    double snapshotCost() const;
    double checkpointCost() const;

    /// A sentence that says why nothing can be written now; empty if writing works.
    Text problem() const;
    void retry();
    /// Waits until everything that was added is stored. Throws Error if that fails.
    void flush();
    /// A sentence about the first stored step or sample that differs when repeated; empty if none differs.
    Text difference() const;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
