// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace samout {

/// A network and the batch that it is trained on.
struct BenchShape {
    std::string name;
    std::int64_t batch = 0, time = 0;
    std::int64_t vocabulary = 0, hidden = 0, heads = 0, layers = 0;
};

/// Those that are measured: the presets Article and Classroom, and long sequences.
std::vector<BenchShape> benchShapes();

/// One training whose steps are timed, and beside it the matrix products that a step cannot do without, so that both
/// are measured under the same conditions.
class TrainingBench {
public:
    /// `device` as TrainingOptions has it.
    TrainingBench(const BenchShape &shape, const std::string &device, int threads);
    ~TrainingBench();

    /// Seconds that one whole step takes: batch, forward, backward, update.
    double step();
    /// Seconds that the products of a step take alone in LibTorch's mm, with W_o and W_o1 folded and layer 0's
    /// projection a table of the vocabulary; on matrices of no meaning.
    double products();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
