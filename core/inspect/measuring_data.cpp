#include "core/inspect/measuring_data.h"

#include <algorithm>
#include <set>
#include <span>
#include <vector>

namespace samout {

namespace {

/// Steps and seeds from here on are no training's.
constexpr std::int64_t beyondTraining = std::int64_t{1} << 40;
/// So many batches in a row without a new sequence: there are no more.
constexpr int mostInVain = 16;

using Tokens = std::vector<std::int64_t>;

/// Rows of different lengths.
struct Rows {
    std::vector<Tokens> inputs, targets;
    std::int64_t counted = 0;
    std::set<Tokens> known;

    /// Takes rows of the batch until there are `tokens` counted targets; with `distinct` none that
    /// was taken before. False where there was nothing to take.
    bool add(const Batch &batch, std::int64_t tokens, bool distinct)
    {
        const std::size_t before = inputs.size();
        const auto time = static_cast<std::size_t>(batch.time);
        for (std::size_t row = 0; row < static_cast<std::size_t>(batch.count) && counted < tokens; ++row) {
            const auto of = [&](const Tokens &all) { return std::span(all).subspan(row * time, time); };
            const auto padding = std::ranges::count(of(batch.targets), std::int64_t{Vocabulary::Padding});
            const auto length = static_cast<std::size_t>(rowLength(batch, static_cast<std::int64_t>(row)));
            if (padding == batch.time)
                continue;
            const bool isNew = known.emplace(of(batch.inputs).begin(), of(batch.inputs).end()).second;
            if (distinct && !isNew)
                continue;
            counted += batch.time - padding;
            inputs.emplace_back(of(batch.inputs).begin(),
                                of(batch.inputs).begin() + static_cast<std::ptrdiff_t>(length));
            targets.emplace_back(of(batch.targets).begin(),
                                 of(batch.targets).begin() + static_cast<std::ptrdiff_t>(length));
        }
        return inputs.size() > before;
    }

    Batch batch() const
    {
        Batch result{.count = std::ssize(inputs), .time = 0, .inputs = {}, .targets = {}};
        for (const Tokens &row : inputs)
            result.time = std::max(result.time, static_cast<std::int64_t>(row.size()));
        for (std::size_t i = 0; i < inputs.size(); ++i)
            for (const auto &[from, to] : {std::pair(&inputs, &result.inputs), std::pair(&targets, &result.targets)}) {
                to->insert(to->end(), (*from)[i].begin(), (*from)[i].end());
                to->resize((i + 1) * static_cast<std::size_t>(result.time), Vocabulary::Padding);
            }
        return result;
    }
};

/// More sequences of the data's kind.
Batch further(const Dataset &data, std::int64_t number)
{
    if (data.name() != "article")
        return data.trainingBatch(beyondTraining + number);
    // Its training sequences are always the same ones.
    DataOptions options;
    options.source = data.name();
    options.seed = static_cast<std::uint64_t>(beyondTraining + number);
    options.sequenceLength = data.sequenceLength();
    options.vocabulary = data.vocabulary();
    return openDataset(options)->heldOut();
}

} // namespace

std::int64_t rowLength(const Batch &batch, std::int64_t row)
{
    std::int64_t length = batch.time;
    while (length > 0 && batch.targets[static_cast<std::size_t>(row * batch.time + length - 1)] == Vocabulary::Padding)
        --length;
    return length;
}

Batch rowsOf(const Batch &batch, std::int64_t first, std::int64_t count)
{
    const auto begin = first * batch.time, end = (first + count) * batch.time;
    return {.count = count,
            .time = batch.time,
            .inputs = Tokens(batch.inputs.begin() + begin, batch.inputs.begin() + end),
            .targets = Tokens(batch.targets.begin() + begin, batch.targets.begin() + end)};
}

MeasuringData measuringData(const Dataset &data, std::int64_t tokens)
{
    const bool generated = isDataKind(data.name());
    Rows rows;
    rows.add(data.heldOut(), tokens, false);
    const std::int64_t heldOut = std::ssize(rows.inputs);
    int inVain = 0;
    for (std::int64_t i = 0; inVain < mostInVain && rows.counted < tokens; ++i)
        inVain = rows.add(further(data, i), tokens, !generated) ? 0 : inVain + 1;
    return {.batch = rows.batch(), .trainedRows = generated ? 0 : std::ssize(rows.inputs) - heldOut};
}

} // namespace samout
