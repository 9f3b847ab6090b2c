#pragma once

#include <barrier>
#include <cmath>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

// As much of CUDA as core/cuda/kernels.cu uses, run on the CPU: block after block, the 32 lanes of a warp as threads,
// so that they can exchange numbers. Slow, for small shapes.

#define __global__
#define __device__

struct dim3 {
    unsigned x = 1, y = 1, z = 1;
    dim3(unsigned a = 1, unsigned b = 1, unsigned c = 1) : x(a), y(b), z(c) {}
};

inline thread_local dim3 blockIdx, threadIdx, gridDim;

constexpr int lanesOfWarp = 32;

struct WarpExchange {
    std::barrier<> barrier{lanesOfWarp};
    float values[lanesOfWarp] = {};
};
inline thread_local WarpExchange *warpExchange = nullptr;

inline float __shfl_xor_sync(unsigned, float value, int distance)
{
    const unsigned lane = threadIdx.x % lanesOfWarp;
    warpExchange->values[lane] = value;
    warpExchange->barrier.arrive_and_wait();
    const float other = warpExchange->values[lane ^ static_cast<unsigned>(distance)];
    warpExchange->barrier.arrive_and_wait();
    return other;
}

enum cudaError_t { cudaSuccess };
inline cudaError_t cudaGetLastError() { return cudaSuccess; }
inline const char *cudaGetErrorString(cudaError_t) { return ""; }

inline void runOnCpu(dim3 grid, int threads, const std::function<void()> &kernel)
{
    for (unsigned z = 0; z < grid.z; ++z)
        for (unsigned y = 0; y < grid.y; ++y)
            for (unsigned x = 0; x < grid.x; ++x)
                for (int first = 0; first < threads; first += lanesOfWarp) {
                    WarpExchange exchange;
                    std::vector<std::jthread> lanes;
                    for (int lane = 0; lane < lanesOfWarp; ++lane)
                        lanes.emplace_back([&, lane] {
                            gridDim = grid;
                            blockIdx = {x, y, z};
                            threadIdx = {static_cast<unsigned>(first + lane)};
                            warpExchange = &exchange;
                            kernel();
                        });
                }
}
