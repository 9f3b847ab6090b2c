// SPDX-License-Identifier: GPL-3.0-only
#include "core/train/breakpoints.h"

#include "core/base/error.h"
#include "core/base/text_form.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <utility>

namespace samout {

namespace {

using Kind = Breakpoint::Kind;

std::string_view nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Step:
        return "step";
    case Kind::HeldOut:
        return "held-out";
    case Kind::Alpha:
        return "alpha";
    case Kind::Gradient:
        return "gradient";
    case Kind::Changes:
        return "changes";
    }
    return {};
}

/// Four digits, as numbers are shown.
std::string shortText(double number)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.4g", number);
    return text;
}

Text times(int count) { return count == 1 ? Text("once") : Text("{0} times", count); }

/// False if one of the numbers is NaN.
bool crosses(double before, double now, double value)
{
    return (before < value && now >= value) || (before > value && now <= value);
}

} // namespace

void checkBreakpoint(const Breakpoint &breakpoint)
{
    const double value = breakpoint.value;
    const bool whole = value >= 1 && value <= 9e15 && value == std::floor(value);
    const auto refuse = [&](const Text &what, const Text &right) {
        throw Error(Error::WrongValue,
                    Text("{0} of the breakpoint is {1}; it should be {2}.", what, numberText(value), right));
    };
    if (breakpoint.kind == Kind::Step && !whole)
        refuse(Text("The step"), Text("a whole number from 1 on"));
    if (breakpoint.kind == Kind::HeldOut && !whole)
        refuse(Text("The number of rises in a row"), Text("a whole number from 1 on"));
    if (breakpoint.kind == Kind::Alpha && !std::isfinite(value))
        refuse(Text("The alpha"), Text("a finite number, as 0.5"));
    if (breakpoint.kind == Kind::Gradient && !(std::isfinite(value) && value > 0))
        refuse(Text("The gradient norm"), Text("above 0, as 10"));
    if (breakpoint.kind == Kind::Changes && !(std::isfinite(value) && value > 0))
        refuse(Text("The k of k / (t + 1)"), Text("above 0, as 0.5"));
    if (breakpoint.layer < 0)
        throw Error(Error::WrongValue,
                    Text("The layer of the breakpoint is {0}; layers count from 0 on.", breakpoint.layer));
}

Breakpoint parseBreakpoint(std::string_view text)
{
    const auto border = text.find('=');
    std::string_view name = text.substr(0, border);
    Breakpoint breakpoint;
    bool known = false;
    for (const Kind kind : {Kind::Step, Kind::HeldOut, Kind::Alpha, Kind::Gradient, Kind::Changes}) {
        bool here = kind != Kind::Alpha && name == nameOf(kind);
        if (kind == Kind::Alpha && name.starts_with("alpha."))
            if (const auto layer = parseNumber<int>(name.substr(6))) {
                breakpoint.layer = *layer;
                here = true;
            }
        if (here) {
            breakpoint.kind = kind;
            known = true;
        }
    }
    const auto value = border == text.npos ? std::nullopt : parseNumber<double>(text.substr(border + 1));
    if (!known || !value)
        throw Error(Error::WrongValue, Text("\"{0}\" is no breakpoint; it should be step=N, held-out=TIMES, "
                                            "alpha.LAYER=X, gradient=X or changes=K.",
                                            text));
    breakpoint.value = *value;
    checkBreakpoint(breakpoint);
    return breakpoint;
}

std::string breakpointText(const Breakpoint &breakpoint)
{
    std::string name(nameOf(breakpoint.kind));
    if (breakpoint.kind == Kind::Alpha)
        name += "." + std::to_string(breakpoint.layer);
    return name + "=" + numberText(breakpoint.value);
}

void BreakpointWatch::set(const std::vector<Breakpoint> &breakpoints)
{
    const std::vector<Watched> before = std::exchange(m_watched, {});
    for (const Breakpoint &breakpoint : breakpoints) {
        const auto same = std::ranges::find(before, breakpoint, &Watched::breakpoint);
        m_watched.push_back(same != before.end() ? *same : Watched{.breakpoint = breakpoint});
    }
}

