// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/error.h"

#include <QDir>
#include <QFile>
#include <QString>
#include <QTest>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <sys/mount.h>
#include <unistd.h>

namespace samout::files {

/// A file in tests/golden, or in app/bench if the program embeds it.
inline std::filesystem::path golden(const std::string &name)
{
    const std::filesystem::path folder = SAMOUT_GOLDEN;
    const std::filesystem::path embedded = folder.parent_path().parent_path() / "app/bench" / name;
    return std::filesystem::exists(embedded) ? embedded : folder / name;
}

inline std::vector<std::byte> contentOf(const std::filesystem::path &path)
{
    std::ifstream stream(path, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    const auto *data = reinterpret_cast<const std::byte *>(text.data());
    return {data, data + text.size()};
}

inline void writeContent(const std::filesystem::path &path, const std::vector<std::byte> &bytes)
{
    // A new file each time: some file systems wait for the disk when a file is overwritten.
    std::filesystem::remove(path);
    std::ofstream stream(path, std::ios::binary);
    stream.write(reinterpret_cast<const char *>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
}

/// The sentence of the Error that `action` throws, or empty. Other exceptions pass.
template <typename Action> QString errorOf(Action action)
{
    try {
        action();
    } catch (const Error &error) {
        return QString::fromUtf8(error.what());
    }
    return {};
}

/// Calls `damaged` with every version of `bytes` that is cut short by one byte or more.
template <typename Damaged> void forEveryTruncation(const std::vector<std::byte> &bytes, Damaged damaged)
{
    for (std::size_t size = 0; size < bytes.size(); ++size)
        damaged(std::vector<std::byte>(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)), size);
}

/// Calls `damaged` with every version of `bytes` in which one byte is changed, in several ways.
template <typename Damaged> void forEveryMutation(const std::vector<std::byte> &bytes, Damaged damaged)
{
    std::vector<std::byte> copy = bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        for (const unsigned mask : {0x01u, 0x10u, 0x80u, 0xFFu}) {
            copy[i] = bytes[i] ^ static_cast<std::byte>(mask);
            damaged(copy, i);
        }
        for (const char put : {'\0', '9', '"', '}'}) {
            copy[i] = static_cast<std::byte>(put);
            if (copy[i] != bytes[i])
                damaged(copy, i);
        }
        copy[i] = bytes[i];
    }
}

/// A small file system, mounted during the life of this object; needs root.
class SmallDisk {
public:
    explicit SmallDisk(const QString &folder) : m_folder(folder.toStdString())
    {
        QDir().mkpath(folder);
        m_mounted = ::mount("tmpfs", m_folder.c_str(), "tmpfs", 0, "size=64k") == 0;
    }
    ~SmallDisk()
    {
        if (m_mounted)
            ::umount2(m_folder.c_str(), MNT_DETACH);
    }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;

    bool isMounted() const { return m_mounted; }
    bool makeReadOnly() { return ::mount("tmpfs", m_folder.c_str(), "tmpfs", MS_REMOUNT | MS_RDONLY, "size=64k") == 0; }
    std::filesystem::path path() const { return m_folder; }

private:
    std::string m_folder;
    bool m_mounted = false;
};

} // namespace samout::files

/// Checks that `action` throws an Error whose sentence contains `part`.
#define VERIFY_ERROR(action, part)                                                                                     \
    do {                                                                                                               \
        const QString sentence = samout::files::errorOf([&] { action; });                                              \
        QVERIFY2(!sentence.isEmpty(), "no Error was thrown");                                                          \
        QVERIFY2(sentence.contains(QString::fromUtf8(part)), qPrintable("the sentence is: " + sentence));              \
    } while (false)
