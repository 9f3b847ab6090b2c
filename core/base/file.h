// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace samout {

/// A regular file opened for reading; its size is known before anything is read. Throws Error, naming the file, if it
/// is missing, a folder, not a regular file, or cannot be read.
class InputFile {
public:
    explicit InputFile(const std::filesystem::path &path);
    ~InputFile();
    InputFile(const InputFile &) = delete;
    InputFile &operator=(const InputFile &) = delete;

    const std::filesystem::path &path() const { return m_path; }
    std::uint64_t size() const { return m_size; }
    /// Fills `bytes` from `offset` on. Throws Error if the file ends before `bytes` is full.
    void read(std::uint64_t offset, std::span<std::byte> bytes) const;
    /// Reads `count` bytes from `offset` on. A range beyond the end of the file is refused before memory is allocated.
    std::vector<std::byte> read(std::uint64_t offset, std::uint64_t count) const;
    /// All bytes, as they are.
    std::string text() const;

private:
    std::filesystem::path m_path;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

/// Writes a file atomically and durably: writes a temporary file in the same folder, syncs it, and renames it. Throws
/// Error, naming the file, on failure; then no temporary file stays behind, and an older file of the same name is
/// unchanged.
void writeFileWhole(const std::filesystem::path &path, std::span<const std::byte> bytes);
void writeFileWhole(const std::filesystem::path &path, std::string_view text);

} // namespace samout
