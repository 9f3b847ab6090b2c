// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/progress.h"

#include "app/samout/output.h"
#include "app/samout/terminal.h"

#include <algorithm>
#include <cstdio>

namespace samout::cli {

namespace {

using namespace std::chrono_literals;

constexpr int widestBar = 30;
constexpr int narrowestBar = 5;

/// The columns that `text` takes: its characters without the colour codes.
int columns(const std::string &text)
{
    int count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\033') {
            i = text.find('m', i);
            continue;
        }
        count += (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;
    }
    return count;
}

std::string repeated(const char *text, int count)
{
    std::string all;
    for (int i = 0; i < count; ++i)
        all += text;
    return all;
}

std::string bar(double share, int width)
{
    const int full = static_cast<int>(share * width);
    const bool lines = hasUtf8();
    return styled(Style::Accent, repeated(lines ? "━" : "#", full)) +
           styled(Style::Faint, repeated(lines ? "─" : "-", width - full));
}

} // namespace

Progress::Progress() : m_shown(Clock::now()) {}

Progress::~Progress() { clear(); }

void Progress::show(const StepMetrics &metrics)
{
    const auto now = Clock::now();
    m_recent.emplace_back(now, metrics.step);
    while (m_recent.size() > 2 && now - m_recent.front().first > 5s)
        m_recent.pop_front();
    if (metrics.heldOutLoss)
        m_heldOut = metrics.heldOutLoss;

    const bool first = m_recent.size() == 1;
    const bool last = metrics.step == m_steps;
    if (isTerminal()) {
        if (first || last || now - m_shown >= 100ms) {
            drawBar(metrics);
            m_shown = now;
        }
    } else if (last || now - m_shown >= 1s) {
        std::fprintf(stderr, "%s\n", facts(metrics, false).c_str());
        m_shown = now;
    }
}

void Progress::clear()
{
    if (m_drawn)
        std::fputs("\r\033[K", stderr);
    m_drawn = false;
}

std::optional<double> Progress::rate() const
{
    if (m_recent.size() < 2)
        return std::nullopt;
    const std::chrono::duration<double> time = m_recent.back().first - m_recent.front().first;
    if (time.count() <= 0)
        return std::nullopt;
    return static_cast<double>(m_recent.back().second - m_recent.front().second) / time.count();
}

std::string Progress::facts(const StepMetrics &metrics, bool strong) const
{
    const std::string total = m_steps > 0 ? std::to_string(m_steps) : "";
    std::string step = std::to_string(metrics.step);
    if (step.size() < total.size())
        step.insert(0, total.size() - step.size(), ' ');
    const std::string loss = fixed(metrics.loss, 4);
    std::string text =
        "step " + step + (total.empty() ? "" : "/" + total) + "  loss " + (strong ? styled(Style::Strong, loss) : loss);
    if (m_heldOut)
        text += "  held-out " + fixed(*m_heldOut, 4);
    if (const auto speed = rate()) {
        text += "  " + fixed(*speed, *speed < 10 ? 2 : 1) + " steps/s";
        if (m_steps > metrics.step)
            text += "  " + duration(static_cast<double>(m_steps - metrics.step) / *speed) + " left";
    }
    return text;
}

void Progress::drawBar(const StepMetrics &metrics)
{
    std::string line = facts(metrics, true);
    const int room = terminalWidth() - 1 - columns(line) - 2;
    if (m_steps > 0 && room >= narrowestBar) {
        const double share = static_cast<double>(metrics.step) / static_cast<double>(m_steps);
        line = bar(std::min(share, 1.0), std::min(room, widestBar)) + "  " + line;
    }
    // A line wider than the terminal would leave its first half behind at every redrawing.
    std::fprintf(stderr, "\r\033[?7l%s\033[K\033[?7h", line.c_str());
    m_drawn = true;
}

} // namespace samout::cli
