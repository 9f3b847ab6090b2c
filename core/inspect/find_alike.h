// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/change_index.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace samout {

/// Asks for passages in which some channels of a layer are held together over a stretch: all of them are set at its
/// first token and do not change until its last.
struct AlikeQuestion {
    int layer = 0;
    /// Distinct, from 0 to hidden - 1.
    std::vector<int> channels = {};
    /// Tokens in the stretch, at least 1.
    std::int64_t length = 1;
    /// The stretch begins at the first token of its text, where every state is set, which says little. Therefore such a
    /// stretch is compared only with the beginnings of passages, and any other stretch only with later places.
    bool fromBeginning = false;
    /// The most passages to return.
    int count = 50;
};

/// The best place of a passage. For each of the channels that changes at `begin`, count the tokens from `begin` on
/// before it changes again, at most `length` and not beyond the passage. The score is the sum of these counts divided
/// by length * channels: 1 if all the channels are set at `begin` and held over the whole length.
struct AlikePlace {
    std::int64_t passage = 0;
    /// The first token of the stretch, counted within the passage.
    std::int64_t begin = 0;
    double score = 0;

    bool operator==(const AlikePlace &) const = default;
};

struct AlikeAnswer {
    /// One place per passage (on a tie the first), best first; on a tie the more frequent passage first, then the
    /// earlier one. Places of score 0 are left out.
    std::vector<AlikePlace> best;
    /// The number of passages whose score is 1.
    std::int64_t complete = 0;
    /// The mean of the best scores of all passages.
    double meanScore = 0;
};

/// Throws Error if the network has no such layer or channel, no channel is given or the length is below 1. If `stop` is
/// requested, returns the places found by then. 1,000,000 tokens take some 10 ms.
AlikeAnswer findAlike(const ChangeIndex &index, const AlikeQuestion &question, std::stop_token stop = {});

/// The best place of each of two networks in one passage; score 0 if a network has none.
struct AlikePair {
    AlikePlace one, other;

    /// How much more the first network holds.
    double change() const { return one.score - other.score; }

    bool operator==(const AlikePair &) const = default;
};

/// The difference between two networks' answers to one question.
struct AlikeDifference {
    /// At most AlikeQuestion::count passages in which `one` has the greater score, and at most as many in which `other`
    /// has. The largest absolute change first; on a tie the greater score, then the more frequent passage, then the
    /// earlier one.
    std::vector<AlikePair> largest = {};
    /// The number of passages whose score is 1 for both networks, only for `one`, and only for `other`.
    std::int64_t both = 0, onlyOne = 0, onlyOther = 0;
    /// The means of the scores of all passages.
    double meanOne = 0, meanOther = 0;
};

/// Like findAlike(), for the indexes of two networks. Also throws Error if they index different passages.
AlikeDifference findAlikeDifference(const ChangeIndex &one, const ChangeIndex &other, const AlikeQuestion &question,
                                    std::stop_token stop = {});

} // namespace samout
