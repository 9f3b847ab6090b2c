// SPDX-License-Identifier: GPL-3.0-only
#pragma once

/// SAMOUT_FORMULA before a function template makes it a formula that is written once for every device: loops over float
/// or double inline it, CUDA kernels call it, and the definition calls it with whole tensors.
#ifdef __CUDACC__
#define SAMOUT_FORMULA __host__ __device__ __forceinline__
#else
#define SAMOUT_FORMULA inline __attribute__((always_inline))
#endif
