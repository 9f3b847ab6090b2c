// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/change_index.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/compute/fast_network.h"
#include "core/model/running_max.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

namespace samout {

namespace {

/// Tokens in one forward pass.
constexpr std::int64_t tokensAtOnce = 4096;
/// At most this many times the wanted tokens are read to find new passages.
constexpr std::int64_t mostReadings = 8;

std::uint64_t hashOf(std::span<const std::int64_t> tokens)
{
    std::uint64_t hash = tokens.size();
    for (const std::int64_t token : tokens)
        hash = mix64(hash ^ static_cast<std::uint64_t>(token));
    return hash;
}

} // namespace

std::span<const std::int32_t> Passages::at(std::int64_t passage) const
{
    const std::int64_t begin = begins[static_cast<std::size_t>(passage)];
    return {tokens.data() + begin, static_cast<std::size_t>(begins[static_cast<std::size_t>(passage) + 1] - begin)};
}

void Passages::add(std::span<const std::int64_t> passage)
{
    for (const std::int64_t token : passage)
        tokens.push_back(static_cast<std::int32_t>(token));
    begins.push_back(static_cast<std::int64_t>(tokens.size()));
    times.push_back(1);
}

Passages readPassages(const Dataset &data, std::int64_t tokens, const ShareDone &progress, std::stop_token stop)
{
    Passages passages;
    std::unordered_multimap<std::uint64_t, std::int64_t> known;
    std::int64_t read = 0;
    for (std::int64_t step = 1; !stop.stop_requested(); ++step) {
        const Batch batch = data.trainingBatch(step);
        if (batch.inputs.empty())
            break;
        for (std::int64_t row = 0; row < batch.count; ++row) {
            // The inputs and the last target, up to the last target that counts.
            std::vector<std::int64_t> sequence(batch.inputs.begin() + row * batch.time,
                                               batch.inputs.begin() + (row + 1) * batch.time);
            sequence.push_back(batch.targets[static_cast<std::size_t>((row + 1) * batch.time - 1)]);
            sequence.resize(static_cast<std::size_t>(batch.rowLength(row) + 1));
            read += static_cast<std::int64_t>(sequence.size());
            const std::uint64_t hash = hashOf(sequence);
            const auto [first, last] = known.equal_range(hash);
            const auto same = std::find_if(first, last, [&](const auto &entry) {
                return std::ranges::equal(passages.at(entry.second), sequence);
            });
            if (same != last) {
                ++passages.times[static_cast<std::size_t>(same->second)];
            } else {
                known.emplace(hash, passages.count());
                passages.add(sequence);
            }
        }
        const auto held = static_cast<std::int64_t>(passages.tokens.size());
        if (progress)
            progress(std::max(static_cast<double>(held) / static_cast<double>(tokens),
                              static_cast<double>(read) / static_cast<double>(mostReadings * tokens)));
        if (held >= tokens || read >= mostReadings * tokens)
            break;
    }
    return passages;
}

std::shared_ptr<const ChangeIndex> ChangeIndex::make(std::shared_ptr<const Snapshot> snapshot, Passages passages,
                                                     const ShareDone &progress, std::stop_token stop)
{
    const ModelConfig &config = snapshot->config();
    for (const std::int32_t token : passages.tokens)
        if (token < 0 || token >= config.vocabSize)
            throw Error(Error::WrongValue,
                        Text("The data has token {0}; the network's vocabulary has the tokens 0 to {1}.", token,
                             config.vocabSize - 1));
    std::shared_ptr<ChangeIndex> index(new ChangeIndex);
    index->m_words = (config.numLayers * config.hiddenSize + 63) / 64;
    index->m_bits.assign(passages.tokens.size() * static_cast<std::size_t>(index->m_words), 0);

    // Passages of about one length go through the network together.
    std::vector<std::int64_t> order(static_cast<std::size_t>(passages.count()));
    std::iota(order.begin(), order.end(), 0);
    std::ranges::stable_sort(order, std::greater(), [&](std::int64_t passage) { return passages.at(passage).size(); });

    const bool whole = withoutTorchErrors([&] {
        const SamOut network(*snapshot);
        FastNetwork fast(network);
        const std::int64_t hidden = config.hiddenSize;
        std::int64_t done = 0;
        for (std::size_t first = 0; first < order.size();) {
            if (stop.stop_requested())
                return false;
            const auto time = static_cast<std::int64_t>(passages.at(order[first]).size());
            const auto count = std::min<std::int64_t>(static_cast<std::int64_t>(order.size() - first),
                                                      std::max<std::int64_t>(1, tokensAtOnce / time));
            // The padding after a shorter passage is ignored.
            torch::Tensor tokens = torch::zeros({count, time}, torch::kInt64);
            for (std::int64_t i = 0; i < count; ++i)
                std::ranges::copy(passages.at(order[first + static_cast<std::size_t>(i)]),
                                  tokens.mutable_data_ptr<std::int64_t>() + i * time);
            fast.forward(tokens, nullptr, [&](int layer, const float *values, std::int64_t stride) {
                for (std::int64_t i = 0; i < count; ++i) {
                    const std::int64_t passage = order[first + static_cast<std::size_t>(i)];
                    const auto length = static_cast<std::int64_t>(passages.at(passage).size());
                    for (std::int64_t t = 0; t < length; ++t) {
                        const float *now = values + (i * time + t) * stride;
                        const float *before = now - stride;
                        std::uint64_t *bits = index->m_bits.data() +
                                              (passages.begins[static_cast<std::size_t>(passage)] + t) * index->m_words;
                        for (std::int64_t c = 0; c < hidden; ++c) {
                            const bool changes = t == 0 || stateChanges(before[c], now[c]);
                            const std::int64_t bit = layer * hidden + c;
                            bits[bit / 64] |= static_cast<std::uint64_t>(changes) << (bit % 64);
                        }
                    }
                }
            });
            first += static_cast<std::size_t>(count);
            done += count;
            if (progress)
                progress(static_cast<double>(done) / static_cast<double>(order.size()));
        }
        return true;
    });
    if (!whole)
        return nullptr;
    index->m_snapshot = std::move(snapshot);
    index->m_passages = std::move(passages);
    return index;
}

bool ChangeIndex::changed(std::int64_t place, int layer, int channel) const
{
    const std::int64_t bit = layer * m_snapshot->config().hiddenSize + channel;
    return row(place)[bit / 64] >> (bit % 64) & 1;
}

} // namespace samout
