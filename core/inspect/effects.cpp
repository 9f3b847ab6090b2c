// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/effects.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/compute/changed_reading.h"
#include "core/model/evaluation.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

namespace samout {

namespace {

constexpr int groupCount = 20;

/// The silenced part: channels of a layer's mixed, or its feed-forward.
struct Part {
    int layer = 0;
    bool feedForward = false;
    std::vector<std::int64_t> channels = {};
};

/// A mean loss and its standard error, that of a ratio since the sequences differ in length. `sums`: weight * loss by
/// sequence; `weights`: their weights.
Effect effectOf(const std::vector<double> &sums, const std::vector<double> &weights)
{
    const double all = std::accumulate(weights.begin(), weights.end(), 0.0);
    const double mean = std::accumulate(sums.begin(), sums.end(), 0.0) / all;
    double squares = 0;
    for (std::size_t i = 0; i < sums.size(); ++i)
        squares += std::pow(sums[i] - mean * weights[i], 2);
    const auto count = static_cast<double>(sums.size());
    return {.rise = mean,
            .error =
                count > 1 ? std::sqrt(squares * count / (count - 1)) / all : std::numeric_limits<double>::quiet_NaN()};
}

struct Measured {
    Effect trained; // `rise`: the loss itself
    std::vector<Effect> parts;
};

/// Measures every part in turn. `parts` is empty if `stop` was requested.
Measured measure(const Snapshot &snapshot, const Batch &batch, const std::vector<Part> &parts,
                 const ShareDone &progress, const std::stop_token &stop)
{
    checkTokens(batch, snapshot.config().vocabSize, Text("The data to measure on"));
    std::vector<double> weights;
    for (std::int64_t row = 0; row < batch.count; ++row)
        weights.push_back(batch.rows(row, 1).totalWeight());
    if (std::ranges::all_of(weights, [](double weight) { return weight == 0; }))
        throw Error(Error::WrongValue, Text("No target counts: all of them are the padding token."));
    return withoutTorchErrors([&]() -> Measured {
        const torch::NoGradGuard noGrad;
        ChangedReading reader(snapshot);
        std::vector<double> trained;
        std::vector<std::vector<double>> rises(parts.size());
        const auto rows = ChangedReading::rowsAtOnce(batch.time);
        for (std::int64_t begin = 0; begin < batch.count; begin += rows) {
            const auto count = std::min(rows, batch.count - begin);
            const std::vector<double> before = reader.read(batch.rows(begin, count));
            trained.insert(trained.end(), before.begin(), before.end());
            if (!std::ranges::all_of(before, [](double loss) { return std::isfinite(loss); }))
                throw Error(Error::WrongValue,
                            Text("The network's loss on this data is not a number, so there is nothing to compare "
                                 "with; its weights are not all numbers, or too large."));
            for (std::size_t i = 0; i < parts.size(); ++i) {
                if (stop.stop_requested())
                    return {};
                const Part &part = parts[i];
                const std::vector<double> without = part.feedForward
                                                        ? reader.withoutFeedForward(part.layer)
                                                        : reader.withoutChannels(part.layer, part.channels);
                std::ranges::transform(without, before, std::back_inserter(rises[i]), std::minus());
                if (progress) {
                    const double share = static_cast<double>(i + 1) / static_cast<double>(parts.size());
                    progress((static_cast<double>(begin) + share * static_cast<double>(count)) /
                             static_cast<double>(batch.count));
                }
            }
        }
        Measured measured{.trained = effectOf(trained, weights), .parts = {}};
        for (const std::vector<double> &sums : rises)
            measured.parts.push_back(effectOf(sums, weights));
        return measured;
    });
}

/// `count` of the channels 0 to hidden - 1, in ascending order.
std::vector<int> drawnChannels(std::int64_t hidden, std::int64_t count, std::uint64_t group)
{
    std::vector<int> channels(static_cast<std::size_t>(hidden));
    std::iota(channels.begin(), channels.end(), 0);
    RandomStream random(group, Purpose::Sampling, 0);
    for (std::int64_t i = 0; i < count; ++i)
        std::swap(channels[static_cast<std::size_t>(i)],
                  channels[static_cast<std::size_t>(i + random.below(hidden - i))]);
    channels.resize(static_cast<std::size_t>(count));
    std::ranges::sort(channels);
    return channels;
}

std::vector<std::int64_t> range(std::int64_t begin, std::int64_t count)
{
    std::vector<std::int64_t> all(static_cast<std::size_t>(count));
    std::iota(all.begin(), all.end(), begin);
    return all;
}

} // namespace

double EffectTable::groupMean(int layer) const
{
    double sum = 0, count = 0;
    for (const Group &group : groups)
        if (layer < 0 || group.layer == layer) {
            sum += group.effect.rise;
            ++count;
        }
    return count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN();
}

double EffectTable::groupSpread(int layer) const
{
    const double mean = groupMean(layer);
    double squares = 0, count = 0;
    for (const Group &group : groups)
        if (layer < 0 || group.layer == layer) {
            squares += std::pow(group.effect.rise - mean, 2);
            ++count;
        }
    return count > 1 ? std::sqrt(squares / (count - 1)) : std::numeric_limits<double>::quiet_NaN();
}

std::shared_ptr<const EffectTable> measureEffects(const Snapshot &snapshot, const Batch &batch,
                                                  const ShareDone &progress, std::stop_token stop)
{
    const ModelConfig &config = snapshot.config();
    const auto layers = static_cast<int>(config.numLayers);
    auto table = std::make_shared<EffectTable>();
    std::vector<Part> parts;
    for (int layer = 0; layer < layers; ++layer) {
        for (std::int64_t head = 0; head < config.numHeads; ++head)
            parts.push_back({.layer = layer, .channels = range(head * config.headSize(), config.headSize())});
        parts.push_back({.layer = layer, .channels = range(0, config.hiddenSize)});
        parts.push_back({.layer = layer, .feedForward = true});
    }
    for (int i = 0; i < groupCount; ++i) {
        table->groups.push_back(
            {.layer = layers - 1 - i % layers,
             .channels = drawnChannels(config.hiddenSize, config.headSize(), static_cast<std::uint64_t>(i)),
             .effect = {}});
        const EffectTable::Group &group = table->groups.back();
        parts.push_back({.layer = group.layer, .channels = {group.channels.begin(), group.channels.end()}});
    }

    const Measured measured = measure(snapshot, batch, parts, progress, stop);
    if (measured.parts.empty())
        return nullptr;
    table->sequences = batch.count;
    table->tokens = batch.countedTargets();
    table->loss = measured.trained.rise;
    table->lossError = measured.trained.error;
    auto effect = measured.parts.begin();
    for (int layer = 0; layer < layers; ++layer) {
        table->heads.emplace_back(effect, effect + config.numHeads);
        effect += config.numHeads;
        table->mixers.push_back(*effect++);
        table->feedForwards.push_back(*effect++);
    }
    for (EffectTable::Group &group : table->groups)
        group.effect = *effect++;
    return table;
}

std::vector<ChannelEffect> measureChannels(const Snapshot &snapshot, const Batch &batch, int layer,
                                           const ShareDone &progress, std::stop_token stop)
{
    const ModelConfig &config = snapshot.config();
    config.checkLayer(layer);
    std::vector<Part> parts;
    for (std::int64_t channel = 0; channel < config.hiddenSize; ++channel)
        parts.push_back({.layer = layer, .channels = {channel}});
    const Measured measured = measure(snapshot, batch, parts, progress, stop);
    std::vector<ChannelEffect> effects;
    for (std::size_t i = 0; i < measured.parts.size(); ++i)
        effects.push_back({.channel = static_cast<int>(i), .effect = measured.parts[i]});
    // NaN counts as the largest rise.
    std::ranges::stable_sort(effects, [](const ChannelEffect &a, const ChannelEffect &b) {
        const auto rank = [](const ChannelEffect &e) {
            return std::isnan(e.effect.rise) ? std::numeric_limits<double>::infinity() : e.effect.rise;
        };
        return rank(a) > rank(b);
    });
    return effects;
}

std::optional<BySide<std::vector<ChannelEffect>>> measureChannels(const Subject &subject, const Batch &batch, int layer,
                                                                  const ShareDone &progress, std::stop_token stop)
{
    return askBySide(subject.side, progress, [&](Side side, const ShareDone &part) {
        auto channels = measureChannels(*subject.network(side), batch, layer, part, stop);
        return channels.empty() ? std::nullopt : std::optional(std::move(channels));
    });
}

namespace {

Effect minus(const Effect &changed, const Effect &trained)
{
    return {.rise = changed.rise - trained.rise, .error = errorOfDifference(changed.error, trained.error)};
}

void subtract(std::vector<Effect> &from, const std::vector<Effect> &what)
{
    for (std::size_t i = 0; i < from.size(); ++i)
        from[i] = minus(from[i], what[i]);
}

} // namespace

EffectTable difference(EffectTable changed, const EffectTable &trained)
{
    for (std::size_t layer = 0; layer < changed.heads.size(); ++layer)
        subtract(changed.heads[layer], trained.heads[layer]);
    subtract(changed.mixers, trained.mixers);
    subtract(changed.feedForwards, trained.feedForwards);
    for (std::size_t i = 0; i < changed.groups.size(); ++i)
        changed.groups[i].effect = minus(changed.groups[i].effect, trained.groups[i].effect);
    return changed;
}

std::vector<ChannelEffect> difference(std::vector<ChannelEffect> changed, const std::vector<ChannelEffect> &trained)
{
    for (ChannelEffect &channel : changed)
        channel.effect =
            minus(channel.effect, std::ranges::find(trained, channel.channel, &ChannelEffect::channel)->effect);
    std::ranges::stable_sort(changed, std::greater(), [](const ChannelEffect &channel) { return channel.effect.rise; });
    return changed;
}

Table tableOf(const EffectTable &table)
{
    Table rows{.columns = {{.name = "layer", .kind = Table::Column::Key},
                           {.name = "part", .kind = Table::Column::Key},
                           {.name = "rise", .unit = "nats"},
                           {.name = "standard error", .kind = Table::Column::Error, .unit = "nats"}},
               .rows = {}};
    for (std::size_t layer = 0; layer < table.heads.size(); ++layer) {
        const auto add = [&](std::string part, const Effect &effect) {
            rows.rows.push_back({static_cast<std::int64_t>(layer), std::move(part), effect.rise, effect.error});
        };
        for (std::size_t head = 0; head < table.heads[layer].size(); ++head)
            add("head " + std::to_string(head), table.heads[layer][head]);
        add("mixer", table.mixers[layer]);
        add("feed-forward", table.feedForwards[layer]);
        const int at = static_cast<int>(layer);
        add("random groups", {.rise = table.groupMean(at), .error = table.groupSpread(at)});
    }
    return rows;
}

Table tableOf(const std::vector<ChannelEffect> &channels)
{
    Table rows{.columns = {{.name = "channel", .kind = Table::Column::Key},
                           {.name = "rise", .unit = "nats"},
                           {.name = "standard error", .kind = Table::Column::Error, .unit = "nats"}},
               .rows = {}};
    for (const ChannelEffect &channel : channels)
        rows.rows.push_back({std::int64_t{channel.channel}, channel.effect.rise, channel.effect.error});
    return rows;
}

} // namespace samout
