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

std::uint64_t unsignedOf(const json &value, const std::string &where)
{
    if (!value.is_number_unsigned())
        throw Error(where + " has " + value.dump() + " where a whole number that is not negative should be.");
    return value.get<std::uint64_t>();
}

const json &member(const json &object, const char *name, const std::string &where)
{
    const auto found = object.find(name);
    if (found == object.end())
        throw Error(where + " has no \"" + name + "\".");
    return *found;
}

Entry readEntry(const std::string &name, const json &described, const std::string &file)
{
    const std::string where = file + ": the tensor \"" + name + "\"";
    if (!described.is_object())
        throw Error(where + " is not described by an object with dtype, shape and data_offsets.");

    Entry entry;
    entry.name = name;
    const json &dtype = member(described, "dtype", where);
    const std::optional<DType> type =
        dtype.is_string() ? dtypeNamed(dtype.get_ref<const std::string &>()) : std::optional<DType>();
    if (!type)
        throw Error(where + " has the type " + dtype.dump() +
                    "; it should be F32, F64, F16, BF16, I64, I32, U8 or BOOL.");
    entry.type = *type;

    const json &shape = member(described, "shape", where);
    if (!shape.is_array())
        throw Error(where + " has no list of sizes as its shape.");
    for (const json &size : shape) {
        const std::uint64_t value = unsignedOf(size, where);
        if (value > static_cast<std::uint64_t>(INT64_MAX))
            throw Error(where + " has a size of " + size.dump() + ", more than any file can hold.");
        entry.shape.push_back(static_cast<std::int64_t>(value));
    }

    const json &offsets = member(described, "data_offsets", where);
    if (!offsets.is_array() || offsets.size() != 2)
        throw Error(where + " has no pair of numbers as its data_offsets.");
    entry.begin = unsignedOf(offsets[0], where);
    entry.end = unsignedOf(offsets[1], where);

    const std::optional<std::uint64_t> bytes = byteCount(entry.type, entry.shape);
    if (!bytes)
        throw Error(where + " has the shape " + shapeText(entry.shape) + ", more than any file can hold.");
    if (entry.end < entry.begin || entry.end - entry.begin != *bytes)
        throw Error(where + " lies from byte " + std::to_string(entry.begin) + " to " + std::to_string(entry.end) +
                    "; its type and shape " + shapeText(entry.shape) + " take " + std::to_string(*bytes) + " bytes.");
    return entry;
}

/// Without a gap, an overlap, or anything left over: so the tensors take exactly the file's bytes.
void checkOffsets(std::vector<Entry> &entries, std::uint64_t dataSize, const std::string &file)
{
    std::sort(entries.begin(), entries.end(),
              [](const Entry &a, const Entry &b) { return std::tie(a.begin, a.end) < std::tie(b.begin, b.end); });
    std::uint64_t position = 0;
    for (const Entry &entry : entries) {
        if (entry.begin != position)
            throw Error(file + ": the tensor \"" + entry.name + "\" begins at byte " + std::to_string(entry.begin) +
                        " of the data; it should begin at " + std::to_string(position) +
                        ", where the one before it ends.");
        position = entry.end;
    }
    if (position > dataSize)
        throw Error(file + " is cut short: its tensors take " + std::to_string(position) + " bytes, and it holds " +
                    std::to_string(dataSize) + " of them.");
    if (position < dataSize)
        throw Error(file + " is too long: " + std::to_string(dataSize - position) +
                    " bytes at its end belong to no tensor.");
}

std::map<std::string, std::string> readMetadata(const json &described, const std::string &file)
{
    if (!described.is_object())
        throw Error(file + ": its metadata is not an object of texts.");
    std::map<std::string, std::string> metadata;
    for (const auto &[key, value] : described.items()) {
        if (!value.is_string())
            throw Error(file + ": its metadata \"" + key + "\" is not a text.");
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
        throw Error(file + " is empty.");
    if (input.size() < lengthBytes)
        throw Error(file + " is cut short: it has " + std::to_string(input.size()) +
                    " bytes, and a safetensors file begins with 8.");

    std::uint64_t headerLength = 0;
    input.read(0, std::as_writable_bytes(std::span(&headerLength, 1)));
    if (headerLength > longestHeader || headerLength > input.size() - lengthBytes)
        throw Error(file + " is no safetensors file, or is cut short: it promises a header of " +
                    std::to_string(headerLength) + " bytes, and " + std::to_string(input.size() - lengthBytes) +
                    " bytes follow (a header has at most " + std::to_string(longestHeader) + ").");

    std::string text(headerLength, '\0');
    input.read(lengthBytes, std::as_writable_bytes(std::span(text)));
    if (!text.starts_with('{'))
        throw Error(file + " is no safetensors file: its header does not begin with \"{\".");
    const json header = parseUntrusted(text, 3, mostDimensions, file + ": its header");

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
            throw Error("Cannot write " + path.string() + ": no tensor may be named \"" + metadataName + "\".");
        if (byteCount(tensor.type, tensor.shape) != tensor.bytes.size())
            throw Error("Cannot write " + path.string() + ": the tensor \"" + name + "\" of the shape " +
                        shapeText(tensor.shape) + " has " + std::to_string(tensor.bytes.size()) + " bytes.");
        const std::uint64_t end = offset + tensor.bytes.size();
        header[name] = {{"dtype", dtypeName(tensor.type)}, {"shape", tensor.shape}, {"data_offsets", {offset, end}}};
        offset = end;
    }

    std::string text;
    try {
        text = header.dump();
    } catch (const json::exception &) {
        throw Error("Cannot write " + path.string() + ": a name or a text in it is not UTF-8.");
    }
    text.resize((text.size() + 7) / 8 * 8, ' ');
    if (text.size() > longestHeader)
        throw Error("Cannot write " + path.string() + ": its header would have " + std::to_string(text.size()) +
                    " bytes; it may have at most " + std::to_string(longestHeader) + ".");

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
