// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "core/model/interventions.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace samout {

/// Which state cells matter at one place of a text.
struct CellQuestion {
    std::shared_ptr<const Snapshot> snapshot = {};
    std::vector<std::int64_t> tokens = {};
    int layer = 0;
    std::int64_t position = 0;
    /// The predictions at the position and after it that are looked at, at most; 0: to the end of the text.
    std::int64_t reach = 0;
    /// What is changed already; effects are beside that.
    Interventions interventions = {};
};

/// What setting one cell does, as Interventions::States{layer, position, channel, {value}} would.
struct CellEffect {
    int channel = 0;
    /// What the cell holds, and what it is set to: the largest or the smallest state of its head at the position,
    /// whichever moves more.
    float state = 0;
    float value = 0;
    /// KL(p before || p after) of the predictions that are looked at, in nats: the mean, and that of the last one.
    double mean = 0;
    double last = 0;
};

/// Every channel of the layer, the largest mean effect first. What is below the layer or before the position is
/// computed once; the changed texts go through the rest together. `progress` is called with the share that is done.
/// Empty where `stop` was requested meanwhile. Throws Error where there is no such layer or position, as examine().
std::optional<std::vector<CellEffect>> cellEffects(const CellQuestion &question, const std::stop_token &stop = {},
                                                   const ShareDone &progress = {});

} // namespace samout
