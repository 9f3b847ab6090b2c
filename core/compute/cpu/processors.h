// SPDX-License-Identifier: GPL-3.0-only
#pragma once

/// SAMOUT_FOR_EACH_PROCESSOR before a function compiles it for plain x86-64, for AVX2 and for AVX-512; the dynamic
/// linker picks the best one for the processor it finds. Elsewhere (arm64, clang, the sanitizers, whose runtime starts
/// after the linker's choice) it is compiled once. Functions that it calls must be inlined to be compiled in the same
/// way.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&               \
    !defined(__SANITIZE_THREAD__)
#define SAMOUT_FOR_EACH_PROCESSOR __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define SAMOUT_FOR_EACH_PROCESSOR
#endif
#define SAMOUT_INLINE inline __attribute__((always_inline))
