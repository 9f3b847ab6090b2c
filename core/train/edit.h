// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/config.h"

#include <cstdint>
#include <string>
#include <variant>

namespace samout {

// The changes that a person can make to a training while it runs. Layers and heads count from 0. Every edit sets
// something to a value that the edit names, so applying all edits of a step twice has the effect of applying them once.

/// Sets the learning rate before warm-up and cosine; above 0.
struct SetLearningRate {
    double rate = 0;
    bool operator==(const SetLearningRate &) const = default;
};

/// Sets the step to reach; 0: until stopped.
struct SetSteps {
    std::int64_t steps = 0;
    bool operator==(const SetSteps &) const = default;
};

/// The head's weights and their Adam moments stay as they are. headStretches() lists the weights that a head owns.
struct FreezeHead {
    int layer = 0;
    int head = 0;
    bool operator==(const FreezeHead &) const = default;
};

struct UnfreezeHead {
    int layer = 0;
    int head = 0;
    bool operator==(const UnfreezeHead &) const = default;
};

/// The head's weights and their Adam moments become 0.
struct ZeroHead {
    int layer = 0;
    int head = 0;
    bool operator==(const ZeroHead &) const = default;
};

/// The head's weights become random ones of the run's seed and the step, their Adam moments 0.
struct ReinitialiseHead {
    int layer = 0;
    int head = 0;
    bool operator==(const ReinitialiseHead &) const = default;
};

/// All parameters of the layer and their Adam moments stay as they are.
struct FreezeLayer {
    int layer = 0;
    bool operator==(const FreezeLayer &) const = default;
};

struct UnfreezeLayer {
    int layer = 0;
    bool operator==(const UnfreezeLayer &) const = default;
};

/// The layer's alpha becomes this finite number and stays there.
struct HoldAlpha {
    int layer = 0;
    double alpha = 0;
    bool operator==(const HoldAlpha &) const = default;
};

/// The layer's alpha is learnt again.
struct ReleaseAlpha {
    int layer = 0;
    bool operator==(const ReleaseAlpha &) const = default;
};

/// An edit in a run that this version cannot read, in its text form: it can be shown, but not applied.
struct UnknownEdit {
    std::string kind;
    std::string value;
    bool operator==(const UnknownEdit &) const = default;
};

using Edit = std::variant<SetLearningRate, SetSteps, FreezeHead, UnfreezeHead, ZeroHead, ReinitialiseHead, FreezeLayer,
                          UnfreezeLayer, HoldAlpha, ReleaseAlpha, UnknownEdit>;

/// An edit of a training, stored with the run so that it can be applied again at the same step.
struct AppliedEdit {
    /// The number of updates made when the edit was applied: it takes effect from step `step` + 1 on.
    std::int64_t step = 0;
    Edit edit;

    bool operator==(const AppliedEdit &) const = default;
};

/// Throws Error if a number is not allowed for the edit, or the edit is unknown.
void checkEdit(const Edit &edit);
/// The same check, which also throws Error if the network has no such layer or head.
void checkEdit(const Edit &edit, const ModelConfig &config);

} // namespace samout
