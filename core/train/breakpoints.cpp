#include "core/train/breakpoints.h"

#include "core/base/error.h"
#include "core/train/edit.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
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

std::string times(double count) { return count == 1 ? "once" : editValue(count) + " times"; }

template <typename Number> bool reads(std::string_view text, Number &number)
{
    const char *end = text.data() + text.size();
    const auto [read, error] = std::from_chars(text.data(), end, number);
    return error == std::errc() && read == end;
}

/// Never where one of them is not a number.
bool crosses(double before, double now, double value)
{
    return (before < value && now >= value) || (before > value && now <= value);
}

} // namespace

void checkBreakpoint(const Breakpoint &breakpoint)
{
    const double value = breakpoint.value;
    const bool whole = value >= 1 && value <= 9e15 && value == std::floor(value);
    const auto refuse = [&](const std::string &what, const std::string &right) {
        throw Error(what + " of the breakpoint is " + editValue(value) + "; it should be " + right + ".");
    };
    if (breakpoint.kind == Kind::Step && !whole)
        refuse("The step", "a whole number from 1 on");
    if (breakpoint.kind == Kind::HeldOut && !whole)
        refuse("The number of rises in a row", "a whole number from 1 on");
    if (breakpoint.kind == Kind::Alpha && !std::isfinite(value))
        refuse("The alpha", "a finite number, as 0.5");
    if (breakpoint.kind == Kind::Gradient && !(std::isfinite(value) && value > 0))
        refuse("The gradient norm", "above 0, as 10");
    if (breakpoint.kind == Kind::Changes && !(std::isfinite(value) && value > 0))
        refuse("The k of k / (t + 1)", "above 0, as 0.5");
    if (breakpoint.layer < 0)
        throw Error("The layer of the breakpoint is " + std::to_string(breakpoint.layer) + "; layers count from 0 on.");
}

Breakpoint parseBreakpoint(std::string_view text)
{
    const auto border = text.find('=');
    std::string_view name = text.substr(0, border);
    Breakpoint breakpoint;
    bool known = false;
    for (const Kind kind : {Kind::Step, Kind::HeldOut, Kind::Alpha, Kind::Gradient, Kind::Changes}) {
        const std::string_view whole = nameOf(kind);
        const bool here =
            kind == Kind::Alpha ? name.starts_with("alpha.") && reads(name.substr(6), breakpoint.layer) : name == whole;
        if (here) {
            breakpoint.kind = kind;
            known = true;
        }
    }
    if (!known || border == text.npos || !reads(text.substr(border + 1), breakpoint.value))
        throw Error("\"" + std::string(text) +
                    "\" is no breakpoint; it should be step=N, held-out=TIMES, alpha.LAYER=X, gradient=X or "
                    "changes=K.");
    checkBreakpoint(breakpoint);
    return breakpoint;
}

std::string breakpointText(const Breakpoint &breakpoint)
{
    std::string name(nameOf(breakpoint.kind));
    if (breakpoint.kind == Kind::Alpha)
        name += "." + std::to_string(breakpoint.layer);
    return name + "=" + editValue(breakpoint.value);
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
    const std::string step = std::to_string(metrics.step), limit = editValue(value);
    BreakpointHit hit{.breakpoint = breakpoint, .step = metrics.step};
    bool isTrue = false;
    switch (breakpoint.kind) {
    case Kind::Step:
        isTrue = static_cast<double>(metrics.step) == value;
        hit.sentence = "step " + step + " is made";
        break;
    case Kind::HeldOut:
        if (!metrics.heldOutLoss)
            return std::nullopt;
        isTrue = m_rises >= value;
        hit.sentence = "the held-out loss rose " + times(m_rises) + " in a row; after step " + step + " it is " +
                       shortText(*metrics.heldOutLoss);
        break;
    case Kind::Alpha: {
        const auto layer = static_cast<std::size_t>(breakpoint.layer);
        if (layer >= metrics.alphas.size())
            return std::nullopt;
        const auto now = static_cast<double>(metrics.alphas[layer]);
        // Not as a state that lasts: crossing again is breaking again.
        watched.wasTrue = false;
        isTrue = layer < m_alphas.size() && crosses(static_cast<double>(m_alphas[layer]), now, value);
        hit.layer = breakpoint.layer;
        if (isTrue)
            hit.sentence = "the alpha of layer " + std::to_string(breakpoint.layer) + " went from " +
                           shortText(static_cast<double>(m_alphas[layer])) + " to " + shortText(now) + " in step " +
                           step + ", across " + limit;
        break;
    }
    case Kind::Gradient: {
        isTrue = metrics.gradientNorm > value;
        const auto &norms = metrics.layerGradientNorms;
        hit.layer = norms.empty() ? -1 : static_cast<int>(std::ranges::max_element(norms) - norms.begin());
        hit.sentence =
            "the gradient norm of step " + step + " is " + shortText(metrics.gradientNorm) + ", above " + limit;
        if (hit.layer >= 0)
            hit.sentence += "; the largest part of a layer in it is that of layer " + std::to_string(hit.layer);
        break;
    }
    case Kind::Changes: {
        if (stateChanges.empty())
            return std::nullopt;
        const auto rarest = std::ranges::min_element(stateChanges);
        isTrue = static_cast<double>(*rarest) < value;
        hit.layer = static_cast<int>(rarest - stateChanges.begin());
        hit.sentence = "after step " + step + " the states of layer " + std::to_string(hit.layer) + " change " +
                       shortText(static_cast<double>(*rarest)) + " times as often as 1/(t+1), more rarely than " +
                       limit;
        break;
    }
    }
    hit.sentence = "Breakpoint: " + hit.sentence + ".";
    const bool wasTrue = std::exchange(watched.wasTrue, isTrue);
    if (!isTrue || wasTrue)
        return std::nullopt;
    return hit;
}

} // namespace samout
