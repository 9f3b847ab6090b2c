// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <memory>

namespace samout {

/// Times generation with the published network, and merely reading its weights.
class GenerationBench {
public:
    explicit GenerationBench(int threads);
    ~GenerationBench();

    /// Reads a prompt of `tokens` random tokens, as a sequence. Returns seconds.
    double prompt(std::int64_t tokens);
    /// Draws and reads one token after the prompt. Returns seconds.
    double token();
    /// Draws and reads one token of each of `texts` texts at once. Returns seconds for all of them.
    double tokenOfEach(std::int64_t texts);
    /// Reads all weights that a token of the last prompt() needs, in place, and only adds them up. Returns seconds.
    double readWeights();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
