// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/devices.h"

#include "core/compute/arithmetic.h"

#include "core/base/error.h"

#include <ATen/Context.h>
#include <ATen/Version.h>
#include <torch/version.h>

#include <algorithm>
#include <array>
#include <dlfcn.h>
#include <fstream>
#include <unistd.h>

namespace samout {
namespace {

/// The few calls of NVIDIA's driver that list the GPUs.
struct Driver {
    int (*init)(unsigned) = nullptr;
    int (*count)(int *) = nullptr;
    int (*device)(int *, int) = nullptr;
    int (*name)(char *, int, int) = nullptr;
    int (*memory)(std::size_t *, int) = nullptr;

    bool load()
    {
        void *library = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
        if (!library)
            return false;
        init = reinterpret_cast<decltype(init)>(dlsym(library, "cuInit"));
        count = reinterpret_cast<decltype(count)>(dlsym(library, "cuDeviceGetCount"));
        device = reinterpret_cast<decltype(device)>(dlsym(library, "cuDeviceGet"));
        name = reinterpret_cast<decltype(name)>(dlsym(library, "cuDeviceGetName"));
        memory = reinterpret_cast<decltype(memory)>(dlsym(library, "cuDeviceTotalMem_v2"));
        return init && count && device && name && memory && init(0) == 0;
    }
};

std::string processorName()
{
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("model name"))
            return line.substr(line.find(": ") + 2);
    return "CPU";
}

struct Found {
    std::vector<Device> devices;
    /// Why there is no GPU, as the end of a sentence.
    Text whyNoGpu = Text("no NVIDIA driver was found");
};

Found look()
{
    Found found;
    found.devices.push_back({.id = "cpu",
                             .name = processorName(),
                             .memory = static_cast<std::int64_t>(sysconf(_SC_PHYS_PAGES)) * sysconf(_SC_PAGESIZE)});
    Driver driver;
    int count = 0;
    if (!driver.load() || driver.count(&count) != 0 || count == 0)
        return found;
    // Must come before anything asks LibTorch whether CUDA is available: it remembers its first answer.
    if (!dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL)) {
        found.whyNoGpu = Text("the CUDA part of LibTorch could not be loaded ({0})", dlerror());
        return found;
    }
    if (!at::globalContext().hasCUDA()) {
        found.whyNoGpu = Text("this LibTorch and the NVIDIA driver do not work together");
        return found;
    }
    for (int i = 0; i < count; ++i) {
        int handle = 0;
        std::array<char, 256> name{};
        std::size_t memory = 0;
        if (driver.device(&handle, i) == 0 && driver.name(name.data(), static_cast<int>(name.size()), handle) == 0 &&
            driver.memory(&memory, handle) == 0)
            found.devices.push_back(
                {.id = "cuda:" + std::to_string(i), .name = name.data(), .memory = static_cast<std::int64_t>(memory)});
    }
    return found;
}

const Found &found()
{
    static const Found result = look();
    return result;
}

} // namespace

const std::vector<Device> &devices() { return found().devices; }

std::string fingerprint(const Device &device)
{
    return device.name + ", " + at::get_cpu_capability() + ", LibTorch " + TORCH_VERSION + ", kernels " +
           std::to_string(arithmeticNumber);
}

void *cudaPartSymbol(const char *name)
{
    // The library lies beside the program. It needs LibTorch's CUDA part, which devices() loads if there is a GPU.
    static void *const library = devices().size() > 1 ? dlopen("libsamout_cuda.so", RTLD_NOW | RTLD_LOCAL) : nullptr;
    return library ? dlsym(library, name) : nullptr;
}

const Device &findDevice(const std::string &id)
{
    const auto &all = devices();
    if (id == "auto")
        return all.size() > 1 ? all[1] : all[0];
    const std::string wanted = id == "cuda" ? "cuda:0" : id;
    for (const Device &device : all)
        if (device.id == wanted)
            return device;
    std::string ids;
    for (const Device &device : all)
        ids += (ids.empty() ? "" : ", ") + device.id;
    const bool gpu = wanted.starts_with("cuda:");
    throw Error(Error::Missing, gpu && all.size() == 1
                                    ? Text("There is no device \"{0}\": {1}. There is: {2}.", id, found().whyNoGpu, ids)
                                    : Text("There is no device \"{0}\". There is: {1}.", id, ids));
}

} // namespace samout
