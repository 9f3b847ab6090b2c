// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/cuda/cuda_backend.h"

#include "core/compute/cuda/kernels.h"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace samout {
namespace {

using torch::Tensor;

/// Gives `tensor` this shape; it keeps its address if its memory is large enough.
void room(Tensor &tensor, at::IntArrayRef shape, torch::Dtype type, const torch::Device &device)
{
    if (tensor.defined())
        tensor.resize_(shape);
    else
        tensor = torch::empty(shape, torch::TensorOptions().dtype(type).device(device));
}

float *floats(const Tensor &tensor) { return tensor.mutable_data_ptr<float>(); }

void checkLaunch()
{
    const char *problem = cuda::launchProblem();
    TORCH_CHECK(!problem, "A kernel could not be launched: ", problem);
}

class CudaBackend : public Backend {
public:
    CudaBackend(std::unique_ptr<Launcher> launcher, bool bfloat16)
        : m_launcher(std::move(launcher)), m_bfloat16(bfloat16)
    {
    }

    bool pack(const SamOut &network, const std::vector<FoldedLayer> &folded) override
    {
        m_network = &network;
        m_folded = &folded;
        return false;
    }

    std::unique_ptr<Backend> alone() const override { throw std::logic_error("A GPU's backend has no threads."); }
    std::vector<std::span<const float>> packed() const override { return {}; }
    int membersWithOwnRows(std::int64_t) const override { return 0; }
    int member(std::int64_t) const override { return -1; }

    void begin(const Tensor &tokens, std::int64_t vocabulary, const std::vector<DropoutMask> &masks) override
    {
        m_tokens = tokens;
        const auto device = tokens.device();
        std::vector<std::int32_t> numbers;
        std::vector<float> scales;
        for (std::size_t i = 0; i < m_folded->size(); ++i) {
            const DropoutMask mask = i < masks.size() ? masks[i] : DropoutMask();
            numbers.push_back(static_cast<std::int32_t>(mask.key));
            numbers.push_back(static_cast<std::int32_t>(mask.threshold));
            scales.push_back(static_cast<float>(mask.scale));
        }
        if (numbers != m_numbers) {
            m_numbers = numbers;
            setMasks(numbers, scales, device);
        }
        if (vocabulary == 0)
            return;
        // The rows of every token, in ascending order.
        const auto [sorted, order] = tokens.reshape(-1).sort(/*stable=*/true, 0, false);
        room(m_order, order.sizes(), torch::kInt64, device);
        m_order.copy_(order);
        room(m_starts, {vocabulary + 1}, torch::kInt64, device);
        m_starts.copy_(torch::searchsorted(sorted, torch::arange(vocabulary + 1, sorted.options())));
    }

    std::int64_t parts(std::int64_t rows) const override { return cuda::partsOf(rows); }

    void multiply(Tensor &out, const Tensor &a, const Tensor &b, bool accumulate) override
    {
        if (m_bfloat16) {
            const Tensor left = a.to(torch::kBFloat16), right = b.to(torch::kBFloat16);
            if (accumulate)
                out.add_(at::mm(left, right, torch::kFloat32));
            else
                at::mm_out(out, left, right, torch::kFloat32);
        } else if (accumulate) {
            out.addmm_(a, b);
        } else {
            at::mm_out(out, a, b);
        }
    }

    void embed(const Tensor &embedding, Tensor &x) override
    {
        at::index_select_out(x, embedding, 0, m_tokens.view(-1));
    }

    void fillTable(const Tensor &embedding, std::span<const std::int64_t>, Tensor &table) override
    {
        multiply(table, embedding, foldedLayer(0).projection.t(), false);
    }

    /// `states`: [layers, batch, d]
    void mix(int layer, Activations &a, const Tensor &table, const StateMemory &states) override
    {
        if (!table.defined())
            multiply(a.projected, a.x, foldedLayer(layer).projection.t(), false);
        const cuda::Shape shape = shapeOf(a);
        room(m_pieces, {2, shape.batch, cuda::piecesOf(shape.time), shape.hidden}, torch::kFloat32, a.x.device());
        cuda::scanForward(shape, floats(a.projected), table.defined() ? floats(table) : nullptr,
                          m_tokens.const_data_ptr<std::int64_t>(),
                          static_cast<float *>(states.data) + layer * states.layerStride,
                          a.taken.mutable_data_ptr<std::uint8_t>(), floats(a.mixed), floats(m_pieces), stream());
        checkLaunch();
    }

    void mixBackward(Activations &a, const Tensor &toMixed) override
    {
        cuda::scanBackward(shapeOf(a), floats(a.projected), a.taken.const_data_ptr<std::uint8_t>(), floats(toMixed),
                           floats(m_pieces), stream());
        checkLaunch();
    }

    void projectionBackward(const Activations &a, const Tensor &weight, Tensor &toWeight, Tensor &toX) override
    {
        multiply(toWeight, a.projected.t(), a.x, false);
        multiply(toX, a.projected, weight, true);
    }

    void feed(int layer, Activations &a) override { multiply(a.inner, a.mixed, foldedLayer(layer).inner.t(), false); }

    void gate(int layer, Activations &a) override
    {
        cuda::gateForward(a.x.size(0), a.x.size(1), floats(a.inner), floats(foldedLayer(layer).innerBias),
                          floats(a.gated), stream());
        checkLaunch();
    }

    void leave(int layer, Activations &a) override
    {
        multiply(a.outer, a.gated, m_network->layers()[static_cast<std::size_t>(layer)].ffn2Weight.t(), false);
    }

    void head(const Tensor &x, Tensor &logits) override { multiply(logits, x, m_network->head().t(), false); }

