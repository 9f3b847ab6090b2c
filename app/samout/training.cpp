// SPDX-License-Identifier: GPL-3.0-only
#include "app/samout/training.h"

#include "app/samout/output.h"
#include "app/samout/progress.h"
#include "core/base/error.h"
#include "core/base/mutex.h"
#include "core/files/model_file.h"
#include "core/runs/session.h"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace samout::cli {

namespace {

using Clock = std::chrono::steady_clock;

volatile std::sig_atomic_t interrupted = 0;

/// Catches the first SIGINT and the first SIGTERM as a request to stop; the second of a kind ends the program as usual.
/// Turns a closed standard output into a write error, so that the weights are still saved.
class Signals {
public:
    Signals()
    {
        struct sigaction action = {};
        action.sa_handler = [](int) { interrupted = 1; };
        action.sa_flags = static_cast<int>(SA_RESETHAND);
        sigaction(SIGINT, &action, &m_interrupt);
        sigaction(SIGTERM, &action, &m_terminate);
        action.sa_handler = SIG_IGN;
        action.sa_flags = 0;
        sigaction(SIGPIPE, &action, &m_pipe);
    }
    ~Signals()
    {
        sigaction(SIGINT, &m_interrupt, nullptr);
        sigaction(SIGTERM, &m_terminate, nullptr);
        sigaction(SIGPIPE, &m_pipe, nullptr);
    }
    Signals(const Signals &) = delete;
    Signals &operator=(const Signals &) = delete;

private:
    struct sigaction m_interrupt = {};
    struct sigaction m_terminate = {};
    struct sigaction m_pipe = {};
};

/// Brings the training's events to this thread, in order.
class Inbox {
public:
    Training::OnEvent onEvent()
    {
        return [this](TrainingEvent event) {
            {
                const MutexLock lock(m_mutex);
                m_events.push_back(std::move(event));
            }
            m_filled.notifyOne();
        };
    }

    /// The next event, or none if nothing arrives for a moment.
    std::optional<TrainingEvent> take()
    {
        const auto end = Clock::now() + std::chrono::milliseconds(50);
        const MutexLock lock(m_mutex);
        while (m_events.empty())
            if (!m_filled.waitUntil(m_mutex, end))
                return std::nullopt;
        TrainingEvent event = std::move(m_events.front());
        m_events.pop_front();
        return event;
    }

private:
    Mutex m_mutex;
    ConditionVariable m_filled;
    std::deque<TrainingEvent> m_events GUARDED_BY(m_mutex);
};

nlohmann::ordered_json jsonOf(const StepMetrics &metrics)
{
    nlohmann::ordered_json object;
    object["step"] = metrics.step;
    object["loss"] = metrics.loss;
    object["held_out_loss"] = metrics.heldOutLoss ? nlohmann::ordered_json(*metrics.heldOutLoss) : nullptr;
    object["learning_rate"] = metrics.learningRate;
    object["seconds"] = metrics.seconds;
    object["tokens"] = metrics.tokens;
    object["alphas"] = metrics.alphas;
    return object;
}

/// Why the training can never meet the breakpoint; empty if it may.
std::string whyNever(const Breakpoint &breakpoint, const TrainingFacts &facts)
{
    using NeverMet = TrainingFacts::NeverMet;
    switch (facts.neverMet(breakpoint)) {
    case NeverMet::NoSuchLayer:
        return "There is no layer " + std::to_string(breakpoint.layer) + "; the network has the layers 0 to " +
               std::to_string(facts.config.numLayers - 1);
    case NeverMet::NoHeldOutLoss:
        return "This training measures no held-out loss";
    case NeverMet::NoHeldOutData:
        return "The data has no held-out sequences";
    case NeverMet::StepNotReached:
        return "The training makes the steps " + std::to_string(facts.step + 1) + " to " +
               std::to_string(facts.options.steps);
    case NeverMet::MayBeMet:
        break;
    }
    return {};
}

/// One training at a terminal, from its start to the saved file.
class TerminalTraining {
public:
    TerminalTraining(const TrainingOptions &options, const RunPlan &plan, std::vector<Breakpoint> breakpoints,
                     std::filesystem::path save, bool json)
        : m_save(std::move(save)), m_json(json), m_breakpoints(std::move(breakpoints)), m_session(m_inbox.onEvent())
    {
        m_session.send(SetBreakpoints{.breakpoints = m_breakpoints});
        m_session.send(StartTraining{.options = options, .plan = plan});
    }

