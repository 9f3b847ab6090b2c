// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/changed_reading.h"

#include "core/compute/fast_network.h"
#include "core/model/block.h"
#include "core/model/linear.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <functional>
#include <utility>

namespace samout {

using torch::Tensor;

namespace {

/// The activations kept of one unchanged layer.
struct KeptLayer {
    Tensor x;     // [n, d], the layer's input
    Tensor mixed; // [n, d]
    Tensor inner; // [n, 2 d], before its bias
};

/// Sequences that go through the layers together, and their rows in the kept activations.
struct Tile {
    std::int64_t sequence = 0, sequences = 0;
    std::int64_t row = 0, rows = 0;
};

/// The buffers of one thread, which takes a tile through all layers: the tile's rows stay in its cache, and it waits
/// for no other thread.
struct Reader {
    FastNetwork network;
    Activations a;        // of the layer being computed, [tile's rows, ...]
    Tensor x, next, last; // [tile's rows, d]
};

} // namespace

struct ChangedReading::Impl {
    explicit Impl(const Snapshot &snapshot) : network(snapshot), fast(network) {}

    /// Calls work(reader, tile) for all tiles; each thread does its share.
    void forEachTile(const std::function<void(Reader &, const Tile &)> &work);
    /// The losses if change(reader, tile, next) computes the output of `layer` from the kept activations.
    std::vector<double> readOn(int layer, const std::function<void(Reader &, const Tile &, Tensor &next)> &change);
    void addLosses(Reader &reader, const Tile &tile, const Tensor &x, std::vector<double> &losses) const
    {
        reader.network.sequenceLosses(x, targets.narrow(0, tile.row, tile.rows), weights.narrow(0, tile.row, tile.rows),
                                      std::span(losses).subspan(static_cast<std::size_t>(tile.sequence),
                                                                static_cast<std::size_t>(tile.sequences)));
    }
    const LayerWeights &weightsOf(int layer) const { return network.layers()[static_cast<std::size_t>(layer)]; }

