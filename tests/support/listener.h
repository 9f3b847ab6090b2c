// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace samout {

/// Collects a session's events and waits for them.
class Listener {
public:
    SessionEvents events()
    {
        return {.onPrepared = [this](const TrainingFacts &f) { add([&] { facts = f; }); },
                .onStep = [this](const StepMetrics &m) { add([&] { steps.push_back(m); }); },
                .onEdit = [this](const AppliedEdit &e) { add([&] { edits.push_back(e); }); },
                .onBreak = [this](const BreakpointHit &h) { add([&] { hits.push_back(h); }); },
                .onSnapshot = [this](std::shared_ptr<const Snapshot> s,
                                     double) { add([&] { snapshots.push_back(std::move(s)); }); },
                .onStatus =
                    [this](SessionStatus s, const Text &r) {
                        add([&] {
                            statuses.push_back(s);
                            reasons.push_back(r.english());
                        });
                    },
                .onRemark = [this](const Text &r) { add([&] { remarks.push_back(r.english()); }); }};
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
    void add(const std::function<void()> &change)
    {
        {
            const std::lock_guard lock(m_mutex);
            change();
        }
        m_changed.notify_all();
    }
    std::mutex m_mutex;
    std::condition_variable m_changed;
};

} // namespace samout
