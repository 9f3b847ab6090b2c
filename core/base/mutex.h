// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

// What a mutex guards, in words that clang checks when it compiles (-Wthread-safety, see
// https://clang.llvm.org/docs/ThreadSafetyAnalysis.html); other compilers ignore them.
#ifdef __clang__
#define SAMOUT_THREAD_SAFETY(attribute) __attribute__((attribute))
#else
#define SAMOUT_THREAD_SAFETY(attribute)
#endif

/// A class whose objects can be held, and a class whose objects hold one while they live.
#define CAPABILITY(name) SAMOUT_THREAD_SAFETY(capability(name))
#define SCOPED_CAPABILITY SAMOUT_THREAD_SAFETY(scoped_lockable)
/// A variable that may be read and written only while this mutex is held.
#define GUARDED_BY(mutex) SAMOUT_THREAD_SAFETY(guarded_by(mutex))
/// A function that may be called only while these mutexes are held, or only while they are not held.
#define REQUIRES(...) SAMOUT_THREAD_SAFETY(requires_capability(__VA_ARGS__))
#define EXCLUDES(...) SAMOUT_THREAD_SAFETY(locks_excluded(__VA_ARGS__))
/// A function that begins or ends to hold a mutex: its own object if none is named.
#define ACQUIRE(...) SAMOUT_THREAD_SAFETY(acquire_capability(__VA_ARGS__))
#define RELEASE(...) SAMOUT_THREAD_SAFETY(release_capability(__VA_ARGS__))

namespace samout {

/// The program's mutex. It is held for a few assignments, never during work. Not recursive: a thread that holds it must
/// not lock it again.
class CAPABILITY("mutex") Mutex {
public:
    void lock() ACQUIRE() { m_mutex.lock(); }
    void unlock() RELEASE() { m_mutex.unlock(); }

private:
    friend class ConditionVariable;
    std::mutex m_mutex;
};

/// Holds a mutex from its construction to its destruction.
class SCOPED_CAPABILITY MutexLock {
public:
    explicit MutexLock(Mutex &mutex) ACQUIRE(mutex) : m_mutex(mutex) { m_mutex.lock(); }
    ~MutexLock() RELEASE() { m_mutex.unlock(); }
    MutexLock(const MutexLock &) = delete;
    MutexLock &operator=(const MutexLock &) = delete;

private:
    Mutex &m_mutex;
};

/// Where threads wait for a change of what a mutex guards. A wait may also end without a change, so it stands in a
/// loop: `while (m_queue.empty()) m_filled.wait(m_mutex);`
class ConditionVariable {
public:
    /// Releases the mutex, waits for a notification, and holds the mutex again.
    void wait(Mutex &mutex) REQUIRES(mutex)
    {
        std::unique_lock lock(mutex.m_mutex, std::adopt_lock);
        m_condition.wait(lock);
        lock.release();
    }
    /// The same, but waits no longer than until `end`. Returns false if that time has come.
    bool waitUntil(Mutex &mutex, std::chrono::steady_clock::time_point end) REQUIRES(mutex)
    {
        std::unique_lock lock(mutex.m_mutex, std::adopt_lock);
        const bool notified = m_condition.wait_until(lock, end) == std::cv_status::no_timeout;
        lock.release();
        return notified;
    }
    void notifyOne() { m_condition.notify_one(); }
    void notifyAll() { m_condition.notify_all(); }

private:
    std::condition_variable m_condition;
};

} // namespace samout
