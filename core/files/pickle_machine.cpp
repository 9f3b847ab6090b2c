// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/pickle_machine.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace samout::pickle {

namespace {

// https://docs.python.org/3/library/pickletools.html
enum Opcode : std::uint8_t {
    Proto = 0x80,
    Frame = 0x95,
    Stop = '.',
    Mark = '(',
    Pop = '0',
    PopMark = '1',
    Dup = '2',
    None = 'N',
    NewTrue = 0x88,
    NewFalse = 0x89,
    BinInt = 'J',
    BinInt1 = 'K',
    BinInt2 = 'M',
    Long1 = 0x8a,
    BinFloat = 'G',
    BinUnicode = 'X',
    ShortBinUnicode = 0x8c,
    BinUnicode8 = 0x8d,
    BinBytes = 'B',
    ShortBinBytes = 'C',
    BinBytes8 = 0x8e,
    EmptyTuple = ')',
    Tuple = 't',
    Tuple1 = 0x85,
    Tuple2 = 0x86,
    Tuple3 = 0x87,
    EmptyList = ']',
    Append = 'a',
    Appends = 'e',
    EmptyDict = '}',
    SetItem = 's',
    SetItems = 'u',
    EmptySet = 0x8f,
    AddItems = 0x90,
    BinPut = 'q',
    LongBinPut = 'r',
    Memoize = 0x94,
    BinGet = 'h',
    LongBinGet = 'j',
    Global = 'c',
    StackGlobal = 0x93,
    Reduce = 'R',
    Build = 'b',
    BinPersId = 'Q',
};

struct AllowedFunction {
    std::string_view name;
    Function function;
};

constexpr std::array<AllowedFunction, 10> allowedFunctions = {{
    {"collections.OrderedDict", Function::OrderedDict},
    {"torch._utils._rebuild_tensor", Function::RebuildTensor},
    {"torch._utils._rebuild_tensor_v2", Function::RebuildTensor},
    {"torch._utils._rebuild_parameter", Function::RebuildParameter},
    {"torch._utils._rebuild_parameter_with_state", Function::RebuildParameter},
    {"torch.Size", Function::Size},
    // Values that checkpoints carry beside the tensors; the objects that these functions make are ignored.
    {"torch.device", Function::Plain},
    {"builtins.set", Function::Plain},
    {"__builtin__.set", Function::Plain},
    {"_codecs.encode", Function::Plain},
}};

struct AllowedStorage {
    std::string_view name;
    DType type;
};

constexpr std::array<AllowedStorage, 8> allowedStorages = {{
    {"torch.FloatStorage", DType::F32},
    {"torch.DoubleStorage", DType::F64},
    {"torch.HalfStorage", DType::F16},
    {"torch.BFloat16Storage", DType::BF16},
    {"torch.LongStorage", DType::I64},
    {"torch.IntStorage", DType::I32},
    {"torch.ByteStorage", DType::U8},
    {"torch.BoolStorage", DType::Bool},
}};

/// torch.float32 and the other types: names, not functions.
constexpr std::array<std::string_view, 14> allowedConstants = {
    "torch.float32", "torch.float", "torch.float64", "torch.double", "torch.float16", "torch.half",  "torch.bfloat16",
    "torch.int64",   "torch.long",  "torch.int32",   "torch.int",    "torch.int16",   "torch.uint8", "torch.bool"};

constexpr std::size_t mostDimensions = 16;
constexpr std::size_t longestKey = 64;
// Limits that no state_dict reaches; they bound the memory that a hostile pickle takes.
constexpr std::size_t mostValues = 4'000'000;
constexpr std::size_t mostTensors = 200'000;

} // namespace

Machine::Machine(std::span<const std::byte> pickle, const std::string &file) : m_rest(pickle), m_file(file)
{
    m_values.emplace_back(); // the one plain value
}

void Machine::fail(const Text &what) const
{
    throw Error(Error::Damaged, Text("{0} is damaged, or no state_dict: {1}.", m_file, what));
}

std::span<const std::byte> Machine::take(std::uint64_t count)
{
    if (count > m_rest.size())
        fail(Text("its pickle ends too early"));
    const auto taken = m_rest.first(count);
    m_rest = m_rest.subspan(count);
    return taken;
}

