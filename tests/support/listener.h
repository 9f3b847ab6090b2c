// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/overloaded.h"
#include "core/runs/session.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace samout {

/// Collects a training's events and waits for them.
class Listener {
public:
    Training::OnEvent onEvent()
    {
        return [this](TrainingEvent event) {
            {
                const std::lock_guard lock(m_mutex);
                std::visit(Overloaded{
                               [this](TrainingFacts &f) { facts = std::move(f); },
                               [this](StepMetrics &m) { steps.push_back(std::move(m)); },
                               [this](AppliedEdit &e) { edits.push_back(std::move(e)); },
                               [this](BreakpointHit &h) { hits.push_back(std::move(h)); },
                               [this](TakenSnapshot &s) { snapshots.push_back(std::move(s.snapshot)); },
                               [this](StatusChange &s) {
                                   statuses.push_back(s.status);
                                   reasons.push_back(s.reason.english());
                               },
                               [this](Remark &r) { remarks.push_back(r.sentence.english()); },
                           },
                           event);
            }
            m_changed.notify_all();
        };
    }

    bool waitFor(const std::function<bool()> &holds)
    {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, std::chrono::seconds(60), holds);
    }
    bool waitForStatus(SessionStatus status)
    {
        return waitFor([&] { return !statuses.empty() && statuses.back() == status; });
    }
    bool waitForSteps(std::size_t count)
    {
        return waitFor([&] { return steps.size() >= count; });
    }
    std::size_t stepCount()
    {
        const std::lock_guard lock(m_mutex);
        return steps.size();
    }

    std::optional<TrainingFacts> facts;
    std::vector<StepMetrics> steps;
    std::vector<std::shared_ptr<const Snapshot>> snapshots;
    std::vector<AppliedEdit> edits;
    std::vector<BreakpointHit> hits;
    std::vector<SessionStatus> statuses;
    std::vector<std::string> reasons, remarks;

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
};

} // namespace samout
