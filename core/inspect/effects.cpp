#include "core/inspect/effects.h"

#include "core/base/error.h"
#include "core/base/random.h"
#include "core/fast/backend.h"
#include "core/inspect/measuring_data.h"
#include "core/model/evaluation.h"
#include "core/model/samout.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace samout {

using torch::Tensor;

namespace {

/// Sequences go through the network in pieces of about so many tokens: their numbers stay near the processor.
constexpr std::int64_t tokensAtOnce = 5120;
constexpr int groupCount = 20;

/// What is silenced: channels of a layer's mixed, or its feed-forward.
struct Part {
    int layer = 0;
    bool feedForward = false;
    std::vector<std::int64_t> channels = {};
};

/// A network that reads one piece as it is, and then again without a part, from the part's layer on. As FusedNetwork
/// computes: base = (Wo + Wo1) x, and value and gate are one product.
class Silencer {
public:
    explicit Silencer(const Snapshot &snapshot)
        : m_network(snapshot), m_backend(makeCpuBackend(torch::kFloat32)), m_hidden(snapshot.config().hiddenSize)
    {
        for (const LayerWeights &w : m_network.layers()) {
            const auto blocks = w.combined.chunk(4, 0);
            m_layers.push_back({.projection = torch::cat({blocks[0] + blocks[1], blocks[2], blocks[3]}),
                                .inner = torch::cat({w.ffn1Weight, w.gateWeight}),
                                .innerBias = torch::cat({w.ffn1Bias, w.gateBias})});
        }
    }

    /// The loss of every sequence, [count], summed over its counted targets.
    std::vector<double> read(Batch sequences)
    {
        m_piece = std::move(sequences);
        const Batch &piece = m_piece;
        m_batch = piece.count;
        const Tensor tokens = tokenTensor(piece.inputs, piece, torch::kCPU);
        m_targets = tokenTensor(piece.targets, piece, torch::kCPU).reshape({-1, 1});
        m_backend->begin(tokens, 0, std::vector<DropoutMask>(m_layers.size()));
        makeRoom(piece.count * piece.time);
        m_a.x = torch::embedding(m_network.embedding(), tokens.reshape(-1));
        for (std::size_t i = 0; i < m_layers.size(); ++i) {
            m_layers[i].x = m_a.x;
            mix(i);
            m_layers[i].mixed = m_a.mixed.clone();
            Tensor next = torch::empty_like(m_a.x);
            multiplyInner(i);
            m_layers[i].products = m_a.inner.clone();
            throughGate(i);
            m_backend->norm(static_cast<int>(i), m_a, m_network.layers()[i], next);
            m_a.x = next;
        }
        return losses(m_a.x);
    }

    /// The same without a part.
    std::vector<double> readWithout(const Part &part)
    {
        const auto first = static_cast<std::size_t>(part.layer);
        m_a.x = m_layers[first].x;
        LayerWeights weights = m_network.layers()[first];
        if (part.feedForward) {
            m_a.outer.zero_();
            weights.ffn2Bias = torch::zeros_like(weights.ffn2Bias);
        } else if (std::ssize(part.channels) == m_hidden) {
            // Every row is the same.
            m_a.outer.copy_(torch::linear(weights.ffn1Bias * torch::relu(weights.gateBias), weights.ffn2Weight));
        } else {
            takeOut(m_layers[first], torch::tensor(part.channels));
            throughGate(first);
        }
        Tensor next = m_one, other = m_two;
        m_backend->norm(part.layer, m_a, weights, next);
        for (std::size_t i = first + 1; i < m_layers.size(); ++i) {
            m_a.x = next;
            mix(i);
            multiplyInner(i);
            throughGate(i);
            m_backend->norm(static_cast<int>(i), m_a, m_network.layers()[i], other);
            std::swap(next, other);
        }
        return losses(next);
    }

private:
    struct Layer {
        Tensor projection;    // [3 d, d]
        Tensor inner;         // [2 d, d]
        Tensor innerBias;     // [2 d]
        Tensor x = {};        // [n, d], what enters it as trained
        Tensor mixed = {};    // [n, d]
        Tensor products = {}; // [n, 2 d], inner before its bias
    };

    void makeRoom(std::int64_t rows)
    {
        const auto d = m_hidden;
        const auto options = m_network.arena().options();
        const auto room = [&](std::int64_t width) { return torch::empty({rows, width}, options); };
        m_a = {.x = {},
               .projected = room(3 * d),
               .taken = torch::empty({rows, d}, torch::kUInt8),
               .mixed = room(d),
               .inner = room(2 * d),
               .gated = room(d),
               .outer = room(d),
               .mean = torch::empty({rows}, options),
               .inverse = torch::empty({rows}, options)};
        m_one = room(d);
        m_two = room(d);
        m_logits = room(m_network.config().vocabSize);
        m_state = torch::empty({m_batch, d}, options);
    }

    /// From x to mixed.
    void mix(std::size_t layer)
    {
        m_backend->multiply(m_a.projected, m_a.x, m_layers[layer].projection.t());
        m_state.fill_(-std::numeric_limits<float>::infinity());
        m_backend->scan(m_a, {}, m_state);
    }

    void multiplyInner(std::size_t layer) { m_backend->multiply(m_a.inner, m_a.mixed, m_layers[layer].inner.t()); }

