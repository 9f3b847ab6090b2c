#include "core/inspect/rereader.h"

#include "core/compute/cpu/kernels.h"
#include "core/compute/cpu/product.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <functional>
#include <limits>
#include <span>
#include <string>
#include <utility>

namespace samout {

namespace {

/// A weight matrix [columns, depth] in the order in which products read it.
class Weight {
public:
    Weight(const float *weight, std::int64_t columns, std::int64_t depth) : m_columns(columns), m_depth(depth)
    {
        const kernels::Product product{
            .depth = depth, .columns = columns, .b = weight, .bRowStride = 1, .bColumnStride = depth};
        m_panels = kernels::Panels(kernels::packedFloats(product));
        kernels::pack(product, m_panels.data(), 0, kernels::panelCount(columns));
    }

    /// to [rows, columns] = from [rows, depth] weight^T, or it is added to.
    void multiply(float *to, const float *from, std::int64_t rows, bool accumulate = false) const
    {
        const kernels::Product product{.rows = rows,
                                       .depth = m_depth,
                                       .columns = m_columns,
                                       .a = from,
                                       .aRowStride = m_depth,
                                       .c = to,
                                       .cStride = m_columns,
                                       .accumulate = accumulate};
        kernels::multiply(product, m_panels.data(), 0, rows);
    }

private:
    std::int64_t m_columns, m_depth;
    kernels::Panels m_panels;
};

struct Layer {
    Weight projection;        // [3 d, d] = base (Wo + Wo1), shift, candidate
    std::vector<float> inner; // [2 d, d] = value, gate
    Weight innerPacked;
    Weight outer; // [d, d]
    std::vector<float> innerBias;
    std::span<const float> outerBias, normWeight, normBias;
    float alpha = 0;
    // What was read, as trained.
    std::vector<float> x = {};        // [n, d], what enters the layer
    std::vector<float> mixed = {};    // [n, d]
    std::vector<float> products = {}; // [n, 2 d], inner before its bias
};

/// Where a thread computes.
struct Room {
    std::vector<float> projected, mixed, inner, gated, outer, one, two, logits; // [rows, ...]
    std::vector<float> mean, inverse;                                           // [rows]
    std::vector<std::uint8_t> taken;                                            // [rows, d]
    std::vector<float> state;                                                   // [d]
    std::vector<float> silenced;                                                // [rows, channels]

    void makeFor(std::size_t rows, std::size_t hidden, std::size_t vocabulary)
    {
        projected.resize(rows * 3 * hidden);
        inner.resize(rows * 2 * hidden);
        for (auto *narrow : {&mixed, &gated, &outer, &one, &two})
            narrow->resize(rows * hidden);
        logits.resize(rows * vocabulary);
        mean.resize(rows);
        inverse.resize(rows);
        taken.resize(rows * hidden);
        state.resize(hidden);
    }
};

/// Sequences that go through the layers together, and their rows in what was read.
struct Part {
    std::int64_t sequence = 0, sequences = 0;
    std::int64_t row = 0, rows = 0;
};

std::vector<float> folded(std::span<const float> combined, std::int64_t hidden)
{
    const auto square = hidden * hidden;
    std::vector<float> projection(combined.begin() + square, combined.end());
    std::transform(combined.begin(), combined.begin() + square, projection.begin(), projection.begin(), std::plus<>());
    return projection;
}

std::vector<float> joined(std::span<const float> first, std::span<const float> second)
{
    std::vector<float> both(first.begin(), first.end());
    both.insert(both.end(), second.begin(), second.end());
    return both;
}

} // namespace

struct Rereader::Impl {
    explicit Impl(const Snapshot &snapshot);

    /// work(room, part) for all that was read, each thread its share.
    void forEachPart(const std::function<void(Room &, const Part &)> &work);
    /// What comes of `begin`, which leaves the layer's outer in the room, with this alpha and bias of outer.
    std::vector<double> readOn(const Layer &layer, float alpha, const float *outerBias,
                               const std::function<void(Room &, const Part &)> &begin);
    void mix(const Layer &layer, Room &room, const Part &part, const float *x, float *mixed) const;
    void throughGate(const Layer &layer, Room &room, const Part &part, const float *products) const;
    void norm(const Layer &layer, Room &room, const Part &part, float alpha, const float *outerBias, const float *x,
              float *next) const;
    void addLosses(Room &room, const Part &part, const float *x, std::vector<double> &losses) const;

    const Layer &at(int layer) const { return layers[static_cast<std::size_t>(layer)]; }

