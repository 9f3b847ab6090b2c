// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

namespace samout {

/// A regular file opened for reading; its size is known before anything is read. Throws Error (the file named)
/// where it is missing, a folder, not a regular file, or cannot be read.
class InputFile {
public:
    explicit InputFile(const std::filesystem::path &path);
    ~InputFile();
    InputFile(const InputFile &) = delete;
    InputFile &operator=(const InputFile &) = delete;

    const std::filesystem::path &path() const { return m_path; }
    std::uint64_t size() const { return m_size; }
    /// Fills `bytes` from `offset` on. Throws Error where the file ends before.
    void read(std::uint64_t offset, std::span<std::byte> bytes) const;
    /// `count` bytes from `offset` on; what the file does not hold is refused before it is allocated.
    std::vector<std::byte> read(std::uint64_t offset, std::uint64_t count) const;

private:
    std::filesystem::path m_path;
    int m_descriptor = -1;
    std::uint64_t m_size = 0;
};

/// The durable half of every write of ours: writes beside, syncs and renames, so the file appears under its name
/// only when it is whole. Throws Error (the file named) where it cannot; nothing half-done stays behind, an older
/// file of the name stays as it was.
void writeFileWhole(const std::filesystem::path &path, const std::vector<std::byte> &bytes);

} // namespace samout