    void gateBackward(Activations &a, const Tensor &bias, const Tensor &toGated, Tensor &sums) override
    {
        const auto d = a.x.size(1);
        cuda::gateBackward(a.x.size(0), d, floats(a.inner), floats(bias), floats(toGated), floats(sums) + 3 * d, 5 * d,
                           stream());
        checkLaunch();
    }

    void norm(int layer, Activations &a, const LayerWeights &w, Tensor &next) override
    {
        cuda::normForward(normOf(layer, a, w), floats(next), stream());
        checkLaunch();
    }

    void normBackward(int layer, Activations &a, const LayerWeights &w, Tensor &toNext, Tensor &sums,
                      Tensor &toAlpha) override
    {
        room(m_ofRows, {a.x.size(0)}, torch::kFloat64, a.x.device());
        cuda::normBackward(normOf(layer, a, w), floats(toNext), floats(sums), 5 * a.x.size(1),
                           toAlpha.mutable_data_ptr<double>(), m_ofRows.mutable_data_ptr<double>(), stream());
        checkLaunch();
    }

    void loss(Tensor &logits, const Tensor &targets, const Tensor &weights, const Tensor &inverseWeight,
              Tensor &losses) override
    {
        room(m_ofRows, {logits.size(0)}, torch::kFloat64, logits.device());
        cuda::loss(logits.size(0), logits.size(1), floats(logits), targets.const_data_ptr<std::int64_t>(),
                   floats(weights), floats(inverseWeight), losses.mutable_data_ptr<double>(),
                   m_ofRows.mutable_data_ptr<double>(), stream());
        checkLaunch();
    }

    void sumByToken(const Tensor &from, Tensor &to) override
    {
        cuda::sumByToken(to.size(0), from.size(1), floats(from), m_order.const_data_ptr<std::int64_t>(),
                         m_starts.const_data_ptr<std::int64_t>(), floats(to), stream());
        checkLaunch();
    }

    void together(const std::function<void()> &work) override { work(); }

    void repeat(const std::vector<std::int64_t> &key, const std::function<void()> &work) override
    {
        std::vector<std::int64_t> whole = key;
        for (const Tensor *own : {&m_tokens, &m_masks, &m_scales, &m_order, &m_starts, &m_pieces, &m_ofRows})
            whole.push_back(own->defined() ? reinterpret_cast<std::int64_t>(own->const_data_ptr()) : 0);
        Recording &recording = m_recordings[whole];
        recording.lastUse = ++m_uses;
        if (m_recordings.size() > mostRecordings)
            m_recordings.erase(
                std::ranges::min_element(m_recordings, {}, [](const auto &entry) { return entry.second.lastUse; }));
        if (recording.recorded)
            return recording.recorded->replay(work);
        // The first runs allocate what is allocated once: buffers of this class, the libraries' workspaces.
        constexpr int warmUp = 2;
        if (recording.times++ == warmUp)
            recording.recorded = m_launcher->record(work);
        if (recording.recorded)
            recording.recorded->replay(work);
        else
            work();
    }

private:
    void setMasks(const std::vector<std::int32_t> &numbers, const std::vector<float> &scales,
                  const torch::Device &device)
    {
        const auto layers = static_cast<std::int64_t>(scales.size());
        room(m_masks, {layers, 2}, torch::kInt32, device);
        room(m_scales, {layers}, torch::kFloat32, device);
        m_masks.copy_(torch::tensor(numbers, torch::kInt32).view({layers, 2}));
        m_scales.copy_(torch::tensor(scales));
    }

    /// The work done with one key.
    struct Recording {
        int times = 0;
        std::int64_t lastUse = 0;
        std::unique_ptr<Recorded> recorded;
    };
    static constexpr std::size_t mostRecordings = 16;

    void *stream() { return m_launcher->stream(); }
    const FoldedLayer &foldedLayer(int layer) const { return (*m_folded)[static_cast<std::size_t>(layer)]; }

    cuda::Shape shapeOf(const Activations &a) const
    {
        return {.batch = m_tokens.size(0), .time = m_tokens.size(1), .hidden = a.x.size(1)};
    }

    cuda::Norm normOf(int layer, const Activations &a, const LayerWeights &w) const
    {
        const auto *numbers = reinterpret_cast<const std::uint32_t *>(m_masks.const_data_ptr<std::int32_t>());
        return {.rows = a.x.size(0),
                .hidden = a.x.size(1),
                .product = floats(a.outer),
                .x = floats(a.x),
                .dropout = {numbers + 2 * layer, numbers + 2 * layer + 1, floats(m_scales) + layer},
                .alpha = floats(w.alpha),
                .bias = floats(w.ffn2Bias),
                .normWeight = floats(w.normWeight),
                .normBias = floats(w.normBias),
                .mean = floats(a.mean),
                .inverse = floats(a.inverse)};
    }

    std::unique_ptr<Launcher> m_launcher;
    bool m_bfloat16;
    const SamOut *m_network = nullptr;
    const std::vector<FoldedLayer> *m_folded = nullptr;
    Tensor m_tokens;
    std::vector<std::int32_t> m_numbers; // the content of m_masks
    Tensor m_masks, m_scales;            // [layers, 2] = key, threshold; [layers]
    Tensor m_order, m_starts;            // rows sorted by token; where each token begins in m_order
    Tensor m_pieces, m_ofRows;           // what the kernels keep between two launches
    std::map<std::vector<std::int64_t>, Recording> m_recordings;
    std::int64_t m_uses = 0;
};

} // namespace

std::unique_ptr<Backend> makeCudaBackend(std::unique_ptr<Launcher> launcher, bool bfloat16)
{
    return std::make_unique<CudaBackend>(std::move(launcher), bfloat16);
}

} // namespace samout
