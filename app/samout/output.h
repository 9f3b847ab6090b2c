// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace samout::cli {

/// Writes to standard output at once. Throws Error if it is closed or full.
void print(std::string_view text);
/// One JSON object as a line: doubles with all their digits, NaN and infinities as null.
void printJson(const nlohmann::ordered_json &object);
/// Lines of a name and a value each, the values in one column.
void printTable(const std::vector<std::pair<std::string, std::string>> &rows);

/// Writes "samout: SENTENCE" to standard error, and `hint` on a line of its own. If the sentence has several lines, as
/// a library's exception may have, shows only the first.
void complain(std::string_view sentence, std::string_view hint = {});
/// Writes a remark to standard error.
void remark(std::string_view sentence);

/// Throws Error if the name's extension is no format that models are saved in.
void requireModelName(const std::filesystem::path &path);
/// Throws Error if writing `out` would destroy `model`, the file or run folder to read.
void requireOther(const std::filesystem::path &out, const std::filesystem::path &model);
/// Throws Error if no file of `bytes` can be created at `path`: call it before long work.
void requireWritable(const std::filesystem::path &path, std::uintmax_t bytes = 0);

/// `text` with its words in lines of at most `width` characters, all but the first behind `indent` spaces.
std::string wrapped(const std::string &text, std::size_t width, std::size_t indent = 0);
/// "6,302,982"
std::string grouped(std::int64_t number);
/// "125.6 GiB"
std::string byteSize(std::int64_t bytes);
/// "0:07", "12:30", "1:02:03"
std::string duration(double seconds);
/// printf's %.*f, and "NaN"
std::string fixed(double number, int digits);

} // namespace samout::cli
