// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/intervention_probe.h"
#include "core/model/samout.h"

#include <cstdint>
#include <functional>
#include <span>
#include <stop_token>

namespace samout {

/// Reads a text of any length in pieces, so that the memory does not grow with the length. `state` goes on from its
/// current position. `probe` (or nullptr) receives the position where every piece begins. `each` is called after every
/// piece with that position and the piece's logits [time, vocabulary]. Returns false if `stop` was requested meanwhile.
bool readInPieces(const SamOut &network, std::span<const std::int64_t> tokens, State *state, InterventionProbe *probe,
                  const std::stop_token &stop,
                  const std::function<void(std::int64_t begin, const torch::Tensor &logits)> &each = {});

} // namespace samout
