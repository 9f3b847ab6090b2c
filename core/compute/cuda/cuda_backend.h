// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/compute/backend.h"

#include <functional>
#include <memory>

namespace samout {

/// A recording of several launches, replayed at the cost of one launch.
class Recorded {
public:
    virtual ~Recorded() = default;
    /// Repeats the recorded launches; calling `work` would have the same effect.
    virtual void replay(const std::function<void()> &work) = 0;
};

/// What the backend needs of CUDA besides its kernels. Tests have a launcher of their own, so that the rest of the
/// backend runs on the CPU.
class Launcher {
public:
    virtual ~Launcher() = default;
    /// The stream on which the calling thread launches: a cudaStream_t.
    virtual void *stream() = 0;
    /// Records the launches of `work` without running them; nullptr if they cannot be recorded.
    virtual std::unique_ptr<Recorded> record(const std::function<void()> &work) = 0;
};

/// A backend that uses core/compute/cuda/kernels.h, in float32, on tensors of the launcher's device. Repeated work is
/// recorded, so that a step costs a few launches instead of hundreds.
/// `bfloat16`: products of bfloat16 numbers with float32 sums.
std::unique_ptr<Backend> makeCudaBackend(std::unique_ptr<Launcher> launcher, bool bfloat16);

} // namespace samout
