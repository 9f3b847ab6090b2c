// SPDX-License-Identifier: GPL-3.0-only
// What the library exports to core, and CUDA's streams and graphs behind it.
#include "core/compute/cuda/cuda_backend.h"

#include <ATen/cuda/CUDAGraph.h>
#include <c10/cuda/CUDAGuard.h>
#include <c10/cuda/CUDAStream.h>

#include <cuda_runtime.h>

namespace samout {
namespace {

class Graph : public Recorded {
public:
    /// Throws if `work` does something that cannot be recorded.
    explicit Graph(const std::function<void()> &work)
    {
        const auto current = c10::cuda::getCurrentCUDAStream();
        current.synchronize();
        const c10::cuda::CUDAStreamGuard side(c10::cuda::getStreamFromPool(false, current.device_index()));
        // Records only this thread's work: another thread may be copying a snapshot.
        m_graph.capture_begin({0, 0}, cudaStreamCaptureModeThreadLocal);
        try {
            work();
        } catch (...) {
            endQuietly();
            throw;
        }
        m_graph.capture_end();
    }

    void replay(const std::function<void()> &) override { m_graph.replay(); }

private:
    /// Otherwise the stream would go on recording, and its memory would stay reserved.
    void endQuietly()
    {
        try {
            m_graph.capture_end();
        } catch (const c10::Error &) {
        }
        cudaGetLastError();
    }

    at::cuda::CUDAGraph m_graph;
};

class CudaLauncher : public Launcher {
public:
    void *stream() override { return c10::cuda::getCurrentCUDAStream().stream(); }

    std::unique_ptr<Recorded> record(const std::function<void()> &work) override
    {
        try {
            return std::make_unique<Graph>(work);
        } catch (const c10::Error &) {
            return nullptr; // for example too little memory: launches one by one may still succeed
        }
    }
};

/// Whether the kernels were compiled for this GPU.
bool hasKernelsFor(int device)
{
    constexpr int oldest = 8; // compute capability, see CUDA_ARCHITECTURES
    int major = 0;
    return cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, device) == cudaSuccess && major >= oldest;
}

} // namespace
} // namespace samout

/// nullptr on a GPU that is too old.
extern "C" __attribute__((visibility("default"))) samout::Backend *samoutMakeCudaBackend(int device, bool bfloat16)
{
    if (!samout::hasKernelsFor(device))
        return nullptr;
    return samout::makeCudaBackend(std::make_unique<samout::CudaLauncher>(), bfloat16).release();
}
