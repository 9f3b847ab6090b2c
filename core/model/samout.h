#pragma once

#include "core/model/config.h"
#include "core/model/dropout.h"
#include "core/model/probe.h"
#include "core/model/snapshot.h"
#include "core/model/torch.h"

#include <vector>

namespace samout {

/// The weights of one decoder layer, d = hidden.
struct LayerWeights {
    torch::Tensor alpha;                // []
    torch::Tensor combined;             // [4 d, d] = [Wo; Wo1; Wo2; Wo3]
    torch::Tensor ffn1Weight, ffn1Bias; // [d, d], [d]
    torch::Tensor ffn2Weight, ffn2Bias; // [d, d], [d]
    torch::Tensor gateWeight, gateBias; // [d, d], [d]
    torch::Tensor normWeight, normBias; // [d], [d]
};

/// SamOut V8. All parameters are views of one flat arena (see parameterLayout), so that an optimizer step, a
/// snapshot or a checkpoint is one pass over it.
class SamOut {
public:
    /// Weights in `arena`, [arenaSize(config)], of any floating type and device; shared, not copied. With
    /// `gradients` (of the same kind) the parameters are trainable and backward() adds to it; zero the arena,
    /// not the parameters' grad.
    explicit SamOut(const ModelConfig &config, torch::Tensor arena, torch::Tensor gradients = {});
    /// Looks at a snapshot's weights without copying them; the snapshot must live as long.
    explicit SamOut(const Snapshot &snapshot);

    /// PyTorch's default initialisation of the published modules: embedding N(0, 1) with its padding row (if any) 0,
    /// matrices and biases uniform in ±1/sqrt(fan in), LayerNorm 1 and 0, alpha 0.5.
    static torch::Tensor initialArena(const ModelConfig &config, std::uint64_t seed);
    /// A state before any token: [layers, batch, hidden] of -inf.
    torch::Tensor freshState(std::int64_t batch) const;

    /// The logits [batch, time, vocabulary] for tokens [batch, time] (int64). The definition of the network, op by op.
    /// `state`: [layers, batch, hidden], the state before the first token; holds the state after the last one
    /// when it returns (a fresh state where it is nullptr).
    torch::Tensor forward(const torch::Tensor &tokens, torch::Tensor *state = nullptr, Probe *probe = nullptr,
                          const Dropout *dropout = nullptr) const;

    /// One layer of it, from 0: x [batch, time, hidden] to x. `state`: [batch, hidden], as above.
    torch::Tensor layer(int index, const torch::Tensor &x, torch::Tensor *state, Probe *probe = nullptr,
                        const Dropout *dropout = nullptr) const;

    const ModelConfig &config() const { return m_config; }
    const torch::Tensor &arena() const { return m_arena; }
    const torch::Tensor &embedding() const { return m_embedding; }
    const torch::Tensor &head() const { return m_head; }
    const std::vector<LayerWeights> &layers() const { return m_layers; }
    /// Every parameter by its published name, in the published order.
    const std::vector<std::pair<std::string, torch::Tensor>> &parameters() const { return m_parameters; }

private:
    ModelConfig m_config;
    torch::Tensor m_arena;
    std::vector<std::pair<std::string, torch::Tensor>> m_parameters;
    torch::Tensor m_embedding; // [vocabulary, hidden]
    torch::Tensor m_head;      // [vocabulary, hidden]
    std::vector<LayerWeights> m_layers;
};

/// sum(weight * cross entropy) / sum(weight), in nats; NaN if all weights are 0. logits [batch, time, vocabulary],
/// targets and weights [batch, time].
torch::Tensor meanLoss(const torch::Tensor &logits, const torch::Tensor &targets, const torch::Tensor &weights);

} // namespace samout
