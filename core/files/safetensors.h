// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/file.h"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace samout {

/// The types that a file may hold; other types are refused with a sentence.
enum class DType { F32, F64, F16, BF16, I64, I32, U8, Bool };
std::size_t itemSize(DType type);
/// As safetensors writes it: "F32", "I64", …
std::string dtypeName(DType type);
/// The type with this safetensors name; empty if the name is unknown.
std::optional<DType> dtypeNamed(std::string_view name);
bool isFloating(DType type);
/// A shape as a person reads it: "[4, 12]"; "[]" for a single number.
std::string shapeText(const std::vector<std::int64_t> &shape);
/// Bytes that a tensor of this type and shape takes; empty if a size is negative or the product overflows.
std::optional<std::uint64_t> byteCount(DType type, const std::vector<std::int64_t> &shape);

/// A tensor's bytes, little endian, row by row.
struct StoredTensor {
    DType type = DType::F32;
    std::vector<std::int64_t> shape;
    std::vector<std::byte> bytes;

    static StoredTensor ofFloats(std::vector<std::int64_t> shape, const float *values);
    static StoredTensor ofIntegers(std::vector<std::int64_t> shape, const std::int64_t *values);
    std::int64_t count() const;
    /// As float32 (F16, BF16 and F64 are converted). Throws Error if the tensor holds integers.
    std::vector<float> floats() const;
    /// As int64 (I32, U8 and Bool are widened). Throws Error if the tensor holds floats.
    std::vector<std::int64_t> integers() const;
};

/// The content of a safetensors or .pth file.
struct TensorFile {
    std::map<std::string, StoredTensor> tensors;
    std::map<std::string, std::string> metadata;
};

/// Reads a safetensors file whole. Trusts nothing in it: the header's length, its JSON, names, types, shapes,
/// offsets (no gap, no overlap, nothing over the end) are checked before anything is allocated.
/// Throws Error naming the file and what is wrong with it.
TensorFile readSafetensors(const std::filesystem::path &path);
/// Writes the file atomically, see writeFileWhole(). Throws Error, naming the file, on failure; an older file of the
/// same name is then unchanged.
void writeSafetensors(const std::filesystem::path &path, const TensorFile &file);

} // namespace samout
