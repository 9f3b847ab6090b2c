// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/change_index.h"

#include <cstdint>
#include <stop_token>
#include <vector>

namespace samout {

/// Some channels of a layer that are held together over a stretch of a text: all of them were set at its first token
/// and have not changed until its last.
struct AlikeQuestion {
    int layer = 0;
    /// Of 0 to hidden - 1, none twice.
    std::vector<int> channels = {};
    /// Tokens of the stretch, from 1 on.
    std::int64_t length = 1;
    /// The stretch begins at the first token of its text. There every state is set, which says little: a place at the
    /// beginning of a passage is compared with such stretches alone, and such stretches with it alone.
    bool fromBeginning = false;
    /// Passages to name at most.
    int count = 50;
};

/// The best place of a passage. For each of the channels that changes at `begin`, count the tokens from there on before
/// it changes again, at most `length` of them and not beyond the passage; the score is the sum of these over
/// length * channels: 1 where all the channels are set there and held over the whole length.
struct AlikePlace {
    std::int64_t passage = 0;
    /// Of the stretch, within the passage.
    std::int64_t begin = 0;
    double score = 0;

    bool operator==(const AlikePlace &) const = default;
};

struct AlikeAnswer {
    /// One place a passage (of equal ones the first), best first; of equal ones the more frequent passage, then the
    /// earlier one first. None has score 0.
    std::vector<AlikePlace> best;
    /// Passages whose score is 1.
    std::int64_t complete = 0;
    /// The mean of the best scores of all passages.
    double meanScore = 0;
};

/// Throws Error where a layer or channel is not one of the network's, no channel is given or the length is below 1.
/// What was found by then where `stop` is requested. 1,000,000 tokens take some 10 ms.
AlikeAnswer findAlike(const ChangeIndex &index, const AlikeQuestion &question, std::stop_token stop = {});

/// The best places that two networks have in one passage; of score 0 where a network has none.
struct AlikePair {
    AlikePlace one, other;

    /// What the one holds more of.
    double change() const { return one.score - other.score; }

    bool operator==(const AlikePair &) const = default;
};

/// What two networks hold differently of one question.
struct AlikeDifference {
    /// The passages in which the one's score is the greater, at most AlikeQuestion::count of them, and as many in which
    /// the other's is. The largest change first, whichever way; of equal ones that with the greater score, then the
    /// more frequent passage, then the earlier one.
    std::vector<AlikePair> largest = {};
    /// Passages whose score is 1 for both, for the one alone and for the other alone.
    std::int64_t both = 0, onlyOne = 0, onlyOther = 0;
    /// The means of the scores of all passages.
    double meanOne = 0, meanOther = 0;
};

/// As findAlike(), with the indexes of two networks. Throws Error also where they are not of the same passages.
AlikeDifference findAlikeDifference(const ChangeIndex &one, const ChangeIndex &other, const AlikeQuestion &question,
                                    std::stop_token stop = {});

} // namespace samout
