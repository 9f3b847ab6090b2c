// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/train/metrics.h"

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>

namespace samout::cli {

/// Shows a training's progress on standard error: one line with a bar, redrawn at most ten times a second, if that is a
/// terminal; else a plain line per second.
class Progress {
public:
    /// Assumes no end until expect() is called.
    Progress();
    ~Progress();
    Progress(const Progress &) = delete;
    Progress &operator=(const Progress &) = delete;

    /// Sets the number of steps in all; 0: no end.
    void expect(std::int64_t steps) { m_steps = steps; }

    void show(const StepMetrics &metrics);
    /// Removes the redrawn line, so that other text can follow.
    void clear();

private:
    using Clock = std::chrono::steady_clock;

    /// Steps per second over the last few seconds, once there are two steps.
    std::optional<double> rate() const;
    std::string facts(const StepMetrics &metrics, bool strong) const;
    void drawBar(const StepMetrics &metrics);

    std::int64_t m_steps;
    std::optional<double> m_heldOut;
    std::deque<std::pair<Clock::time_point, std::int64_t>> m_recent;
    Clock::time_point m_shown;
    bool m_drawn = false;
};

} // namespace samout::cli
