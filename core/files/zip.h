// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/file.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace samout {

/// The part of the zip format that torch.save uses: records stored as they are (not compressed), zip64 if the file is
/// large. Trusts nothing: every offset and length is checked against the file before it is used, and a record against
/// its checksum when it is read.
class ZipReader {
public:
    /// Reads the list of records. Throws Error, naming the file, if the list is missing or damaged.
    explicit ZipReader(const InputFile &file);

    /// The records' names in the file's order.
    const std::vector<std::string> &names() const { return m_names; }
    bool has(const std::string &name) const { return m_records.contains(name); }
    /// The size of a record in bytes. Throws Error if no record has this name.
    std::uint64_t size(const std::string &name) const;
    /// A record's bytes. Throws Error if no record has this name or the record is damaged.
    std::vector<std::byte> read(const std::string &name) const;

private:
    struct Record {
        std::uint64_t headerOffset = 0;
        std::uint64_t size = 0;
        std::uint32_t checksum = 0;
    };
    const Record &find(const std::string &name) const;

    const InputFile &m_file;
    std::vector<std::string> m_names;
    std::map<std::string, Record> m_records;
};

/// Collects records into a zip, each one's bytes beginning at a multiple of 64, as torch.load maps them.
class ZipWriter {
public:
    void add(std::string name, std::span<const std::byte> bytes);
    /// The whole zip. Throws Error if the zip is larger than 4 GB, which this plain form of zip cannot hold.
    std::vector<std::byte> finish();

private:
    struct Record {
        std::string name;
        std::uint64_t headerOffset = 0;
        std::uint64_t size = 0;
        std::uint32_t checksum = 0;
    };

    void appendDescription(const Record &record);

    std::vector<std::byte> m_bytes;
    std::vector<Record> m_records;
};

} // namespace samout
