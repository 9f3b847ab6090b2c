// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/interventions.h"
#include "core/model/probe.h"

#include <vector>

namespace samout {

/// Applies interventions to a forward pass. `interventions` and `config` must live as long as the probe.
class InterventionProbe : public Probe {
public:
    InterventionProbe(const Interventions &interventions, const ModelConfig &config);

    /// The position in the text of the first token of the next forward pass.
    void beginAt(std::int64_t position) { m_position = position; }

    torch::Tensor at(int layer, Site site, const torch::Tensor &x) override;
    torch::Tensor alpha(int layer, const torch::Tensor &alpha) override;
    torch::Tensor scan(int layer, std::int64_t time, const Recurrence &run, torch::Tensor *state) override;

protected:
    std::int64_t position() const { return m_position; }
    /// The changes of a layer's recurrence in the next `length` positions, counted from position() on.
    StateChanges changesWithin(int layer, std::int64_t length) const;

private:
    const Interventions &m_interventions;
    std::int64_t m_position = 0;
    std::vector<torch::Tensor> m_silenced; // by layer; undefined if nothing is silenced
};

} // namespace samout
