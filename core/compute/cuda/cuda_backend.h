// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/compute/backend.h"

#include <functional>
#include <memory>

namespace samout {

/// Launches that were recorded, to be repeated at the cost of one.
class Recorded {
public:
    virtual ~Recorded() = default;
    /// Does again what was recorded. `work` would do the same.
    virtual void replay(const std::function<void()> &work) = 0;
};

/// What the backend needs of CUDA beside its kernels. Tests have one of their own, so that all the rest runs on the
/// CPU.
class Launcher {
public:
    virtual ~Launcher() = default;
    /// Where the calling thread launches: a cudaStream_t.
    virtual void *stream() = 0;
    /// Records what `work` launches without doing it; nullptr where that cannot be.
    virtual std::unique_ptr<Recorded> record(const std::function<void()> &work) = 0;
};

/// The operations of a fused step by core/compute/cuda/kernels.h, in float32, on tensors of the launcher's device. What is
/// repeated is recorded, so that a step costs a few launches instead of hundreds.
/// `bfloat16`: products of bfloat16 numbers with float32 sums.
std::unique_ptr<Backend> makeCudaBackend(std::unique_ptr<Launcher> launcher, bool bfloat16);

} // namespace samout
