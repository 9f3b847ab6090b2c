// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/linear_probe.h"

#include "core/base/error.h"
#include "core/model/torch.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace samout {

using torch::Tensor;

namespace {

Tensor tensorOf(const Grid &grid)
{
    return torch::from_blob(const_cast<float *>(grid.values.data()), {grid.rows, grid.cols}, torch::kFloat32)
        .to(torch::kFloat64);
}

Tensor tensorOf(const std::vector<double> &values)
{
    return torch::from_blob(const_cast<double *>(values.data()), {static_cast<std::int64_t>(values.size())},
                            torch::kFloat64);
}

std::vector<double> numbersOf(const Tensor &tensor)
{
    const Tensor values = tensor.contiguous();
    return {values.const_data_ptr<double>(), values.const_data_ptr<double>() + values.numel()};
}

} // namespace

LinearProbe::LinearProbe(const Grid &inputs, const std::vector<int> &labels, int classes, double ridge)
    : m_features(inputs.cols), m_classes(classes)
{
    if (inputs.empty() || labels.size() != static_cast<std::size_t>(inputs.rows))
        throw Error(Error::WrongValue, Text("A probe needs a label for every input, and at least one."));
    if (!std::ranges::all_of(inputs.values, [](float value) { return std::isfinite(value); }))
        throw Error(Error::NotFinite, Text("The states are not finite numbers; nothing can be read from them."));
    if (!std::ranges::all_of(labels, [&](int label) { return label >= 0 && label < classes; }))
        throw Error(Error::WrongValue, Text("A label is not one of the {0} classes.", classes));
    withoutTorchErrors([&] {
        const torch::NoGradGuard noGrad;
        const Tensor x = tensorOf(inputs);
        const auto n = static_cast<double>(inputs.rows);
        const Tensor mean = x.mean(0);
        const Tensor deviation = (x - mean).square().mean(0).sqrt();
        const Tensor inverse =
            torch::where(deviation > 1e-9 * mean.abs(), deviation.reciprocal(), torch::zeros_like(deviation));
        const Tensor z = (x - mean) * inverse;
        Tensor y = torch::zeros({inputs.rows, classes}, torch::kFloat64);
        for (int row = 0; row < inputs.rows; ++row)
            y.mutable_data_ptr<double>()[row * classes + labels[static_cast<std::size_t>(row)]] = 1;
        const Tensor bias = y.mean(0);
        const Tensor square = z.t().mm(z) / n + ridge * torch::eye(inputs.cols, torch::kFloat64);
        const Tensor weights = at::cholesky_solve(z.t().mm(y - bias) / n, at::linalg_cholesky(square));
        m_mean = numbersOf(mean);
        m_inverse = numbersOf(inverse);
        m_weights = numbersOf(weights);
        m_bias = numbersOf(bias);
    });
}

std::vector<int> LinearProbe::read(const Grid &inputs) const
{
    return withoutTorchErrors([&] {
        const torch::NoGradGuard noGrad;
        const Tensor z = (tensorOf(inputs) - tensorOf(m_mean)) * tensorOf(m_inverse);
        const Tensor outputs = torch::addmm(tensorOf(m_bias), z, tensorOf(m_weights).view({m_features, m_classes}));
        std::vector<int> labels;
        const double *row = outputs.const_data_ptr<double>();
        for (int i = 0; i < inputs.rows; ++i, row += m_classes)
            labels.push_back(static_cast<int>(std::max_element(row, row + m_classes) - row));
        return labels;
    });
}

} // namespace samout
