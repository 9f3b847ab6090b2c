// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/mutex.h"
#include "core/runs/training.h"

#include <deque>
#include <optional>

namespace samout {

/// Calls back with the events of a training, one at a time and in order, and holds no lock meanwhile. Events are put in
/// by the thread of the training, and by threads whose command changed the status at once.
///
/// The training's thread delivers its own events itself, and waits for a callback that is under way on another thread.
/// Other threads wait for nothing: what they cannot deliver at once, the training's thread delivers next.
class EventOutbox {
public:
    enum class From {
        Training, ///< the training's own thread
        Command,  ///< a thread that sent a command
    };

    explicit EventOutbox(Training::OnEvent onEvent);

    /// Appends an event. Calls nobody, so that the caller may hold a lock under which the event and its own state
    /// change together.
    void put(TrainingEvent event, From from) EXCLUDES(m_mutex);
    /// Calls back with the events that this thread may deliver. The caller holds no lock.
    void deliver(From from) EXCLUDES(m_mutex);

private:
    struct Waiting {
        TrainingEvent event;
        From from;
    };
    class Call;
    std::optional<TrainingEvent> take(From from) EXCLUDES(m_mutex);

    const Training::OnEvent m_onEvent;
    Mutex m_mutex;
    ConditionVariable m_returned;
    std::deque<Waiting> m_events GUARDED_BY(m_mutex);
    bool m_calling GUARDED_BY(m_mutex) = false;
};

} // namespace samout
