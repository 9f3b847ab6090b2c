// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/state_dict.h"

#include "core/base/error.h"
#include "core/files/pickle.h"
#include "core/files/zip.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

namespace samout {

namespace {

/// A larger pickle does not describe a network.
constexpr std::uint64_t longestPickle = 64 << 20;
/// Tensors may share a storage, or repeat one number along a dimension, so they may take more memory than the file, up
/// to this limit.
constexpr std::uint64_t mostBytes(std::uint64_t fileSize) { return 4 * fileSize + (64 << 20); }

bool startsWith(const InputFile &input, std::uint64_t offset, std::string_view text)
{
    if (input.size() < offset + text.size())
        return false;
    const std::vector<std::byte> bytes = input.read(offset, text.size());
    return std::memcmp(bytes.data(), text.data(), text.size()) == 0;
}

/// Refuses a file that is not a zip; the sentence names the file's format if it is recognised.
void checkKind(const InputFile &input)
{
    const std::string file = input.path().string();
    if (input.size() == 0)
        throw Error(Error::Damaged, Text("{0} is empty.", file));
    if (startsWith(input, 0, "PK\x03\x04"))
        return;
    const Text again("Load it in Python and save it again with torch.save of PyTorch 1.6 or later.");
    if (startsWith(input, 0, "\x80"))
        throw Error(Error::Unsupported,
                    Text("{0} is in the format of PyTorch before 1.6 (or a bare pickle), which is not read here. {1}",
                         file, again));
    if (startsWith(input, 257, "ustar"))
        throw Error(Error::Unsupported,
                    Text("{0} is a tar, the format of PyTorch before 0.2, which is not read here. {1}", file, again));
    throw Error(Error::Damaged,
                Text("{0} is no file that torch.save wrote, or it is damaged: it does not begin as a zip.", file));
}

/// The folder in the zip that holds everything, with its slash: "archive/".
std::string folderOf(const ZipReader &zip, const std::string &file)
{
    constexpr std::string_view pickleName = "/data.pkl";
    for (const std::string &name : zip.names())
        if (name.ends_with(pickleName) && name.find('/') == name.size() - pickleName.size())
            return name.substr(0, name.size() - pickleName.size() + 1);
    throw Error(Error::Damaged,
                Text("{0} is a zip, but none that torch.save wrote: there is no data.pkl in it.", file));
}

/// The tensor's elements one after the other, row by row, from wherever in the storage they lie.
std::vector<std::byte> gather(const PickledTensor &tensor, std::span<const std::byte> storage)
{
    const std::size_t item = itemSize(tensor.type);
    std::vector<std::byte> bytes(byteCount(tensor.type, tensor.shape).value());
    std::vector<std::int64_t> index(tensor.shape.size(), 0);
    std::int64_t position = tensor.offset;
    for (std::size_t done = 0; done < bytes.size(); done += item) {
        std::memcpy(bytes.data() + done, storage.data() + static_cast<std::size_t>(position) * item, item);
        for (std::size_t d = index.size(); d-- > 0;) {
            position += tensor.strides[d];
            if (++index[d] < tensor.shape[d])
                break;
            position -= tensor.strides[d] * tensor.shape[d];
            index[d] = 0;
        }
    }
    return bytes;
}

} // namespace

TensorFile readStateDict(const std::filesystem::path &path)
{
    const InputFile input(path);
    const std::string file = path.string();
    checkKind(input);
    const ZipReader zip(input);
    const std::string folder = folderOf(zip, file);
    if (zip.has(folder + "constants.pkl"))
        throw Error(
            Error::Unsupported,
            Text("{0} is a TorchScript program; save its weights alone: torch.save(network.state_dict(), file).",
                 file));
    if (zip.has(folder + "byteorder")) {
        const std::vector<std::byte> order = zip.read(folder + "byteorder");
        if (std::string_view(reinterpret_cast<const char *>(order.data()), order.size()) != "little")
            throw Error(Error::Unsupported,
                        Text("{0} was saved on a big-endian machine; save it again on a little-endian one.", file));
    }
    if (zip.size(folder + "data.pkl") > longestPickle)
        throw Error(Error::Damaged, Text("{0} has a pickle of {1} bytes; a state_dict has at most {2}.", file,
                                         zip.size(folder + "data.pkl"), longestPickle));
    const PickledTensors tensors = readPickle(zip.read(folder + "data.pkl"), file);

    // Each storage is read once, for all the tensors in it.
    std::map<std::string, std::vector<std::string>> namesByStorage;
    std::uint64_t total = 0;
    for (const auto &[name, tensor] : tensors) {
        namesByStorage[tensor.storage].push_back(name);
        if (__builtin_add_overflow(total, byteCount(tensor.type, tensor.shape).value(), &total) ||
            total > mostBytes(input.size()))
            throw Error(Error::Damaged, Text("{0}: its tensors would take far more memory than the file has bytes (at "
                                             "\"{1}\" of the shape {2}).",
                                             file, name, shapeText(tensor.shape)));
    }
    TensorFile result;
    for (const auto &[key, names] : namesByStorage) {
        const std::vector<std::byte> storage = zip.read(folder + "data/" + key);
        for (const std::string &name : names) {
            const PickledTensor &tensor = tensors.at(name);
            if (byteCount(tensor.type, {tensor.storageCount}) != storage.size())
                throw Error(Error::Damaged,
                            Text("{0}: the storage of the tensor \"{1}\" has {2} bytes; it should have {3} numbers of "
                                 "{4} bytes.",
                                 file, name, storage.size(), tensor.storageCount, itemSize(tensor.type)));
            result.tensors.emplace(name, StoredTensor{tensor.type, tensor.shape, gather(tensor, storage)});
        }
    }
    return result;
}

void writeStateDict(const std::filesystem::path &path, const TensorFile &file)
{
    PickledTensors described;
    for (const auto &[name, tensor] : file.tensors) {
        if (byteCount(tensor.type, tensor.shape) != tensor.bytes.size())
            throw Error(Error::WrongValue, Text("Cannot write {0}: the tensor \"{1}\" of the shape {2} has {3} bytes.",
                                                path.string(), name, shapeText(tensor.shape), tensor.bytes.size()));
        PickledTensor &entry = described[name];
        entry.storage = std::to_string(described.size() - 1);
        entry.storageCount = tensor.count();
        entry.type = tensor.type;
        entry.shape = tensor.shape;
        entry.strides.assign(tensor.shape.size(), 1);
        for (std::size_t d = tensor.shape.size(); d-- > 1;)
            entry.strides[d - 1] = entry.strides[d] * std::max<std::int64_t>(tensor.shape[d], 1);
    }

    const auto bytesOf = [](std::string_view text) { return std::as_bytes(std::span(text)); };
    ZipWriter zip;
    zip.add("archive/data.pkl", writePickle(described));
    zip.add("archive/byteorder", bytesOf("little"));
    for (const auto &[name, entry] : described)
        zip.add("archive/data/" + entry.storage, file.tensors.at(name).bytes);
    zip.add("archive/version", bytesOf("3\n"));
    writeFileWhole(path, zip.finish());
}

} // namespace samout
