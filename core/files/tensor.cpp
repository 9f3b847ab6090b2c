// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/safetensors.h"

#include "core/base/error.h"

#include <array>
#include <bit>
#include <cstring>

namespace samout {

namespace {

struct TypeFacts {
    const char *name;
    std::size_t size;
};

/// In the order of the enum.
constexpr std::array<TypeFacts, 8> facts = {
    {{"F32", 4}, {"F64", 8}, {"F16", 2}, {"BF16", 2}, {"I64", 8}, {"I32", 4}, {"U8", 1}, {"BOOL", 1}}};

const TypeFacts &factsOf(DType type) { return facts[static_cast<std::size_t>(type)]; }

/// IEEE 754 binary16, every value of which is a float.
float floatOfHalf(std::uint16_t half)
{
    const std::uint32_t sign = (half & 0x8000u) << 16;
    const std::uint32_t exponent = (half >> 10) & 0x1Fu;
    const std::uint32_t fraction = half & 0x3FFu;
    if (exponent == 0) { // zero and subnormal numbers: fraction * 2^-24
        const float value = static_cast<float>(fraction) * 0x1p-24f;
        return sign ? -value : value;
    }
    const std::uint32_t exponentBits = exponent == 31 ? 255u : exponent + 112u;
    return std::bit_cast<float>(sign | (exponentBits << 23) | (fraction << 13));
}

/// Every element of type Stored in `bytes`, converted by `convert`.
template <typename Stored, typename Result, typename Convert>
void convertAll(const std::vector<std::byte> &bytes, std::vector<Result> &results, Convert convert)
{
    results.resize(bytes.size() / sizeof(Stored));
    for (std::size_t i = 0; i < results.size(); ++i) {
        Stored stored;
        std::memcpy(&stored, bytes.data() + i * sizeof(Stored), sizeof(Stored));
        results[i] = convert(stored);
    }
}

template <typename Value> StoredTensor ofValues(DType type, std::vector<std::int64_t> shape, const Value *values)
{
    StoredTensor tensor{type, std::move(shape), {}};
    tensor.bytes.resize(static_cast<std::size_t>(tensor.count()) * sizeof(Value));
    if (!tensor.bytes.empty())
        std::memcpy(tensor.bytes.data(), values, tensor.bytes.size());
    return tensor;
}

} // namespace

static_assert(std::endian::native == std::endian::little, "tensors are stored as they lie in memory");

std::size_t itemSize(DType type) { return factsOf(type).size; }

std::string dtypeName(DType type) { return factsOf(type).name; }

std::optional<DType> dtypeNamed(std::string_view name)
{
    for (std::size_t i = 0; i < facts.size(); ++i)
        if (name == facts[i].name)
            return static_cast<DType>(i);
    return std::nullopt;
}

bool isFloating(DType type)
{
    return type == DType::F32 || type == DType::F64 || type == DType::F16 || type == DType::BF16;
}

std::string shapeText(const std::vector<std::int64_t> &shape)
{
    std::string text = "[";
    for (const std::int64_t size : shape)
        text += (text.size() > 1 ? ", " : "") + std::to_string(size);
    return text + "]";
}

std::optional<std::uint64_t> byteCount(DType type, const std::vector<std::int64_t> &shape)
{
    std::int64_t product = static_cast<std::int64_t>(itemSize(type));
    for (const std::int64_t size : shape)
        if (size < 0 || __builtin_mul_overflow(product, size, &product))
            return std::nullopt;
    return static_cast<std::uint64_t>(product);
}

StoredTensor StoredTensor::ofFloats(std::vector<std::int64_t> shape, const float *values)
{
    return ofValues(DType::F32, std::move(shape), values);
}

StoredTensor StoredTensor::ofIntegers(std::vector<std::int64_t> shape, const std::int64_t *values)
{
    return ofValues(DType::I64, std::move(shape), values);
}

std::int64_t StoredTensor::count() const
{
    std::int64_t product = 1;
    for (const std::int64_t size : shape)
        product *= size;
    return product;
}

std::vector<float> StoredTensor::floats() const
{
    std::vector<float> values;
    switch (type) {
    case DType::F32:
        convertAll<float>(bytes, values, [](float value) { return value; });
        return values;
    case DType::F64:
        convertAll<double>(bytes, values, [](double value) { return static_cast<float>(value); });
        return values;
    case DType::F16:
        convertAll<std::uint16_t>(bytes, values, floatOfHalf);
        return values;
    case DType::BF16: // the upper half of a float
        convertAll<std::uint16_t>(bytes, values, [](std::uint16_t upper) {
            return std::bit_cast<float>(static_cast<std::uint32_t>(upper) << 16);
        });
        return values;
    default:
        throw Error(Error::Damaged, Text("A tensor of whole numbers ({0}) cannot stand where F32 numbers are needed.",
                                         dtypeName(type)));
    }
}

std::vector<std::int64_t> StoredTensor::integers() const
{
    std::vector<std::int64_t> values;
    const auto widen = [](auto value) { return static_cast<std::int64_t>(value); };
    switch (type) {
    case DType::I64:
        convertAll<std::int64_t>(bytes, values, widen);
        return values;
    case DType::I32:
        convertAll<std::int32_t>(bytes, values, widen);
        return values;
    case DType::U8:
    case DType::Bool:
        convertAll<std::uint8_t>(bytes, values, widen);
        return values;
    default:
        throw Error(Error::Damaged,
                    Text("A tensor of fractions ({0}) cannot stand where whole numbers are needed.", dtypeName(type)));
    }
}

} // namespace samout
