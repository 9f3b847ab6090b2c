// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/base/share_done.h"
#include "core/data/labelled_sentences.h"
#include "core/model/snapshot.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace samout {

/// Can a word be read from the state, so many tokens after it?
struct RecoverQuestion {
    std::shared_ptr<const Snapshot> snapshot = {};
    /// Each with its word; see labelledSentences().
    LabelledSentences data = {};
    /// Distances 0 (right after the word's last token) to distances - 1 are looked at.
    int distances = 32;
};

/// Of the sentences, two of three train the probes and every third tests them. A sentence takes part at a distance as
/// long as it has not said the word again by then.
struct Recoverability {
    std::vector<std::string> words;
    /// [layers, distances]: the share of the test sentences whose word a LinearProbe reads from that layer's state;
    /// NaN where fewer than fewestTested of them go so far, or fewer than that train.
    Grid accuracy;
    static constexpr int fewestTested = 30;
    /// By distance: the test sentences, and the share of them whose word is the training sentences' most frequent one,
    /// which is what one who has seen nothing would say. NaN as above.
    std::vector<int> tested;
    std::vector<float> chance;
    /// What the network does with it, over all sentences that say the word again: by the distance from which it has
    /// to be said (that of the token before it).
    struct Recall {
        int distance = 0;
        int sentences = 0;
        /// The share of them in which every token of the word is the network's likeliest one.
        float right = 0;
        /// The mean probability that the network gives to the word: the product over its tokens.
        float probability = 0;
    };
    std::vector<Recall> recalls;
    /// The same over all distances; 0 sentences where none says its word again.
    Recall all;
};

/// Runs the network over the sentences from fresh states, once a layer. Empty where `stop` was requested meanwhile.
/// Throws Error: no sentences, tokens that are not in the vocabulary, states that are not finite.
std::optional<Recoverability> recoverable(const RecoverQuestion &question, const ShareDone &progress = {},
                                          std::stop_token stop = {});

} // namespace samout
