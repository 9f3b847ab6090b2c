// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/dropout.h"

#include <ATen/Parallel.h>

namespace samout {
namespace {

torch::Tensor mix32(torch::Tensor x)
{
    constexpr std::int64_t bits = 0xFFFFFFFF;
    x = x.bitwise_xor(x.bitwise_right_shift(16)).mul(0x7feb352dLL).bitwise_and(bits);
    x = x.bitwise_xor(x.bitwise_right_shift(15)).mul(0x846ca68bLL).bitwise_and(bits);
    return x.bitwise_xor(x.bitwise_right_shift(16));
}

} // namespace

DropoutMask Dropout::mask(int layer) const
{
    const auto step64 = static_cast<std::uint64_t>(step), layer64 = static_cast<std::uint64_t>(layer);
    return {.key = static_cast<std::uint32_t>(randomBits(seed, Purpose::Dropout, step64, layer64)),
            .threshold = static_cast<std::uint32_t>(share * 4294967296.0),
            .scale = 1 / (1 - share)};
}

torch::Tensor Dropout::apply(const torch::Tensor &x, int layer) const
{
    if (share <= 0)
        return x;
    const DropoutMask mask = this->mask(layer);
    if (!x.is_cpu()) {
        const auto index = torch::arange(x.numel(), x.options().dtype(torch::kInt64));
        const auto bits = mix32(index.mul(0x9E3779B9LL).add(std::int64_t{mask.key}).bitwise_and(0xFFFFFFFFLL));
        return x * bits.ge(std::int64_t{mask.threshold}).view(x.sizes()).to(x.scalar_type()).mul_(mask.scale);
    }
    torch::Tensor kept = torch::empty(x.sizes(), torch::kFloat32);
    float *out = kept.mutable_data_ptr<float>();
    at::parallel_for(0, kept.numel(), 16384, [&](std::int64_t begin, std::int64_t end) {
        for (auto i = begin; i < end; ++i)
            out[i] = mask.keeps(static_cast<std::uint32_t>(i)) ? 1.0F : 0.0F;
    });
    return x * kept * mask.scale;
}

} // namespace samout
