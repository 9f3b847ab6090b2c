// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/linear.h"
#include "core/model/recurrence.h"
#include "core/model/site.h"
#include "core/model/torch.h"

namespace samout {

/// Looks into a forward pass: called once at every site of every layer. The returned value replaces the site's, so one
/// call both records and changes. Training passes no probe and pays nothing.
class Probe {
public:
    virtual ~Probe() = default;
    /// Receives the input of a layer, [batch, time, hidden].
    virtual void enter(int /*layer*/, const torch::Tensor & /*x*/) {}
    /// `x`: [batch, time, width], or the other shape that SiteFacts::shape names.
    virtual torch::Tensor at(int layer, Site site, const torch::Tensor &x) = 0;
    /// The alpha that the layer blends with, [].
    virtual torch::Tensor alpha(int /*layer*/, const torch::Tensor &alpha) { return alpha; }
    /// x [..., in] weight^T [in, out], plus the bias [out] if there is one: a probe may compute it faster.
    virtual torch::Tensor linear(const torch::Tensor &x, const torch::Tensor &weight, const torch::Tensor &bias)
    {
        return samout::linear(x, weight, bias);
    }
    /// The states of a piece of `time` positions, carried on in `state` [batch, hidden], which is not nullptr. Only
    /// mixers with one number a channel call it.
    virtual torch::Tensor scan(int /*layer*/, std::int64_t time, const Recurrence &run, torch::Tensor *state)
    {
        return run(0, time, state);
    }
};

} // namespace samout
