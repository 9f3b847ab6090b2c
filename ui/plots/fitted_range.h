// SPDX-License-Identifier: GPL-3.0-only
#pragma once

namespace samout {

/// A range that follows the shown numbers: it grows at once and shrinks slowly, so that the colours do not flicker.
class FittedRange {
public:
    /// The share of the distance by which one update shrinks the range.
    static constexpr float shrink = 0.1F;

    void update(float low, float high)
    {
        m_low = !m_valid || low < m_low ? low : m_low + shrink * (low - m_low);
        m_high = !m_valid || high > m_high ? high : m_high + shrink * (high - m_high);
        m_valid = true;
    }
    void reset() { m_valid = false; }

    bool valid() const { return m_valid; }
    float low() const { return m_low; }
    float high() const { return m_high; }

private:
    bool m_valid = false;
    float m_low = 0;
    float m_high = 0;
};

} // namespace samout