std::uint64_t Machine::takeNumber(std::size_t size)
{
    std::uint64_t value = 0;
    std::memcpy(&value, take(size).data(), size);
    return value;
}

/// Little endian two's complement.
std::int64_t Machine::takeSigned(std::uint64_t size)
{
    if (size == 0)
        return 0;
    const int unused = static_cast<int>(8 * (8 - size));
    return static_cast<std::int64_t>(takeNumber(size) << unused) >> unused;
}

std::string Machine::takeText(std::uint64_t count)
{
    const auto bytes = take(count);
    return std::string(reinterpret_cast<const char *>(bytes.data()), bytes.size());
}

std::string Machine::takeLine()
{
    const auto end = std::find(m_rest.begin(), m_rest.end(), std::byte{'\n'});
    std::string line = takeText(static_cast<std::uint64_t>(end - m_rest.begin()));
    take(1);
    return line;
}

void Machine::push(Value value)
{
    if (m_values.size() == mostValues)
        fail(Text("its pickle has more values than any state_dict"));
    m_values.push_back(std::move(value));
    m_stack.push_back(static_cast<Ref>(m_values.size() - 1));
}

void Machine::pushTensor(Kind kind, PickledTensor tensor)
{
    if (m_tensors.size() == mostTensors)
        fail(Text("its pickle has more tensors than any state_dict"));
    m_tensors.push_back(std::move(tensor));
    push({kind, static_cast<std::int64_t>(m_tensors.size() - 1)});
}

Ref Machine::top() const
{
    if (m_stack.size() <= (m_marks.empty() ? 0 : m_marks.back()))
        fail(Text("its pickle takes from an empty stack"));
    return m_stack.back();
}

Ref Machine::pop()
{
    const Ref ref = top();
    m_stack.pop_back();
    return ref;
}

std::vector<Ref> Machine::popSome(std::size_t count)
{
    std::vector<Ref> items(count);
    for (std::size_t i = count; i-- > 0;)
        items[i] = pop();
    return items;
}

std::vector<Ref> Machine::popToMark()
{
    if (m_marks.empty())
        fail(Text("its pickle takes from an empty stack"));
    const auto begin = m_stack.begin() + static_cast<std::ptrdiff_t>(m_marks.back());
    std::vector<Ref> items(begin, m_stack.end());
    m_stack.erase(begin, m_stack.end());
    m_marks.pop_back();
    return items;
}

void Machine::appendToTop(Kind kind, const std::vector<Ref> &items)
{
    Value &target = m_values[top()];
    if (target.kind == Kind::Plain) // a set
        return;
    if (target.kind != kind)
        fail(Text("its pickle appends to what is no list and no dict"));
    if (kind == Kind::Dict && items.size() % 2 != 0)
        fail(Text("its pickle has a key without a value"));
    target.items.insert(target.items.end(), items.begin(), items.end());
}

void Machine::remember(std::uint64_t key) { m_memo[key] = top(); }

void Machine::recall(std::uint64_t key)
{
    const auto found = m_memo.find(key);
    if (found == m_memo.end())
        fail(Text("its pickle refers to a value that it does not hold"));
    m_stack.push_back(found->second);
}

const Value &Machine::expect(Ref ref, Kind kind, const Text &what) const
{
    if (at(ref).kind != kind)
        fail(Text("its pickle has something else where {0} should be", what));
    return at(ref);
}