void BreakpointWatch::restart()
{
    for (Watched &watched : m_watched)
        watched.wasTrue = false;
    m_heldOut.reset();
    m_rises = 0;
    m_alphas.clear();
}

bool BreakpointWatch::wantsStateChanges(std::int64_t step) const
{
    return step % stateChangesEvery == 0 && std::ranges::any_of(m_watched, [](const Watched &watched) {
               return watched.breakpoint.kind == Kind::Changes;
           });
}

std::vector<BreakpointHit> BreakpointWatch::after(const StepMetrics &metrics, const std::vector<float> &stateChanges)
{
    if (metrics.heldOutLoss) {
        m_rises = m_heldOut && *metrics.heldOutLoss > *m_heldOut ? m_rises + 1 : 0;
        m_heldOut = metrics.heldOutLoss;
    }
    std::vector<BreakpointHit> hits;
    for (Watched &watched : m_watched)
        if (auto hit = look(watched, metrics, stateChanges))
            hits.push_back(std::move(*hit));
    m_alphas = metrics.alphas;
    return hits;
}

std::optional<BreakpointHit> BreakpointWatch::look(Watched &watched, const StepMetrics &metrics,
                                                   const std::vector<float> &stateChanges) const
{
    const Breakpoint &breakpoint = watched.breakpoint;
    const double value = breakpoint.value;
    const std::string limit = numberText(value);
    BreakpointHit hit{.breakpoint = breakpoint, .step = metrics.step};
    Text sentence;
    bool isTrue = false;
    switch (breakpoint.kind) {
    case Kind::Step:
        isTrue = static_cast<double>(metrics.step) == value;
        sentence = Text("step {0} is made", metrics.step);
        break;
    case Kind::HeldOut:
        if (!metrics.heldOutLoss)
            return std::nullopt;
        isTrue = m_rises >= value;
        sentence = Text("the held-out loss rose {0} in a row; after step {1} it is {2}", times(m_rises), metrics.step,
                        shortText(*metrics.heldOutLoss));
        break;
    case Kind::Alpha: {
        const auto layer = static_cast<std::size_t>(breakpoint.layer);
        if (layer >= metrics.alphas.size())
            return std::nullopt;
        const auto now = static_cast<double>(metrics.alphas[layer]);
        // Crossing does not last as a state: each crossing is a new hit.
        watched.wasTrue = false;
        isTrue = layer < m_alphas.size() && crosses(static_cast<double>(m_alphas[layer]), now, value);
        hit.layer = breakpoint.layer;
        if (isTrue)
            sentence = Text("the alpha of layer {0} went from {1} to {2} in step {3}, across {4}", breakpoint.layer,
                            shortText(static_cast<double>(m_alphas[layer])), shortText(now), metrics.step, limit);
        break;
    }
    case Kind::Gradient: {
        isTrue = metrics.gradientNorm > value;
        const auto &norms = metrics.layerGradientNorms;
        hit.layer = norms.empty() ? -1 : static_cast<int>(std::ranges::max_element(norms) - norms.begin());
        sentence = Text("the gradient norm of step {0} is {1}, above {2}", metrics.step,
                        shortText(metrics.gradientNorm), limit);
        if (hit.layer >= 0)
            sentence = Text("{0}; the largest part of a layer in it is that of layer {1}", sentence, hit.layer);
        break;
    }
    case Kind::Changes: {
        if (stateChanges.empty())
            return std::nullopt;
        const auto rarest = std::ranges::min_element(stateChanges);
        isTrue = static_cast<double>(*rarest) < value;
        hit.layer = static_cast<int>(rarest - stateChanges.begin());
        sentence =
            Text("after step {0} the states of layer {1} change {2} times as often as 1/(t+1), more rarely than {3}",
                 metrics.step, hit.layer, shortText(static_cast<double>(*rarest)), limit);
        break;
    }
    }
    hit.sentence = Text("Breakpoint: {0}.", sentence);
    const bool wasTrue = std::exchange(watched.wasTrue, isTrue);
    if (!isTrue || wasTrue)
        return std::nullopt;
    return hit;
}

} // namespace samout
