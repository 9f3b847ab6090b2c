// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace samout {

/// Where runs live: $SAMOUT_RUNS, else $XDG_DATA_HOME/samout-studio/runs, else that in ~/.local/share.
std::filesystem::path runsHome();
/// The run that a person names: a folder that is there, else one of that name in runsHome().
std::filesystem::path findRunFolder(const std::string &name);
/// A new name in runsHome(): "article 2026-11-23 20.15", with a number behind where that is taken. Nothing is made.
std::filesystem::path newRunFolder(const std::string &title);
/// The folders in `home` that hold a run.db, in the order of their names. Empty where there is no `home`.
std::vector<std::filesystem::path> runFolders(const std::filesystem::path &home);
bool isRunFolder(const std::filesystem::path &folder);

std::filesystem::path snapshotPath(const std::filesystem::path &run, std::int64_t step);
std::filesystem::path checkpointPath(const std::filesystem::path &run, std::int64_t step);
/// The step of a name "step-N.safetensors"; -1 of any other.
std::int64_t stepOfName(const std::filesystem::path &file);

/// The right to write a run, held by one process at a time; it ends with the process, however that ends.
class RunLock {
public:
    /// Throws Error where another holds it, or the folder cannot be written.
    explicit RunLock(const std::filesystem::path &run);
    ~RunLock();
    RunLock(const RunLock &) = delete;
    RunLock &operator=(const RunLock &) = delete;

    /// Whether somebody writes this run now.
    static bool isHeld(const std::filesystem::path &run);

private:
    int m_descriptor = -1;
};

/// SHA-256 (FIPS 180-4) of a file, 64 hexadecimal digits. Throws Error where it cannot be read.
std::string sha256Of(const std::filesystem::path &file);

} // namespace samout
