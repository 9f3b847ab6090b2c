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

/// A condition at which a training pauses. It changes no number. Written as text (parseBreakpoint, breakpointText):
/// "step=100", "held-out=3", "alpha.1=0.4", "gradient=10", "changes=0.5".
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
    /// From 0 on; for Alpha alone.
    int layer = 0;

    bool operator==(const Breakpoint &) const = default;
};

/// Throws Error where the value is none that its kind can have.
void checkBreakpoint(const Breakpoint &breakpoint);
/// Throws Error where the text is no breakpoint.
Breakpoint parseBreakpoint(std::string_view text);
std::string breakpointText(const Breakpoint &breakpoint);

/// Where a training broke.
struct BreakpointHit {
    /// None: a loss or gradient was not finite.
    std::optional<Breakpoint> breakpoint = {};
    std::int64_t step = 0;
    /// From 0 on; -1 where it is of no layer.
    int layer = -1;
    Text sentence = {};
};

/// Looks at every step for the conditions that are switched on. A condition breaks when it becomes true, not again as
/// long as it stays so; a step, each time that it is made.
class BreakpointWatch {
public:
    /// Those that were set before remember what they have seen.
    void set(const std::vector<Breakpoint> &breakpoints);
    /// Another training begins.
    void restart();
    /// True where the state changes of this step have to be measured.
    bool wantsStateChanges(std::int64_t step) const;
    /// A step was made. `stateChanges`: see Trainer::stateChanges(); empty where not measured.
    std::vector<BreakpointHit> after(const StepMetrics &metrics, const std::vector<float> &stateChanges = {});

    /// Steps between two measurements of state changes, and the held-out sequences that each reads.
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
    int m_rises = 0; // of the held-out loss, in a row
    std::vector<float> m_alphas;
};

} // namespace samout
