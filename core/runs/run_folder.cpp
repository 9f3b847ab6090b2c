// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/run_folder.h"

#include "core/base/error.h"
#include "core/base/file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <memory>
#include <openssl/evp.h>
#include <span>
#include <unistd.h>

namespace samout {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view stepPrefix = "step-";

fs::path lockPath(const fs::path &run) { return run / "writer.lock"; }

std::string stepName(std::int64_t step) { return std::string(stepPrefix) + std::to_string(step) + ".safetensors"; }

/// A folder name that every file system accepts.
std::string safeName(std::string title)
{
    std::ranges::replace_if(
        title, [](char c) { return c == '/' || c == '\\' || c == ':' || static_cast<unsigned char>(c) < ' '; }, '-');
    title = title.substr(0, 80);
    while (!title.empty() && (static_cast<unsigned char>(title.back()) & 0xC0) == 0x80)
        title.pop_back(); // not the first half of a character
    return title.empty() || title.front() == '.' ? "run" + title : title;
}

/// Locks the whole file, exclusively.
struct flock wholeLock(short type)
{
    struct flock lock = {};
    lock.l_type = type;
    lock.l_whence = SEEK_SET;
    return lock;
}

} // namespace

fs::path runsHome()
{
    const auto variable = [](const char *name) {
        const char *value = std::getenv(name);
        return fs::path(value ? value : "");
    };
    if (fs::path own = variable("SAMOUT_RUNS"); !own.empty())
        return own;
    fs::path data = variable("XDG_DATA_HOME");
    if (data.is_relative()) // the XDG standard: a relative path is ignored
        data = variable("HOME") / ".local" / "share";
    return data / "samout-studio" / "runs";
}

fs::path findRunFolder(const std::string &name)
{
    std::error_code error;
    fs::path folder = name;
    if (!fs::is_directory(folder, error) && folder.is_relative())
        folder = runsHome() / name;
    if (!fs::is_directory(folder, error))
        throw Error(Error::Missing, Text("There is no run \"{0}\": neither a folder of this name, nor one in {1}.",
                                         name, runsHome().string()));
    return folder;
}

fs::path newRunFolder(const std::string &title)
{
    std::array<char, 32> when{};
    const std::time_t now = std::time(nullptr);
    std::tm local{};
    localtime_r(&now, &local);
    std::strftime(when.data(), when.size(), " %Y-%m-%d %H.%M", &local);
    const std::string name = safeName(title) + when.data();
    std::error_code error;
    fs::path folder = runsHome() / name;
    for (int i = 2; fs::exists(folder, error); ++i)
        folder = runsHome() / (name + " (" + std::to_string(i) + ")");
    return folder;
}

std::vector<fs::path> runFolders(const fs::path &home)
{
    std::vector<fs::path> folders;
    std::error_code error;
    for (fs::directory_iterator it(home, error), end; !error && it != end; it.increment(error))
        if (isRunFolder(it->path()) && !it->path().filename().string().starts_with('.')) // hidden: not complete
            folders.push_back(it->path());
    std::ranges::sort(folders);
    return folders;
}

bool isRunFolder(const fs::path &folder)
{
    std::error_code error;
    return fs::is_regular_file(folder / "run.db", error);
}

fs::path runContaining(const fs::path &model)
{
    if (model.empty())
        return {};
    const auto whole = fs::absolute(model).lexically_normal();
    for (const auto &folder : {whole, whole.parent_path(), whole.parent_path().parent_path()})
        if (isRunFolder(folder))
            return folder.has_filename() ? folder : folder.parent_path();
    return {};
}

fs::path snapshotPath(const fs::path &run, std::int64_t step) { return run / "snapshots" / stepName(step); }
fs::path checkpointPath(const fs::path &run, std::int64_t step) { return run / "checkpoints" / stepName(step); }

std::int64_t stepOfName(const fs::path &file)
{
    const std::string stem = file.stem().string();
    if (!stem.starts_with(stepPrefix) || file.extension() != ".safetensors")
        return -1;
    std::int64_t step = -1;
    const char *end = stem.data() + stem.size();
    const auto [read, error] = std::from_chars(stem.data() + stepPrefix.size(), end, step);
    return error == std::errc() && read == end ? step : -1;
}

RunLock::RunLock(const fs::path &run) : m_descriptor(::open(lockPath(run).c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666))
{
    if (m_descriptor < 0)
        throw Error(Error::Unwritable, Text("The run {0} cannot be written: {1}.", run.string(), std::strerror(errno)));
    struct flock lock = wholeLock(F_WRLCK);
    if (::fcntl(m_descriptor, F_OFD_SETLK, &lock) == 0)
        return;
    const int code = errno;
    ::close(m_descriptor);
    if (code == EAGAIN || code == EACCES)
        throw Error(Error::InUse, Text("The run {0} is being trained by another program; it can be watched meanwhile.",
                                       run.string()));
    throw Error(Error::InUse, Text("The run {0} cannot be locked: {1}.", run.string(), std::strerror(code)));
}

RunLock::~RunLock() { ::close(m_descriptor); }

bool RunLock::isHeld(const fs::path &run)
{
    const int descriptor = ::open(lockPath(run).c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return false;
    struct flock lock = wholeLock(F_RDLCK);
    const bool told = ::fcntl(descriptor, F_OFD_GETLK, &lock) == 0;
    ::close(descriptor);
    return told && lock.l_type != F_UNLCK;
}

std::string sha256Of(const fs::path &file)
{
    const InputFile input(file);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> digest(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
    EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
    std::vector<std::byte> piece(std::size_t{1} << 20);
    for (std::uint64_t at = 0; at < input.size(); at += piece.size()) {
        const auto part = std::span(piece).first(std::min<std::uint64_t>(piece.size(), input.size() - at));
        input.read(at, part);
        EVP_DigestUpdate(digest.get(), part.data(), part.size());
    }
    std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
    unsigned int count = 0;
    EVP_DigestFinal_ex(digest.get(), bytes.data(), &count);
    std::string text;
    for (unsigned int i = 0; i < count; ++i) {
        constexpr const char *digits = "0123456789abcdef";
        text += digits[bytes[i] >> 4];
        text += digits[bytes[i] & 15];
    }
    return text;
}

} // namespace samout
