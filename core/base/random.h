// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>

namespace samout {

/// What a random number is for; part of its address, so that no two uses share numbers.
enum class Purpose : std::uint64_t { InitialWeights = 1, TrainingData, HeldOutData, Order, Dropout, Sampling, NewHead };

/// splitmix64's finalizer (Steele, Lea, Flood 2014).
constexpr std::uint64_t mix64(std::uint64_t z)
{
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
    return z ^ (z >> 31);
}

/// lowbias32 (Wellons 2018): 32 well-mixed bits of 32 bits.
constexpr std::uint32_t mix32(std::uint32_t x)
{
    x = (x ^ (x >> 16)) * 0x7feb352dU;
    x = (x ^ (x >> 15)) * 0x846ca68bU;
    return x ^ (x >> 16);
}

/// All randomness of the program is a counter hash of an address, so nothing depends on the order of draws and any step
/// can be repeated: 64 random bits for (seed, purpose, step, index).
constexpr std::uint64_t randomBits(std::uint64_t seed, Purpose purpose, std::uint64_t step, std::uint64_t index)
{
    constexpr std::uint64_t golden = 0x9E3779B97F4A7C15ULL;
    std::uint64_t key = mix64(seed + golden * static_cast<std::uint64_t>(purpose));
    key = mix64(key + golden * (step + 1));
    return mix64(key + golden * (index + 1));
}

/// Turns random bits into a number in [0, 1); 53 of the bits count.
constexpr double uniformOf(std::uint64_t bits) { return static_cast<double>(bits >> 11) * 0x1.0p-53; }

/// Reads the numbers at (seed, purpose, step, 0), (…, 1), (…, 2) and so on.
class RandomStream {
public:
    constexpr RandomStream(std::uint64_t seed, Purpose purpose, std::uint64_t step)
        : m_seed(seed), m_step(step), m_purpose(purpose)
    {
    }

    constexpr std::uint64_t bits() { return randomBits(m_seed, m_purpose, m_step, m_index++); }
    /// In [0, 1), 53 bits.
    constexpr double uniform() { return uniformOf(bits()); }
    /// In [0, n), n > 0 (the bias is below n / 2^64).
    constexpr std::int64_t below(std::int64_t n)
    {
        __extension__ using Wide = unsigned __int128;
        return static_cast<std::int64_t>((static_cast<Wide>(bits()) * static_cast<std::uint64_t>(n)) >> 64);
    }

private:
    std::uint64_t m_seed;
    std::uint64_t m_step;
    std::uint64_t m_index = 0;
    Purpose m_purpose;
};

} // namespace samout
