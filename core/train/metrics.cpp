// SPDX-License-Identifier: GPL-3.0-only
#include "core/train/metrics.h"

#include <algorithm>

namespace samout {

namespace {

bool same(double a, double b) { return a == b || (std::isnan(a) && std::isnan(b)); }

bool same(const std::vector<float> &a, const std::vector<float> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](float x, float y) { return same(x, y); });
}

} // namespace

Text differenceOf(const StepMetrics &a, const StepMetrics &b)
{
    // A cause of differences is compared before its effects.
    if (!same(a.learningRate, b.learningRate))
        return Text("learning rate");
    if (!same(a.loss, b.loss))
        return Text("loss");
    if (a.heldOutLoss.has_value() != b.heldOutLoss.has_value() ||
        (b.heldOutLoss && !same(*a.heldOutLoss, *b.heldOutLoss)))
        return Text("held-out loss");
    if (!same(a.gradientNorm, b.gradientNorm) || !same(a.layerGradientNorms, b.layerGradientNorms))
        return Text("gradient norm");
    if (a.tokens != b.tokens)
        return Text("number of tokens");
    return same(a.alphas, b.alphas) ? Text() : Text("alphas");
}

} // namespace samout
