#include "core/fast/fused_network.h"

#include "core/fast/kernels.h"
#include "core/fast/product.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <limits>
#include <type_traits>
#include <vector>

namespace samout {

using torch::Tensor;

namespace {

/// Splits `count` things among the threads in one equal part each, so that sums over parts are the same every time:
/// work(part, begin, end).
template <typename Work> void inParts(std::int64_t count, const Work &work)
{
    const std::int64_t parts = std::min<std::int64_t>(at::get_num_threads(), count);
    at::parallel_for(0, parts, 1, [&](std::int64_t first, std::int64_t last) {
        for (auto part = first; part < last; ++part)
            work(part, count * part / parts, count * (part + 1) / parts);
    });
}

/// Where a smaller share of the candidates is taken, skipping over the others is faster than a product with zeros.
constexpr double sparseBelow = 0.15;

/// How many parts the channels of each sequence are split in, so that few sequences keep every thread busy as well.
std::int64_t channelParts(std::int64_t batch, std::int64_t hidden)
{
    constexpr std::int64_t fewest = 16; // a cache line of floats
    const std::int64_t threads = at::get_num_threads();
    return std::clamp<std::int64_t>((threads + batch - 1) / batch, 1, std::max<std::int64_t>(1, hidden / fewest));
}

} // namespace

struct FusedNetwork::Impl {
    virtual ~Impl() = default;
    virtual void weightsChanged() = 0;
    virtual Tensor forward(const Tensor &tokens, Tensor *state) = 0;
    virtual double loss(const Tensor &tokens, const Tensor &targets, const Dropout &dropout, const Tensor &state) = 0;
    virtual void backward() = 0;
};

template <typename T> struct FusedNetwork::ImplOf : Impl {
    /// What the products read, made of the weights.
    struct Packed {
        Tensor projection; // [3 d, d] = [Wo + Wo1; Wo2; Wo3]
        Tensor inner;      // [2 d, d] = [ffn1; gate]
        Tensor innerBias;  // [2 d]
    };
    /// The activations of one layer that its gradient needs, and then the gradients in their place. n = batch * time.
    struct Activations {
        Tensor x;             // [n, d], what enters the layer
        Tensor projected;     // [n, 3 d] = base, shift, state
        Tensor taken;         // [n, d], bytes
        Tensor mixed;         // [n, d]
        Tensor inner;         // [n, 2 d] = value, gate, before their biases
        Tensor gated;         // [n, d]
        Tensor outer;         // [n, d] = ffn2 without its bias
        Tensor mean, inverse; // [n], of the LayerNorm
    };

    const SamOut &network;
    const std::int64_t hidden, vocabulary;
    const torch::TensorOptions options;
    std::vector<Packed> packed;

    std::vector<Activations> layers;
    Tensor last;    // [n, d], what enters the head; backward: the gradient of what leaves a layer
    Tensor logits;  // [n, v]
    Tensor scratch; // [n, d]
    Tensor table;   // [v, 3 d], layer 0's projection of every token
    Tensor sums;    // [parts, 7 d], the parts of sums over rows
    Tensor panels;  // what a product packs
    // Of the batch that the activations are of.
    std::int64_t batch = 0, time = 0;
    Tensor tokens;
    Dropout dropout;

    explicit ImplOf(const SamOut &n)
        : network(n), hidden(n.config().hiddenSize), vocabulary(n.config().vocabSize), options(n.arena().options()),
          panels(torch::empty({0}, options))
    {
        for (std::size_t i = 0; i < network.layers().size(); ++i)
            packed.push_back({.projection = torch::empty({3 * hidden, hidden}, options),
                              .inner = torch::empty({2 * hidden, hidden}, options),
                              .innerBias = torch::empty({2 * hidden}, options)});
        weightsChanged();
    }

    static T *data(const Tensor &tensor) { return tensor.mutable_data_ptr<T>(); }
    std::int64_t rows() const { return batch * time; }
    bool usesTable() const { return vocabulary < rows(); }

    void weightsChanged() override
    {
        const torch::NoGradGuard noGrad;
        for (std::size_t i = 0; i < packed.size(); ++i) {
            const LayerWeights &w = network.layers()[i];
            Packed &p = packed[i];
            const auto block = [&](std::int64_t index) { return w.combined.narrow(0, index * hidden, hidden); };
            Tensor base = p.projection.narrow(0, 0, hidden);
            at::add_out(base, block(0), block(1));
            p.projection.narrow(0, hidden, 2 * hidden).copy_(w.combined.narrow(0, 2 * hidden, 2 * hidden));
            p.inner.narrow(0, 0, hidden).copy_(w.ffn1Weight);
            p.inner.narrow(0, hidden, hidden).copy_(w.gateWeight);
            p.innerBias.narrow(0, 0, hidden).copy_(w.ffn1Bias);
            p.innerBias.narrow(0, hidden, hidden).copy_(w.gateBias);
        }
    }

    /// Makes room for a batch in `count` layers; keeps what fits.
    void prepare(const Tensor &newTokens, std::size_t count)
    {
        tokens = newTokens.contiguous();
        batch = tokens.size(0);
        time = tokens.size(1);
        const auto room = [](Tensor &tensor, at::IntArrayRef shape, const torch::TensorOptions &kind) {
            if (tensor.defined())
                tensor.resize_(shape); // which keeps the memory where it is enough
            else
                tensor = torch::empty(shape, kind);
        };
        const std::int64_t n = rows();
        layers.resize(std::max(count, layers.size()));
        for (std::size_t i = 0; i < count; ++i) {
            Activations &a = layers[i];
            room(a.x, {n, hidden}, options);
            room(a.projected, {n, 3 * hidden}, options);
            room(a.taken, {n, hidden}, options.dtype(torch::kUInt8));
            room(a.mixed, {n, hidden}, options);
            room(a.inner, {n, 2 * hidden}, options);
            room(a.gated, {n, hidden}, options);
            room(a.outer, {n, hidden}, options);
            room(a.mean, {n}, options);
            room(a.inverse, {n}, options);
        }
        room(last, {n, hidden}, options);
        room(logits, {n, vocabulary}, options);
        room(scratch, {n, hidden}, options);
        if (usesTable())
            room(table, {vocabulary, 3 * hidden}, options);
        room(sums, {at::get_num_threads(), 7 * hidden}, options);
    }

    /// out = a b, or out += a b. Ours where it can be: LibTorch's MKL does not use all of a processor that is not
    /// Intel's, and on one that is it is no faster.
    void multiply(Tensor &out, const Tensor &a, const Tensor &b, bool accumulate = false)
    {
        if constexpr (std::is_same_v<T, float>) {
            if (kernels::multipliesFast()) {
                const kernels::Product product{.rows = a.size(0),
                                               .depth = a.size(1),
                                               .columns = b.size(1),
                                               .a = a.template const_data_ptr<float>(),
                                               .aStride = a.stride(0),
                                               .b = b.template const_data_ptr<float>(),
                                               .bRowStride = b.stride(0),
                                               .bColumnStride = b.stride(1),
                                               .c = out.template mutable_data_ptr<float>(),
                                               .cStride = out.stride(0),
                                               .accumulate = accumulate};
                const auto count = kernels::panelCount(product.columns);
                panels.resize_({count * kernels::panelColumns() * product.depth});
                float *packed = data(panels);
                inParts(count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
                    kernels::pack(product, packed, begin, end);
                });
                inParts(product.rows, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
                    kernels::multiply(product, packed, begin, end);
                });
                return;
            }
        }
        if (accumulate)
            out.addmm_(a, b);
        else
            at::mm_out(out, a, b);
    }

    void embed(Tensor &x) { at::index_select_out(x, network.embedding(), 0, tokens.reshape(-1)); }

    /// `state`: [batch, hidden] before the first token; holds the one after the last.
    void layerForward(std::size_t index, Activations &a, Tensor &next, Tensor &state)
    {
        const LayerWeights &w = network.layers()[index];
        const Packed &p = packed[index];
        const bool looksUp = index == 0 && usesTable();
        if (looksUp)
            multiply(table, network.embedding(), p.projection.t());
        else
            multiply(a.projected, a.x, p.projection.t());

        const auto parts = channelParts(batch, hidden);
        at::parallel_for(0, batch * parts, 1, [&](std::int64_t begin, std::int64_t end) {
            for (auto i = begin; i < end; ++i) {
                const std::int64_t sequence = i / parts, part = i % parts;
                const std::int64_t channel = hidden * part / parts, row = sequence * time;
                kernels::scanForward(kernels::ScanForward<T>{
                    .time = time,
                    .channels = hidden * (part + 1) / parts - channel,
                    .hidden = hidden,
                    .projected = data(a.projected) + row * 3 * hidden + channel,
                    .table = looksUp ? data(table) + channel : nullptr,
                    .tokens = tokens.const_data_ptr<std::int64_t>() + row,
                    .state = data(state) + sequence * hidden + channel,
                    .taken = a.taken.template mutable_data_ptr<std::uint8_t>() + row * hidden + channel,
                    .mixed = data(a.mixed) + row * hidden + channel});
            }
        });
        multiply(a.inner, a.mixed, p.inner.t());
        inParts(rows(), [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::gateForward(kernels::GateForward<T>{.rows = end - begin,
                                                         .hidden = hidden,
                                                         .products = data(a.inner) + begin * 2 * hidden,
                                                         .bias = data(p.innerBias),
                                                         .gated = data(a.gated) + begin * hidden});
        });
        multiply(a.outer, a.gated, w.ffn2Weight.t());
        const DropoutMask mask = maskOf(index);
        inParts(rows(), [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::normForward(kernels::NormForward<T>{.rows = end - begin,
                                                         .hidden = hidden,
                                                         .product = data(a.outer) + begin * hidden,
                                                         .x = data(a.x) + begin * hidden,
                                                         .firstRow = begin,
                                                         .dropout = mask,
                                                         .alpha = *w.alpha.template const_data_ptr<T>(),
                                                         .bias = w.ffn2Bias.template const_data_ptr<T>(),
                                                         .normWeight = w.normWeight.template const_data_ptr<T>(),
                                                         .normBias = w.normBias.template const_data_ptr<T>(),
                                                         .next = data(next) + begin * hidden,
                                                         .mean = data(a.mean) + begin,
                                                         .inverse = data(a.inverse) + begin});
        });
    }

    DropoutMask maskOf(std::size_t layer) const
    {
        return dropout.share > 0 ? dropout.mask(static_cast<int>(layer)) : DropoutMask{};
    }

    Tensor forward(const Tensor &newTokens, Tensor *state) override
    {
        const torch::NoGradGuard noGrad;
        prepare(newTokens, 1);
        dropout = {};
        Tensor states = state ? state->contiguous().clone() : network.freshState(batch);
        Activations &a = layers.front(); // every layer uses the room of the first
        embed(a.x);
        for (std::size_t i = 0; i < packed.size(); ++i) {
            Tensor own = states.select(0, static_cast<std::int64_t>(i));
            layerForward(i, a, last, own);
            std::swap(a.x, last);
        }
        if (state)
            *state = states;
        Tensor result = torch::empty({rows(), vocabulary}, options);
        multiply(result, a.x, network.head().t());
        return result.view({batch, time, vocabulary});
    }

    double loss(const Tensor &newTokens, const Tensor &targets, const Dropout &newDropout, const Tensor &state) override
    {
        const torch::NoGradGuard noGrad;
        prepare(newTokens, packed.size());
        dropout = newDropout;
        Tensor states = state.defined() ? state.contiguous().clone() : network.freshState(batch);
        embed(layers.front().x);
        for (std::size_t i = 0; i < packed.size(); ++i) {
            Tensor own = states.select(0, static_cast<std::int64_t>(i));
            layerForward(i, layers[i], i + 1 < packed.size() ? layers[i + 1].x : last, own);
        }
        multiply(logits, last, network.head().t());

        const Tensor flat = targets.reshape(-1).contiguous();
        const std::int64_t *wanted = flat.const_data_ptr<std::int64_t>();
        const std::int64_t padding = network.config().paddingId;
        const auto counted = rows() - std::count(wanted, wanted + rows(), padding);
        std::vector<double> parts(static_cast<std::size_t>(at::get_num_threads()));
        inParts(rows(), [&](std::int64_t part, std::int64_t begin, std::int64_t end) {
            parts[static_cast<std::size_t>(part)] =
                kernels::loss(kernels::Loss<T>{.rows = end - begin,
                                               .vocabulary = vocabulary,
                                               .logits = data(logits) + begin * vocabulary,
                                               .targets = wanted + begin,
                                               .padding = padding,
                                               .inverseCount = T(1) / static_cast<T>(counted)});
        });
        double total = 0;
        for (const double part : parts)
            total += part;
        return counted > 0 ? total / static_cast<double>(counted) : std::numeric_limits<double>::quiet_NaN();
    }

    void backward() override
    {
        const torch::NoGradGuard noGrad;
        Tensor toHead = network.head().grad();
        at::mm_out(toHead, logits.t(), last);
        multiply(last, logits, network.head());
        for (std::size_t i = packed.size(); i-- > 0;)
            layerBackward(i);
    }

    /// From the gradient of what left the layer to that of what entered it, both in `last`; layer 0 goes on to the
    /// embedding.
    void layerBackward(std::size_t index)
    {
        const LayerWeights &w = network.layers()[index];
        const Packed &p = packed[index];
        Activations &a = layers[index];
        const std::int64_t d = hidden;

        sums.zero_();
        std::vector<double> toAlpha(static_cast<std::size_t>(at::get_num_threads()));
        const DropoutMask mask = maskOf(index);
        inParts(rows(), [&](std::int64_t part, std::int64_t begin, std::int64_t end) {
            T *own = data(sums) + part * 7 * d;
            kernels::normBackward(kernels::NormBackward<T>{.rows = end - begin,
                                                           .hidden = d,
                                                           .product = data(a.outer) + begin * d,
                                                           .x = data(a.x) + begin * d,
                                                           .firstRow = begin,
                                                           .dropout = mask,
                                                           .alpha = *w.alpha.template const_data_ptr<T>(),
                                                           .bias = w.ffn2Bias.template const_data_ptr<T>(),
                                                           .normWeight = w.normWeight.template const_data_ptr<T>(),
                                                           .mean = data(a.mean) + begin,
                                                           .inverse = data(a.inverse) + begin,
                                                           .toX = data(last) + begin * d,
                                                           .toBias = own,
                                                           .toNormWeight = own + d,
                                                           .toNormBias = own + 2 * d,
                                                           .toAlpha = &toAlpha[static_cast<std::size_t>(part)],
                                                           .scratch = own + 5 * d});
        });
        double alpha = 0;
        for (const double part : toAlpha)
            alpha += part;
        w.alpha.grad().fill_(alpha);

        Tensor toOuter = w.ffn2Weight.grad();
        at::mm_out(toOuter, a.outer.t(), a.gated);
        Tensor &toGated = scratch;
        multiply(toGated, a.outer, w.ffn2Weight);
        inParts(rows(), [&](std::int64_t part, std::int64_t begin, std::int64_t end) {
            kernels::gateBackward(kernels::GateBackward<T>{.rows = end - begin,
                                                           .hidden = d,
                                                           .products = data(a.inner) + begin * 2 * d,
                                                           .bias = data(p.innerBias),
                                                           .toGated = data(toGated) + begin * d,
                                                           .toBias = data(sums) + part * 7 * d + 3 * d});
        });
        const Tensor total = sums.sum(0);
        const auto sum = [&](std::int64_t position) { return total.narrow(0, position * d, d); };
        w.ffn2Bias.grad().copy_(sum(0));
        w.normWeight.grad().copy_(sum(1));
        w.normBias.grad().copy_(sum(2));
        w.ffn1Bias.grad().copy_(sum(3));
        w.gateBias.grad().copy_(sum(4));

        Tensor toInner = at::mm(a.inner.t(), a.mixed);
        w.ffn1Weight.grad().copy_(toInner.narrow(0, 0, d));
        w.gateWeight.grad().copy_(toInner.narrow(0, d, d));
        Tensor &toMixed = scratch;
        multiply(toMixed, a.inner, p.inner);

        const auto parts = channelParts(batch, d);
        Tensor carried = torch::zeros({batch, d}, options);
        at::parallel_for(0, batch * parts, 1, [&](std::int64_t begin, std::int64_t end) {
            for (auto i = begin; i < end; ++i) {
                const std::int64_t sequence = i / parts, part = i % parts;
                const std::int64_t channel = d * part / parts, row = sequence * time;
                kernels::scanBackward(kernels::ScanBackward<T>{
                    .time = time,
                    .channels = d * (part + 1) / parts - channel,
                    .hidden = d,
                    .projected = data(a.projected) + row * 3 * d + channel,
                    .taken = a.taken.template const_data_ptr<std::uint8_t>() + row * d + channel,
                    .toMixed = data(toMixed) + row * d + channel,
                    .carried = data(carried) + sequence * d + channel});
            }
        });

        Tensor toCombined = w.combined.grad().narrow(0, d, 3 * d);
        if (index > 0) {
            projectionBackward(a, p, toCombined);
        } else {
            projectionOfEmbeddingBackward(a.projected, toCombined);
        }
        w.combined.grad().narrow(0, 0, d).copy_(toCombined.narrow(0, 0, d));
    }

    /// Adds to `last`. The candidates' third of the products is skipped over where it is 0.
    void projectionBackward(const Activations &a, const Packed &p, Tensor &toCombined)
    {
        const std::int64_t d = hidden;
        const std::uint8_t *taken = a.taken.template const_data_ptr<std::uint8_t>();
        const bool sparse = std::count(taken, taken + rows() * d, 1) < sparseBelow * static_cast<double>(rows() * d);
        const std::int64_t dense = sparse ? 2 * d : 3 * d;
        const Tensor toDense = a.projected.narrow(1, 0, dense);
        Tensor toWeight = toCombined.narrow(0, 0, dense);
        at::mm_out(toWeight, toDense.t(), a.x);
        multiply(last, toDense, p.projection.narrow(0, 0, dense), true);
        if (!sparse)
            return;
        const T *toCandidate = data(a.projected) + 2 * d;
        inParts(rows(), [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::candidateToInput(kernels::CandidateToInput<T>{.rows = end - begin,
                                                                   .hidden = d,
                                                                   .taken = taken + begin * d,
                                                                   .toCandidate = toCandidate + begin * 3 * d,
                                                                   .weight = data(p.projection) + 2 * d * d,
                                                                   .toX = data(last) + begin * d});
        });
        inParts(d, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::candidateToWeight(kernels::CandidateToWeight<T>{.rows = rows(),
                                                                     .channels = end - begin,
                                                                     .hidden = d,
                                                                     .taken = taken + begin,
                                                                     .toCandidate = toCandidate + begin,
                                                                     .x = data(a.x),
                                                                     .toWeight = data(toCombined) + (2 * d + begin) * d});
        });
    }

    void projectionOfEmbeddingBackward(const Tensor &toProjected, Tensor &toCombined)
    {
        const Tensor embedding = network.embedding();
        Tensor toEmbedding = network.embedding().grad();
        if (usesTable()) {
            table.zero_();
            sumByToken(toProjected, table);
            at::mm_out(toCombined, table.t(), embedding);
            multiply(toEmbedding, table, packed.front().projection);
        } else {
            at::mm_out(toCombined, toProjected.t(), layers.front().x);
            multiply(last, toProjected, packed.front().projection, true);
            toEmbedding.zero_();
        }
        sumByToken(last, toEmbedding);
        toEmbedding[network.config().paddingId].zero_();
    }

    /// Every thread sums its own columns over all rows, in their order.
    void sumByToken(const Tensor &from, Tensor &to)
    {
        const std::int64_t width = from.size(1);
        inParts(width, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::sumByToken(kernels::SumByToken<T>{.rows = rows(),
                                                       .columns = end - begin,
                                                       .stride = width,
                                                       .from = data(from) + begin,
                                                       .tokens = tokens.const_data_ptr<std::int64_t>(),
                                                       .to = data(to) + begin});
        });
    }
};

FusedNetwork::FusedNetwork(const SamOut &network)
{
    if (network.arena().scalar_type() == torch::kFloat64)
        m_impl = std::make_unique<ImplOf<double>>(network);
    else
        m_impl = std::make_unique<ImplOf<float>>(network);
}

FusedNetwork::~FusedNetwork() = default;
FusedNetwork::FusedNetwork(FusedNetwork &&) noexcept = default;

void FusedNetwork::weightsChanged() { m_impl->weightsChanged(); }
Tensor FusedNetwork::forward(const Tensor &tokens, Tensor *state) { return m_impl->forward(tokens, state); }
double FusedNetwork::loss(const Tensor &tokens, const Tensor &targets, const Dropout &dropout, const Tensor &state)
{
    return m_impl->loss(tokens, targets, dropout, state);
}
void FusedNetwork::backward() { m_impl->backward(); }

} // namespace samout
