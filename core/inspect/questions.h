// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/share_done.h"
#include "core/base/text.h"
#include "core/data/dataset.h"
#include "core/inspect/effects.h"
#include "core/inspect/patching.h"
#include "core/inspect/subject.h"
#include "core/inspect/table.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace samout {

/// What a question is asked about. A question reads what its QuestionKind says; what is not given is what its panel
/// shows first.
struct Inquiry {
    std::shared_ptr<const Snapshot> snapshot = {};
    /// The network to compare with.
    std::shared_ptr<const Snapshot> other = {};
    /// With interventions a question is answered as trained, as changed and as the difference.
    Interventions interventions = {};
    std::string text = {};
    /// What the network was trained on, or is to be measured on; nullptr: not known.
    std::shared_ptr<const Dataset> data = {};
    /// The number of tokens to measure on; 0: as many as the panel does.
    std::int64_t tokens = 0;
    LabelledWord word = LabelledWord::Name;
    /// The layer whose single channels are silenced, instead of heads and parts.
    std::optional<int> channelsOf = {};
    ShareDone progress = {};
    std::stop_token stop = {};
};

/// What a question says about one side.
struct Answer {
    Side side = Side::AsTrained;
    /// Single numbers beside the table, by name: step, loss, number of tokens, ...
    std::vector<std::pair<std::string, Table::Value>> facts = {};
    Table table = {};
    /// Only of "effects" without `channelsOf`: each random group by itself.
    std::optional<EffectTable> effects = {};
};

/// A question that the window measures and `samout examine` asks. A new question is a row of questionKinds().
struct QuestionKind {
    const char *id;
    /// What it measures, in one line.
    Text title;
    /// What it reads of an Inquiry beside the network and the interventions. A question that reads data fails without.
    bool text = false, data = false, word = false, channels = false, other = false;
    /// It makes its texts from the name of Inquiry::data, which has to be one of sentenceKinds().
    bool sentences = false;
    /// One answer, or with interventions three: as trained, as changed, the difference. Empty if Inquiry::stop was
    /// requested. Throws Error as the functions that it calls.
    std::vector<Answer> (*ask)(const Inquiry &);
};
const std::vector<QuestionKind> &questionKinds();
/// nullptr if there is no such question.
const QuestionKind *findQuestion(std::string_view id);

/// "as trained", "as changed", "difference".
std::string nameOf(Side side);
/// The tables of all answers in one: if there are several, the first column, "network", says whose row it is. A column
/// that an answer does not have is empty there.
Table joined(const std::vector<Answer> &answers);

/// A first text for a network that came without data: its first tokens.
std::string firstText(const Vocabulary &vocabulary);

} // namespace samout
