// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/backend.h"
#include "core/compute/cpu/block_kernels.h"
#include "core/compute/cpu/packed_weight.h"
#include "core/compute/cpu/product.h"
#include "core/compute/cpu/team.h"
#include "core/compute/cpu/v8_kernels.h"

#include <algorithm>
#include <type_traits>

namespace samout {

using torch::Tensor;

namespace {

/// If a smaller share of the candidates than this is taken, skipping the others is faster than a product with zeros.
constexpr double sparseBelow = 0.15;

/// For up to this many rows the threads divide the channels, so that every weight is read once, by one thread. For more
/// they divide the rows.
constexpr std::int64_t fewRows = 64;

/// How many parts the channels of each sequence are split into, so that even few sequences keep every thread busy.
std::int64_t channelParts(std::int64_t batch, std::int64_t hidden, std::int64_t threads)
{
    constexpr std::int64_t fewest = 16; // a cache line of floats
    return std::clamp<std::int64_t>((threads + batch - 1) / batch, 1, std::max<std::int64_t>(1, hidden / fewest));
}

/// The kernels are loops over rows or channels.
template <typename T> class CpuBackend : public Backend {
public:
    explicit CpuBackend(Team team = {}) : m_team(team) {}

    bool pack(const SamOut &network, const std::vector<FoldedLayer> &folded) override
    {
        m_network = &network;
        m_folded = &folded;
        if constexpr (std::is_same_v<T, float>) {
            if (kernels::multipliesFast()) {
                if (!m_packed)
                    m_packed = std::make_shared<PackedWeights>();
                m_packed->layers.resize(folded.size());
                for (std::size_t i = 0; i < folded.size(); ++i) {
                    PackedWeights::Layer &to = m_packed->layers[i];
                    to.projection.pack(folded[i].projection, projectionParts, m_team);
                    to.inner.pack(folded[i].inner, innerParts, m_team);
                    to.outer.pack(network.layers()[i].ffn2Weight, 1, m_team);
                }
                m_packed->head.pack(network.head(), 1, m_team);
                return true;
            }
        }
        return false;
    }

    std::unique_ptr<Backend> alone() const override
    {
        auto backend = std::make_unique<CpuBackend>(Team::ofOne());
        backend->m_network = m_network;
        backend->m_folded = m_folded;
        backend->m_packed = m_packed;
        return backend;
    }

    std::vector<std::span<const float>> packed() const override
    {
        std::vector<std::span<const float>> result;
        if (m_packed) {
            for (const PackedWeights::Layer &layer : m_packed->layers)
                result.insert(result.end(), {layer.projection.floats(), layer.inner.floats(), layer.outer.floats()});
            result.push_back(m_packed->head.floats());
        }
        return result;
    }

    void begin(const Tensor &tokens, std::int64_t, const std::vector<DropoutMask> &masks) override
    {
        m_tokens = tokens;
        m_masks = masks;
    }

    std::int64_t parts(std::int64_t) const override { return m_team.size(); }

    int membersWithOwnRows(std::int64_t rows) const override { return m_packed && rows <= fewRows ? m_team.size() : 0; }

    int member(std::int64_t rows) const override { return isByChannels(rows) ? m_team.member() : -1; }

    void embed(const Tensor &embedding, Tensor &x) override
    {
        const auto d = embedding.size(1);
        ofRows(m_tokens.numel(), [&](std::int64_t begin, std::int64_t end) {
            for (auto row = begin; row < end; ++row)
                std::copy_n(data(embedding) + m_tokens.const_data_ptr<std::int64_t>()[row] * d, d, data(x) + row * d);
        });
    }

    void fillTable(const Tensor &embedding, std::span<const std::int64_t> tokens, Tensor &table) override
    {
        const auto vocabulary = embedding.size(0), d = embedding.size(1);
        const bool whole = !m_packed || static_cast<std::int64_t>(tokens.size()) == vocabulary;
        if (whole)
            project(0, embedding, table);
        else
            for (const std::int64_t token : tokens)
                multiplyPacked(m_packed->layers[0].projection, data(embedding) + token * d,
                               data(table) + token * projectionParts * d, 1);
        if (!isByChannels(m_tokens.numel()) || !isByChannels(whole ? vocabulary : 1))
            m_team.wait();
    }

    void mix(int layer, Activations &a, const Tensor &table, const StateMemory &states) override
    {
        const auto d = hiddenOf(a);
        if (!table.defined())
            project(layer, a.x, a.projected);
        if (!isByChannels(rowsOf(a)))
            m_team.wait();
        T *state = static_cast<T *>(states.data) + layer * states.layerStride;
        forEachSequence(d, [&](std::int64_t sequence, std::int64_t channel, std::int64_t channels) {
            const auto first = sequence * m_tokens.size(1);
            kernels::scanForward(kernels::ScanForward<T>{.time = m_tokens.size(1),
                                                         .channels = channels,
                                                         .hidden = d,
                                                         .projected = data(a.projected) + first * 3 * d + channel,
                                                         .table = table.defined() ? data(table) + channel : nullptr,
                                                         .tokens = m_tokens.const_data_ptr<std::int64_t>() + first,
                                                         .state = state + sequence * states.textStride + channel,
                                                         .taken = bytes(a.taken) + first * d + channel,
                                                         .mixed = data(a.mixed) + first * d + channel});
        });
        m_team.wait();
    }

    void feed(int layer, Activations &a) override
    {
        if (m_packed)
            multiplyPacked(packedLayer(layer).inner, data(a.mixed), data(a.inner), rowsOf(a));
        else
            at::mm_out(a.inner, a.mixed, foldedLayer(layer).inner.t());
    }

    void gate(int layer, Activations &a) override
    {
        const auto d = hiddenOf(a);
        const T *bias = data(foldedLayer(layer).innerBias);
        const auto part = [&](std::int64_t firstRow, std::int64_t rows, std::int64_t channel, std::int64_t channels) {
            kernels::gateForward(kernels::GateForward<T>{.rows = rows,
                                                         .channels = channels,
                                                         .hidden = d,
                                                         .products = data(a.inner) + firstRow * 2 * d + channel,
                                                         .bias = bias + channel,
                                                         .gated = data(a.gated) + firstRow * d + channel});
        };
        if (isByChannels(rowsOf(a))) {
            const auto [begin, end] = channelShare(d, m_team);
            part(0, rowsOf(a), begin, end - begin);
            m_team.wait();
        } else {
            m_team.inParts(rowsOf(a),
                           [&](std::int64_t, std::int64_t begin, std::int64_t end) { part(begin, end - begin, 0, d); });
        }
    }

    void leave(int layer, Activations &a) override
    {
        if (m_packed)
            multiplyPacked(packedLayer(layer).outer, data(a.gated), data(a.outer), rowsOf(a));
        else
            at::mm_out(a.outer, a.gated, m_network->layers()[static_cast<std::size_t>(layer)].ffn2Weight.t());
        if (isByChannels(rowsOf(a)))
            m_team.wait();
    }

    void norm(int layer, Activations &a, const LayerWeights &w, Tensor &next) override
    {
        const auto d = hiddenOf(a);
        const auto index = static_cast<std::size_t>(layer);
        ofRows(rowsOf(a), [&](std::int64_t begin, std::int64_t end) {
            kernels::normForward(
                kernels::NormForward<T>{.rows = end - begin,
                                        .hidden = d,
                                        .product = data(a.outer) + begin * d,
                                        .x = data(a.x) + begin * d,
                                        .firstRow = begin,
                                        .dropout = index < m_masks.size() ? m_masks[index] : DropoutMask(),
                                        .alpha = *data(w.alpha),
                                        .bias = data(w.ffn2Bias),
                                        .normWeight = data(w.normWeight),
                                        .normBias = data(w.normBias),
                                        .next = data(next) + begin * d,
                                        .mean = data(a.mean) + begin,
                                        .inverse = data(a.inverse) + begin});
        });
    }

    void head(const Tensor &x, Tensor &logits) override
    {
        if (m_packed)
            multiplyPacked(m_packed->head, data(x), data(logits), x.size(0));
        else
            at::mm_out(logits, x, m_network->head().t());
    }

    void loss(Tensor &logits, const Tensor &targets, const Tensor &weights, const Tensor &inverseWeight,
              Tensor &losses) override
    {
        const auto vocabulary = logits.size(1);
        m_team.inParts(logits.size(0), [&](std::int64_t part, std::int64_t begin, std::int64_t end) {
            losses.mutable_data_ptr<double>()[part] =
                kernels::loss(kernels::Loss<T>{.rows = end - begin,
                                               .vocabulary = vocabulary,
                                               .logits = data(logits) + begin * vocabulary,
                                               .targets = targets.const_data_ptr<std::int64_t>() + begin,
                                               .weights = data(weights) + begin,
                                               .inverseWeight = *data(inverseWeight)});
        });
    }

    /// out = a b, or out += a b. Uses our own product if possible: LibTorch's MKL does not use all of a processor that
    /// is not Intel's, and is no faster on Intel's.
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
                if (transposed) {
                    m_team.inParts(product.rows, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
                        kernels::multiplyTransposed(product, begin, end);
                    });
                } else {
                    samout::pack(product, m_panels, m_team);
                    m_team.inParts(product.rows, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
                        kernels::multiply(product, m_panels.data(), begin, end);
                    });
                }
                return;
            }
        }
        if (accumulate)
            out.addmm_(a, b);
        else
            at::mm_out(out, a, b);
    }

    void mixBackward(Activations &a, const Tensor &toMixed) override
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

    /// Skips the elements of the candidates' third that are 0.
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
        m_team.inParts(rows, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::candidateToInput(kernels::CandidateToInput<T>{.rows = end - begin,
                                                                   .hidden = d,
                                                                   .taken = taken + begin * d,
                                                                   .toCandidate = toCandidate + begin * 3 * d,
                                                                   .weight = data(weight) + 2 * d * d,
                                                                   .toX = data(toX) + begin * d});
        });
        m_team.inParts(d, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::candidateToWeight(kernels::CandidateToWeight<T>{.rows = rows,
                                                                     .channels = end - begin,
                                                                     .hidden = d,
                                                                     .taken = taken + begin,
                                                                     .toCandidate = toCandidate + begin,
                                                                     .x = data(a.x),
                                                                     .toWeight = data(toWeight) + (2 * d + begin) * d});
        });
    }

    void gateBackward(Activations &a, const Tensor &bias, const Tensor &toGated, Tensor &sums) override
    {
        const auto d = hiddenOf(a);
        m_team.inParts(a.x.size(0), [&](std::int64_t part, std::int64_t begin, std::int64_t end) {
            kernels::gateBackward(kernels::GateBackward<T>{.rows = end - begin,
                                                           .hidden = d,
                                                           .products = data(a.inner) + begin * 2 * d,
                                                           .bias = data(bias),
                                                           .toGated = data(toGated) + begin * d,
                                                           .toBias = data(sums) + part * 5 * d + 3 * d});
        });
    }

    void normBackward(int layer, Activations &a, const LayerWeights &w, Tensor &toNext, Tensor &sums,
                      Tensor &toAlpha) override
    {
        const auto d = hiddenOf(a);
        toAlpha.zero_();
        m_team.inParts(a.x.size(0), [&](std::int64_t part, std::int64_t begin, std::int64_t end) {
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

    /// Every thread sums its own columns over all rows, in their order.
    void sumByToken(const Tensor &from, Tensor &to) override
    {
        const std::int64_t width = from.size(1);
        m_team.inParts(width, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            kernels::sumByToken(kernels::SumByToken<T>{.rows = from.size(0),
                                                       .columns = end - begin,
                                                       .stride = width,
                                                       .from = data(from) + begin,
                                                       .tokens = m_tokens.const_data_ptr<std::int64_t>(),
                                                       .to = data(to) + begin});
        });
    }

    void repeat(const std::vector<std::int64_t> &, const std::function<void()> &work) override { work(); }

    /// If LibTorch does the products, on threads of its own, every operation is a parallel region by itself instead.
    void together(const std::function<void()> &work) override
    {
        if (m_packed)
            m_team.together(work);
        else
            work();
    }

private:
    /// The number of matrices [d, d] side by side in one product.
    static constexpr std::int64_t projectionParts = 3, innerParts = 2;

    static T *data(const Tensor &tensor) { return tensor.mutable_data_ptr<T>(); }
    static std::uint8_t *bytes(const Tensor &tensor) { return tensor.mutable_data_ptr<std::uint8_t>(); }
    static std::int64_t rowsOf(const Activations &a) { return a.x.size(0); }
    static std::int64_t hiddenOf(const Activations &a) { return a.x.size(1); }

    const PackedWeights::Layer &packedLayer(int layer) const
    {
        return m_packed->layers[static_cast<std::size_t>(layer)];
    }
    const FoldedLayer &foldedLayer(int layer) const { return (*m_folded)[static_cast<std::size_t>(layer)]; }

    /// Whether the members divide the channels of a pass over `rows` rows; otherwise they divide the rows.
    bool isByChannels(std::int64_t rows) const { return m_team.isTogether() && rows <= fewRows; }

    /// Calls work(begin, end) for the calling member's rows, or for all rows if every member computes all.
    template <typename Work> void ofRows(std::int64_t rows, const Work &work) const
    {
        if (isByChannels(rows))
            work(std::int64_t{0}, rows);
        else
            m_team.inParts(rows, [&](std::int64_t, std::int64_t begin, std::int64_t end) { work(begin, end); });
    }

    /// The calling member's share of to = from [rows, depth] times the packed weight.
    void multiplyPacked(const PackedWeight &weight, const T *from, T *to, std::int64_t rows) const
    {
        if constexpr (std::is_same_v<T, float>)
            weight.multiply(from, to, rows, m_team, isByChannels(rows));
    }

    /// Computes projected [rows, 3 d] from x [rows, d].
    void project(int layer, const Tensor &x, Tensor &projected) const
    {
        if (m_packed)
            multiplyPacked(packedLayer(layer).projection, data(x), data(projected), x.size(0));
        else
            at::mm_out(projected, x, foldedLayer(layer).projection.t());
    }

    /// Calls work(sequence, first channel, channels) once for all channels of all sequences; inside together() for the
    /// calling member's share.
    template <typename Work> void forEachSequence(std::int64_t hidden, const Work &work) const
    {
        const auto batch = m_tokens.size(0);
        if (isByChannels(m_tokens.numel())) {
            const auto [begin, end] = channelShare(hidden, m_team);
            for (std::int64_t sequence = 0; sequence < batch && begin < end; ++sequence)
                work(sequence, begin, end - begin);
            return;
        }
        const auto parts = channelParts(batch, hidden, m_team.size());
        m_team.inParts(batch * parts, [&](std::int64_t, std::int64_t begin, std::int64_t end) {
            for (auto i = begin; i < end; ++i) {
                const auto part = i % parts, channel = hidden * part / parts;
                work(i / parts, channel, hidden * (part + 1) / parts - channel);
            }
        });
    }

    Team m_team;
    const SamOut *m_network = nullptr;
    const std::vector<FoldedLayer> *m_folded = nullptr;
    std::shared_ptr<PackedWeights> m_packed; // if we do the products
    Tensor m_tokens;                         // [batch, time]
    std::vector<DropoutMask> m_masks;        // by layer; empty: none
    kernels::Panels m_panels;                // the packed B of a product
};

} // namespace

std::unique_ptr<Backend> makeCpuBackend(torch::Dtype type)
{
    if (type == torch::kFloat64)
        return std::make_unique<CpuBackend<double>>();
    return std::make_unique<CpuBackend<float>>();
}

} // namespace samout
