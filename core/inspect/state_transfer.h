// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/interventions.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace samout {

/// Asks for the network's states in another text, to set them in the examined text.
struct StateTransfer {
    std::shared_ptr<const Snapshot> snapshot = {};
    /// The text that the states are taken from, and the position in it.
    std::vector<std::int64_t> tokens = {};
    std::int64_t from = 0;
    /// The layers whose states are taken, in the order of the answer.
    std::vector<int> layers = {};
    /// The position in the examined text at which the states are set.
    std::int64_t to = 0;
};

/// One States intervention per layer, which sets all its channels; the running maximum continues from there. Empty if
/// `stop` was requested meanwhile. Throws Error if there is no such position in the text, and like examine().
std::vector<Interventions::States> transferredStates(const StateTransfer &transfer, const std::stop_token &stop = {});

} // namespace samout
