#include "core/fast/backend.h"

#include "core/device/devices.h"

namespace samout {

std::unique_ptr<Backend> makeBackend(const SamOut &network, bool bfloat16)
{
    const auto type = network.arena().scalar_type();
    if (network.arena().is_cpu())
        return makeCpuBackend(type);
    using Make = Backend *(*)(bool bfloat16);
    const auto make = reinterpret_cast<Make>(cudaPartSymbol("samoutMakeCudaBackend"));
    return std::unique_ptr<Backend>(make && type == torch::kFloat32 ? make(bfloat16) : nullptr);
}

} // namespace samout
