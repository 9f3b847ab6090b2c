// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/file.h"

#include "core/base/error.h"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace samout {

namespace {

std::string systemText(int code) { return std::strerror(code); }

/// A path of bytes of any kind, as text.
std::string textOf(const std::filesystem::path &path) { return path.string(); }

std::filesystem::path folderOf(const std::filesystem::path &path)
{
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
}

Error writeError(const std::filesystem::path &path, std::size_t size, int code)
{
    const std::string file = textOf(path);
    const std::string folder = textOf(folderOf(path));
    switch (code) {
    case ENOENT:
        return Error(
            Error::Missing,
            Text("Cannot write {0}: the folder {1} does not exist. Make it, or choose another.", file, folder));
    case ENOTDIR:
        return Error(Error::Unwritable,
                     Text("Cannot write {0}: {1} is not a folder. Choose another place.", file, folder));
    case EACCES:
    case EPERM:
    case EROFS:
        return Error(
            Error::Unwritable,
            Text("Cannot write {0}: the folder {1} is read-only. Choose one that can be written to.", file, folder));
    case ENOSPC:
    case EDQUOT:
        return Error(
            Error::Unwritable,
            Text("Cannot write {0}: the disk is full. The file needs {1} bytes; make room, or choose another disk.",
                 file, size));
    case ENAMETOOLONG:
        return Error(Error::Unwritable, Text("Cannot write {0}: the name is too long. Choose a shorter one.", file));
    default:
        return Error(Error::Unwritable, Text("Cannot write {0}: {1}.", file, systemText(code)));
    }
}

/// The temporary file in the same folder; the destructor deletes it unless it was kept.
class TemporaryFile {
public:
    explicit TemporaryFile(const std::filesystem::path &folder)
    {
        static std::atomic<unsigned> counter = 0;
        do {
            m_path = folder / (".samout-" + std::to_string(::getpid()) + "-" + std::to_string(counter++) + ".tmp");
            m_descriptor = ::open(m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        } while (m_descriptor < 0 && errno == EEXIST);
    }
    ~TemporaryFile()
    {
        if (m_descriptor < 0)
            return;
        ::close(m_descriptor);
        if (!m_kept)
            ::unlink(m_path.c_str());
    }
    TemporaryFile(const TemporaryFile &) = delete;
    TemporaryFile &operator=(const TemporaryFile &) = delete;

    bool isOpen() const { return m_descriptor >= 0; }

    /// These return false on failure, with errno set.
    bool write(std::span<const std::byte> bytes)
    {
        constexpr std::size_t largest = std::size_t{1} << 28;
        while (!bytes.empty()) {
            const ssize_t written = ::write(m_descriptor, bytes.data(), std::min(bytes.size(), largest));
            if (written < 0 && errno != EINTR)
                return false;
            if (written > 0)
                bytes = bytes.subspan(static_cast<std::size_t>(written));
        }
        return ::fsync(m_descriptor) == 0;
    }
    bool moveTo(const std::filesystem::path &path)
    {
        m_kept = ::rename(m_path.c_str(), path.c_str()) == 0;
        return m_kept;
    }

private:
    std::filesystem::path m_path;
    int m_descriptor = -1;
    bool m_kept = false;
};

/// Syncs the folder, so that the rename is durable. Some file systems cannot sync a folder and need not.
bool syncFolder(const std::filesystem::path &folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return errno == EACCES; // a folder one may write to but not list
    const bool synced = ::fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP;
    const int code = errno;
    ::close(descriptor);
    errno = code;
    return synced;
}

} // namespace

InputFile::InputFile(const std::filesystem::path &path) : m_path(path)
{
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
        if (errno == ENOENT || errno == ENOTDIR)
            throw Error(Error::Missing, Text("There is no file {0}.", textOf(path)));
        throw Error(Error::Unreadable, Text("Cannot read {0}: {1}.", textOf(path), systemText(errno)));
    }
    if (S_ISDIR(status.st_mode))
        throw Error(Error::Unreadable, Text("{0} is a folder; a file is needed.", textOf(path)));
    if (!S_ISREG(status.st_mode))
        throw Error(Error::Unreadable, Text("{0} is not a regular file.", textOf(path)));
    m_descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (m_descriptor < 0)
        throw Error(Error::Unreadable, Text("Cannot read {0}: {1}.", textOf(path), systemText(errno)));
    m_size = static_cast<std::uint64_t>(status.st_size);
}

InputFile::~InputFile() { ::close(m_descriptor); }

void InputFile::read(std::uint64_t offset, std::span<std::byte> bytes) const
{
    if (offset > m_size || bytes.size() > m_size - offset)
        throw Error(Error::Damaged,
                    Text("{0} is cut short: it has {1} bytes and should have more.", textOf(m_path), m_size));
    while (!bytes.empty()) {
        const ssize_t got = ::pread(m_descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
        if (got == 0)
            throw Error(Error::Damaged, Text("{0} became shorter while it was read.", textOf(m_path)));
        if (got < 0 && errno != EINTR)
            throw Error(Error::Unreadable, Text("Cannot read {0}: {1}.", textOf(m_path), systemText(errno)));
        if (got > 0) {
            bytes = bytes.subspan(static_cast<std::size_t>(got));
            offset += static_cast<std::uint64_t>(got);
        }
    }
}

std::vector<std::byte> InputFile::read(std::uint64_t offset, std::uint64_t count) const
{
    if (count > m_size)
        throw Error(Error::Damaged,
                    Text("{0} is cut short: it has {1} bytes and should have more.", textOf(m_path), m_size));
    std::vector<std::byte> bytes(count);
    read(offset, std::span(bytes));
    return bytes;
}

std::string InputFile::text() const
{
    std::string text(m_size, '\0');
    read(0, std::as_writable_bytes(std::span(text)));
    return text;
}

void writeFileWhole(const std::filesystem::path &path, std::string_view text)
{
    writeFileWhole(path, std::as_bytes(std::span(text)));
}

void writeFileWhole(const std::filesystem::path &path, std::span<const std::byte> bytes)
{
    struct stat status {};
    if (!path.has_filename() || path.filename() == "." || path.filename() == "..")
        throw Error(Error::Unwritable, Text("Cannot write \"{0}\": it is not the name of a file.", textOf(path)));
    if (::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode))
        throw Error(Error::Unwritable,
                    S_ISDIR(status.st_mode)
                        ? Text("Cannot write {0}: it is a folder. Choose another name.", textOf(path))
                        : Text("Cannot write {0}: it is not a regular file. Choose another name.", textOf(path)));

    const std::filesystem::path folder = folderOf(path);
    TemporaryFile file(folder);
    if (!file.isOpen() || !file.write(bytes) || !file.moveTo(path))
        throw writeError(path, bytes.size(), errno);
    if (!syncFolder(folder))
        throw Error(Error::Unwritable,
                    Text("{0} is written, but the disk did not confirm it: {1}.", textOf(path), systemText(errno)));
}

} // namespace samout
