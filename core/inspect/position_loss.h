// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "core/infer/generator.h"
#include "core/inspect/effects.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

namespace samout {

/// How well a network predicts as a text grows beyond what it was trained on.
struct PositionLoss {
    Memory memory = Memory::Carry;
    /// By position: the mean loss of the target there, over the texts by its weight, in nats; NaN where none counts or
    /// it was not measured.
    std::vector<double> losses;
};

/// Texts of `length` tokens: the batch's rows one after the other, as many texts as they give and `most` at most; what
/// does not count in a row does not count in them. Where a row ends the next begins, as a line after a line. Throws
/// Error where the rows are too few for one.
Batch joinedTexts(const Batch &rows, std::int64_t length, std::int64_t most);

/// The loss by position with each memory (see GenerationOptions): carried for ever; empty again after every
/// `lineEnd`, where the data has lines; computed anew from the newest `context` tokens, at every `stride`-th position
/// only. As a generator that reads the texts would have it. Empty where `stop` was requested. Throws Error as
/// measureEffects().
std::vector<PositionLoss> lossByPosition(const Snapshot &snapshot, const Batch &texts,
                                         std::optional<std::int64_t> lineEnd, std::int64_t context, std::int64_t stride,
                                         const ShareDone &progress = {}, std::stop_token stop = {});

} // namespace samout
