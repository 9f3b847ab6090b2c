// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/backend.h"

#include "core/compute/devices.h"
#include "core/compute/fast_network.h"

namespace samout {

std::unique_ptr<Backend> makeBackend(const SamOut &network, bool bfloat16)
{
    if (!FastNetwork::isFor(network.config()))
        return nullptr;
    const auto type = network.arena().scalar_type();
    if (network.arena().is_cpu())
        return makeCpuBackend(type);
    using Make = Backend *(*)(int device, bool bfloat16);
    const auto make = reinterpret_cast<Make>(cudaPartSymbol("samoutMakeCudaBackend"));
    if (!make || type != torch::kFloat32)
        return nullptr;
    return std::unique_ptr<Backend>(make(network.arena().get_device(), bfloat16));
}

} // namespace samout
