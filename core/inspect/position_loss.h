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

/// How well a network predicts as a text grows beyond the length it was trained on.
struct PositionLoss {
    Memory memory = Memory::Carry;
    /// By position: the mean loss of the target there, weighted over the texts, in nats; NaN if no target counts or the
    /// position was not measured.
    std::vector<double> losses;
};

/// Joins the batch's rows, like line after line, into texts of `length` tokens: as many as the rows yield, `most` at
/// most. Targets that do not count in a row do not count in a text. Throws Error if there are too few rows for one
/// text.
Batch joinedTexts(const Batch &rows, std::int64_t length, std::int64_t most);

/// The loss by position with each Memory, as a Generator that reads the texts would have it: carried forever; emptied
/// after every `lineEnd`, if the data has lines; computed again from the newest `context` tokens, at every `stride`-th
/// position only. Empty if `stop` was requested. Throws Error like measureEffects().
std::vector<PositionLoss> lossByPosition(const Snapshot &snapshot, const Batch &texts,
                                         std::optional<std::int64_t> lineEnd, std::int64_t context, std::int64_t stride,
                                         const ShareDone &progress = {}, std::stop_token stop = {});

/// Texts to measure a training's network on: 4 times as long as the trained ones.
struct PositionTexts {
    Batch texts;
    std::optional<std::int64_t> lineEnd;
    /// In tokens.
    std::int64_t trainedLength = 0;
};
/// About `tokens` tokens, but at least 48 texts. Throws Error if the data has too few.
PositionTexts positionTexts(const Dataset &data, std::int64_t tokens);
/// With a context of the trained length, at every fourth position; empty if `stop` was requested.
std::optional<BySide<std::vector<PositionLoss>>> lossByPosition(const Subject &subject, const PositionTexts &texts,
                                                                const ShareDone &progress = {},
                                                                std::stop_token stop = {});

/// As changed, minus as trained, on the same texts.
std::vector<PositionLoss> difference(std::vector<PositionLoss> changed, const std::vector<PositionLoss> &trained);

/// A measured position of a curve.
struct PositionPoint {
    std::int64_t position = 0;
    /// In nats; `smoothed` is the mean of the positions measured around it.
    double loss = 0, smoothed = 0;
};
/// The positions that were measured.
std::vector<PositionPoint> pointsOf(const PositionLoss &loss);
/// Columns: curve ("carried", "cleared at line ends", "the newest N anew", where N is `context`), position, loss,
/// smoothed.
Table tableOf(const std::vector<PositionLoss> &losses, std::int64_t context);

} // namespace samout
