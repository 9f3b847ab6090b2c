// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/influence.h"

#include <memory>
#include <optional>
#include <stop_token>

namespace samout {

/// The influence of every token on every later prediction, and the examination whose network and text it was measured
/// on.
struct MeasuredInfluence {
    std::shared_ptr<const Examination> examination;
    std::optional<BySide<Grid>> grids;

    /// The difference if the examination has the network as trained beside the changed one; empty if it was stopped.
    Grid shown() const;
    /// True if the other examination has the same network, text and interventions.
    bool isOf(const Examination &other) const;
    /// Measures the influence of the first tokens, see influenceOf().
    void run(const ShareDone &progress, const std::stop_token &stop);
};

} // namespace samout
