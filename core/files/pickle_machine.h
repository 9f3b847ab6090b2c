// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"
#include "core/files/pickle.h"

#include <string_view>
#include <unordered_map>

namespace samout::pickle {

/// What a function of the allow-list does when it is called. The results of Plain functions are ignored.
enum class Function { OrderedDict, RebuildTensor, RebuildParameter, Size, Plain };

/// A value is an index into the machine's list, so a value that contains itself does no harm.
using Ref = std::uint32_t;

/// A value of a pickle. Plain stands for every value that a state_dict does not need (None, a fraction, bytes, a set,
/// …).
struct Value {
    enum class Kind { Plain, Integer, Text, Sequence, Dict, Function, StorageType, Storage, Tensor };
    Kind kind = Kind::Plain;
    /// For a storage's type, a storage or a tensor: the index among the machine's tensors. For a function: which one.
    std::int64_t integer = 0;
    std::string text{};
    /// A tuple's or list's elements; a dict's keys and values in turn.
    std::vector<Ref> items{};
};

/// The stack machine that runs a pickle; see readPickle for its opcodes and limits.
class Machine {
public:
    Machine(std::span<const std::byte> pickle, const std::string &file);

    /// Runs the pickle to its end and returns the pickled object. Throws Error.
    const Value &run();
    const Value &at(Ref ref) const { return m_values[ref]; }
    const PickledTensor &tensor(const Value &value) const { return m_tensors[static_cast<std::size_t>(value.integer)]; }

private:
    using Kind = Value::Kind;

    // The pickle's bytes.
    std::span<const std::byte> take(std::uint64_t count);
    std::uint64_t takeNumber(std::size_t size);
    std::int64_t takeSigned(std::uint64_t size);
    std::string takeText(std::uint64_t count);
    std::string takeLine();

    // The stack. An opcode may take only values above the newest mark.
    void push(Value value);
    void pushPlain() { m_stack.push_back(0); }
    void pushTensor(Kind kind, PickledTensor tensor);
    Ref top() const;
    Ref pop();
    std::vector<Ref> popSome(std::size_t count);
    std::vector<Ref> popToMark();
    /// Appends to the list or dict on top of the stack.
    void appendToTop(Kind kind, const std::vector<Ref> &items);
    void remember(std::uint64_t key);
    void recall(std::uint64_t key);

    // What the allow-list permits a pickle to do.
    void pushGlobal(const std::string &name);
    void call(Ref function, Ref arguments);
    void loadStorage(Ref id);
    void rebuildTensor(const std::vector<Ref> &arguments);
    std::vector<std::int64_t> sizes(Ref ref) const;
    const Value &expect(Ref ref, Kind kind, const Text &what) const;
    [[noreturn]] void fail(const Text &what) const;

    /// Runs one opcode; false after the last.
    bool step();

    std::span<const std::byte> m_rest;
    std::string m_file;
    std::vector<Value> m_values;
    std::vector<PickledTensor> m_tensors;
    std::vector<Ref> m_stack;
    std::vector<std::size_t> m_marks;
    std::unordered_map<std::uint64_t, Ref> m_memo;
};

} // namespace samout::pickle
