// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/config.h"
#include "core/model/dropout.h"
#include "core/model/mixer.h"
#include "core/model/probe.h"
#include "core/model/snapshot.h"
#include "core/model/state.h"
#include "core/model/torch.h"

#include <vector>

namespace samout {

/// The weights of one decoder layer, d = hidden, f = Mixer::feedForwardSize().
struct LayerWeights {
    torch::Tensor alpha;                // []
    NamedTensors mixer;                 // Mixer::layerParameters()
    torch::Tensor ffn1Weight, ffn1Bias; // [f, d], [f]
    torch::Tensor ffn2Weight, ffn2Bias; // [d, f], [d]
    torch::Tensor gateWeight, gateBias; // [f, d], [f]
    torch::Tensor normWeight, normBias; // [d], [d]
};

/// A network of the SamOut family; everything that differs between the members is in the mixer. All parameters are
/// views of one flat arena (see parameterLayout), so that an optimizer step, a snapshot or a checkpoint is one pass
/// over it.
class SamOut {
public:
    /// Weights in `arena`, [arenaSize(config)], of any floating type and device; shared, not copied. With
    /// `gradients` (of the same kind) the parameters are trainable and backward() adds to it; zero the arena,
    /// not the parameters' grad.
    explicit SamOut(const ModelConfig &config, torch::Tensor arena, torch::Tensor gradients = {});
    /// Uses a snapshot's weights without copying them; the snapshot must live as long as the network.
    explicit SamOut(const Snapshot &snapshot);

    /// Every parameter as its Initial says, and the padding's embedding (if there is a padding) 0: PyTorch's default
    /// initialisation of the published modules.
    static torch::Tensor initialArena(const ModelConfig &config, std::uint64_t seed);
    /// The state before any token.
    State freshState(std::int64_t batch) const;

    /// The logits [batch, time, vocabulary] for tokens [batch, time] (int64). The definition of the network, op by op.
    /// `state`: the state before the first token, replaced by the state after the last one (nullptr: a fresh state).
    torch::Tensor forward(const torch::Tensor &tokens, State *state = nullptr, Probe *probe = nullptr,
                          const Dropout *dropout = nullptr) const;
    /// The same for mixers with one number a channel: state [layers, batch, hidden].
    torch::Tensor forward(const torch::Tensor &tokens, torch::Tensor &state, Probe *probe = nullptr) const;

    /// Layer `index` of the forward pass, from 0 on: turns the output of the layer before (or the embedding), [batch,
    /// time, hidden], into this layer's output. `state`: this layer's state, as above; `position`: the first token's.
    torch::Tensor layer(int index, const torch::Tensor &x, torch::Tensor *state, std::int64_t position = 0,
                        Probe *probe = nullptr, const Dropout *dropout = nullptr) const;
    /// The number of layers that this definition has computed since the program began, in all threads. A training that
    /// uses the fast network computes none, which a test checks.
    static std::int64_t layersComputed();

    const ModelConfig &config() const { return m_config; }
    const torch::Tensor &arena() const { return m_arena; }
    const torch::Tensor &embedding() const { return m_embedding; }
    const torch::Tensor &head() const { return m_head; }
    const std::vector<LayerWeights> &layers() const { return m_layers; }
    /// Every parameter by its published name, in the published order.
    const NamedTensors &parameters() const { return m_parameters; }

private:
    ModelConfig m_config;
    torch::Tensor m_arena;
    NamedTensors m_parameters;
    torch::Tensor m_embedding; // [vocabulary, hidden]
    torch::Tensor m_head;      // [vocabulary, hidden]
    NamedTensors m_outer;      // Mixer::outerParameters()
    std::vector<LayerWeights> m_layers;
};

/// sum(weight * cross entropy) / sum(weight), in nats; NaN if all weights are 0. logits [batch, time, vocabulary],
/// targets and weights [batch, time].
torch::Tensor meanLoss(const torch::Tensor &logits, const torch::Tensor &targets, const torch::Tensor &weights);

} // namespace samout
