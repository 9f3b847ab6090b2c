#pragma once

#include "core/model/config.h"

#include <cstdint>
#include <string>

namespace samout {

/// A change that a person made to a training while it ran, so that it can be made again at the same place. Every kind
/// sets something to what it is told, so making all edits of a place twice is making them once.
///
/// | kind | value | what it does |
/// |---|---|---|
/// | learning_rate | a number | the new rate, before warm-up and cosine |
/// | steps | a number | the step to reach; 0 is none |
/// | freeze_head, unfreeze_head | layer.head | its weights and Adam moments stay, or move again |
/// | zero_head | layer.head | its weights and Adam moments become 0 |
/// | reinitialise_head | layer.head | new weights of the run's seed and this step; its Adam moments become 0 |
/// | freeze_layer, unfreeze_layer | layer | as a head, of all its parameters |
/// | hold_alpha | layer=number | the layer's alpha becomes this number and stays it |
/// | release_alpha | layer | it is learnt again |
///
/// Layers and heads count from 0. A head h of d channels owns the rows [h d, (h+1) d) in each of the four blocks of its
/// layer's combined.weight; nothing else of the layer is its own.
struct Edit {
    /// Updates made when it was applied: it counts from step `step` + 1 on.
    std::int64_t step = 0;
    std::string kind;
    std::string value;

    bool operator==(const Edit &) const = default;
};

/// A number as an edit's value: the shortest text that reads back as the same number.
std::string editValue(double number);
std::string editValue(std::int64_t number);
/// A head, and a layer's alpha, as an edit's value.
std::string headValue(int layer, int head);
std::string alphaValue(int layer, double alpha);

/// Throws Error where the edit is of no known kind, or its value is not what that takes.
void checkEdit(const Edit &edit);
/// The same, and Error where there is no such layer or head in the network.
void checkEdit(const Edit &edit, const ModelConfig &config);

/// What the value of a checked edit says.
struct EditValue {
    /// learning_rate, steps; the alpha of hold_alpha.
    double number = 0;
    /// -1 where the kind has none.
    int layer = -1;
    int head = -1;
};
EditValue valueOf(const Edit &edit);

} // namespace samout
