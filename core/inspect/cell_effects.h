// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "core/inspect/table.h"
#include "core/model/interventions.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace samout {

/// Asks which state cells matter at one position of a text.
struct CellQuestion {
    std::shared_ptr<const Snapshot> snapshot = {};
    std::vector<std::int64_t> tokens = {};
    int layer = 0;
    std::int64_t position = 0;
    /// The number of predictions to measure, from the position on; 0: to the end of the text.
    std::int64_t reach = 0;
    /// Interventions that are in force with and without the set cell.
    Interventions interventions = {};
};

/// The effect of setting one cell by Interventions::States{layer, position, channel, {value}}.
struct CellEffect {
    int channel = 0;
    /// The cell's state, and the value it is set to: the largest or the smallest state of its head at the position,
    /// whichever is farther away.
    float state = 0;
    float value = 0;
    /// KL(p before || p after) of the measured predictions, in nats: the mean, and the last prediction's.
    double mean = 0;
    double last = 0;
};

/// Every channel of the layer, the largest mean effect first. The layers below and the positions before are computed
/// once; the changed texts go through the rest together. Calls `progress` with the share that is done. Empty if `stop`
/// was requested meanwhile. Throws Error if there is no such layer or position, and like examine().
std::optional<std::vector<CellEffect>> cellEffects(const CellQuestion &question, const std::stop_token &stop = {},
                                                   const ShareDone &progress = {});

/// How many predictions are measured from a token on: measuring a long text to its end would take hours.
constexpr std::int64_t cellReach = 256;
/// Columns: head, channel (in the head), state, set to, moves (the mean), last.
Table tableOf(const std::vector<CellEffect> &effects, const ModelConfig &config);

} // namespace samout
