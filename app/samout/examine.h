// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "app/samout/intervention_options.h"
#include "core/inspect/questions.h"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace samout::cli {

/// The arguments of a question: `samout examine QUESTION MODEL...` and `samout effects MODEL`, its other name.
struct QuestionArguments {
    std::string question;
    std::vector<std::string> models;
    std::optional<std::string> text, data, word, csv;
    std::optional<std::int64_t> tokens, sequenceLength;
    std::optional<int> channelsOf;
    InterventionOptions changes;
    bool json = false;

    /// Adds the options that the question uses; while `question` is empty, those of all questions.
    void addTo(CLI::App &command);
    /// Asks, and writes or prints the answer. Throws UsageError if the question does not use an option.
    void answer() const;

private:
    const QuestionKind &checkedKind() const;
    Inquiry inquiry(const QuestionKind &kind) const;
};

/// The answer to `effects`: for reading, and as the object that `samout effects --json` has always printed.
std::string effectsText(const Answer &answer, const ModelConfig &config);
nlohmann::ordered_json effectsJson(const Answer &answer);

} // namespace samout::cli
