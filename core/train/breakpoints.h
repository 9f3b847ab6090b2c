// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"
#include "core/train/metrics.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace samout {

/// A condition at which a training pauses. A breakpoint does not change the training's numbers. As text
/// (parseBreakpoint, breakpointText): "step=100", "held-out=3", "alpha.1=0.4", "gradient=10", "changes=0.5".
struct Breakpoint {
    enum class Kind {
        Step,     ///< step `value` is made
        HeldOut,  ///< the held-out loss has risen `value` times in a row
        Alpha,    ///< the alpha of `layer` goes from one side of `value` to the other, or reaches it
        Gradient, ///< the gradient norm, before clipping, is above `value`
        Changes,  ///< the states of some layer change more rarely than `value` / (t + 1)
    };
    Kind kind = Kind::Step;
    double value = 0;
    /// The layer, from 0 on; used for Alpha alone.
    int layer = 0;

    bool operator==(const Breakpoint &) const = default;
};

/// Throws Error if the value is not allowed for the kind.
void checkBreakpoint(const Breakpoint &breakpoint);
/// Throws Error if the text is not a breakpoint.
Breakpoint parseBreakpoint(std::string_view text);
std::string breakpointText(const Breakpoint &breakpoint);

/// A breakpoint that a training met.
struct BreakpointHit {
    /// Empty: a loss or gradient was not finite.
    std::optional<Breakpoint> breakpoint = {};
    std::int64_t step = 0;
    /// The layer, from 0 on; -1 if the hit belongs to no layer.
    int layer = -1;
    Text sentence = {};
};

/// Checks the breakpoints after every step. A condition is met when it becomes true, and not again while it stays true;
/// a Step breakpoint is met each time that the step is made.
class BreakpointWatch {
public:
    /// Replaces the breakpoints. Breakpoints that were set before keep their memory of earlier steps.
    void set(const std::vector<Breakpoint> &breakpoints);
    /// Forgets all earlier steps: another training begins.
    void restart();
    /// Whether the state changes of this step have to be measured.
    bool wantsStateChanges(std::int64_t step) const;
    /// The breakpoints that a step meets. `stateChanges`: see Trainer::stateChanges(); empty if not measured.
    std::vector<BreakpointHit> after(const StepMetrics &metrics, const std::vector<float> &stateChanges = {});

    /// Steps between two measurements of state changes, and the number of held-out sequences that each measurement
    /// reads.
    static constexpr std::int64_t stateChangesEvery = 20;
    static constexpr std::int64_t stateChangesSequences = 16;

private:
    struct Watched {
        Breakpoint breakpoint;
        bool wasTrue = false;
    };
    std::optional<BreakpointHit> look(Watched &watched, const StepMetrics &metrics,
                                      const std::vector<float> &stateChanges) const;

    std::vector<Watched> m_watched;
    std::optional<double> m_heldOut;
    int m_rises = 0; // rises of the held-out loss in a row
    std::vector<float> m_alphas;
};

} // namespace samout
