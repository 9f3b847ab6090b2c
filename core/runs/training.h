// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/training_messages.h"

#include <functional>

namespace samout {

/// A training, wherever it is computed: commands go in, events come out. Session computes it in this process;
/// FollowedTraining is a run that another process writes.
class Training {
public:
    /// Called with every event, one at a time and in the order of the events, on the training's own thread. A status
    /// that a command changes at once comes on the thread that sent the command, unless the training's thread is
    /// calling back just then: it comes next on that thread. No lock is held meanwhile, so the callback may send
    /// commands. It must not wait for the training, destroy it, or throw.
    using OnEvent = std::function<void(TrainingEvent event)>;

    Training() = default;
    virtual ~Training() = default;
    Training(const Training &) = delete;
    Training &operator=(const Training &) = delete;

    /// Returns at once; may be called from any thread. Throws Error, and does nothing, if the command has a value that
    /// is not allowed, as far as that is known by now: checkCommand(), and checkEdit() with the network's shape. A
    /// command that turns out later to be impossible is answered by a Remark.
    virtual void send(TrainingCommand command) = 0;
    /// Returns at once; may be called from any thread.
    virtual SessionStatus status() const = 0;
};

} // namespace samout
