// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/inspect/examination.h"
#include "ui/work/job.h"

#include <memory>
#include <stop_token>

namespace samout {

/// The influence of every token on every later prediction, and the examination whose network and text it was measured
/// on.
struct MeasuredInfluence {
    std::shared_ptr<const Examination> examination;
    /// asTrained is empty if the examination has no network as trained beside the changed one.
    Grid asChanged, asTrained;

    /// True if the other examination has the same network, text and interventions.
    bool isOf(const Examination &other) const;
    /// Measures the influence of the first `mostTokens` tokens. If stopped, the grid being measured and those after it
    /// stay empty.
    void run(int mostTokens, const Job::Progress &progress, const std::stop_token &stop);
};

} // namespace samout
