// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/event_outbox.h"

#include <utility>

namespace samout {

/// Ends a callback, also one that throws against its promise.
class EventOutbox::Call {
public:
    explicit Call(EventOutbox &outbox) : m_outbox(outbox) {}
    ~Call()
    {
        {
            const MutexLock lock(m_outbox.m_mutex);
            m_outbox.m_calling = false;
        }
        m_outbox.m_returned.notifyAll();
    }
    Call(const Call &) = delete;
    Call &operator=(const Call &) = delete;

private:
    EventOutbox &m_outbox;
};

EventOutbox::EventOutbox(Training::OnEvent onEvent) : m_onEvent(std::move(onEvent)) {}

void EventOutbox::put(TrainingEvent event, From from)
{
    const MutexLock lock(m_mutex);
    m_events.push_back({.event = std::move(event), .from = from});
}

void EventOutbox::deliver(From from)
{
    while (auto event = take(from)) {
        const Call call(*this);
        m_onEvent(std::move(*event));
    }
}

std::optional<TrainingEvent> EventOutbox::take(From from)
{
    const MutexLock lock(m_mutex);
    while (from == From::Training && m_calling)
        m_returned.wait(m_mutex);
    if (m_calling || m_events.empty() || (from == From::Command && m_events.front().from == From::Training))
        return std::nullopt;
    m_calling = true;
    TrainingEvent event = std::move(m_events.front().event);
    m_events.pop_front();
    return event;
}

} // namespace samout
