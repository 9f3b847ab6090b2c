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

/// A loss or gradient that is not finite, found before the update, which was not made. The text says at which
/// step and in which layer it appears first.
class NotFinite : public Error {
public:
    NotFinite(Text text, StepMetrics attempt, int layer)
        : Error(Error::NotFinite, std::move(text)), m_attempt(std::move(attempt)), m_layer(layer)
    {
    }
    /// The numbers of the step as far as they were computed.
    const StepMetrics &attempt() const { return m_attempt; }
    /// The layer where it appears first, from 0 on; -1 where that is in none.
    int layer() const { return m_layer; }

private:
    StepMetrics m_attempt;
    int m_layer;
};

/// Trains one network, a step at a time: no thread, no clock, no file. A step is a pure function of the
/// trainer's state; equal options on one machine and thread count give the same bits.
class Trainer {
public:
    /// New weights from the options' seed, or those of `init`. Throws Error where `data` does not fit `init` (its
    /// tokens are not in the vocabulary) or the device is not there.
    Trainer(const TrainingOptions &options, std::shared_ptr<const Dataset> data,
            std::shared_ptr<const Snapshot> init = nullptr);
    ~Trainer();

    /// Batch, forward, backward, update. Throws NotFinite, or Error where the device has no memory left
    /// (Error::OutOfMemory), and then the weights are as before.
    /// `seconds` and `heldOutLoss` are left to the caller.
    StepMetrics step();
    /// The step that threw NotFinite counts without its update: weights and moments stay, and the next step has another
    /// batch. Answers its numbers as they are stored.
    StepMetrics passOver(const NotFinite &error);
    /// A step that a run has stored, once more: one that was passed over then is again.
    StepMetrics stepAgain(bool passedOver);
    /// The loss of the held-out sequences by the weights as they are; empty where nothing is held out.
    std::optional<double> heldOutLoss() const;
    /// How often the states of each layer change, as a multiple of how often a running maximum of anything does: over
    /// the first `sequences` held-out ones, the changes from the second token on (state[t] > state[t-1], the mean over
    /// the layer's channels) summed, divided by 1 / (t + 1) summed. Padding does not count. Empty where nothing is held
    /// out.
    std::vector<float> stateChanges(std::int64_t sequences) const;
    /// The weights as they are.
    std::shared_ptr<const Snapshot> snapshot() const;

    /// Steps made or passed over.
    std::int64_t stepsDone() const;
    const TrainingOptions &options() const;
    const ModelConfig &config() const;
    const Vocabulary &vocabulary() const;

    /// All that it takes to go on from here.
    std::shared_ptr<const Checkpoint> checkpoint() const;
    /// Goes to where the checkpoint was taken, with what edits before it had fixed. Throws Error where it is of another
    /// network.
    void restore(const Checkpoint &checkpoint, const FixedParts &fixed = {});
    /// Changes the training from the next step on; frozen parts still count in the gradient norm. Throws Error as
    /// checkEdit().
    void apply(const Edit &edit);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
