#include "core/model/dropout.h"

#include "core/base/random.h"

#include <ATen/Parallel.h>

namespace samout {
namespace {

/// lowbias32 (Wellons 2018): 32 well-mixed bits of 32 bits.
std::uint32_t mix32(std::uint32_t x)
{
    x = (x ^ (x >> 16)) * 0x7feb352dU;
    x = (x ^ (x >> 15)) * 0x846ca68bU;
    return x ^ (x >> 16);
}

torch::Tensor mix32(torch::Tensor x)
{
    constexpr std::int64_t bits = 0xFFFFFFFF;
    x = x.bitwise_xor(x.bitwise_right_shift(16)).mul(0x7feb352dLL).bitwise_and(bits);
    x = x.bitwise_xor(x.bitwise_right_shift(15)).mul(0x846ca68bLL).bitwise_and(bits);
    return x.bitwise_xor(x.bitwise_right_shift(16));
}

} // namespace

torch::Tensor Dropout::apply(const torch::Tensor &x, int layer) const
{
    if (share <= 0)
        return x;
    const auto key = static_cast<std::uint32_t>(
        randomBits(seed, Purpose::Dropout, static_cast<std::uint64_t>(step), static_cast<std::uint64_t>(layer)));
    const auto threshold = static_cast<std::uint32_t>(share * 4294967296.0);
    const double scale = 1 / (1 - share);
    if (!x.is_cpu()) {
        const auto index = torch::arange(x.numel(), x.options().dtype(torch::kInt64));
        const auto kept = mix32(index.mul(0x9E3779B9LL).add(std::int64_t{key}).bitwise_and(0xFFFFFFFFLL));
        return x * kept.ge(std::int64_t{threshold}).view(x.sizes()).to(x.scalar_type()).mul_(scale);
    }
    torch::Tensor factors = torch::empty(x.sizes(), torch::kFloat32);
    float *out = factors.mutable_data_ptr<float>();
    const auto keptFactor = static_cast<float>(scale);
    at::parallel_for(0, factors.numel(), 16384, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = begin; i < end; ++i)
            out[i] = mix32(static_cast<std::uint32_t>(i) * 0x9E3779B9U + key) >= threshold ? keptFactor : 0.0F;
    });
    return x * factors;
}

} // namespace samout
