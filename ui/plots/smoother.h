// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <algorithm>
#include <cmath>

namespace samout {

/// An exponential moving average, debiased (Kingma, Ba 2015): its first value is the first number itself. It averages
/// over about a twentieth of the numbers so far, at most over `longest`, so that the first numbers are not smeared. A
/// NaN returns NaN and does not change the mean.
class Smoother {
public:
    static constexpr double longest = 50;

    double add(double value)
    {
        if (!std::isfinite(value))
            return std::nan("");
        ++m_count;
        const double weight = 1 / std::clamp(m_count / 20, 1.0, longest);
        m_mean = (1 - weight) * m_mean + weight * value;
        m_weight = (1 - weight) * m_weight + weight;
        return m_mean / m_weight;
    }
    void reset() { *this = Smoother(); }

private:
    double m_count = 0;
    double m_mean = 0;
    double m_weight = 0;
};

} // namespace samout
