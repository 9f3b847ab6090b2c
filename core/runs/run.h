// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/snapshot.h"
#include "core/runs/run_facts.h"
#include "core/train/checkpoint.h"
#include "core/train/edit.h"
#include "core/train/metrics.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace samout {

/// What the network wrote at a step, to the end of the line.
struct RunSample {
    std::int64_t step = 0;
    std::string prompt;
    /// Drawn at temperature 0.8 with seed 0.
    std::string drawn;
    /// Written with the likeliest token each time.
    std::string greedy;

    bool operator==(const RunSample &) const = default;
};

struct StoredFile {
    std::int64_t step = 0;
    std::int64_t bytes = 0;
    /// For a snapshot: starred, so never thinned. For a checkpoint: requested by a person, so never replaced.
    bool kept = false;
};

enum class RunState { Running, Stopped };

/// A run folder, for reading; core/runs/RUN_FORMAT.md describes the format. Another process may write the run
/// meanwhile: every call sees what is stored by then. Not thread-safe; cheap to open. Every method throws Error, naming
/// the file, if the run is damaged.
class Run {
public:
    /// Throws Error: no run, damaged, or written by a newer version.
    explicit Run(std::filesystem::path folder);
    ~Run();
    Run(Run &&) noexcept;

    const std::filesystem::path &folder() const { return m_folder; }
    /// The facts as they are now.
    RunFacts facts() const;
    RunState state() const;

    /// The last step whose metrics are stored; 0 before the first.
    std::int64_t lastStep() const;
    /// The metrics of at most `count` steps after `step`, in order.
    std::vector<StepMetrics> metrics(std::int64_t step = 0, std::int64_t count = INT64_MAX) const;
    /// The steps whose loss or gradient was not finite: they changed no weight.
    std::set<std::int64_t> passedOver() const;
    /// The last step's numbers, and the last held-out loss with its step.
    std::optional<StepMetrics> lastMetrics() const;
    std::optional<std::pair<std::int64_t, double>> lastHeldOut() const;
    std::vector<RunSample> samples(std::int64_t afterStep = -1) const;
    std::vector<AppliedEdit> edits() const;
    /// The step to reach, after all edits; 0 means no limit.
    std::int64_t goal() const;
    /// Sorted by step.
    std::vector<StoredFile> snapshots() const;
    std::vector<StoredFile> checkpoints() const;

    /// Throws Error if there is none at this step, or its file is torn.
    std::shared_ptr<const Snapshot> snapshot(std::int64_t step) const;
    std::shared_ptr<const Checkpoint> checkpoint(std::int64_t step) const;

private:
    struct Impl;
    std::filesystem::path m_folder;
    std::unique_ptr<Impl> m_impl;
};

/// The changes that a person can make to a run at any time, even while another process trains it. Throw Error if the
/// run cannot be written.
void renameRun(const std::filesystem::path &run, const std::string &name);
void noteRun(const std::filesystem::path &run, const std::string &note);
void starRun(const std::filesystem::path &run, bool starred);
/// A starred snapshot is never thinned. Throws Error if there is no snapshot at this step.
void starSnapshot(const std::filesystem::path &run, std::int64_t step, bool starred);

/// Write a checkpoint as a safetensors file, and read it back. Throw Error as readSafetensors() and writeSafetensors().
void saveCheckpoint(const std::filesystem::path &path, const Checkpoint &checkpoint);
std::shared_ptr<const Checkpoint> openCheckpoint(const std::filesystem::path &path);

} // namespace samout
