// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/zip.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace samout {

namespace {

// https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16.
constexpr std::uint32_t localSignature = 0x04034b50;
constexpr std::uint32_t centralSignature = 0x02014b50;
constexpr std::uint32_t endSignature = 0x06054b50;
constexpr std::uint32_t end64Signature = 0x06064b50;
constexpr std::uint32_t locator64Signature = 0x07064b50;
constexpr std::size_t localSize = 30;
constexpr std::size_t centralSize = 46;
constexpr std::size_t endSize = 22;
constexpr std::size_t end64Size = 56;
constexpr std::size_t locator64Size = 20;
constexpr std::uint16_t zip64Field = 1;
constexpr std::uint64_t full16 = 0xFFFF;
constexpr std::uint64_t full32 = 0xFFFFFFFF;
constexpr std::size_t alignment = 64;

/// The number of `size` bytes (little endian) at `offset`; the caller has checked that it is there.
std::uint64_t numberAt(std::span<const std::byte> bytes, std::size_t offset, std::size_t size)
{
    std::uint64_t value = 0;
    std::memcpy(&value, bytes.data() + offset, size);
    return value;
}

void appendNumber(std::vector<std::byte> &bytes, std::uint64_t value, std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i)
        bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
}

void appendText(std::vector<std::byte> &bytes, std::string_view text)
{
    const auto view = std::as_bytes(std::span(text));
    bytes.insert(bytes.end(), view.begin(), view.end());
}

std::string textAt(std::span<const std::byte> bytes, std::size_t offset, std::size_t size)
{
    return std::string(reinterpret_cast<const char *>(bytes.data()) + offset, size);
}

constexpr std::array<std::uint32_t, 256> makeChecksumTable()
{
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t byte = 0; byte < 256; ++byte) {
        std::uint32_t value = byte;
        for (int bit = 0; bit < 8; ++bit)
            value = (value >> 1) ^ (value & 1 ? 0xEDB88320u : 0u);
        table[byte] = value;
    }
    return table;
}

/// CRC-32 as defined for zip files.
std::uint32_t checksumOf(std::span<const std::byte> bytes)
{
    static constexpr auto table = makeChecksumTable();
    std::uint32_t value = 0xFFFFFFFFu;
    for (const std::byte byte : bytes)
        value = (value >> 8) ^ table[(value ^ static_cast<std::uint32_t>(byte)) & 0xFFu];
    return ~value;
}

Error damaged(const InputFile &file, const Text &what)
{
    return Error(Error::Damaged, Text("{0} is damaged or cut short: {1}.", file.path().string(), what));
}

/// The place of the list of records in the file.
struct Directory {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    std::uint64_t count = 0;
};

Directory findDirectory(const InputFile &file)
{
    // Only a comment may follow the end record in the file, which torch.save does not write.
    if (file.size() < endSize)
        throw damaged(file, Text("it is too short for a zip"));
    const std::uint64_t endOffset = file.size() - endSize;
    const std::vector<std::byte> end = file.read(endOffset, endSize);
    if (numberAt(end, 0, 4) != endSignature || numberAt(end, 20, 2) != 0)
        throw damaged(file, Text("the list of its records does not stand at its end"));
    Directory directory{numberAt(end, 16, 4), numberAt(end, 12, 4), numberAt(end, 10, 2)};
    std::uint64_t limit = endOffset;

    const bool large = directory.offset == full32 || directory.size == full32 || directory.count == full16;
    if (large && endOffset >= locator64Size + end64Size) {
        const std::vector<std::byte> locator = file.read(endOffset - locator64Size, locator64Size);
        const std::uint64_t offset = numberAt(locator, 8, 8);
        if (numberAt(locator, 0, 4) != locator64Signature || offset > endOffset - locator64Size - end64Size)
            throw damaged(file, Text("the list of its records is not where it should be"));
        const std::vector<std::byte> end64 = file.read(offset, end64Size);
        if (numberAt(end64, 0, 4) != end64Signature)
            throw damaged(file, Text("the list of its records is not where it should be"));
        directory = {numberAt(end64, 48, 8), numberAt(end64, 40, 8), numberAt(end64, 32, 8)};
        limit = offset;
    }
    if (directory.offset > limit || directory.size > limit - directory.offset ||
        directory.count > directory.size / centralSize)
        throw damaged(file, Text("the list of its records is longer than the file"));
    return directory;
}

} // namespace

