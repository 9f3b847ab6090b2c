// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/safetensors.h"

#include "core/base/error.h"
#include "core/files/untrusted_json.h"

#include <algorithm>
#include <cstring>
#include <tuple>
#include <utility>

namespace samout {

namespace {

using nlohmann::json;

// The format: 8 bytes, the header's length (little endian); the header, JSON; the tensors' bytes.
constexpr std::uint64_t lengthBytes = 8;
constexpr std::uint64_t longestHeader = 100'000'000;
constexpr const char *metadataName = "__metadata__";
constexpr std::size_t mostDimensions = 64;

/// A tensor as the header describes it.
struct Entry {
    std::string name;
    DType type = DType::F32;
    std::vector<std::int64_t> shape;
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
};

std::uint64_t unsignedOf(const json &value, const Text &where)
{
    if (!value.is_number_unsigned())
        throw Error(Error::Damaged,
                    Text("{0} has {1} where a whole number that is not negative should be.", where, value.dump()));
    return value.get<std::uint64_t>();
}

const json &member(const json &object, const char *name, const Text &where)
{
    const auto found = object.find(name);
    if (found == object.end())
        throw Error(Error::Damaged, Text("{0} has no \"{1}\".", where, name));
    return *found;
}

Entry readEntry(const std::string &name, const json &described, const std::string &file)
{
    const Text where("{0}: the tensor \"{1}\"", file, name);
    if (!described.is_object())
        throw Error(Error::Damaged,
                    Text("{0} is not described by an object with dtype, shape and data_offsets.", where));

    Entry entry;
    entry.name = name;
    const json &dtype = member(described, "dtype", where);
    const std::optional<DType> type =
        dtype.is_string() ? dtypeNamed(dtype.get_ref<const std::string &>()) : std::optional<DType>();
    if (!type)
        throw Error(
            Error::Damaged,
            Text("{0} has the type {1}; it should be F32, F64, F16, BF16, I64, I32, U8 or BOOL.", where, dtype.dump()));
    entry.type = *type;

    const json &shape = member(described, "shape", where);
    if (!shape.is_array())
        throw Error(Error::Damaged, Text("{0} has no list of sizes as its shape.", where));
    for (const json &size : shape) {
        const std::uint64_t value = unsignedOf(size, where);
        if (value > static_cast<std::uint64_t>(INT64_MAX))
            throw Error(Error::Damaged,
                        Text("{0} has a size of {1}, more than any file can hold.", where, size.dump()));
        entry.shape.push_back(static_cast<std::int64_t>(value));
    }

    const json &offsets = member(described, "data_offsets", where);
    if (!offsets.is_array() || offsets.size() != 2)
        throw Error(Error::Damaged, Text("{0} has no pair of numbers as its data_offsets.", where));
    entry.begin = unsignedOf(offsets[0], where);
    entry.end = unsignedOf(offsets[1], where);

    const std::optional<std::uint64_t> bytes = byteCount(entry.type, entry.shape);
    if (!bytes)
        throw Error(Error::Damaged,
                    Text("{0} has the shape {1}, more than any file can hold.", where, shapeText(entry.shape)));
    if (entry.end < entry.begin || entry.end - entry.begin != *bytes)
        throw Error(Error::Damaged, Text("{0} lies from byte {1} to {2}; its type and shape {3} take {4} bytes.", where,
                                         entry.begin, entry.end, shapeText(entry.shape), *bytes));
    return entry;
}

/// Checks that the tensors take exactly the file's bytes, without a gap, an overlap or anything left over.
void checkOffsets(std::vector<Entry> &entries, std::uint64_t dataSize, const std::string &file)
{
    std::sort(entries.begin(), entries.end(),
              [](const Entry &a, const Entry &b) { return std::tie(a.begin, a.end) < std::tie(b.begin, b.end); });
    std::uint64_t position = 0;
    for (const Entry &entry : entries) {
        if (entry.begin != position)
            throw Error(Error::Damaged, Text("{0}: the tensor \"{1}\" begins at byte {2} of the data; it should begin "
                                             "at {3}, where the one before it ends.",
                                             file, entry.name, entry.begin, position));
        position = entry.end;
    }
    if (position > dataSize)
        throw Error(Error::Damaged, Text("{0} is cut short: its tensors take {1} bytes, and it holds {2} of them.",
                                         file, position, dataSize));
    if (position < dataSize)
        throw Error(Error::Damaged,
                    Text("{0} is too long: {1} bytes at its end belong to no tensor.", file, dataSize - position));
}

std::map<std::string, std::string> readMetadata(const json &described, const std::string &file)
{
    if (!described.is_object())
        throw Error(Error::Damaged, Text("{0}: its metadata is not an object of texts.", file));
    std::map<std::string, std::string> metadata;
    for (const auto &[key, value] : described.items()) {
        if (!value.is_string())
            throw Error(Error::Damaged, Text("{0}: its metadata \"{1}\" is not a text.", file, key));
        metadata.emplace(key, value.get<std::string>());
    }
    return metadata;
}

} // namespace

TensorFile readSafetensors(const std::filesystem::path &path)
{
    const InputFile input(path);
    const std::string file = path.string();
    if (input.size() == 0)
        throw Error(Error::Damaged, Text("{0} is empty.", file));
    if (input.size() < lengthBytes)
        throw Error(Error::Damaged, Text("{0} is cut short: it has {1} bytes, and a safetensors file begins with 8.",
                                         file, input.size()));

    std::uint64_t headerLength = 0;
    input.read(0, std::as_writable_bytes(std::span(&headerLength, 1)));
    if (headerLength > longestHeader || headerLength > input.size() - lengthBytes)
        throw Error(Error::Damaged, Text("{0} is no safetensors file, or is cut short: it promises a header of {1} "
                                         "bytes, and {2} bytes follow (a header has at most {3}).",
                                         file, headerLength, input.size() - lengthBytes, longestHeader));

    std::string text(headerLength, '\0');
    input.read(lengthBytes, std::as_writable_bytes(std::span(text)));
    if (!text.starts_with('{'))
        throw Error(Error::Damaged, Text("{0} is no safetensors file: its header does not begin with \"{{\".", file));
    const json header = parseUntrusted(text, 3, mostDimensions, Text("{0}: its header", file));

    TensorFile result;
    std::vector<Entry> entries;
    for (const auto &[name, described] : header.items()) {
        if (name == metadataName)
            result.metadata = readMetadata(described, file);
        else
            entries.push_back(readEntry(name, described, file));
    }
    const std::uint64_t dataBegin = lengthBytes + headerLength;
    checkOffsets(entries, input.size() - dataBegin, file);

    for (Entry &entry : entries) {
        StoredTensor &tensor = result.tensors[entry.name];
        tensor.type = entry.type;
        tensor.shape = std::move(entry.shape);
        tensor.bytes = input.read(dataBegin + entry.begin, entry.end - entry.begin);
    }
    return result;
}

void writeSafetensors(const std::filesystem::path &path, const TensorFile &file)
{
    // The widest types first, so that every tensor begins at a multiple of its item size.
    using Item = std::pair<const std::string, StoredTensor>;
    std::vector<const Item *> items;
    for (const Item &item : file.tensors)
        items.push_back(&item);
    std::stable_sort(items.begin(), items.end(),
                     [](const Item *a, const Item *b) { return itemSize(a->second.type) > itemSize(b->second.type); });

    nlohmann::ordered_json header = nlohmann::ordered_json::object();
    if (!file.metadata.empty())
        header[metadataName] = file.metadata;
    std::uint64_t offset = 0;
    for (const Item *item : items) {
        const auto &[name, tensor] = *item;
        if (name == metadataName)
            throw Error(Error::WrongValue,
                        Text("Cannot write {0}: no tensor may be named \"{1}\".", path.string(), metadataName));
        if (byteCount(tensor.type, tensor.shape) != tensor.bytes.size())
            throw Error(Error::WrongValue, Text("Cannot write {0}: the tensor \"{1}\" of the shape {2} has {3} bytes.",
                                                path.string(), name, shapeText(tensor.shape), tensor.bytes.size()));
        const std::uint64_t end = offset + tensor.bytes.size();
        header[name] = {{"dtype", dtypeName(tensor.type)}, {"shape", tensor.shape}, {"data_offsets", {offset, end}}};
        offset = end;
    }

    std::string text;
    try {
        text = header.dump();
    } catch (const json::exception &) {
        throw Error(Error::WrongValue, Text("Cannot write {0}: a name or a text in it is not UTF-8.", path.string()));
    }
    text.resize((text.size() + 7) / 8 * 8, ' ');
    if (text.size() > longestHeader)
        throw Error(Error::WrongValue,
                    Text("Cannot write {0}: its header would have {1} bytes; it may have at most {2}.", path.string(),
                         text.size(), longestHeader));

    const std::uint64_t headerLength = text.size();
    std::vector<std::byte> bytes;
    bytes.reserve(lengthBytes + headerLength + offset);
    const auto append = [&bytes](std::span<const std::byte> more) {
        bytes.insert(bytes.end(), more.begin(), more.end());
    };
    append(std::as_bytes(std::span(&headerLength, 1)));
    append(std::as_bytes(std::span(text)));
    for (const Item *item : items)
        append(item->second.bytes);
    writeFileWhole(path, bytes);
}

} // namespace samout
