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

/// Two texts of the `sentences` that differ in one labelled word and are then the same up to where what was said has
/// to be known again.
struct TextPair {
    std::string one, other;
};

/// The word that they differ in.
enum class LabelledWord {
    Name, ///< "⏎where is tom? " and "⏎where is mia? ": he or she follows; "⏎小明会唱歌吗？" and "⏎小红会唱歌吗？"
    Animal, ///< "⏎tom has a cat. the " and "⏎tom has a dog. the ": the animal follows; in Chinese its measure word is
            ///< what they differ in: "⏎昨天小明在河边看见一只黑" and "⏎昨天小明在河边看见一匹黑"
    Thing, ///< "⏎tom put the cup in the box. the " and "⏎tom put the hat in the box. the ": the thing follows;
           ///< "⏎小明把书放在床下。" and "⏎小明把球放在床下。"
};

enum class SentenceLanguage { English, Chinese };
/// Of the sentences that a network with this vocabulary was trained on, if it was on sentences.
SentenceLanguage sentenceLanguage(const Vocabulary &vocabulary);

/// `count` of them; a pure function of its arguments.
std::vector<TextPair> labelledPairs(LabelledWord word, int count,
                                    SentenceLanguage language = SentenceLanguage::English);

/// How far the state of a layer alone moves the prediction.
struct PatchTable {
    struct Layer {
        /// 1 - sum KL(q || patched) / sum KL(q || p) over the pairs: p is what is predicted after one text, q after the
        /// other, patched after the one with this layer's state of the other at the last token. 0: not at all,
        /// 1: all the way.
        double moved = 0;
        /// Its standard error over the pairs; NaN of one.
        double error = 0;
    };
    int pairs = 0;
    /// Mean KL(q || p): how much there is to move, in nats.
    double distance = 0;
    std::vector<Layer> layers;
    /// With the states of all layers: 1 where the last tokens are the same, for nothing else is remembered.
    double allLayers = 0;
};

/// For every pair, in both directions. Returns nullptr where `stop` was requested. Throws Error where a text has a
/// character that the network does not know, or there is no pair.
std::shared_ptr<const PatchTable> patchPairs(const Snapshot &snapshot, const std::vector<TextPair> &pairs,
                                             const ShareDone &progress = {}, std::stop_token stop = {});

} // namespace samout
