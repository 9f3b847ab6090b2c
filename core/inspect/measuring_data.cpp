// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/measuring_data.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

namespace samout {

namespace {

/// No training uses steps and seeds from this number on.
constexpr std::int64_t beyondTraining = std::int64_t{1} << 40;
/// After this many batches in a row without a new sequence the data is taken to be exhausted.
constexpr int mostInVain = 16;

using Tokens = std::vector<std::int64_t>;

/// Collects rows of different lengths.
struct Rows {
    std::vector<Batch> all; // one row each
    std::int64_t counted = 0;
    std::set<Tokens> known;

    /// Adds rows of the batch until there are `tokens` counted targets; with `distinct` only rows that were not added
    /// before. Returns whether any row was added.
    bool add(const Batch &batch, std::int64_t tokens, bool distinct)
    {
        const std::size_t before = all.size();
        for (std::int64_t i = 0; i < batch.count && counted < tokens; ++i) {
            Batch row = batch.rows(i, 1);
            const std::int64_t targets = row.countedTargets();
            if (targets == 0)
                continue;
            const bool isNew = known.insert(row.inputs).second;
            if (distinct && !isNew)
                continue;
            counted += targets;
            all.push_back(std::move(row));
        }
        return all.size() > before;
    }

    /// All rows as one batch, as wide as the longest row; after a row's last target that counts it holds `filler`.
    Batch batch(std::int64_t filler) const
    {
        Batch result{.count = std::ssize(all), .time = 0, .inputs = {}, .targets = {}, .weights = {}};
        for (const Batch &row : all)
            result.time = std::max(result.time, row.rowLength(0));
        const auto append = [&](const auto &from, std::int64_t length, auto &to, auto rest) {
            to.insert(to.end(), from.begin(), from.begin() + length);
            to.resize(to.size() + static_cast<std::size_t>(result.time - length), rest);
        };
        for (const Batch &row : all) {
            const std::int64_t length = row.rowLength(0);
            append(row.inputs, length, result.inputs, filler);
            append(row.targets, length, result.targets, filler);
            append(row.weights, length, result.weights, 0.0F);
        }
        return result;
    }
};

/// More sequences of the same kind as the data.
Batch further(const Dataset &data, std::int64_t number)
{
    if (data.name() != "article")
        return data.trainingBatch(beyondTraining + number);
    // The training sequences of "article" are always the same, so draw them with another seed.
    DataOptions options;
    options.source = data.name();
    options.seed = static_cast<std::uint64_t>(beyondTraining + number);
    options.sequenceLength = data.sequenceLength();
    options.vocabulary = data.vocabulary();
    return openDataset(options)->heldOut();
}

} // namespace

MeasuringData measuringData(const Dataset &data, std::int64_t tokens)
{
    const bool generated = isDataKind(data.name());
    Rows rows;
    rows.add(data.heldOut(), tokens, false);
    const std::int64_t heldOut = std::ssize(rows.all);
    int inVain = 0;
    for (std::int64_t i = 0; inVain < mostInVain && rows.counted < tokens; ++i)
        inVain = rows.add(further(data, i), tokens, !generated) ? 0 : inVain + 1;
    return {.batch = rows.batch(data.vocabulary().filler()),
            .trainedRows = generated ? 0 : std::ssize(rows.all) - heldOut};
}

} // namespace samout
