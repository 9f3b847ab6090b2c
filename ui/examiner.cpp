#include "ui/examiner.h"

#include "core/device/threads.h"
#include "ui/mailbox.h"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <utility>

namespace samout {

namespace {

/// Progress is told no more often.
constexpr std::chrono::milliseconds between(200);

} // namespace

struct Examiner::Impl {
    Examiner &owner;
    Mailbox mailbox;
    std::mutex mutex;
    std::condition_variable_any wake;
    std::optional<Question> next;
    /// Cancels the question that runs.
    std::stop_source running;
    std::jthread thread;

    explicit Impl(Examiner &examiner) : owner(examiner), thread([this](std::stop_token end) { run(end); }) {}

    ~Impl()
    {
        thread.request_stop();
        const std::lock_guard lock(mutex);
        running.request_stop();
    }

    void run(const std::stop_token &end)
    {
        computeOnThisThreadAlone();
        while (true) {
            Question question;
            std::stop_token cancelled;
            {
                std::unique_lock lock(mutex);
                if (!wake.wait(lock, end, [this] { return next.has_value(); }) || end.stop_requested())
                    return;
                question = std::move(*next);
                next.reset();
                running = std::stop_source();
                cancelled = running.get_token();
            }
            // Short texts are done before anything could be told.
            auto told = std::chrono::steady_clock::now();
            const auto progress = [&](double share) {
                const auto now = std::chrono::steady_clock::now();
                if (now - told < between)
                    return;
                told = now;
                mailbox.post([this, share] { emit owner.progressed(share); });
            };
            try {
                if (auto answer = examine(question, cancelled, progress))
                    mailbox.post([this, answer = std::move(answer)] { emit owner.answered(answer); });
            } catch (const std::exception &error) {
                mailbox.post([this, reason = QString::fromUtf8(error.what())] { emit owner.failed(reason); });
            }
        }
    }
};

Examiner::Examiner(QObject *parent) : QObject(parent), m_impl(std::make_unique<Impl>(*this)) {}

Examiner::~Examiner() = default;

void Examiner::ask(Question question)
{
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->next = std::move(question);
        m_impl->running.request_stop();
    }
    m_impl->wake.notify_one();
}

} // namespace samout
