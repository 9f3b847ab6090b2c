// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/winner_map.h"

#include "core/base/error.h"

#include <algorithm>
#include <string>

namespace samout {

bool hasEdited(const Winners &winners) { return std::ranges::find(winners.since, -1) != winners.since.end(); }

std::vector<Grid> winnerMaps(const Winners &winners, int hidden, int heads, bool edited)
{
    if (hidden <= 0 || heads <= 0 || hidden % heads != 0 ||
        winners.since.size() % static_cast<std::size_t>(hidden) != 0)
        throw Error(Error::WrongValue, Text("The winners of {0} channels cannot be divided among {1} heads; every head "
                                            "should have as many channels.",
                                            hidden, heads));
    const int time = static_cast<int>(winners.since.size() / static_cast<std::size_t>(hidden));
    const int size = hidden / heads, first = edited ? 1 : 0;
    std::vector<Grid> maps;
    for (int head = 0; head < heads; ++head) {
        Grid map(time, first + time);
        for (int t = 0; t < time; ++t) {
            // Counts whole channels and then divides, so that a row sums to 1 as exactly as floats allow.
            const auto *since = winners.since.data() + static_cast<std::size_t>(t) * static_cast<std::size_t>(hidden);
            for (int c = head * size; c < (head + 1) * size; ++c)
                if (const int column = since[c] + first; column >= 0)
                    map.at(t, column) += 1;
            for (int column = 0; column <= t + first; ++column)
                map.at(t, column) /= static_cast<float>(size);
        }
        maps.push_back(std::move(map));
    }
    return maps;
}

std::vector<Grid> winnerMapsOf(const Examination &examination, int layer, bool edited, int mostTokens)
{
    const ModelConfig &config = examination.snapshot->config();
    Winners winners = *examination.findWinners(layer);
    winners.since.resize(std::min(winners.since.size(), static_cast<std::size_t>(mostTokens * config.hiddenSize)));
    return winnerMaps(winners, static_cast<int>(config.hiddenSize), static_cast<int>(config.numHeads), edited);
}

} // namespace samout
