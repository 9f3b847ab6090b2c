// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/pickle.h"

#include "core/base/error.h"
#include "core/files/pickle_machine.h"

#include <string_view>

namespace samout {

namespace {

using pickle::Machine;
using pickle::Value;

/// The most dicts around the state_dict that are opened.
constexpr int deepestWrapping = 4;

void appendText(std::vector<std::byte> &bytes, std::string_view text)
{
    const auto view = std::as_bytes(std::span(text));
    bytes.insert(bytes.end(), view.begin(), view.end());
}

void appendNumber(std::vector<std::byte> &bytes, std::uint64_t value, std::size_t size)
{
    for (std::size_t i = 0; i < size; ++i)
        bytes.push_back(static_cast<std::byte>(value >> (8 * i)));
}

/// BINUNICODE
void appendString(std::vector<std::byte> &bytes, std::string_view text)
{
    appendText(bytes, "X");
    appendNumber(bytes, text.size(), 4);
    appendText(bytes, text);
}

/// LONG1 of 8 bytes, which holds every number a tensor needs
void appendInteger(std::vector<std::byte> &bytes, std::int64_t value)
{
    appendText(bytes, "\x8a\x08");
    appendNumber(bytes, static_cast<std::uint64_t>(value), 8);
}

/// MARK … TUPLE
void appendIntegers(std::vector<std::byte> &bytes, const std::vector<std::int64_t> &values)
{
    appendText(bytes, "(");
    for (const std::int64_t value : values)
        appendInteger(bytes, value);
    appendText(bytes, "t");
}

std::string_view storageName(DType type)
{
    switch (type) {
    case DType::F32:
        return "FloatStorage";
    case DType::F64:
        return "DoubleStorage";
    case DType::F16:
        return "HalfStorage";
    case DType::BF16:
        return "BFloat16Storage";
    case DType::I64:
        return "LongStorage";
    case DType::I32:
        return "IntStorage";
    case DType::U8:
        return "ByteStorage";
    case DType::Bool:
        return "BoolStorage";
    }
    return {};
}

} // namespace

PickledTensors readPickle(std::span<const std::byte> pickle, const std::string &file)
{
    Machine machine(pickle, file);
    const Value *dict = &machine.run();
    const auto entryOf = [&machine](const Value &searched, std::string_view name) -> const Value * {
        for (std::size_t i = 0; i < searched.items.size(); i += 2) {
            const Value &key = machine.at(searched.items[i]);
            const Value &value = machine.at(searched.items[i + 1]);
            if (key.kind == Value::Kind::Text && key.text == name && value.kind == Value::Kind::Dict)
                return &value;
        }
        return nullptr;
    };

    for (int depth = 0; dict->kind == Value::Kind::Dict && depth < deepestWrapping; ++depth) {
        const Value *inner = nullptr;
        for (const char *name : {"state_dict", "model_state_dict", "model"})
            inner = inner ? inner : entryOf(*dict, name);
        if (!inner)
            break;
        dict = inner;
    }
    if (dict->kind != Value::Kind::Dict)
        throw Error(Error::Unsupported,
                    Text("{0} holds no dict of tensors; save torch.save(network.state_dict(), file).", file));

    PickledTensors tensors;
    for (std::size_t i = 0; i < dict->items.size(); i += 2) {
        const Value &key = machine.at(dict->items[i]);
        const Value &value = machine.at(dict->items[i + 1]);
        if (key.kind == Value::Kind::Text && value.kind == Value::Kind::Tensor)
            tensors.insert_or_assign(key.text, machine.tensor(value));
    }
    if (tensors.empty())
        throw Error(Error::Unsupported,
                    Text("{0} holds no tensors; save torch.save(network.state_dict(), file).", file));
    return tensors;
}

std::vector<std::byte> writePickle(const PickledTensors &tensors)
{
    std::vector<std::byte> bytes;
    appendText(bytes, "\x80\x02}("); // protocol 2, a dict
    for (const auto &[name, tensor] : tensors) {
        appendString(bytes, name);
        appendText(bytes, "ctorch._utils\n_rebuild_tensor_v2\n((");
        appendString(bytes, "storage");
        appendText(bytes, "ctorch\n" + std::string(storageName(tensor.type)) + "\n");
        appendString(bytes, tensor.storage);
        appendString(bytes, "cpu");
        appendInteger(bytes, tensor.storageCount);
        appendText(bytes, "tQ"); // the storage
        appendInteger(bytes, tensor.offset);
        appendIntegers(bytes, tensor.shape);
        appendIntegers(bytes, tensor.strides);
        appendText(bytes, "\x89"
                          "ccollections\nOrderedDict\n)RtR"); // no gradient, no hooks
    }
    appendText(bytes, "u.");
    return bytes;
}

} // namespace samout
