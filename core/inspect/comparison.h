// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"
#include "core/inspect/examination.h"
#include "core/inspect/table.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace samout {

/// Asks how two networks read the same text, and how they continue the same prompt: examine() and a Generator, called
/// once for each network.
struct ComparisonQuestion {
    std::shared_ptr<const Snapshot> one, other;
    /// The interventions in each network; positions count in the text, and in the prompt with its continuation.
    Interventions oneChanged = {}, otherChanged = {};
    /// Both are encoded by each network's own vocabulary.
    std::string text, prompt;
    /// The number of tokens of the text to compare, from its start; 0: all.
    std::int64_t mostTokens = 0;
    /// The layer whose states are compared; in a network with fewer layers the last one.
    int layer = 0;
    double temperature = 0.8;
    std::uint64_t seed = 0;
    /// The most tokens to write, and the symbol that ends the text earlier; empty: none.
    std::int64_t length = 60;
    std::string end = {};
};

/// Only this many tokens of a longer text are compared.
constexpr int comparedTokens = 10'000;
/// The comparison of the Compare panel: of the text its first comparedTokens, and its first six characters (of bare
/// numbers: its first six numbers) as the prompt.
ComparisonQuestion comparisonOf(std::shared_ptr<const Snapshot> one, std::shared_ptr<const Snapshot> other,
                                const std::string &text);

struct Compared {
    struct Side {
        std::shared_ptr<const Examination> examination;
        /// The text was longer than mostTokens.
        bool cut = false;
        /// The states of the question's layer, [time, hidden].
        Grid states;
        /// -ln p of every token of the text, given the tokens before it, in nats; NaN for the first token.
        std::vector<float> losses;
        std::vector<float> alphas;
        /// The tokens written after the prompt.
        std::vector<std::int64_t> written;
    };
    Side one, other;
    /// other - one if both have the same shape; else empty.
    Grid stateDifference;
    /// The first place where the written texts differ; none if they are the same.
    std::optional<std::size_t> firstDifference;
};

/// Returns nullptr if `stop` was requested meanwhile. Throws Error like examine().
std::shared_ptr<const Compared> compare(const ComparisonQuestion &question, std::stop_token stop = {});

/// -ln p of the token after each row of the examined text; NaN after the text's last.
std::vector<float> nextLosses(const Examination &examination);
/// The same losses, each at its own token instead of the row before; NaN for the first token. The examination must not
/// be thinned.
std::vector<float> tokenLosses(const Examination &examination);

/// The losses of the tokens that both networks read. Columns: token, loss of A (`one`), loss of B, difference.
Table tableOf(const Compared &compared);

} // namespace samout
