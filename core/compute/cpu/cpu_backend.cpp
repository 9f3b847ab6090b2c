#include "core/compute/backend.h"
#include "core/compute/cpu/kernels.h"
#include "core/compute/cpu/product.h"

#include <ATen/Parallel.h>

#include <algorithm>
#include <type_traits>

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

/// On the threads of the calling thread; the kernels are loops over rows.
template <typename T> class CpuBackend : public Backend {
public:
    void begin(const Tensor &tokens, std::int64_t, const std::vector<DropoutMask> &masks) override
    {
        m_tokens = tokens;
        m_masks = masks;
    }

    std::int64_t parts(std::int64_t) const override { return at::get_num_threads(); }

    /// out = a b, or out += a b. Ours where it can be: LibTorch's MKL does not use all of a processor that is not
    /// Intel's, and on one that is it is no faster.
    void multiply(Tensor &out, const Tensor &a, const Tensor &b, bool accumulate) override
    {
        if constexpr (std::is_same_v<T, float>) {
            const bool transposed = a.stride(1) != 1;
            if (kernels::multipliesFast() && (!transposed || b.stride(1) == 1)) {
                const kernels::Product product{.rows = a.size(0),
                                               .depth = a.size(1),
                                               .columns = b.size(1),
                                               .a = a.template const_data_ptr<float>(),
                                               .aRowStride = a.stride(0),
                                               .aDepthStride = a.stride(1),
                                               .b = b.template const_data_ptr<float>(),
                                               .bRowStride = b.stride(0),
                                               .bColumnStride = b.stride(1),
                                               .c = out.template mutable_data_ptr<float>(),
                                               .cStride = out.stride(0),
                                               .accumulate = accumulate};
                const float *packed = transposed ? nullptr : pack(product);
                inParts(product.rows, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
                    if (transposed)
                        kernels::multiplyTransposed(product, begin, end);
                    else
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

    void scan(Activations &a, const Tensor &table, Tensor &state) override
    {
        forEachSequence(hiddenOf(a), [&](std::int64_t sequence, std::int64_t channel, std::int64_t channels) {
            const auto row = sequence * m_tokens.size(1), d = hiddenOf(a);
            kernels::scanForward(kernels::ScanForward<T>{.time = m_tokens.size(1),
                                                         .channels = channels,
                                                         .hidden = d,
                                                         .projected = data(a.projected) + row * 3 * d + channel,
                                                         .table = table.defined() ? data(table) + channel : nullptr,
                                                         .tokens = m_tokens.const_data_ptr<std::int64_t>() + row,
                                                         .state = data(state) + sequence * d + channel,
                                                         .taken = bytes(a.taken) + row * d + channel,
                                                         .mixed = data(a.mixed) + row * d + channel});
        });
    }

    void scanBackward(Activations &a, const Tensor &toMixed) override
    {
        const auto d = hiddenOf(a);
        Tensor carried = torch::zeros({m_tokens.size(0), d}, a.x.options());
        forEachSequence(d, [&](std::int64_t sequence, std::int64_t channel, std::int64_t channels) {
            const auto row = sequence * m_tokens.size(1);
            kernels::scanBackward(kernels::ScanBackward<T>{.time = m_tokens.size(1),
                                                           .channels = channels,
                                                           .hidden = d,
                                                           .projected = data(a.projected) + row * 3 * d + channel,
                                                           .taken = bytes(a.taken) + row * d + channel,
                                                           .toMixed = data(toMixed) + row * d + channel,
                                                           .carried = data(carried) + sequence * d + channel});
        });
    }

    /// The candidates' third of the products is skipped over where it is 0.
    void projectionBackward(const Activations &a, const Tensor &weight, Tensor &toWeight, Tensor &toX) override
    {
        const auto d = hiddenOf(a), rows = a.x.size(0);
        const std::uint8_t *taken = bytes(a.taken);
        const bool sparse = std::count(taken, taken + rows * d, 1) < sparseBelow * static_cast<double>(rows * d);
        const std::int64_t dense = sparse ? 2 * d : 3 * d;
        const Tensor toDense = a.projected.narrow(1, 0, dense);
        Tensor toDenseWeight = toWeight.narrow(0, 0, dense);
        multiply(toDenseWeight, toDense.t(), a.x, false);
        multiply(toX, toDense, weight.narrow(0, 0, dense), true);
        if (!sparse)
            return;
        const T *toCandidate = data(a.projected) + 2 * d;
        inParts(rows, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::candidateToInput(kernels::CandidateToInput<T>{.rows = end - begin,
                                                                   .hidden = d,
                                                                   .taken = taken + begin * d,
                                                                   .toCandidate = toCandidate + begin * 3 * d,
                                                                   .weight = data(weight) + 2 * d * d,
                                                                   .toX = data(toX) + begin * d});
        });
        inParts(d, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::candidateToWeight(kernels::CandidateToWeight<T>{.rows = rows,
                                                                     .channels = end - begin,
                                                                     .hidden = d,
                                                                     .taken = taken + begin,
                                                                     .toCandidate = toCandidate + begin,
                                                                     .x = data(a.x),
                                                                     .toWeight = data(toWeight) + (2 * d + begin) * d});
        });
    }

    void gate(Activations &a, const Tensor &bias) override
    {
        const auto d = hiddenOf(a);
        inParts(a.x.size(0), [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::gateForward(kernels::GateForward<T>{.rows = end - begin,
                                                         .hidden = d,
                                                         .products = data(a.inner) + begin * 2 * d,
                                                         .bias = data(bias),
                                                         .gated = data(a.gated) + begin * d});
        });
    }

    void gateBackward(Activations &a, const Tensor &bias, const Tensor &toGated, Tensor &sums) override
    {
        const auto d = hiddenOf(a);
        inParts(a.x.size(0), [&](std::int64_t part, std::int64_t begin, std::int64_t end) {
            kernels::gateBackward(kernels::GateBackward<T>{.rows = end - begin,
                                                           .hidden = d,
                                                           .products = data(a.inner) + begin * 2 * d,
                                                           .bias = data(bias),
                                                           .toGated = data(toGated) + begin * d,
                                                           .toBias = data(sums) + part * 5 * d + 3 * d});
        });
    }

    void norm(int layer, Activations &a, const LayerWeights &w, Tensor &next) override
    {
        const auto d = hiddenOf(a);
        inParts(a.x.size(0), [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::normForward(kernels::NormForward<T>{.rows = end - begin,
                                                         .hidden = d,
                                                         .product = data(a.outer) + begin * d,
                                                         .x = data(a.x) + begin * d,
                                                         .firstRow = begin,
                                                         .dropout = m_masks[static_cast<std::size_t>(layer)],
                                                         .alpha = *data(w.alpha),
                                                         .bias = data(w.ffn2Bias),
                                                         .normWeight = data(w.normWeight),
                                                         .normBias = data(w.normBias),
                                                         .next = data(next) + begin * d,
                                                         .mean = data(a.mean) + begin,
                                                         .inverse = data(a.inverse) + begin});
        });
    }

    void normBackward(int layer, Activations &a, const LayerWeights &w, Tensor &toNext, Tensor &sums,
                      Tensor &toAlpha) override
    {
        const auto d = hiddenOf(a);
        toAlpha.zero_();
        inParts(a.x.size(0), [&](std::int64_t part, std::int64_t begin, std::int64_t end) {
            std::vector<T> scratch(static_cast<std::size_t>(2 * d));
            T *own = data(sums) + part * 5 * d;
            kernels::normBackward(kernels::NormBackward<T>{.rows = end - begin,
                                                           .hidden = d,
                                                           .product = data(a.outer) + begin * d,
                                                           .x = data(a.x) + begin * d,
                                                           .firstRow = begin,
                                                           .dropout = m_masks[static_cast<std::size_t>(layer)],
                                                           .alpha = *data(w.alpha),
                                                           .bias = data(w.ffn2Bias),
                                                           .normWeight = data(w.normWeight),
                                                           .mean = data(a.mean) + begin,
                                                           .inverse = data(a.inverse) + begin,
                                                           .toX = data(toNext) + begin * d,
                                                           .toBias = own,
                                                           .toNormWeight = own + d,
                                                           .toNormBias = own + 2 * d,
                                                           .toAlpha = toAlpha.mutable_data_ptr<double>() + part,
                                                           .scratch = scratch.data()});
        });
    }

    void loss(Tensor &logits, const Tensor &targets, const Tensor &weights, const Tensor &inverseWeight,
              Tensor &losses) override
    {
        const auto vocabulary = logits.size(1);
        losses.zero_();
        inParts(logits.size(0), [&](std::int64_t part, std::int64_t begin, std::int64_t end) {
            losses.mutable_data_ptr<double>()[part] =
                kernels::loss(kernels::Loss<T>{.rows = end - begin,
                                               .vocabulary = vocabulary,
                                               .logits = data(logits) + begin * vocabulary,
                                               .targets = targets.const_data_ptr<std::int64_t>() + begin,
                                               .weights = data(weights) + begin,
                                               .inverseWeight = *data(inverseWeight)});
        });
    }

    /// Every thread sums its own columns over all rows, in their order.
    void sumByToken(const Tensor &from, Tensor &to) override
    {
        const std::int64_t width = from.size(1);
        inParts(width, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::sumByToken(kernels::SumByToken<T>{.rows = from.size(0),
                                                       .columns = end - begin,
                                                       .stride = width,
                                                       .from = data(from) + begin,
                                                       .tokens = m_tokens.const_data_ptr<std::int64_t>(),
                                                       .to = data(to) + begin});
        });
    }

    void repeat(const std::vector<std::int64_t> &, const std::function<void()> &work) override { work(); }

private:
    static T *data(const Tensor &tensor) { return tensor.mutable_data_ptr<T>(); }
    static std::uint8_t *bytes(const Tensor &tensor) { return tensor.mutable_data_ptr<std::uint8_t>(); }
    static std::int64_t hiddenOf(const Activations &a) { return a.x.size(1); }

    const float *pack(const kernels::Product &product)
    {
        const auto count = kernels::panelCount(product.columns);
        m_panels.resize_({kernels::packedFloats(product)});
        float *packed = m_panels.template mutable_data_ptr<float>();
        inParts(count, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::pack(product, packed, begin, end);
        });
        return packed;
    }

    /// work(sequence, first channel, channels), all of them once.
    template <typename Work> void forEachSequence(std::int64_t hidden, const Work &work) const
    {
        const auto batch = m_tokens.size(0), parts = channelParts(batch, hidden);
        at::parallel_for(0, batch * parts, 1, [&](std::int64_t begin, std::int64_t end) {
            for (auto i = begin; i < end; ++i) {
                const auto part = i % parts, channel = hidden * part / parts;
                work(i / parts, channel, hidden * (part + 1) / parts - channel);
            }
        });
    }

    Tensor m_tokens; // [batch, time]
    std::vector<DropoutMask> m_masks;
    Tensor m_panels = torch::empty({0}); // what a product packs
};

} // namespace

std::unique_ptr<Backend> makeCpuBackend(torch::Dtype type)
{
    if (type == torch::kFloat64)
        return std::make_unique<CpuBackend<double>>();
    return std::make_unique<CpuBackend<float>>();
}

} // namespace samout
