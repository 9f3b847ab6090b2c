// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/mutex.h"
#include "core/model/config.h"
#include "core/runs/event_outbox.h"
#include "core/runs/training.h"

#include <deque>
#include <optional>

namespace samout {

/// Where the threads that send commands to a Session meet the thread that trains: the commands that wait, the status,
/// and the events on their way out. Its lock is held for a few assignments, never during work or a callback.
class CommandQueue {
public:
    explicit CommandQueue(Training::OnEvent onEvent);

    // For every thread; none of these waits.

    /// See Training::send().
    void send(TrainingCommand command) EXCLUDES(m_mutex);
    SessionStatus status() const EXCLUDES(m_mutex);
    /// Ends the training, and then waitBetweenTrainings().
    void quit() EXCLUDES(m_mutex);

    // For the thread that trains.

    /// Waits for a StartTraining, SetBreakpoints or WantSnapshot; empty: quit() was called. The status is Preparing if
    /// a training starts.
    std::optional<TrainingCommand> waitBetweenTrainings() EXCLUDES(m_mutex);

    enum class Turn { Command, Step, End };
    struct Next {
        Turn turn = Turn::End;
        TrainingCommand command = {};
    };
    /// What comes between two steps: all commands that wait, in order; then a step, or the end. Waits while Paused.
    /// `allStepsAreDone`: the training has reached its last step.
    Next next(bool allStepsAreDone) EXCLUDES(m_mutex);
    /// Takes the WantSnapshot out of the queue. False if there is none.
    bool takeSnapshotWanted() EXCLUDES(m_mutex);

    /// The training is prepared: edits are checked against its network from now on.
    void setNetwork(const ModelConfig &config) EXCLUDES(m_mutex);
    /// The training goes from Preparing to its first step.
    void begin() EXCLUDES(m_mutex);
    void setStatus(SessionStatus status, const Text &reason = {}) EXCLUDES(m_mutex);
    /// Pauses with a sentence, unless the training is to end.
    void pauseBecause(const Text &reason) EXCLUDES(m_mutex);
    void tell(TrainingEvent event) EXCLUDES(m_mutex);

private:
    using From = EventOutbox::From;
    enum class Wish { Run, Pause, StepOnce, Stop };

    void change(SessionStatus status, From from, const Text &reason = {}) REQUIRES(m_mutex);
    void ask(Wish wish, SessionStatus shown) REQUIRES(m_mutex);
    void take(StartTraining command) REQUIRES(m_mutex);
    void take(PauseTraining command) REQUIRES(m_mutex);
    void take(GoOn command) REQUIRES(m_mutex);
    void take(StepOnce command) REQUIRES(m_mutex);
    void take(StopTraining command) REQUIRES(m_mutex);
    void take(Edit command) REQUIRES(m_mutex);
    void take(SetBreakpoints command) REQUIRES(m_mutex);
    void take(TakeCheckpoint command) REQUIRES(m_mutex);
    void take(KeepSnapshot command) REQUIRES(m_mutex);
    void take(WantSnapshot command) REQUIRES(m_mutex);

    EventOutbox m_events;
    mutable Mutex m_mutex;
    ConditionVariable m_changed;
    SessionStatus m_status GUARDED_BY(m_mutex) = SessionStatus::Idle;
    Wish m_wish GUARDED_BY(m_mutex) = Wish::Run;
    bool m_quitting GUARDED_BY(m_mutex) = false;
    /// The next training; later commands are meant for it.
    std::optional<StartTraining> m_start GUARDED_BY(m_mutex);
    /// The commands that the thread carries out between two steps.
    std::deque<TrainingCommand> m_waiting GUARDED_BY(m_mutex);
    /// The shape of the network that is trained; empty before it is known.
    std::optional<ModelConfig> m_network GUARDED_BY(m_mutex);
};

} // namespace samout
