// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "core/data/dataset.h"
#include "core/inspect/examination.h"
#include "core/inspect/find_alike.h"
#include "core/inspect/subject.h"
#include "core/inspect/table.h"

#include <array>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace samout {

/// Channels of a head that are held since the same token at some position of a text.
struct HeldGroup {
    int since = 0;
    /// From 0 to hidden - 1.
    std::vector<int> channels = {};
};
/// The groups of a head at a position, the largest first; on a tie the one held longest. Leaves out edited states.
std::vector<HeldGroup> heldGroups(const Winners &winners, const ModelConfig &config, int head, int position);

/// One search for passages in the data of a training: what it needs, and its results.
struct AlikeSearch {
    std::shared_ptr<const Dataset> data;
    /// The network to search. For Side::Difference: finds the passages that the network as changed holds differently
    /// from the network as trained.
    Subject subject;
    AlikeQuestion question;
    /// The most tokens of the data to read.
    std::int64_t tokens = 1'000'000;
    /// One index for each network: for Side::Difference as changed, then as trained. Before run(): the indexes of the
    /// previous search in the same data; run() uses them again if they fit, because making an index takes seconds.
    std::vector<std::shared_ptr<const ChangeIndex>> indexes = {};
    /// run() fills one of the two.
    AlikeAnswer answer = {};
    AlikeDifference difference = {};

    bool isDifference() const { return subject.side == Side::Difference; }
    const Passages &passages() const { return indexes.front()->passages(); }
    /// The tokens of the data that were read, those of passages that occurred again included.
    std::int64_t tokensRead() const;

    /// Throws Error if the data has other tokens than the network, and as findAlike() does. If `stop` is requested,
    /// there may be no indexes.
    void run(const ShareDone &progress = {}, const std::stop_token &stop = {});

    /// A passage with a stretch of it: the text before the stretch, of the stretch, and after it.
    std::array<std::string, 3> textsOf(const AlikePlace &place) const;
    /// Columns: score, times, before, stretch, after.
    Table tableOf(const AlikeAnswer &found) const;
    /// What run() found; for a difference with the columns change, as changed and as trained in place of the score.
    Table table() const;
};

} // namespace samout
