// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"
#include "core/model/config.h"
#include "core/train/options.h"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace SQLite {
class Database;
}

namespace samout {

/// A file that belongs to a run, with its checksum.
struct RunFile {
    /// The path in the run's folder, or the original path if the file is too large to be copied.
    std::string file;
    /// 64 hexadecimal digits.
    std::string sha256;

    bool operator==(const RunFile &) const = default;
};

/// Metadata of a run, written once when it is created, except for name, note and star, which a person may change at any
/// time. RUN_FORMAT.md describes how they are stored.
struct RunFacts {
    std::string name;
    std::string note;
    bool starred = false;
    /// ISO 8601 in UTC: "2026-11-23T20:15:00Z".
    std::string created;
    /// The options when the run began; edits record later changes. Threads and device are the ones actually used.
    TrainingOptions options;
    ModelConfig config;
    /// The training minimises the sum of these losses.
    std::vector<std::string> losses = {"cross_entropy"};
    /// Parts of a batch whose gradients are summed; the bits depend on their number.
    std::int64_t shards = 1;
    Vocabulary vocabulary;
    /// Files that `vocabulary` was read from; empty for the characters of a text and for bare numbers.
    std::vector<RunFile> vocabularyFiles;
    std::string dataName;
    /// The file of a text or of token rows; empty for generated data.
    RunFile dataFile;
    /// Unknown for runs of format 1.
    std::optional<DataSplit> split;
    /// See fingerprint() and arithmeticNumber.
    std::string fingerprint;
    std::int64_t arithmetic = 1;
    /// The run whose weights this run began with, at `parentStep`; empty if there is none.
    std::string parent;
    std::int64_t parentStep = 0;

    /// The absolute path of the data file; empty if the data is generated.
    std::filesystem::path dataPath(const std::filesystem::path &run) const;
    /// Throws Error if this version cannot go on training the run; the run can still be looked at.
    void checkTrainable() const;
};

/// Writes the facts into the empty table `run`. Throws SQLite::Exception.
void writeFacts(SQLite::Database &database, const RunFacts &facts);
/// Reads the facts of a run of any format. Throws Error, beginning with `origin`, if a fact is missing or damaged;
/// SQLite::Exception.
RunFacts readFacts(SQLite::Database &database, const std::string &origin);

} // namespace samout
