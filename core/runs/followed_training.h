// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/training.h"

#include <filesystem>
#include <memory>

namespace samout {

/// A run that another process trains, or has trained, followed through its folder. All stored steps and edits come as
/// events, in order, from step 1 on, and new ones within about a second. The status is Preparing while the run is
/// opened, Running while a process writes it, else Stopped, and Failed if the run cannot be opened. WantSnapshot is
/// answered with the newest stored snapshot, as soon as there is one; every other command by a Remark, since only the
/// process that trains could carry it out. A run that cannot be read at the moment is reported by a Remark, and tried
/// again.
class FollowedTraining : public Training {
public:
    FollowedTraining(std::filesystem::path run, OnEvent onEvent);
    /// Waits until the reading that is under way is finished.
    ~FollowedTraining() override;

    void send(TrainingCommand command) override;
    SessionStatus status() const override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
