// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/torch.h"

namespace samout {

/// x weight^T + bias, x [..., in], weight [out, in], bias [out] (undefined: none), summed in the order of
/// torch.nn.functional.linear: one fused product if there is a bias and x is a matrix, else a product and a sum.
inline torch::Tensor linear(const torch::Tensor &x, const torch::Tensor &weight, const torch::Tensor &bias = {})
{
    if (x.dim() == 2 && bias.defined())
        return torch::addmm(bias, x, weight.t());
    torch::Tensor product = x.matmul(weight.t());
    return bias.defined() ? product.add_(bias) : product;
}

} // namespace samout
