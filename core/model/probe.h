#pragma once

#include "core/model/linear.h"
#include "core/model/max_state.h"
#include "core/model/site.h"
#include "core/model/torch.h"

namespace samout {

/// Looks into a forward pass: called once at every site of every layer. What it returns replaces the value,
/// so one call both records and changes. Training passes no probe and pays nothing.
class Probe {
public:
    virtual ~Probe() = default;
    /// What enters a layer, [batch, time, hidden].
    virtual void enter(int /*layer*/, const torch::Tensor & /*x*/) {}
    /// `x`: [batch, time, hidden].
    virtual torch::Tensor at(int layer, Site site, const torch::Tensor &x) = 0;
    /// The alpha that the layer blends with, [].
    virtual torch::Tensor alpha(int /*layer*/, const torch::Tensor &alpha) { return alpha; }
    /// x [..., in] weight^T [in, out], plus the bias [out] where there is one: a probe may have a quicker way.
    virtual torch::Tensor linear(const torch::Tensor &x, const torch::Tensor &weight, const torch::Tensor &bias)
    {
        return samout::linear(x, weight, bias);
    }
    /// The recurrence, as samout::scan.
    virtual torch::Tensor scan(int /*layer*/, const torch::Tensor &candidate, torch::Tensor *state)
    {
        return samout::scan(candidate, state);
    }
};

} // namespace samout
