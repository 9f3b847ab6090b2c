// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/draw_budget.h"

#include "core/base/this_thread.h"
#include "ui/work/live.h"

#include <algorithm>

namespace samout {

namespace {

constexpr double longestInterval = 5000;

} // namespace

double threadMilliseconds() { return threadSeconds() * 1e3; }

DrawBudget::DrawBudget(Live *live) : QObject(live), m_live(live), m_before(threadMilliseconds())
{
    connect(live, &Live::stepped, this, &DrawBudget::delivered);
}

void DrawBudget::delivered()
{
    const double now = threadMilliseconds();
    m_cost += 0.25 * (now - m_before - m_cost);
    m_before = now;
    m_live->setInterval(static_cast<int>(std::min(patience * m_cost, longestInterval)));
}

} // namespace samout
