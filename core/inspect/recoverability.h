// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/base/share_done.h"
#include "core/data/labelled_sentences.h"
#include "core/inspect/table.h"
#include "core/model/snapshot.h"

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace samout {

/// Asks whether a word can be read from the state at some distance after it, in tokens.
struct RecoverQuestion {
    std::shared_ptr<const Snapshot> snapshot = {};
    /// Sentences, each labelled with its word; see labelledSentences().
    LabelledSentences data = {};
    /// Measures distances 0 (right after the word's last token) to distances - 1.
    int distances = 32;
};

/// Two of three sentences train the probes and every third tests them. A sentence takes part at a distance unless it
/// has said the word again by then.
struct Recoverability {
    std::vector<std::string> words;
    /// [layers, distances]: the share of the test sentences whose word a LinearProbe reads from that layer's state;
    /// NaN if fewer than fewestTested sentences test or train at that distance.
    Grid accuracy;
    static constexpr int fewestTested = 30;
    /// By distance: the number of test sentences, and the share of them whose word is the most frequent one of the
    /// training sentences, the best guess without looking at the state. NaN as above.
    std::vector<int> tested;
    std::vector<float> chance;
    /// How the network uses the word, over all sentences that say it again, by the distance of the token before the
    /// repetition.
    struct Recall {
        int distance = 0;
        int sentences = 0;
        /// The share of the sentences in which every token of the word is the network's likeliest token.
        float right = 0;
        /// The mean probability that the network gives to the word: the product over its tokens.
        float probability = 0;
    };
    std::vector<Recall> recalls;
    /// The recall over all distances; 0 sentences if no sentence says its word again.
    Recall all;
};

/// Runs the network over the sentences from fresh states, once per layer. Empty if `stop` was requested meanwhile.
/// Throws Error if there are no sentences, a token is not in the vocabulary or a state is not finite.
std::optional<Recoverability> recoverable(const RecoverQuestion &question, const ShareDone &progress = {},
                                          std::stop_token stop = {});

/// The number of sentences that a network is measured on; two thirds of them train the probes.
constexpr int recoveredSentences = 1800;

/// As changed, minus as trained, on the same sentences; guessing uses no network and stays.
Recoverability difference(Recoverability changed, const Recoverability &trained);
/// A row for each distance. Columns: distance, tested (sentences), guessing, a column for each layer, and for the
/// sentences that say the word again: asked (how many), right, probability.
Table tableOf(const Recoverability &result);

} // namespace samout
