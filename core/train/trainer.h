#pragma once

#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/model/snapshot.h"
#include "core/train/checkpoint.h"
#include "core/train/edit.h"
#include "core/train/metrics.h"
#include "core/train/options.h"

#include <memory>
#include <optional>
#include <string>

namespace samout {

/// A loss or gradient that is not finite, found before the update, which was not made. The text says at which
/// step and in which layer it appears first.
class NotFinite : public Error {
public:
    NotFinite(const std::string &text, StepMetrics attempt) : Error(text), m_attempt(std::move(attempt)) {}
    /// The numbers of the step as far as they were computed.
    const StepMetrics &attempt() const { return m_attempt; }

private:
    StepMetrics m_attempt;
};

/// The device has no memory left for a step, which was not made.
class OutOfMemory : public Error {
public:
    using Error::Error;
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

    /// Batch, forward, backward, update. Throws NotFinite or OutOfMemory, and then the weights are as before.
    /// `seconds` and `heldOutLoss` are left to the caller.
    StepMetrics step();
    /// The loss of the held-out sequences by the weights as they are; empty where nothing is held out.
    std::optional<double> heldOutLoss() const;
    /// The weights as they are.
    std::shared_ptr<const Snapshot> snapshot() const;

    /// Updates made.
    std::int64_t stepsDone() const;
    const TrainingOptions &options() const;
    const ModelConfig &config() const;
    const Vocabulary &vocabulary() const;

    /// All that it takes to go on from here.
    std::shared_ptr<const Checkpoint> checkpoint() const;
    /// Goes to where the checkpoint was taken. Throws Error where it is of another network.
    void restore(const Checkpoint &checkpoint);
    /// Changes the training from the next step on; the edit's own step is not looked at. Throws Error as checkEdit().
    void apply(const Edit &edit);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
