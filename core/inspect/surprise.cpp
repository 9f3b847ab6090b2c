// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/surprise.h"

#include "core/inspect/comparison.h"

namespace samout {

std::int64_t Surprise::counted() const
{
    return std::ssize(losses) - (!positions.empty() && positions.front() == 0 ? 1 : 0);
}

double Surprise::mean() const
{
    double sum = 0;
    for (std::size_t t = losses.size() - static_cast<std::size_t>(counted()); t < losses.size(); ++t)
        sum += losses[t];
    return sum / static_cast<double>(counted());
}

Surprise surpriseOf(const Examination &examination)
{
    Surprise surprise;
    if (examination.every == 1) {
        surprise = {.tokens = examination.tokens, .losses = tokenLosses(examination)};
    } else {
        surprise = {.tokens = examination.next, .losses = nextLosses(examination)};
        if (surprise.tokens.back() < 0) {
            surprise.tokens.pop_back();
            surprise.losses.pop_back();
        }
    }
    for (std::int64_t t = 0; t < std::ssize(surprise.tokens); ++t)
        surprise.positions.push_back(examination.every == 1 ? t : t * examination.every + 1);
    return surprise;
}

Table tableOf(const Surprise &surprise, const Vocabulary &vocabulary)
{
    Table table{.columns = {{.name = "position", .kind = Table::Column::Key},
                            {.name = "token", .kind = Table::Column::Key},
                            {.name = "loss", .unit = "nats"}},
                .rows = {}};
    for (std::size_t t = 0; t < surprise.tokens.size(); ++t)
        table.rows.push_back({surprise.positions[t], vocabulary.label(surprise.tokens[t]), surprise.losses[t]});
    return table;
}

} // namespace samout
