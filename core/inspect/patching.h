// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "core/data/vocabulary.h"
#include "core/inspect/effects.h"

#include <cstdint>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

namespace samout {

/// Two texts of the data `sentences` that differ in one labelled word. After that word they are the same, and they end
/// where the next token depends on it.
struct TextPair {
    std::string one, other;
};

/// The word in which a pair's texts differ.
enum class LabelledWord {
    Name, ///< "⏎where is tom? " and "⏎where is mia? ": he or she follows; "⏎小明会唱歌吗？" and "⏎小红会唱歌吗？"
    Animal, ///< "⏎tom has a cat. the " and "⏎tom has a dog. the ": the animal follows; in Chinese the texts differ in
            ///< its measure word: "⏎昨天小明在河边看见一只黑" and "⏎昨天小明在河边看见一匹黑"
    Thing, ///< "⏎tom put the cup in the box. the " and "⏎tom put the hat in the box. the ": the thing follows;
           ///< "⏎小明把书放在床下。" and "⏎小明把球放在床下。"
};

enum class SentenceLanguage { English, Chinese };
/// The language of the sentences that a network with this vocabulary was trained on, assuming it was trained on
/// sentences.
SentenceLanguage sentenceLanguage(const Vocabulary &vocabulary);

/// `count` pairs; a pure function of its arguments.
std::vector<TextPair> labelledPairs(LabelledWord word, int count,
                                    SentenceLanguage language = SentenceLanguage::English);

/// How far the state of a layer alone moves the prediction.
struct PatchTable {
    struct Layer {
        /// 1 - sum KL(q || patched) / sum KL(q || p) over the pairs: p is the prediction after one text, q the
        /// prediction after the other, patched the prediction after the first with this layer's state at the last token
        /// taken from the other. 0: the prediction does not move; 1: it moves all the way.
        double moved = 0;
        /// The standard error over the pairs; NaN for one pair.
        double error = 0;
    };
    int pairs = 0;
    /// Mean KL(q || p): how much there is to move, in nats.
    double distance = 0;
    std::vector<Layer> layers;
    /// `moved` with the states of all layers patched: 1 if the last tokens are the same, because a network remembers
    /// nothing but its states.
    double allLayers = 0;
};

/// Patches every pair in both directions. Returns nullptr if `stop` was requested. Throws Error if a text has a
/// character that the network does not know, or there is no pair.
std::shared_ptr<const PatchTable> patchPairs(const Snapshot &snapshot, const std::vector<TextPair> &pairs,
                                             const ShareDone &progress = {}, std::stop_token stop = {});

/// The number of pairs that a network is measured on.
constexpr int patchedPairs = 200;

/// "name", "animal" or "thing".
std::string nameOf(LabelledWord word);

/// As changed, minus as trained, with the errors of the difference; the distance stays that of `changed`.
PatchTable difference(PatchTable changed, const PatchTable &trained);
/// Columns: layer, differing word, moved, standard error.
Table tableOf(const PatchTable &table, LabelledWord word);

} // namespace samout
