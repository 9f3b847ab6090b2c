// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/training_facts.h"

namespace samout {

TrainingFacts::NeverMet TrainingFacts::neverMet(const Breakpoint &breakpoint) const
{
    using Kind = Breakpoint::Kind;
    const bool heldOut = data->heldOut().count > 0;
    switch (breakpoint.kind) {
    case Kind::Step: {
        const bool isBefore = breakpoint.value <= static_cast<double>(step);
        const bool isBeyond = options.steps > 0 && breakpoint.value > static_cast<double>(options.steps);
        return isBefore || isBeyond ? NeverMet::StepNotReached : NeverMet::MayBeMet;
    }
    case Kind::HeldOut:
        return heldOut && options.heldOutEvery > 0 ? NeverMet::MayBeMet : NeverMet::NoHeldOutLoss;
    case Kind::Alpha:
        return breakpoint.layer < config.numLayers ? NeverMet::MayBeMet : NeverMet::NoSuchLayer;
    case Kind::Changes:
        return heldOut ? NeverMet::MayBeMet : NeverMet::NoHeldOutData;
    case Kind::Gradient:
        break;
    }
    return NeverMet::MayBeMet;
}

} // namespace samout