    std::int64_t hidden, vocabulary;
    std::span<const float> embedding;
    std::vector<Layer> layers;
    Weight head;
    Batch batch;
    std::vector<Room> rooms; // by thread
};

Rereader::Impl::Impl(const Snapshot &snapshot)
    : hidden(snapshot.config().hiddenSize), vocabulary(snapshot.config().vocabSize),
      embedding(snapshot.parameter("em.weight")), head(snapshot.parameter("head.weight").data(), vocabulary, hidden)
{
    for (std::int64_t i = 0; i < snapshot.config().numLayers; ++i) {
        const auto of = [&](const std::string &name) {
            return snapshot.parameter("decoder_layers." + std::to_string(i) + "." + name);
        };
        const std::vector<float> projection = folded(of("self_attention.combined.weight"), hidden);
        std::vector<float> inner = joined(of("ffn.ffn1.weight"), of("ffn.gate.weight"));
        const Weight innerPacked(inner.data(), 2 * hidden, hidden);
        layers.push_back({.projection = Weight(projection.data(), 3 * hidden, hidden),
                          .inner = std::move(inner),
                          .innerPacked = innerPacked,
                          .outer = Weight(of("ffn.ffn2.weight").data(), hidden, hidden),
                          .innerBias = joined(of("ffn.ffn1.bias"), of("ffn.gate.bias")),
                          .outerBias = of("ffn.ffn2.bias"),
                          .normWeight = of("layer_norm.weight"),
                          .normBias = of("layer_norm.bias"),
                          .alpha = of("alpha").front()});
    }
}

Rereader::Rereader(const Snapshot &snapshot) : m_impl(std::make_unique<Impl>(snapshot)) {}

Rereader::~Rereader() = default;

std::int64_t Rereader::rowsAtOnce(std::int64_t time)
{
    constexpr std::int64_t tokensAtOnce = 5120;
    return std::max<std::int64_t>(1, tokensAtOnce / std::max<std::int64_t>(1, time));
}

void Rereader::Impl::forEachPart(const std::function<void(Room &, const Part &)> &work)
{
    // A thread takes so few rows through all layers that they stay in its cache, and waits for no other.
    constexpr std::int64_t rowsAtOnce = 168;
    const auto most = std::max<std::int64_t>(1, rowsAtOnce / batch.time);
    rooms.resize(static_cast<std::size_t>(at::get_num_threads()));
    at::parallel_for(0, batch.count, 1, [&](std::int64_t begin, std::int64_t end) {
        Room &room = rooms[static_cast<std::size_t>(at::get_thread_num())];
        room.makeFor(static_cast<std::size_t>(most * batch.time), static_cast<std::size_t>(hidden),
                     static_cast<std::size_t>(vocabulary));
        for (auto sequence = begin; sequence < end; sequence += most) {
            const auto sequences = std::min(most, end - sequence);
            work(room, {.sequence = sequence,
                        .sequences = sequences,
                        .row = sequence * batch.time,
                        .rows = sequences * batch.time});
        }
    });
}

std::vector<double> Rereader::read(Batch sequences)
{
    Impl &m = *m_impl;
    m.batch = std::move(sequences);
    const auto narrow = static_cast<std::size_t>(m.batch.count * m.batch.time * m.hidden);
    for (Layer &layer : m.layers) {
        layer.x.resize(narrow);
        layer.mixed.resize(narrow);
        layer.products.resize(2 * narrow);
    }
    std::vector<double> losses(static_cast<std::size_t>(m.batch.count));
    m.forEachPart([&](Room &room, const Part &part) {
        const auto first = part.row * m.hidden;
        float *x = m.layers.front().x.data() + first;
        for (std::int64_t r = 0; r < part.rows; ++r)
            std::copy_n(m.embedding.data() + m.batch.inputs[static_cast<std::size_t>(part.row + r)] * m.hidden,
                        m.hidden, x + r * m.hidden);
        for (std::size_t i = 0; i < m.layers.size(); ++i) {
            Layer &layer = m.layers[i];
            float *mixed = layer.mixed.data() + first, *products = layer.products.data() + 2 * first;
            float *next = i + 1 < m.layers.size() ? m.layers[i + 1].x.data() + first : room.one.data();
            m.mix(layer, room, part, x, mixed);
            layer.innerPacked.multiply(products, mixed, part.rows);
            m.throughGate(layer, room, part, products);
            m.norm(layer, room, part, layer.alpha, layer.outerBias.data(), x, next);
            x = next;
        }
        m.addLosses(room, part, x, losses);
    });
    return losses;
}

std::vector<double> Rereader::withoutChannels(int layer, const std::vector<std::int64_t> &channels)
{
    Impl &m = *m_impl;
    const Layer &own = m.at(layer);
    const std::int64_t d = m.hidden, count = std::ssize(channels);
    if (count == d) {
        // Every row is the same.
        std::vector<float> gated(static_cast<std::size_t>(d)), outer(static_cast<std::size_t>(d));
        for (std::size_t c = 0; c < gated.size(); ++c) {
            const float open = own.innerBias[c + gated.size()];
            gated[c] = own.innerBias[c] * (open < 0 ? 0 : open);
        }
        own.outer.multiply(outer.data(), gated.data(), 1);
        return m.readOn(own, own.alpha, own.outerBias.data(), [&](Room &room, const Part &part) {
            for (std::int64_t r = 0; r < part.rows; ++r)
                std::ranges::copy(outer, room.outer.data() + r * d);
        });
    }
    // What few channels of mixed give is subtracted from the product of all.
    std::vector<float> columns; // [2 d, channels]
    for (std::int64_t row = 0; row < 2 * d; ++row)
        for (const std::int64_t channel : channels)
            columns.push_back(-own.inner[static_cast<std::size_t>(row * d + channel)]);
    const Weight toSubtract(columns.data(), 2 * d, count);
    return m.readOn(own, own.alpha, own.outerBias.data(), [&](Room &room, const Part &part) {
        room.silenced.resize(static_cast<std::size_t>(part.rows * count));
        float *to = room.silenced.data();
        for (std::int64_t r = 0; r < part.rows; ++r)
            for (const std::int64_t channel : channels)
                *to++ = own.mixed[static_cast<std::size_t>((part.row + r) * d + channel)];
        std::copy_n(own.products.data() + part.row * 2 * d, part.rows * 2 * d, room.inner.data());
        toSubtract.multiply(room.inner.data(), room.silenced.data(), part.rows, true);
        m.throughGate(own, room, part, room.inner.data());
    });
}

std::vector<double> Rereader::withoutFeedForward(int layer)
{
    Impl &m = *m_impl;
    const Layer &own = m.at(layer);
    const std::vector<float> none(static_cast<std::size_t>(m.hidden));
    return m.readOn(own, own.alpha, none.data(),
                    [&](Room &room, const Part &) { std::ranges::fill(room.outer, 0.0F); });
}

std::vector<double> Rereader::withAlpha(int layer, float alpha)
{
    Impl &m = *m_impl;
    const Layer &own = m.at(layer);
    return m.readOn(own, alpha, own.outerBias.data(), [&](Room &room, const Part &part) {
        m.throughGate(own, room, part, own.products.data() + part.row * 2 * m.hidden);
    });
}

std::vector<double> Rereader::Impl::readOn(const Layer &layer, float alpha, const float *outerBias,
                                           const std::function<void(Room &, const Part &)> &begin)
{
    std::vector<double> losses(static_cast<std::size_t>(batch.count));
    forEachPart([&](Room &room, const Part &part) {
        begin(room, part);
        float *x = room.one.data(), *next = room.two.data();
        norm(layer, room, part, alpha, outerBias, layer.x.data() + part.row * hidden, x);
        for (const Layer *above = &layer + 1; above <= &layers.back(); ++above) {
            mix(*above, room, part, x, room.mixed.data());
            above->innerPacked.multiply(room.inner.data(), room.mixed.data(), part.rows);
            throughGate(*above, room, part, room.inner.data());
            norm(*above, room, part, above->alpha, above->outerBias.data(), x, next);
            std::swap(x, next);
        }
        addLosses(room, part, x, losses);
    });
    return losses;
}

/// From x to mixed, both [rows, d].
void Rereader::Impl::mix(const Layer &layer, Room &room, const Part &part, const float *x, float *mixed) const
{
    layer.projection.multiply(room.projected.data(), x, part.rows);
    for (std::int64_t i = 0; i < part.sequences; ++i) {
        const auto row = i * batch.time;
        std::ranges::fill(room.state, -std::numeric_limits<float>::infinity());
        kernels::scanForward(kernels::ScanForward<float>{.time = batch.time,
                                                         .channels = hidden,
                                                         .hidden = hidden,
                                                         .projected = room.projected.data() + row * 3 * hidden,
                                                         .state = room.state.data(),
                                                         .taken = room.taken.data() + row * hidden,
                                                         .mixed = mixed + row * hidden});
    }
}

/// From inner, before its bias, to outer.
void Rereader::Impl::throughGate(const Layer &layer, Room &room, const Part &part, const float *products) const
{
    kernels::gateForward(kernels::GateForward<float>{.rows = part.rows,
                                                     .hidden = hidden,
                                                     .products = products,
                                                     .bias = layer.innerBias.data(),
                                                     .gated = room.gated.data()});
    layer.outer.multiply(room.outer.data(), room.gated.data(), part.rows);
}

void Rereader::Impl::norm(const Layer &layer, Room &room, const Part &part, float alpha, const float *outerBias,
                          const float *x, float *next) const
{
    kernels::normForward(kernels::NormForward<float>{.rows = part.rows,
                                                     .hidden = hidden,
                                                     .product = room.outer.data(),
                                                     .x = x,
                                                     .dropout = {},
                                                     .alpha = alpha,
                                                     .bias = outerBias,
                                                     .normWeight = layer.normWeight.data(),
                                                     .normBias = layer.normBias.data(),
                                                     .next = next,
                                                     .mean = room.mean.data(),
                                                     .inverse = room.inverse.data()});
}

void Rereader::Impl::addLosses(Room &room, const Part &part, const float *x, std::vector<double> &losses) const
{
    head.multiply(room.logits.data(), x, part.rows);
    for (std::int64_t i = 0; i < part.sequences; ++i)
        losses[static_cast<std::size_t>(part.sequence + i)] =
            kernels::loss(kernels::Loss<float>{.rows = batch.time,
                                               .vocabulary = vocabulary,
                                               .logits = room.logits.data() + i * batch.time * vocabulary,
                                               .targets = batch.targets.data() + part.row + i * batch.time,
                                               .weights = batch.weights.data() + part.row + i * batch.time,
                                               .inverseWeight = 1});
}

} // namespace samout
