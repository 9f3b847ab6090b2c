// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/examiner.h"

#include "core/base/this_thread.h"
#include "core/compute/threads.h"
#include "ui/work/mailbox.h"
#include "ui/work/translated.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace samout {

namespace {

/// The shortest time between two progress reports.
constexpr std::chrono::milliseconds between(200);

} // namespace

struct Examiner::Impl {
    struct Asked {
        Question question;
        bool allCores = false;
        std::uint64_t number = 0;
    };

    Examiner &owner;
    const Pace pace;
    Mailbox mailbox;
    std::mutex mutex;
    std::condition_variable_any wake;
    std::optional<Asked> next;
    /// Cancels the running examination.
    std::stop_source running;
    std::jthread thread;

    Impl(Examiner &examiner, Pace p) : owner(examiner), pace(p), thread([this](std::stop_token end) { run(end); }) {}

    ~Impl()
    {
        thread.request_stop();
        const std::lock_guard lock(mutex);
        running.request_stop();
    }

    void run(const std::stop_token &end)
    {
        if (pace == Pace::Patient)
            computeOnThisThreadAlone();
        while (true) {
            Asked asked;
            std::stop_token cancelled;
            {
                std::unique_lock lock(mutex);
                if (!wake.wait(lock, end, [this] { return next.has_value(); }) || end.stop_requested())
                    return;
                asked = std::move(*next);
                next.reset();
                running = std::stop_source();
                cancelled = running.get_token();
            }
            asked.question.keepsWeights = pace == Pace::Prompt;
            if (pace == Pace::Prompt)
                asked.allCores ? computeOnThreads(0) : computeAlone();
            answer(asked, cancelled);
        }
    }

    void answer(const Asked &asked, const std::stop_token &cancelled)
    {
        // Short texts are finished before the first report is due.
        auto told = std::chrono::steady_clock::now();
        const auto progress = [&](double share) {
            const auto now = std::chrono::steady_clock::now();
            if (now - told < between)
                return;
            told = now;
            tell(asked.number, [share](Examiner &examiner) { emit examiner.progressed(share); });
        };
        const auto end = [&](auto last) {
            tell(asked.number, [last](Examiner &examiner) {
                examiner.m_open = false;
                last(examiner);
            });
        };
        const double begin = threadSeconds();
        try {
            if (auto found = examine(asked.question, cancelled, progress))
                end([found = std::move(found), milliseconds = 1e3 * (threadSeconds() - begin)](Examiner &examiner) {
                    emit examiner.answered(found, milliseconds);
                });
        } catch (const std::exception &error) {
            end([reason = translated(error)](Examiner &examiner) { emit examiner.failed(reason); });
        }
    }

    /// Calls `what` on the GUI thread, if question `number` is still the newest.
    void tell(std::uint64_t number, std::function<void(Examiner &)> what)
    {
        mailbox.post([this, number, what = std::move(what)] {
            if (owner.m_open && number == owner.m_asked)
                what(owner);
        });
    }
};

Examiner::Examiner(Pace pace, QObject *parent) : QObject(parent), m_impl(std::make_unique<Impl>(*this, pace)) {}

Examiner::~Examiner() = default;

void Examiner::ask(Question question, bool allCores)
{
    m_open = true;
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->next = Impl::Asked{.question = std::move(question), .allCores = allCores, .number = ++m_asked};
        m_impl->running.request_stop();
    }
    m_impl->wake.notify_one();
}

void Examiner::cancel()
{
    m_open = false;
    const std::lock_guard lock(m_impl->mutex);
    m_impl->next.reset();
    m_impl->running.request_stop();
}

} // namespace samout
