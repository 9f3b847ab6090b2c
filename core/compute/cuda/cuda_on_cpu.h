// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <barrier>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <thread>
#include <type_traits>
#include <vector>

// The part of CUDA that core/compute/cuda/kernels.cu uses, run on the CPU, block after block. For small shapes.

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

/// The bytes of all arguments that kernels were launched with since this was set: a recorded launch would use the same
/// arguments again.
inline std::vector<std::byte> *launchLog = nullptr;

template <typename... Arguments> void noteLaunch(const Arguments &...arguments)
{
    const auto note = [](const auto &argument) {
        const auto bytes = std::as_bytes(std::span(&argument, 1));
        launchLog->insert(launchLog->end(), bytes.begin(), bytes.end());
    };
    if (launchLog)
        (note(arguments), ...);
}

template <typename Work> void forEachBlock(dim3 grid, const Work &work)
{
    for (unsigned z = 0; z < grid.z; ++z)
        for (unsigned y = 0; y < grid.y; ++y)
            for (unsigned x = 0; x < grid.x; ++x)
                work(dim3(x, y, z));
}

/// Runs the threads of a block one after the other.
template <typename... Arguments>
void runOnCpu(dim3 grid, int threads, void (*kernel)(Arguments...), std::type_identity_t<Arguments>... arguments)
{
    noteLaunch(arguments...);
    gridDim = grid;
    forEachBlock(grid, [&](dim3 block) {
        blockIdx = block;
        for (int thread = 0; thread < threads; ++thread) {
            threadIdx = {static_cast<unsigned>(thread)};
            kernel(arguments...);
        }
    });
}

/// Runs the lanes of a warp at the same time, so that they can exchange numbers.
template <typename... Arguments>
void runWarpsOnCpu(dim3 grid, int threads, void (*kernel)(Arguments...), std::type_identity_t<Arguments>... arguments)
{
    noteLaunch(arguments...);
    forEachBlock(grid, [&](dim3 block) {
        for (int first = 0; first < threads; first += lanesOfWarp) {
            WarpExchange exchange;
            std::vector<std::jthread> lanes;
            for (int lane = 0; lane < lanesOfWarp; ++lane)
                lanes.emplace_back([&, lane] {
                    gridDim = grid;
                    blockIdx = block;
                    threadIdx = {static_cast<unsigned>(first + lane)};
                    warpExchange = &exchange;
                    kernel(arguments...);
                });
        }
    });
}
