// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/training.h"

#include <memory>

namespace samout {

/// Trains one network after the other on a thread of its own, which alone owns the network. It takes commands between
/// two steps, in the order in which they were sent, and holds no lock while it works or calls back. The status becomes
/// Pausing, Stopping or Running as soon as the command is sent.
///
/// An edit that was sent before the network was known, and that the network turns out not to allow, is answered by a
/// Remark and changes nothing.
///
/// A loss or gradient that is not finite is found before the update, which is not made: the session pauses with a
/// sentence that names the step and the first layer where it appeared; the weights are the last good ones. If it should
/// not pause there (SetBreakpoints), the session passes the step over: the weights stay, and the next step takes the
/// next data. Of several such steps in a row, the first is reported by a Remark. A stored run has a snapshot and a
/// checkpoint of its last step before the status becomes Stopped (Failed if they cannot be stored). Any exception ends
/// the training as Failed with its sentence. The destructor finishes the step and joins.
class Session : public Training {
public:
    explicit Session(OnEvent onEvent);
    ~Session() override;

    void send(TrainingCommand command) override;
    SessionStatus status() const override;

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
