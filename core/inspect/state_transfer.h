// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/interventions.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <vector>

namespace samout {

/// What the network remembers of another text, to be put into one that is looked at.
struct StateTransfer {
    std::shared_ptr<const Snapshot> snapshot = {};
    /// The text that the states are taken from, and where in it.
    std::vector<std::int64_t> tokens = {};
    std::int64_t from = 0;
    /// Whose states; in the order of the answer.
    std::vector<int> layers = {};
    /// The position of the text looked at that they are put at.
    std::int64_t to = 0;
};

/// One edit a layer, of all its channels. The running maximum goes on from there. Empty where `stop` was requested
/// meanwhile. Throws Error where there is no such position in the text, as examine().
std::vector<Interventions::States> transferredStates(const StateTransfer &transfer, const std::stop_token &stop = {});

} // namespace samout
