// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/command_queue.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace samout {

namespace {

/// Whether the command is meant for one training alone, and lost if that training is over.
bool endsWithItsTraining(const TrainingCommand &command)
{
    return std::holds_alternative<Edit>(command) || std::holds_alternative<TakeCheckpoint>(command) ||
           std::holds_alternative<KeepSnapshot>(command);
}

bool isWantSnapshot(const TrainingCommand &command) { return std::holds_alternative<WantSnapshot>(command); }

} // namespace

CommandQueue::CommandQueue(Training::OnEvent onEvent) : m_events(std::move(onEvent)) {}

// ---- For every thread

void CommandQueue::send(TrainingCommand command)
{
    checkCommand(command);
    {
        const MutexLock lock(m_mutex);
        std::visit([this](auto &given) REQUIRES(m_mutex) { take(std::move(given)); }, command);
    }
    m_changed.notifyAll();
    m_events.deliver(From::Command);
}

SessionStatus CommandQueue::status() const
{
    const MutexLock lock(m_mutex);
    return m_status;
}

void CommandQueue::quit()
{
    {
        const MutexLock lock(m_mutex);
        m_quitting = true;
        m_wish = Wish::Stop;
    }
    m_changed.notifyAll();
}

/// The event is put while the lock is held, so that events have the order of the changes; deliver() follows without it.
void CommandQueue::change(SessionStatus status, From from, const Text &reason)
{
    m_status = status;
    m_events.put(StatusChange{.status = status, .reason = reason}, from);
}

void CommandQueue::ask(Wish wish, SessionStatus shown)
{
    m_wish = wish;
    if (m_status != shown)
        change(shown, From::Command);
}

void CommandQueue::take(StartTraining command)
{
    if (isActive(m_status))
        ask(Wish::Stop, SessionStatus::Stopping);
    std::erase_if(m_waiting, endsWithItsTraining);
    m_network.reset();
    m_start = std::move(command);
}

void CommandQueue::take(PauseTraining)
{
    if (m_start)
        m_start->paused = true;
    else if (m_status == SessionStatus::Running)
        ask(Wish::Pause, SessionStatus::Pausing);
    else if (m_status == SessionStatus::Preparing)
        m_wish = Wish::Pause;
}

void CommandQueue::take(GoOn)
{
    if (m_start)
        m_start->paused = false;
    else if (m_status == SessionStatus::Paused || m_status == SessionStatus::Pausing)
        ask(Wish::Run, SessionStatus::Running);
    else if (m_status == SessionStatus::Preparing)
        m_wish = Wish::Run;
}

void CommandQueue::take(StepOnce)
{
    if (m_status == SessionStatus::Paused)
        ask(Wish::StepOnce, SessionStatus::Running);
    else
        take(PauseTraining());
}

void CommandQueue::take(StopTraining)
{
    const bool wasToStart = std::exchange(m_start, std::nullopt).has_value();
    if (isActive(m_status))
        ask(Wish::Stop, SessionStatus::Stopping);
    else if (wasToStart)
        change(SessionStatus::Stopped, From::Command);
}

void CommandQueue::take(Edit command)
{
    if (m_network)
        checkEdit(command, *m_network);
    m_waiting.emplace_back(std::move(command));
}

void CommandQueue::take(SetBreakpoints command) { m_waiting.emplace_back(std::move(command)); }

void CommandQueue::take(TakeCheckpoint command) { m_waiting.emplace_back(command); }

void CommandQueue::take(KeepSnapshot command)
{
    if (isActive(m_status))
        m_waiting.emplace_back(std::move(command));
}

void CommandQueue::take(WantSnapshot command)
{
    if (std::ranges::none_of(m_waiting, isWantSnapshot))
        m_waiting.emplace_back(command);
}

// ---- For the thread that trains

std::optional<TrainingCommand> CommandQueue::waitBetweenTrainings()
{
    std::optional<TrainingCommand> command;
    {
        const MutexLock lock(m_mutex);
        for (;;) {
            if (m_quitting)
                return std::nullopt;
            if (m_start) {
                m_wish = m_start->paused ? Wish::Pause : Wish::Run;
                change(SessionStatus::Preparing, From::Training);
                command = std::move(*m_start);
                m_start.reset();
                break;
            }
            std::erase_if(m_waiting, endsWithItsTraining);
            if (!m_waiting.empty()) {
                command = std::move(m_waiting.front());
                m_waiting.pop_front();
                break;
            }
            m_changed.wait(m_mutex);
        }
    }
    m_events.deliver(From::Training);
    return command;
}

CommandQueue::Next CommandQueue::next(bool allStepsAreDone)
{
    for (;;) {
        {
            const MutexLock lock(m_mutex);
            if (m_start)
                return {.turn = Turn::End};
            if (!m_waiting.empty()) {
                Next next{.turn = Turn::Command, .command = std::move(m_waiting.front())};
                m_waiting.pop_front();
                return next;
            }
            if (m_wish == Wish::Stop || allStepsAreDone)
                return {.turn = Turn::End};
            if (m_wish != Wish::Pause) {
                if (m_wish == Wish::StepOnce)
                    m_wish = Wish::Pause;
                return {.turn = Turn::Step};
            }
            if (m_status == SessionStatus::Paused)
                m_changed.wait(m_mutex);
            else
                change(SessionStatus::Paused, From::Training);
        }
        m_events.deliver(From::Training);
    }
}

bool CommandQueue::takeSnapshotWanted()
{
    const MutexLock lock(m_mutex);
    return std::erase_if(m_waiting, isWantSnapshot) > 0;
}

void CommandQueue::setNetwork(const ModelConfig &config)
{
    const MutexLock lock(m_mutex);
    if (!m_start) // else edits are meant for another network
        m_network = config;
}

void CommandQueue::begin()
{
    {
        const MutexLock lock(m_mutex);
        if (m_wish == Wish::Run)
            change(SessionStatus::Running, From::Training);
    }
    m_events.deliver(From::Training);
}

void CommandQueue::setStatus(SessionStatus status, const Text &reason)
{
    {
        const MutexLock lock(m_mutex);
        change(status, From::Training, reason);
    }
    m_events.deliver(From::Training);
}

void CommandQueue::pauseBecause(const Text &reason)
{
    {
        const MutexLock lock(m_mutex);
        if (m_wish == Wish::Stop)
            return;
        m_wish = Wish::Pause;
        change(SessionStatus::Paused, From::Training, reason);
    }
    m_events.deliver(From::Training);
}

void CommandQueue::tell(TrainingEvent event)
{
    m_events.put(std::move(event), From::Training);
    m_events.deliver(From::Training);
}

} // namespace samout
