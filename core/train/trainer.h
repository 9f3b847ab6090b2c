// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/model/snapshot.h"
#include "core/train/checkpoint.h"
#include "core/train/edit.h"
#include "core/train/fixed_parts.h"
#include "core/train/metrics.h"
#include "core/train/options.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace samout {

/// Thrown if a loss or gradient is not finite. The update was not made. The text names the step, and the layer where
/// such a number appears first.
class NotFinite : public Error {
public:
    NotFinite(Text text, StepMetrics attempt, int layer)
        : Error(Error::NotFinite, std::move(text)), m_attempt(std::move(attempt)), m_layer(layer)
    {
    }
    /// The numbers of the step as far as they were computed.
    const StepMetrics &attempt() const { return m_attempt; }
    /// The layer where such a number appears first, from 0 on; -1 if it is in no layer.
    int layer() const { return m_layer; }

private:
    StepMetrics m_attempt;
    int m_layer;
};

/// Trains one network, a step at a time: no thread, no clock, no file. A step is a pure function of the
/// trainer's state; equal options on one machine and thread count give the same bits.
class Trainer {
public:
    /// New weights from the options' seed, or those of `init`. Throws Error if the tokens of `data` are not in the
    /// vocabulary of `init`, or the device does not exist.
    Trainer(const TrainingOptions &options, std::shared_ptr<const Dataset> data,
            std::shared_ptr<const Snapshot> init = nullptr);
    ~Trainer();

    /// Batch, forward, backward, update. Throws NotFinite, or Error (Error::OutOfMemory) if the device has no memory
    /// left; the weights are then unchanged. The caller sets `seconds` and `heldOutLoss`.
    StepMetrics step();
    /// Passes over the step that threw NotFinite: it counts without an update, weights and moments stay, and the next
    /// step has another batch. Returns the numbers that a run stores for the step.
    StepMetrics passOver(const NotFinite &error);
    /// Repeats a step that a run has stored. `passedOver`: the run passed it over, so it is passed over again.
    StepMetrics stepAgain(bool passedOver);
    /// The loss of the held-out sequences with the current weights; empty if nothing is held out.
    std::optional<double> heldOutLoss() const;
    /// How often the states of each layer change, as a multiple of the rate of a running maximum of independent
    /// numbers: over the first `sequences` held-out sequences, the sum of the changes from the second token on
    /// (state[t] > state[t-1], the mean over the layer's channels), divided by the sum of 1 / (t + 1). Padding does not
    /// count. Empty if nothing is held out.
    std::vector<float> stateChanges(std::int64_t sequences) const;
    /// The current weights.
    std::shared_ptr<const Snapshot> snapshot() const;

    /// The number of steps made or passed over.
    std::int64_t stepsDone() const;
    const TrainingOptions &options() const;
    const ModelConfig &config() const;
    const Vocabulary &vocabulary() const;

    /// Everything that the training needs to go on from this step.
    std::shared_ptr<const Checkpoint> checkpoint() const;
    /// Restores a checkpoint. `fixed`: the parts that earlier edits froze or hold. Throws Error if the checkpoint
    /// belongs to a network of another shape.
    void restore(const Checkpoint &checkpoint, const FixedParts &fixed = {});
    /// Changes the training from the next step on; frozen parts still count in the gradient norm. Throws Error as
    /// checkEdit().
    void apply(const Edit &edit);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
