// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

namespace samout {

/// The format of new runs, stored as user_version, and the newest format that can be read. RUN_FORMAT.md describes
/// them.
constexpr int runFormat = 2;

/// Opens run.db. Throws Error: missing, damaged, of a newer version.
std::unique_ptr<SQLite::Database> openRunDatabase(const std::filesystem::path &run, bool forWriting);
/// Creates run.db with empty tables for a network of `layers` layers, at most 999 (else Error). Throws
/// SQLite::Exception if it cannot be written.
std::unique_ptr<SQLite::Database> createRunDatabase(const std::filesystem::path &run, std::int64_t layers);

/// Runs work that may throw SQLite::Exception; throws Error with a sentence about `run` instead.
void withoutSqliteErrors(const std::filesystem::path &run, const std::function<void()> &work);
template <typename Work> auto answeredBy(const std::filesystem::path &run, const Work &work)
{
    decltype(work()) answer{};
    withoutSqliteErrors(run, [&] { answer = work(); });
    return answer;
}

/// "alpha_0, alpha_1, …, gradient_norm_0, …": the columns of the table layers.
std::string layerColumns(std::int64_t layers);
/// "?, ?, ?"
std::string placeholders(std::int64_t count);

} // namespace samout
