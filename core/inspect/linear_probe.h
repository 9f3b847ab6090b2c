// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/grid.h"

#include <vector>

namespace samout {

/// A linear classifier of vectors: ridge regression on the labels as 0 and 1, whose largest output is the answer. For
/// inputs x with mean m and deviation s in each column, z = (x - m) / s (0 if s is 0 up to rounding),
///
///     W = (Z^T Z / n + ridge I)^-1 Z^T (Y - mean of Y) / n        answer = argmax(z W + mean of Y)
///
/// solved in double precision; the same bits every time.
class LinearProbe {
public:
    /// inputs [n, features]; labels [n], from 0 to classes - 1. Throws Error if there is no input, a number is not
    /// finite, or a label is not one of the classes.
    LinearProbe(const Grid &inputs, const std::vector<int> &labels, int classes, double ridge = 0.01);

    /// The predicted labels of inputs [m, features]; on a tie the first label.
    std::vector<int> read(const Grid &inputs) const;

private:
    int m_features = 0, m_classes = 0;
    std::vector<double> m_mean, m_inverse; // [features]
    std::vector<double> m_weights;         // [features, classes]
    std::vector<double> m_bias;            // [classes]
};

} // namespace samout