    SamOut network;
    FastNetwork fast;
    std::vector<Reader> readers; // by thread
    std::int64_t count = 0, time = 0;
    Tensor tokens, targets, weights; // [count, time], [n], [n]
    std::vector<KeptLayer> kept;
};

ChangedReading::ChangedReading(const Snapshot &snapshot) : m_impl(std::make_unique<Impl>(snapshot)) {}

ChangedReading::~ChangedReading() = default;

std::int64_t ChangedReading::rowsAtOnce(std::int64_t time)
{
    constexpr std::int64_t tokensAtOnce = 5120;
    return std::max<std::int64_t>(1, tokensAtOnce / std::max<std::int64_t>(1, time));
}

void ChangedReading::Impl::forEachTile(const std::function<void(Reader &, const Tile &)> &work)
{
    constexpr std::int64_t rowsOfTile = 168;
    const auto most = std::max<std::int64_t>(1, rowsOfTile / time);
    while (std::ssize(readers) < at::get_num_threads())
        readers.push_back({.network = fast.alone(), .a = {}, .x = {}, .next = {}, .last = {}});
    at::parallel_for(0, count, 1, [&](std::int64_t begin, std::int64_t end) {
        const torch::NoGradGuard noGrad;
        Reader &reader = readers[static_cast<std::size_t>(at::get_thread_num())];
        for (auto sequence = begin; sequence < end; sequence += most) {
            const auto sequences = std::min(most, end - sequence);
            reader.a = reader.network.begin(tokens.narrow(0, sequence, sequences));
            if (!reader.x.defined() || reader.x.sizes() != reader.a.x.sizes()) {
                reader.x = torch::empty_like(reader.a.x);
                reader.next = torch::empty_like(reader.a.x);
            }
            work(reader,
                 {.sequence = sequence, .sequences = sequences, .row = sequence * time, .rows = sequences * time});
        }
    });
}

std::vector<double> ChangedReading::read(Batch sequences)
{
    Impl &m = *m_impl;
    const torch::NoGradGuard noGrad;
    m.count = sequences.count;
    m.time = sequences.time;
    const auto copyOf = [](std::vector<std::int64_t> &values) {
        return torch::from_blob(values.data(), {std::ssize(values)}, torch::kInt64).clone();
    };
    m.tokens = copyOf(sequences.inputs).view({m.count, m.time});
    m.targets = copyOf(sequences.targets);
    m.weights = torch::tensor(sequences.weights);
    const auto n = m.count * m.time, d = m.network.config().hiddenSize;
    m.kept.resize(m.network.layers().size());
    for (KeptLayer &layer : m.kept)
        layer = {.x = torch::empty({n, d}), .mixed = torch::empty({n, d}), .inner = torch::empty({n, 2 * d})};
    std::vector<double> losses(static_cast<std::size_t>(m.count));
    m.forEachTile([&](Reader &reader, const Tile &tile) {
        const auto own = [&](const Tensor &all) { return all.narrow(0, tile.row, tile.rows); };
        Activations a = reader.a;
        a.x = own(m.kept.front().x);
        reader.network.embed(a.x);
        for (std::size_t i = 0; i < m.kept.size(); ++i) {
            a.mixed = own(m.kept[i].mixed);
            a.inner = own(m.kept[i].inner);
            Tensor next = i + 1 < m.kept.size() ? own(m.kept[i + 1].x) : reader.x;
            reader.network.layer(i, a, next);
            a.x = next;
        }
        m.addLosses(reader, tile, a.x, losses);
    });
    return losses;
}

std::vector<double> ChangedReading::Impl::readOn(int layer,
                                                 const std::function<void(Reader &, const Tile &, Tensor &)> &change)
{
    std::vector<double> losses(static_cast<std::size_t>(count));
    forEachTile([&](Reader &reader, const Tile &tile) {
        Activations a = reader.a;
        a.x = reader.x;
        Tensor next = reader.next;
        change(reader, tile, a.x);
        for (auto i = static_cast<std::size_t>(layer) + 1; i < kept.size(); ++i) {
            reader.network.layer(i, a, next);
            std::swap(a.x, next);
        }
        addLosses(reader, tile, a.x, losses);
    });
    return losses;
}

std::vector<double> ChangedReading::withoutChannels(int layer, const std::vector<std::int64_t> &channels)
{
    Impl &m = *m_impl;
    const torch::NoGradGuard noGrad;
    const LayerWeights &weights = m.weightsOf(layer);
    const KeptLayer &kept = m.kept[static_cast<std::size_t>(layer)];
    const auto index = static_cast<std::size_t>(layer);
    const auto d = m.network.config().hiddenSize;
    if (std::ssize(channels) == d) {
        // Every row is the same: the biases alone determine it.
        const Tensor outer = samout::linear(block::gated(weights.ffn1Bias, block::relu(weights.gateBias)).unsqueeze(0),
                                            weights.ffn2Weight);
        return m.readOn(layer, [&](Reader &reader, const Tile &tile, Tensor &next) {
            Activations a = reader.a;
            a.x = kept.x.narrow(0, tile.row, tile.rows);
            a.outer.copy_(outer.expand({tile.rows, d}));
            reader.network.layerFromOuter(index, a, weights, next);
        });
    }
    // The contribution of the few silenced channels of mixed is subtracted from the product of all.
    const Tensor silenced = torch::tensor(channels, torch::kInt64);
    const Tensor toSubtract =
        torch::cat({weights.ffn1Weight, weights.gateWeight}).index_select(1, silenced).t().neg().contiguous();
    return m.readOn(layer, [&](Reader &reader, const Tile &tile, Tensor &next) {
        Activations a = reader.a;
        a.x = kept.x.narrow(0, tile.row, tile.rows);
        a.inner.copy_(kept.inner.narrow(0, tile.row, tile.rows));
        reader.network.addProduct(a.inner, kept.mixed.narrow(0, tile.row, tile.rows).index_select(1, silenced),
                                  toSubtract);
        reader.network.layerFromInner(index, a, weights, next);
    });
}

std::vector<double> ChangedReading::withoutFeedForward(int layer)
{
    Impl &m = *m_impl;
    LayerWeights weights = m.weightsOf(layer);
    weights.ffn2Bias = torch::zeros_like(weights.ffn2Bias);
    return m.readOn(layer, [&](Reader &reader, const Tile &tile, Tensor &next) {
        Activations a = reader.a;
        a.x = m.kept[static_cast<std::size_t>(layer)].x.narrow(0, tile.row, tile.rows);
        a.outer.zero_();
        reader.network.layerFromOuter(static_cast<std::size_t>(layer), a, weights, next);
    });
}

std::vector<double> ChangedReading::withAlpha(int layer, float alpha)
{
    Impl &m = *m_impl;
    LayerWeights weights = m.weightsOf(layer);
    weights.alpha = torch::full_like(weights.alpha, alpha);
    const KeptLayer &kept = m.kept[static_cast<std::size_t>(layer)];
    return m.readOn(layer, [&](Reader &reader, const Tile &tile, Tensor &next) {
        Activations a = reader.a;
        a.x = kept.x.narrow(0, tile.row, tile.rows);
        a.inner = kept.inner.narrow(0, tile.row, tile.rows);
        reader.network.layerFromInner(static_cast<std::size_t>(layer), a, weights, next);
    });
}

} // namespace samout