    /// What few channels of mixed give is subtracted from the product of all.
    void takeOut(const Layer &layer, const Tensor &channels)
    {
        m_a.inner.copy_(layer.products);
        const Tensor mixed = layer.mixed.index_select(1, channels).neg();
        const Tensor weights = layer.inner.index_select(1, channels);
        m_backend->multiply(m_a.inner, mixed, weights.t(), true);
    }

    /// From inner, before its bias, to outer.
    void throughGate(std::size_t layer)
    {
        m_backend->gate(m_a, m_layers[layer].innerBias);
        m_backend->multiply(m_a.outer, m_a.gated, m_network.layers()[layer].ffn2Weight.t());
    }

    std::vector<double> losses(const Tensor &x)
    {
        m_backend->multiply(m_logits, x, m_network.head().t());
        const Tensor right = torch::log_softmax(m_logits, 1).gather(1, m_targets);
        const Tensor counted = m_targets.ne(m_network.config().paddingId);
        const Tensor sums =
            torch::where(counted, -right, torch::zeros_like(right)).view({m_batch, -1}).to(torch::kFloat64).sum(1);
        return {sums.const_data_ptr<double>(), sums.const_data_ptr<double>() + m_batch};
    }

    SamOut m_network;
    std::unique_ptr<Backend> m_backend;
    std::int64_t m_hidden;
    Batch m_piece; // tensors look at its numbers
    std::int64_t m_batch = 0;
    std::vector<Layer> m_layers;
    Activations m_a;
    Tensor m_one, m_two; // [n, d], take turns as what leaves a layer
    Tensor m_logits;     // [n, v]
    Tensor m_state;      // [batch, d]
    Tensor m_targets;    // [n, 1]
};

/// Sums over the sequences that a mean loss of `tokens` and its standard error follow from, as a ratio's: the
/// sequences differ in length.
Effect effectOf(const std::vector<double> &sums, const std::vector<double> &tokens)
{
    const double all = std::accumulate(tokens.begin(), tokens.end(), 0.0);
    const double mean = std::accumulate(sums.begin(), sums.end(), 0.0) / all;
    double squares = 0;
    for (std::size_t i = 0; i < sums.size(); ++i)
        squares += std::pow(sums[i] - mean * tokens[i], 2);
    const auto count = static_cast<double>(sums.size());
    return {.rise = mean,
            .error =
                count > 1 ? std::sqrt(squares * count / (count - 1)) / all : std::numeric_limits<double>::quiet_NaN()};
}

struct Measured {
    Effect trained; // its loss
    std::vector<Effect> parts;
};

/// Every part in turn. No parts where `stop` was requested.
Measured measure(const Snapshot &snapshot, const Batch &batch, const std::vector<Part> &parts,
                 const ShareDone &progress, const std::stop_token &stop)
{
    checkTokens(batch, snapshot.config().vocabSize, "The data to measure on");
    const auto padding = snapshot.config().paddingId;
    std::vector<double> tokens;
    for (std::int64_t row = 0; row < batch.count; ++row)
        tokens.push_back(static_cast<double>(
            batch.time - std::count_if(batch.targets.begin() + row * batch.time,
                                       batch.targets.begin() + (row + 1) * batch.time,
                                       [padding](std::int64_t target) { return target == padding; })));
    if (std::ranges::all_of(tokens, [](double count) { return count == 0; }))
        throw Error("No target counts: all of them are the padding token.");
    return withoutTorchErrors([&]() -> Measured {
        const torch::NoGradGuard noGrad;
        Silencer silencer(snapshot);
        std::vector<double> trained;
        std::vector<std::vector<double>> rises(parts.size());
        const auto rows = std::max<std::int64_t>(1, tokensAtOnce / batch.time);
        for (std::int64_t begin = 0; begin < batch.count; begin += rows) {
            const auto count = std::min(rows, batch.count - begin);
            const std::vector<double> before = silencer.read(rowsOf(batch, begin, count));
            trained.insert(trained.end(), before.begin(), before.end());
            if (!std::ranges::all_of(before, [](double loss) { return std::isfinite(loss); }))
                throw Error("The network's loss on this data is not a number, so there is nothing to compare with; its "
                            "weights are not all numbers, or too large.");
            for (std::size_t i = 0; i < parts.size(); ++i) {
                if (stop.stop_requested())
                    return {};
                const std::vector<double> without = silencer.readWithout(parts[i]);
                std::ranges::transform(without, before, std::back_inserter(rises[i]), std::minus());
                if (progress) {
                    const double share = static_cast<double>(i + 1) / static_cast<double>(parts.size());
                    progress((static_cast<double>(begin) + share * static_cast<double>(count)) /
                             static_cast<double>(batch.count));
                }
            }
        }
        Measured measured{.trained = effectOf(trained, tokens), .parts = {}};
        for (const std::vector<double> &sums : rises)
            measured.parts.push_back(effectOf(sums, tokens));
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
    // What is not a number hurts most.
    std::ranges::stable_sort(effects, [](const ChannelEffect &a, const ChannelEffect &b) {
        const auto rank = [](const ChannelEffect &e) {
            return std::isnan(e.effect.rise) ? std::numeric_limits<double>::infinity() : e.effect.rise;
        };
        return rank(a) > rank(b);
    });
    return effects;
}

} // namespace samout
