// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/inspect/examination.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace samout {

/// What two networks make of the same text, and how they go on from the same prompt: examine() and a generator, called
/// once for each.
struct ComparisonQuestion {
    std::shared_ptr<const Snapshot> one, other;
    /// What is changed about each; positions count in the text, and in what is written.
    Interventions oneChanged = {}, otherChanged = {};
    /// Encoded by each network's own vocabulary.
    std::string text, prompt;
    /// Of a longer text the first so many tokens are compared; 0: all of it.
    std::int64_t mostTokens = 0;
    /// Whose states are compared; of a network with fewer layers the last.
    int layer = 0;
    double temperature = 0.8;
    std::uint64_t seed = 0;
    /// Tokens to write at most, and the symbol that ends the text before; empty: none does.
    std::int64_t length = 60;
    std::string end = {};
};

struct Compared {
    struct Side {
        std::shared_ptr<const Examination> examination;
        /// The text was longer than what is compared.
        bool cut = false;
        /// Of the layer, [time, hidden].
        Grid states;
        /// -ln p of every token of the text, given those before it, in nats; the first has none and is NaN.
        std::vector<float> losses;
        std::vector<float> alphas;
        /// What it writes after the prompt.
        std::vector<std::int64_t> written;
    };
    Side one, other;
    /// other - one, where both have the same shape; else empty.
    Grid stateDifference;
    /// The first place where the written texts differ; none where they are the same.
    std::optional<std::size_t> firstDifference;
};

/// nullptr where `stop` was requested meanwhile. Throws Error as examine().
std::shared_ptr<const Compared> compare(const ComparisonQuestion &question, std::stop_token stop = {});

/// -ln p of the token after each row of the examined text; NaN after the text's last.
std::vector<float> nextLosses(const Examination &examination);
/// The same by the token that it is of: that of every token, the first is NaN. Of a text that is not kept thinned.
std::vector<float> tokenLosses(const Examination &examination);

} // namespace samout
