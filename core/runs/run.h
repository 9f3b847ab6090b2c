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
    /// The likeliest token each time.
    std::string greedy;

    bool operator==(const RunSample &) const = default;
};

struct StoredFile {
    std::int64_t step = 0;
    std::int64_t bytes = 0;
    /// A snapshot: starred, never thinned. A checkpoint: asked for by a person, never replaced.
    bool kept = false;
};

enum class RunState { Running, Stopped };

/// A run folder, for reading; the format is told in core/runs/RUN_FORMAT.md. May be open while another process writes
/// it: every call sees what is stored by then. Not thread-safe; cheap to open. Every method throws Error (the file
/// named) where the run is damaged.
class Run {
public:
    /// Throws Error: no run, damaged, or written by a newer version.
    explicit Run(std::filesystem::path folder);
    ~Run();
    Run(Run &&) noexcept;

    const std::filesystem::path &folder() const { return m_folder; }
    /// As they are now.
    RunFacts facts() const;
    RunState state() const;

    /// The last step whose metrics are stored; 0 before the first.
    std::int64_t lastStep() const;
    /// Steps after `step`, at most `count`, in order.
    std::vector<StepMetrics> metrics(std::int64_t step = 0, std::int64_t count = INT64_MAX) const;
    /// The steps whose loss or gradient was not finite: they changed no weight.
    std::set<std::int64_t> passedOver() const;
    /// The last step's numbers, and the last held-out loss with its step.
    std::optional<StepMetrics> lastMetrics() const;
    std::optional<std::pair<std::int64_t, double>> lastHeldOut() const;
    std::vector<RunSample> samples(std::int64_t afterStep = -1) const;
    std::vector<AppliedEdit> edits() const;
    /// The step to reach, as it was last changed; 0 is none.
    std::int64_t goal() const;
    /// In the order of their steps.
    std::vector<StoredFile> snapshots() const;
    std::vector<StoredFile> checkpoints() const;

    /// Throws Error where there is none of this step, or its file is torn.
    std::shared_ptr<const Snapshot> snapshot(std::int64_t step) const;
    std::shared_ptr<const Checkpoint> checkpoint(std::int64_t step) const;

private:
    struct Impl;
    std::filesystem::path m_folder;
    std::unique_ptr<Impl> m_impl;
};

/// What a person changes of a run, whoever trains it. Throw Error where it cannot be written.
void renameRun(const std::filesystem::path &run, const std::string &name);
void noteRun(const std::filesystem::path &run, const std::string &note);
void starRun(const std::filesystem::path &run, bool starred);
/// A starred snapshot is never thinned. Throws Error where there is none of this step.
void starSnapshot(const std::filesystem::path &run, std::int64_t step, bool starred);

/// The snapshot file of a checkpoint and back. Throw Error as readSafetensors() and writeSafetensors().
void saveCheckpoint(const std::filesystem::path &path, const Checkpoint &checkpoint);
std::shared_ptr<const Checkpoint> openCheckpoint(const std::filesystem::path &path);

} // namespace samout
