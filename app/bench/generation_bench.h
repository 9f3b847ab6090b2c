// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <cstdint>
#include <memory>

namespace samout {

/// Generation with the published network, and the reading of its weights alone.
class GenerationBench {
public:
    explicit GenerationBench(int threads);
    ~GenerationBench();

    /// Reads a prompt of so many random tokens, as a sequence. Seconds.
    double prompt(std::int64_t tokens);
    /// Draws and reads one token after the prompt. Seconds.
    double token();
    /// The same for so many texts at once. Seconds for all of them.
    double tokenOfEach(std::int64_t texts);
    /// Reads all weights that a token of the last prompt() needs, where they lie, and does no more than add them.
    /// Seconds.
    double readWeights();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
