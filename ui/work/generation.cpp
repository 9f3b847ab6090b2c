// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/generation.h"

#include "core/compute/threads.h"
#include "ui/work/translated.h"

#include <QTimer>

#include <condition_variable>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

namespace samout {

namespace {

/// How many tokens may wait for the window; the generator waits when there are more.
constexpr qsizetype mostWaiting = 4096;

struct Task {
    std::shared_ptr<const Snapshot> snapshot;
    std::vector<std::int64_t> prompt;
    GenerationOptions options;
    qint64 length = 0;
};

} // namespace

struct Generation::Impl {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::optional<Task> next;
    std::stop_source running;
    /// Tokens that were not delivered to the window yet.
    QList<GeneratedToken> waiting;
    std::optional<bool> ended;
    QString error;
    QTimer timer;
    std::jthread thread;

    ~Impl()
    {
        thread.request_stop();
        {
            const std::lock_guard lock(mutex);
            running.request_stop();
        }
        wake.notify_all();
    }

    void run(const std::stop_token &end)
    {
        computeOnThisThreadAlone();
        while (true) {
            Task task;
            std::stop_token cancelled;
            {
                std::unique_lock lock(mutex);
                if (!wake.wait(lock, end, [this] { return next.has_value(); }) || end.stop_requested())
                    return;
                task = std::move(*next);
                next.reset();
                running = std::stop_source();
                cancelled = running.get_token();
            }
            QString reason;
            bool complete = false;
            try {
                complete = write(task, cancelled);
            } catch (const std::exception &problem) {
                reason = translated(problem);
            }
            const std::lock_guard lock(mutex);
            if (next)
                continue;
            error = reason;
            ended = complete;
        }
    }

    bool write(Task &task, const std::stop_token &cancelled)
    {
        Generator generator(std::move(task.snapshot), task.options, task.prompt);
        for (qint64 i = 0; i < task.length; ++i) {
            GeneratedToken token = generator.next();
            std::unique_lock lock(mutex);
            if (!wake.wait(lock, cancelled, [this] { return waiting.size() < mostWaiting; }))
                return false;
            if (cancelled.stop_requested())
                return false;
            waiting.append(std::move(token));
        }
        return true;
    }
};

Generation::Generation(QObject *parent) : QObject(parent), m_impl(std::make_unique<Impl>())
{
    m_impl->timer.setInterval(33);
    connect(&m_impl->timer, &QTimer::timeout, this, &Generation::deliver);
    m_impl->thread = std::jthread([impl = m_impl.get()](std::stop_token end) { impl->run(end); });
}

Generation::~Generation() = default;

void Generation::generate(std::shared_ptr<const Snapshot> snapshot, std::vector<std::int64_t> prompt,
                          GenerationOptions options, qint64 length)
{
    {
        const std::lock_guard lock(m_impl->mutex);
        m_impl->next = Task{std::move(snapshot), std::move(prompt), options, length};
        m_impl->running.request_stop();
        m_impl->waiting.clear();
        m_impl->ended.reset();
    }
    m_impl->wake.notify_all();
    m_running = true;
    m_impl->timer.start();
}

void Generation::stop()
{
    const std::lock_guard lock(m_impl->mutex);
    m_impl->running.request_stop();
    if (m_impl->next) {
        m_impl->next.reset();
        m_impl->ended = false;
    }
}

void Generation::deliver()
{
    QList<GeneratedToken> tokens;
    std::optional<bool> ended;
    QString error;
    {
        const std::lock_guard lock(m_impl->mutex);
        tokens = std::exchange(m_impl->waiting, {});
        ended = std::exchange(m_impl->ended, {});
        error = std::exchange(m_impl->error, {});
    }
    m_impl->wake.notify_all();
    if (!tokens.isEmpty())
        emit written(tokens);
    if (!ended)
        return;
    m_impl->timer.stop();
    m_running = false;
    if (error.isEmpty())
        emit finished(*ended);
    else
        emit failed(error);
}

} // namespace samout
