// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace samout {

/// Where runs live: $SAMOUT_RUNS, else $XDG_DATA_HOME/samout-studio/runs, else ~/.local/share/samout-studio/runs.
std::filesystem::path runsHome();
/// The run folder that a person names: that folder if it exists, else the folder of that name in runsHome().
std::filesystem::path findRunFolder(const std::string &name);
/// An unused folder name in runsHome(): "article 2026-11-23 20.15", with a number appended if that is taken. Creates
/// nothing.
std::filesystem::path newRunFolder(const std::string &title);
/// The folders in `home` that hold a run.db, sorted by name. Empty if `home` does not exist.
std::vector<std::filesystem::path> runFolders(const std::filesystem::path &home);
bool isRunFolder(const std::filesystem::path &folder);
/// The run folder that `model` is or lies in, or empty.
std::filesystem::path runContaining(const std::filesystem::path &model);

std::filesystem::path snapshotPath(const std::filesystem::path &run, std::int64_t step);
std::filesystem::path checkpointPath(const std::filesystem::path &run, std::int64_t step);
/// The step of a name "step-N.safetensors"; -1 for any other name.
std::int64_t stepOfName(const std::filesystem::path &file);

/// The lock for writing a run, held by one process at a time; the system releases it when the process ends, even by a
/// crash.
class RunLock {
public:
    /// Throws Error if another process holds the lock, or the folder cannot be written.
    explicit RunLock(const std::filesystem::path &run);
    ~RunLock();
    RunLock(const RunLock &) = delete;
    RunLock &operator=(const RunLock &) = delete;

    /// Whether a process holds this run's lock now.
    static bool isHeld(const std::filesystem::path &run);

private:
    int m_descriptor = -1;
};

/// SHA-256 (FIPS 180-4) of a file, 64 hexadecimal digits. Throws Error if the file cannot be read.
std::string sha256Of(const std::filesystem::path &file);

} // namespace samout
