// SPDX-License-Identifier: GPL-3.0-only
#include "ui/work/generation.h"

#include "core/base/mutex.h"

#include <utility>

namespace samout {

namespace {

/// How many tokens may wait for the window; the generator waits when there are more.
constexpr qsizetype mostWaiting = 4096;

} // namespace

struct Generation::Undelivered {
    /// Waits while too many tokens are undelivered. Returns false if the stop is requested.
    bool put(GeneratedToken token, const std::stop_token &stop)
    {
        const MutexLock lock(m_mutex);
        while (m_tokens.size() >= mostWaiting && !stop.stop_requested())
            m_changed.wait(m_mutex);
        if (stop.stop_requested())
            return false;
        m_tokens.append(std::move(token));
        return true;
    }

    QList<GeneratedToken> take()
    {
        const MutexLock lock(m_mutex);
        m_changed.notifyAll();
        return std::exchange(m_tokens, {});
    }

    /// Wakes put().
    void wake()
    {
        const MutexLock lock(m_mutex);
        m_changed.notifyAll();
    }

private:
    Mutex m_mutex;
    ConditionVariable m_changed;
    QList<GeneratedToken> m_tokens GUARDED_BY(m_mutex);
};

Generation::Generation(QObject *parent) : QObject(parent)
{
    m_timer.setInterval(33);
    connect(&m_timer, &QTimer::timeout, this, &Generation::deliver);
}

Generation::~Generation() = default;

void Generation::generate(std::shared_ptr<const Snapshot> snapshot, std::vector<std::int64_t> prompt,
                          GenerationOptions options, qint64 length)
{
    m_undelivered = std::make_shared<Undelivered>();
    auto complete = std::make_shared<bool>(false);
    m_lane.replace(
        [undelivered = m_undelivered, complete, snapshot = std::move(snapshot), prompt = std::move(prompt),
         options = std::move(options), length](const ShareDone &, const std::stop_token &stop) {
            const std::stop_callback wake(stop, [&] { undelivered->wake(); });
            Generator generator(snapshot, options, prompt);
            for (qint64 i = 0; i < length; ++i)
                if (!undelivered->put(generator.next(), stop))
                    return;
            *complete = true;
        },
        [this, complete](const QString &error) {
            m_timer.stop();
            deliver();
            if (error.isEmpty())
                emit finished(*complete);
            else
                emit failed(error);
        });
    m_timer.start();
}

void Generation::deliver()
{
    const QList<GeneratedToken> tokens = m_undelivered->take();
    if (!tokens.isEmpty())
        emit written(tokens);
}

} // namespace samout
