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

/// The shapes to measure: the presets Article and Classroom, and long sequences.
std::vector<BenchShape> benchShapes();

/// Times the steps of one training, and beside it the matrix products that a step needs at least, so that both are
/// measured under the same conditions.
class TrainingBench {
public:
    /// `device`: as in TrainingOptions.
    TrainingBench(const BenchShape &shape, const std::string &device, int threads);
    ~TrainingBench();

    /// Runs one whole step: batch, forward, backward, update. Returns seconds.
    double step();
    /// Runs only the products of a step with LibTorch's mm, with W_o and W_o1 folded and layer 0's projection a table
    /// over the vocabulary, on arbitrary matrices. Returns seconds.
    double products();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
