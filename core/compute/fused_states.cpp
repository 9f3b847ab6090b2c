#include "core/compute/fused_states.h"

namespace samout {

using torch::Tensor;

/// The CPU's backend, with a look at what every scan leaves behind.
class FusedStates::WatchedBackend : public Backend {
public:
    WatchedBackend() : m_backend(makeCpuBackend(torch::kFloat32)) {}

    void watch(const Look *look) { m_look = look; }

    void begin(const Tensor &tokens, std::int64_t vocabulary, const std::vector<DropoutMask> &masks) override
    {
        m_layer = 0;
        m_backend->begin(tokens, vocabulary, masks);
    }
    void scan(Activations &a, const Tensor &table, Tensor &state) override
    {
        m_backend->scan(a, table, state);
        const std::int64_t stride = a.projected.size(1);
        if (m_look)
            (*m_look)(m_layer++, a.projected.const_data_ptr<float>() + 2 * stride / 3, stride);
    }

    std::int64_t parts(std::int64_t rows) const override { return m_backend->parts(rows); }
    void multiply(Tensor &out, const Tensor &a, const Tensor &b, bool accumulate) override
    {
        m_backend->multiply(out, a, b, accumulate);
    }
    void gate(Activations &a, const Tensor &bias) override { m_backend->gate(a, bias); }
    void norm(int layer, Activations &a, const LayerWeights &w, Tensor &next) override
    {
        m_backend->norm(layer, a, w, next);
    }
    void repeat(const std::vector<std::int64_t> &key, const std::function<void()> &work) override
    {
        m_backend->repeat(key, work);
    }

    // Nothing is learnt here.
    void scanBackward(Activations &, const Tensor &) override { none(); }
    void projectionBackward(const Activations &, const Tensor &, Tensor &, Tensor &) override { none(); }
    void gateBackward(Activations &, const Tensor &, const Tensor &, Tensor &) override { none(); }
    void normBackward(int, Activations &, const LayerWeights &, Tensor &, Tensor &, Tensor &) override { none(); }
    void loss(Tensor &, const Tensor &, const Tensor &, const Tensor &, Tensor &) override { none(); }
    void sumByToken(const Tensor &, Tensor &) override { none(); }

private:
    [[noreturn]] static void none() { throw std::logic_error("States are looked at without a gradient."); }

    std::unique_ptr<Backend> m_backend;
    const Look *m_look = nullptr;
    int m_layer = 0;
};

FusedStates::FusedStates(const Snapshot &snapshot)
    : m_network(snapshot), m_backend(new WatchedBackend), m_fused(m_network, std::unique_ptr<Backend>(m_backend))
{
}

FusedStates::~FusedStates() = default;

Tensor FusedStates::forward(const Tensor &tokens, const Look &look)
{
    m_backend->watch(&look);
    Tensor logits = m_fused.forward(tokens);
    m_backend->watch(nullptr);
    return logits;
}

} // namespace samout