ZipReader::ZipReader(const InputFile &file) : m_file(file)
{
    const Directory directory = findDirectory(file);
    const std::vector<std::byte> storage = file.read(directory.offset, directory.size);
    std::span<const std::byte> list(storage);
    for (std::uint64_t i = 0; i < directory.count; ++i) {
        if (list.size() < centralSize || numberAt(list, 0, 4) != centralSignature)
            throw damaged(file, Text("the list of its records ends too early"));
        const std::uint64_t flags = numberAt(list, 8, 2);
        const std::uint64_t method = numberAt(list, 10, 2);
        std::uint64_t packed = numberAt(list, 20, 4);
        Record record;
        record.checksum = static_cast<std::uint32_t>(numberAt(list, 16, 4));
        record.size = numberAt(list, 24, 4);
        record.headerOffset = numberAt(list, 42, 4);
        const std::size_t nameSize = numberAt(list, 28, 2);
        const std::size_t extraSize = numberAt(list, 30, 2);
        const std::size_t commentSize = numberAt(list, 32, 2);
        if (list.size() - centralSize < nameSize + extraSize + commentSize)
            throw damaged(file, Text("the list of its records ends too early"));
        std::string name = textAt(list, centralSize, nameSize);

        // Numbers that do not fit 32 bits are in the zip64 field, in this order.
        std::span<const std::byte> extra = list.subspan(centralSize + nameSize, extraSize);
        while (extra.size() >= 4) {
            const std::size_t size = std::min<std::size_t>(numberAt(extra, 2, 2), extra.size() - 4);
            std::span<const std::byte> field = extra.subspan(4, size);
            if (numberAt(extra, 0, 2) == zip64Field)
                for (std::uint64_t *value : {&record.size, &packed, &record.headerOffset})
                    if (*value == full32 && field.size() >= 8) {
                        *value = numberAt(field, 0, 8);
                        field = field.subspan(8);
                    }
            extra = extra.subspan(4 + size);
        }

        if ((flags & 1) != 0 || method != 0 || packed != record.size)
            throw Error(
                Error::Unsupported,
                Text("{0}: the record \"{1}\" is compressed or encrypted; torch.save writes records as they are.",
                     file.path().string(), name));
        if (!m_records.emplace(name, record).second)
            throw damaged(file, Text("it has the record \"{0}\" twice", name));
        m_names.push_back(std::move(name));
        list = list.subspan(centralSize + nameSize + extraSize + commentSize);
    }
    if (!list.empty())
        throw damaged(file, Text("the list of its records has more than it should"));
}

const ZipReader::Record &ZipReader::find(const std::string &name) const
{
    const auto found = m_records.find(name);
    if (found == m_records.end())
        throw damaged(m_file, Text("the record \"{0}\" is missing", name));
    return found->second;
}

std::uint64_t ZipReader::size(const std::string &name) const { return find(name).size; }

std::vector<std::byte> ZipReader::read(const std::string &name) const
{
    const Record &record = find(name);
    if (record.headerOffset > m_file.size() || record.size > m_file.size())
        throw damaged(m_file, Text("the record \"{0}\" lies beyond its end", name));
    const std::vector<std::byte> local = m_file.read(record.headerOffset, localSize);
    const std::uint64_t nameSize = numberAt(local, 26, 2);
    const std::vector<std::byte> localName = m_file.read(record.headerOffset + localSize, nameSize);
    if (numberAt(local, 0, 4) != localSignature || textAt(localName, 0, localName.size()) != name)
        throw damaged(m_file, Text("the record \"{0}\" is not where it should be", name));
    const std::uint64_t begin = record.headerOffset + localSize + nameSize + numberAt(local, 28, 2);
    std::vector<std::byte> bytes = m_file.read(begin, record.size);
    // PyTorch writes 0 if it was told to compute no checksums.
    if (record.checksum != 0 && checksumOf(bytes) != record.checksum)
        throw damaged(m_file, Text("the record \"{0}\" does not agree with its checksum", name));
    return bytes;
}

/// The fields that a record's local header and its directory header share.
void ZipWriter::appendDescription(const Record &record)
{
    appendNumber(m_bytes, 0, 2); // flags
    appendNumber(m_bytes, 0, 2); // method: stored
    appendNumber(m_bytes, 0, 4); // time and date
    appendNumber(m_bytes, record.checksum, 4);
    appendNumber(m_bytes, record.size, 4);
    appendNumber(m_bytes, record.size, 4);
    appendNumber(m_bytes, record.name.size(), 2);
}

void ZipWriter::add(std::string name, std::span<const std::byte> bytes)
{
    Record record{std::move(name), m_bytes.size(), bytes.size(), checksumOf(bytes)};
    // The padding is an extra field of its own, of a 4-byte head and zeros.
    std::size_t padding = alignment - (m_bytes.size() + localSize + record.name.size()) % alignment;
    if (padding < 4)
        padding += alignment;
    appendNumber(m_bytes, localSignature, 4);
    appendNumber(m_bytes, 0, 2); // version needed
    appendDescription(record);
    appendNumber(m_bytes, padding, 2);
    appendText(m_bytes, record.name);
    appendText(m_bytes, "FB"); // the field's name, as PyTorch pads
    appendNumber(m_bytes, padding - 4, 2);
    m_bytes.resize(m_bytes.size() + padding - 4);
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
    m_records.push_back(std::move(record));
}

std::vector<std::byte> ZipWriter::finish()
{
    const std::uint64_t begin = m_bytes.size();
    for (const Record &record : m_records) {
        appendNumber(m_bytes, centralSignature, 4);
        appendNumber(m_bytes, 0, 4); // versions
        appendDescription(record);
        appendNumber(m_bytes, 0, 6); // extra field, comment, disk
        appendNumber(m_bytes, 0, 6); // attributes
        appendNumber(m_bytes, record.headerOffset, 4);
        appendText(m_bytes, record.name);
    }
    const std::uint64_t size = m_bytes.size() - begin;
    if (begin + size >= full32 || m_records.size() >= full16)
        throw Error(Error::WrongValue, Text("A .pth file of ours holds at most 4 GB; save this as .safetensors."));
    appendNumber(m_bytes, endSignature, 4);
    appendNumber(m_bytes, 0, 4); // disks
    appendNumber(m_bytes, m_records.size(), 2);
    appendNumber(m_bytes, m_records.size(), 2);
    appendNumber(m_bytes, size, 4);
    appendNumber(m_bytes, begin, 4);
    appendNumber(m_bytes, 0, 2); // comment
    return std::move(m_bytes);
}

} // namespace samout