void Machine::pushGlobal(const std::string &name)
{
    for (const AllowedFunction &allowed : allowedFunctions)
        if (allowed.name == name)
            return push({Kind::Function, static_cast<std::int64_t>(allowed.function)});
    for (const AllowedStorage &allowed : allowedStorages)
        if (allowed.name == name) {
            PickledTensor storage;
            storage.type = allowed.type;
            return pushTensor(Kind::StorageType, std::move(storage));
        }
    for (const std::string_view allowed : allowedConstants)
        if (allowed == name)
            return pushPlain();

    std::string shown = name.substr(0, longestKey);
    std::replace_if(
        shown.begin(), shown.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    if (shown.starts_with("torch.") && shown.ends_with("Storage"))
        throw Error(Error::Unsupported, Text("{0} holds tensors of the type {1}; they should be Float, Double, Half, "
                                             "BFloat16, Long, Int, Byte or Bool.",
                                             m_file, shown));
    throw Error(Error::Unsupported,
                Text("{0} asks for \"{1}\", which weights have no need of and which could run code, so it was not "
                     "loaded. Save the weights alone: torch.save(network.state_dict(), file).",
                     m_file, shown));
}

void Machine::call(Ref function, Ref arguments)
{
    const auto called = static_cast<Function>(expect(function, Kind::Function, Text("a function")).integer);
    const std::vector<Ref> &given = expect(arguments, Kind::Sequence, Text("a function's arguments")).items;
    switch (called) {
    case Function::OrderedDict:
        if (!given.empty())
            fail(Text("its pickle fills an OrderedDict in a way of Python 2"));
        return push({Kind::Dict});
    case Function::RebuildTensor:
        return rebuildTensor(given);
    case Function::RebuildParameter:
    case Function::Size: {
        // The result of both is their first argument.
        const bool isSize = called == Function::Size;
        if (given.empty())
            fail(Text("its pickle describes a tensor by too little"));
        expect(given[0], isSize ? Kind::Sequence : Kind::Tensor, isSize ? Text("a list of sizes") : Text("a tensor"));
        return m_stack.push_back(given[0]);
    }
    case Function::Plain:
        return pushPlain();
    }
}

/// ("storage", type, key, location, element count)
void Machine::loadStorage(Ref id)
{
    const std::vector<Ref> &parts = expect(id, Kind::Sequence, Text("a storage")).items;
    if (parts.size() != 5 || expect(parts[0], Kind::Text, Text("a storage")).text != "storage")
        fail(Text("its pickle refers to something that is no storage"));
    PickledTensor storage = tensor(expect(parts[1], Kind::StorageType, Text("a storage's type")));
    storage.storage = expect(parts[2], Kind::Text, Text("a storage's key")).text;
    storage.storageCount = expect(parts[4], Kind::Integer, Text("a storage's size")).integer;
    if (storage.storage.size() > longestKey)
        fail(Text("the key of a storage in it is longer than any"));
    pushTensor(Kind::Storage, std::move(storage));
}

std::vector<std::int64_t> Machine::sizes(Ref ref) const
{
    const std::vector<Ref> &items = expect(ref, Kind::Sequence, Text("a list of sizes")).items;
    if (items.size() > mostDimensions)
        fail(Text("a tensor in it has more than {0} dimensions", mostDimensions));
    std::vector<std::int64_t> sizes;
    for (const Ref item : items) {
        sizes.push_back(expect(item, Kind::Integer, Text("a size")).integer);
        if (sizes.back() < 0)
            fail(Text("a tensor in it has a negative size or stride"));
    }
    return sizes;
}

/// (storage, offset, shape, strides, …); the rest is about gradients.
void Machine::rebuildTensor(const std::vector<Ref> &arguments)
{
    if (arguments.size() < 4)
        fail(Text("its pickle describes a tensor by too little"));
    PickledTensor rebuilt = tensor(expect(arguments[0], Kind::Storage, Text("a storage")));
    rebuilt.offset = expect(arguments[1], Kind::Integer, Text("an offset")).integer;
    rebuilt.shape = sizes(arguments[2]);
    rebuilt.strides = sizes(arguments[3]);
    if (rebuilt.strides.size() != rebuilt.shape.size())
        fail(Text("a tensor in it has {0} dimensions and {1} strides", rebuilt.shape.size(), rebuilt.strides.size()));

    // The last element must lie in the storage; a tensor without elements has none.
    bool outside = rebuilt.offset < 0 || !byteCount(rebuilt.type, rebuilt.shape);
    bool empty = false;
    std::int64_t last = rebuilt.offset;
    for (std::size_t i = 0; i < rebuilt.shape.size(); ++i) {
        empty = empty || rebuilt.shape[i] == 0;
        std::int64_t reach = 0;
        outside = outside || __builtin_mul_overflow(rebuilt.shape[i] - 1, rebuilt.strides[i], &reach) ||
                  __builtin_add_overflow(last, reach, &last);
    }
    if (outside || (!empty && last >= rebuilt.storageCount))
        fail(Text("a tensor of the shape {0} lies outside its storage of {1} numbers", shapeText(rebuilt.shape),
                  rebuilt.storageCount));
    pushTensor(Kind::Tensor, std::move(rebuilt));
}

bool Machine::step()
{
    const auto opcode = static_cast<std::uint8_t>(take(1).front());
    switch (opcode) {
    case Proto:
        if (const std::uint64_t version = takeNumber(1); version > 5)
            fail(Text("its pickle has the protocol {0}; 2 to 5 are known", version));
        break;
    case Frame:
        takeNumber(8);
        break;
    case Stop:
        return false;
    case Mark:
        m_marks.push_back(m_stack.size());
        break;
    case Pop:
        pop();
        break;
    case PopMark:
        popToMark();
        break;
    case Dup:
        m_stack.push_back(top());
        break;
    case None:
    case NewTrue:
    case NewFalse:
    case EmptySet:
        pushPlain();
        break;
    case BinFloat:
        take(8);
        pushPlain();
        break;
    case BinBytes:
    case ShortBinBytes:
    case BinBytes8:
        take(takeNumber(opcode == BinBytes ? 4 : opcode == ShortBinBytes ? 1 : 8));
        pushPlain();
        break;
    case BinInt:
        push({Kind::Integer, takeSigned(4)});
        break;
    case BinInt1:
    case BinInt2:
        push({Kind::Integer, static_cast<std::int64_t>(takeNumber(opcode == BinInt1 ? 1 : 2))});
        break;
    case Long1:
        if (const std::uint64_t size = takeNumber(1); size <= 8) {
            push({Kind::Integer, takeSigned(size)});
        } else { // no number of a tensor is that long
            take(size);
            pushPlain();
        }
        break;
    case BinUnicode:
    case ShortBinUnicode:
    case BinUnicode8:
        push({Kind::Text, 0, takeText(takeNumber(opcode == BinUnicode ? 4 : opcode == ShortBinUnicode ? 1 : 8))});
        break;
    case EmptyTuple:
    case EmptyList:
        push({Kind::Sequence});
        break;
    case Tuple:
        push({Kind::Sequence, 0, {}, popToMark()});
        break;
    case Tuple1:
    case Tuple2:
    case Tuple3:
        push({Kind::Sequence, 0, {}, popSome(opcode - Tuple1 + 1u)});
        break;
    case Append:
        appendToTop(Kind::Sequence, popSome(1));
        break;
    case Appends:
    case AddItems:
        appendToTop(Kind::Sequence, popToMark());
        break;
    case EmptyDict:
        push({Kind::Dict});
        break;
    case SetItem:
        appendToTop(Kind::Dict, popSome(2));
        break;
    case SetItems:
        appendToTop(Kind::Dict, popToMark());
        break;
    case BinPut:
    case LongBinPut:
        remember(takeNumber(opcode == BinPut ? 1 : 4));
        break;
    case Memoize:
        remember(m_memo.size());
        break;
    case BinGet:
    case LongBinGet:
        recall(takeNumber(opcode == BinGet ? 1 : 4));
        break;
    case Global: {
        const std::string module = takeLine();
        pushGlobal(module + "." + takeLine());
        break;
    }
    case StackGlobal: {
        const std::vector<Ref> names = popSome(2);
        pushGlobal(expect(names[0], Kind::Text, Text("a module's name")).text + "." +
                   expect(names[1], Kind::Text, Text("a function's name")).text);
        break;
    }
    case Reduce: {
        const std::vector<Ref> parts = popSome(2);
        call(parts[0], parts[1]);
        break;
    }
    case Build: // attributes of a dict (its _metadata): not needed
        pop();
        expect(top(), Kind::Dict, Text("a dict"));
        break;
    case BinPersId:
        loadStorage(pop());
        break;
    default:
        fail(Text("its pickle has the instruction {0}, which a state_dict has no need of", opcode));
    }
    return true;
}

const Value &Machine::run()
{
    while (step())
        ;
    if (!m_rest.empty())
        fail(Text("its pickle has more than it should"));
    return at(top());
}

} // namespace samout::pickle