    void run()
    {
        while (!m_done) {
            if (const auto event = m_inbox.take())
                std::visit([this](const auto &news) { handle(news); }, *event);
            if (interrupted && !m_stopping)
                stop();
        }
        m_progress.clear();
        if (m_failure.empty() && !m_json)
            report([this] { printResult(); });
        if (!m_failure.empty())
            throw Error(m_failure +
                        (m_saved && m_paused ? " The last good weights are in " + m_save.string() + "." : ""));
    }

private:
    void handle(const TrainingFacts &facts)
    {
        m_facts = facts;
        m_begun = Clock::now();
        m_progress.expect(facts.options.steps);
        if (!m_json)
            remark(facts.data->name() + ": " + grouped(facts.parameters) + " parameters (hidden " +
                   std::to_string(facts.config.hiddenSize) + ", heads " + std::to_string(facts.config.numHeads) +
                   ", layers " + std::to_string(facts.config.numLayers) + ", vocabulary " +
                   std::to_string(facts.config.vocabSize) + ") on " + facts.device);
        if (!m_json && !facts.run.empty())
            remark("It is kept in " + facts.run.string() +
                   (facts.step > 0 ? " and goes on after step " + std::to_string(facts.step) : "") + ".");
        for (const Breakpoint &breakpoint : m_breakpoints)
            if (const std::string why = whyNever(breakpoint, facts); !why.empty())
                remark(why + ", so " + breakpointText(breakpoint) + " is never met.");
        if (!m_save.empty())
            report(
                [&] { requireWritable(m_save, static_cast<std::uintmax_t>(arenaSize(facts.config)) * sizeof(float)); });
    }

    void handle(const StepMetrics &metrics)
    {
        m_last = metrics;
        if (metrics.heldOutLoss)
            m_heldOut = metrics.heldOutLoss;
        if (m_json)
            report([&] { printJson(jsonOf(metrics)); });
        else
            m_progress.show(metrics);
    }

    void handle(const StatusChange &change)
    {
        switch (change.status) {
        case SessionStatus::Paused:
            fail(change.reason.empty() ? "The training paused by itself." : change.reason.english());
            m_paused = true;
            break;
        case SessionStatus::Failed:
            fail(change.reason.english());
            // The weights may still be there although the run could not be stored.
            if (m_facts && !m_save.empty() && !std::exchange(m_asked, true))
                m_session.send(WantSnapshot{});
            else
                m_done = true;
            break;
        case SessionStatus::Stopped:
            m_seconds = std::chrono::duration<double>(Clock::now() - m_begun).count();
            if (!m_save.empty() && m_facts)
                m_session.send(WantSnapshot{});
            else
                m_done = true;
            break;
        default:
            break;
        }
    }

    void handle(const Remark &news)
    {
        m_progress.clear();
        remark(news.sentence.english());
    }

    void handle(const AppliedEdit &) {}

    /// The status that follows has the same sentence.
    void handle(const BreakpointHit &) {}

    void handle(const TakenSnapshot &taken)
    {
        report([&] {
            saveModel(m_save, *taken.snapshot);
            m_saved = true;
        });
        m_done = true;
    }

    /// Runs `work`, which may fail to write; its failure ends the training after the weights are saved.
    template <typename Work> void report(Work work)
    {
        try {
            work();
        } catch (const Error &error) {
            fail(error.what());
        }
    }

    /// Ends the training; the first failure is the one reported.
    void fail(const std::string &sentence)
    {
        if (m_failure.empty())
            m_failure = sentence;
        stop();
    }

    void stop()
    {
        m_stopping = true;
        m_session.send(StopTraining{});
    }

    void printResult() const
    {
        std::vector<std::pair<std::string, std::string>> rows;
        if (m_last) {
            const bool early = m_facts->options.steps > 0 && m_last->stepsMade() < m_facts->options.steps;
            rows.emplace_back("steps", std::to_string(m_last->stepsMade()) +
                                           (early ? " of " + std::to_string(m_facts->options.steps) : ""));
            rows.emplace_back("loss", fixed(m_last->loss, 4));
            rows.emplace_back("held-out loss", m_heldOut ? fixed(*m_heldOut, 4) : "not measured");
            rows.emplace_back("chance", fixed(std::log(static_cast<double>(m_facts->config.vocabSize)), 4));
            rows.emplace_back("time", fixed(m_seconds, 1) + " s");
        } else {
            rows.emplace_back("steps", "0");
        }
        if (m_saved)
            rows.emplace_back("saved", m_save.string());
        printTable(rows);
    }

    std::filesystem::path m_save;
    bool m_json;
    const std::vector<Breakpoint> m_breakpoints;
    Progress m_progress;
    std::optional<TrainingFacts> m_facts;
    std::optional<StepMetrics> m_last;
    std::optional<double> m_heldOut;
    Clock::time_point m_begun;
    double m_seconds = 0;
    std::string m_failure;
    bool m_paused = false;
    bool m_stopping = false;
    bool m_saved = false;
    bool m_asked = false; // the last weights were requested
    bool m_done = false;
    Inbox m_inbox;
    Session m_session;
};

} // namespace

void train(const TrainingOptions &options, const RunPlan &plan, const std::vector<Breakpoint> &breakpoints,
           const std::filesystem::path &save, bool json)
{
    if (!plan.resume)
        options.check();
    if (!save.empty()) {
        requireModelName(save);
        requireWritable(save);
    }
    const Signals signals;
    TerminalTraining(options, plan, breakpoints, save, json).run();
}

} // namespace samout::cli
