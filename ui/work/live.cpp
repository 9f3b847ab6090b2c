// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/live.h"

#include "core/base/mutex.h"
#include "ui/work/translated.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

namespace samout {

namespace {

constexpr int shortestInterval = 33;

} // namespace

/// The training's thread puts events in here, and the GUI thread takes them out.
struct Live::Inbox {
    Mutex mutex;
    std::vector<TrainingEvent> events GUARDED_BY(mutex);
    bool urgent GUARDED_BY(mutex) = false;

    /// True if the GUI thread has to be woken: the inbox was empty, or `event` is not a step.
    bool put(TrainingEvent event)
    {
        const bool step = std::holds_alternative<StepMetrics>(event);
        const MutexLock lock(mutex);
        events.push_back(std::move(event));
        urgent = urgent || !step;
        return events.size() == 1 || !step;
    }

    std::vector<TrainingEvent> take()
    {
        const MutexLock lock(mutex);
        urgent = false;
        return std::exchange(events, {});
    }

    bool isUrgent()
    {
        const MutexLock lock(mutex);
        return urgent;
    }
};

Live::Live(QObject *parent) : QObject(parent), m_inbox(std::make_shared<Inbox>())
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Live::deliver);

    // The training is destroyed before this object, so its thread may use `this`.
    m_training = std::make_unique<Session>([this](TrainingEvent event) {
        if (m_inbox->put(std::move(event)))
            m_mailbox.post([this] { arrived(); });
    });
}

Live::~Live() { m_training.reset(); }

bool Live::active() const { return isActive(m_status); }

void Live::setInterval(int milliseconds) { m_interval = std::max(shortestInterval, milliseconds); }

void Live::arrived()
{
    const qint64 interval = m_inbox->isUrgent() ? shortestInterval : m_interval;
    const qint64 elapsed = m_sinceDelivery.isValid() ? m_sinceDelivery.elapsed() : interval;
    const int rest = static_cast<int>(std::max<qint64>(0, interval - elapsed));
    if (rest == 0)
        deliver();
    else if (!m_timer.isActive() || m_timer.remainingTime() > rest)
        m_timer.start(rest);
}

void Live::deliver()
{
    // A receiver of an event may give a command: the events that it causes come after the ones being delivered.
    if (std::exchange(m_delivering, true))
        return;
    m_timer.stop();
    m_sinceDelivery.start();
    QList<StepMetrics> steps;
    const auto flush = [&] {
        if (!steps.isEmpty())
            emit stepped(std::exchange(steps, {}));
    };
    for (TrainingEvent &event : m_inbox->take()) {
        if (auto *metrics = std::get_if<StepMetrics>(&event)) {
            steps.append(std::move(*metrics));
            continue;
        }
        flush();
        if (auto *facts = std::get_if<TrainingFacts>(&event))
            emit prepared(*facts);
        else if (auto *taken = std::get_if<TakenSnapshot>(&event))
            emit snapshotTaken(std::move(taken->snapshot), 1e3 * taken->seconds);
        else if (auto *change = std::get_if<StatusChange>(&event))
            setStatus(change->status, translated(change->reason));
        else if (auto *remark = std::get_if<Remark>(&event))
            emit remarked(translated(remark->sentence));
        else if (auto *edit = std::get_if<AppliedEdit>(&event))
            emit edited(*edit);
        else if (auto *hit = std::get_if<BreakpointHit>(&event))
            emit broke(*hit);
    }
    flush();
    m_delivering = false;
}

void Live::setStatus(SessionStatus status, const QString &reason)
{
    if (status == m_status && reason.isEmpty())
        return;
    m_status = status;
    emit statusChanged(status, reason);
}

} // namespace samout
