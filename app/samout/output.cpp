// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/output.h"

#include "app/samout/terminal.h"
#include "core/base/error.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <sstream>
#include <unistd.h>

namespace samout::cli {

namespace {

std::filesystem::path folderOf(const std::filesystem::path &path)
{
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

} // namespace

void print(std::string_view text)
{
    if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0)
        throw Error(std::string("The results cannot be written to standard output: ") + std::strerror(errno) + ".");
}

void printJson(const nlohmann::ordered_json &object)
{
    print(object.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n");
}

void printTable(const std::vector<std::pair<std::string, std::string>> &rows)
{
    std::size_t width = 0;
    for (const auto &[name, value] : rows)
        width = std::max(width, name.size());
    std::string text;
    for (const auto &[name, value] : rows)
        text += name + std::string(width - name.size() + 2, ' ') + value + "\n";
    print(text);
}

void complain(std::string_view sentence, std::string_view hint)
{
    sentence = sentence.substr(0, sentence.find('\n'));
    std::string text = styled(Style::Failure, "samout:") + " " + std::string(sentence) + "\n";
    if (!hint.empty())
        text += std::string(hint) + "\n";
    std::fputs(text.c_str(), stderr);
}

void remark(std::string_view sentence) { std::fputs((styled(Style::Faint, sentence) + "\n").c_str(), stderr); }

void requireModelName(const std::filesystem::path &path)
{
    const std::string ending = path.extension().string();
    if (ending != ".safetensors" && ending != ".pth" && ending != ".pt")
        throw Error(path.string() + ": a model is saved under a name that ends in .safetensors, .pth or .pt.");
}

void requireOther(const std::filesystem::path &out, const std::filesystem::path &model)
{
    std::error_code ignored;
    const auto place = std::filesystem::weakly_canonical(out, ignored);
    const auto read = std::filesystem::weakly_canonical(model, ignored);
    const auto [end, rest] = std::ranges::mismatch(read, place);
    if (!read.empty() && end == read.end())
        throw Error(out.string() + " is what is to be read, or a part of it; give another name to write to.");
}

void requireWritable(const std::filesystem::path &path, std::uintmax_t bytes)
{
    std::error_code ignored;
    if (path.empty())
        throw Error("The name of the file to write is empty.");
    if (std::filesystem::is_directory(path, ignored))
        throw Error(path.string() + " is a folder; give the name of a file to write.");
    const std::filesystem::path folder = folderOf(path);
    if (!std::filesystem::is_directory(folder, ignored))
        throw Error(path.string() + " cannot be written: there is no folder " + folder.string() + ".");

    // Creates a real file: permissions alone do not reveal read-only or full disks.
    std::string probe = (folder / ".samout-XXXXXX").string();
    const int file = mkstemp(probe.data());
    if (file < 0)
        throw Error(path.string() + " cannot be written: " + std::strerror(errno) + ".");
    const std::vector<char> block(4096);
    const bool written = write(file, block.data(), block.size()) == static_cast<ssize_t>(block.size());
    const int reason = errno;
    close(file);
    unlink(probe.c_str());
    if (!written)
        throw Error(path.string() + " cannot be written: " + std::strerror(reason) + ".");
    const auto space = std::filesystem::space(folder, ignored);
    if (!ignored && space.available < bytes)
        throw Error(path.string() + " cannot be written: it needs " + byteSize(static_cast<std::int64_t>(bytes)) +
                    ", and the disk of its folder has " + byteSize(static_cast<std::int64_t>(space.available)) + ".");
}

std::string wrapped(const std::string &text, std::size_t width, std::size_t indent)
{
    std::istringstream words(text);
    std::string lines;
    std::size_t column = 0;
    for (std::string word; words >> word;) {
        if (column > 0 && column + 1 + word.size() > width) {
            lines += "\n" + std::string(indent, ' ');
            column = 0;
        }
        if (column > 0)
            lines += ' ';
        lines += word;
        column += (column > 0) + word.size();
    }
    return lines;
}

std::string grouped(std::int64_t number)
{
    std::string digits = std::to_string(number);
    const std::size_t first = number < 0 ? 1 : 0;
    for (std::size_t i = digits.size(); i > first + 3; i -= 3)
        digits.insert(i - 3, ",");
    return digits;
}

std::string byteSize(std::int64_t bytes)
{
    const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    double size = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (size >= 1024 && unit + 1 < std::size(units)) {
        size /= 1024;
        ++unit;
    }
    return fixed(size, unit == 0 ? 0 : 1) + " " + units[unit];
}

std::string duration(double seconds)
{
    const auto whole = static_cast<std::int64_t>(std::ceil(std::clamp(seconds, 0.0, 3.6e9)));
    char text[48];
    if (whole >= 3600)
        std::snprintf(text, sizeof text, "%lld:%02d:%02d", static_cast<long long>(whole / 3600),
                      static_cast<int>(whole / 60 % 60), static_cast<int>(whole % 60));
    else
        std::snprintf(text, sizeof text, "%d:%02d", static_cast<int>(whole / 60), static_cast<int>(whole % 60));
    return text;
}

std::string fixed(double number, int digits)
{
    if (std::isnan(number))
        return "NaN";
    const int length = std::snprintf(nullptr, 0, "%.*f", digits, number);
    std::string text(static_cast<std::size_t>(length), '\0');
    std::snprintf(text.data(), text.size() + 1, "%.*f", digits, number);
    return text;
}

} // namespace samout::cli
