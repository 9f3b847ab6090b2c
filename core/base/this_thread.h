// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <ctime>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

namespace samout {

/// Processor time that the calling thread has taken so far, in seconds.
inline double threadSeconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// Names the calling thread, for lists of threads and debuggers. At most 15 letters.
inline void nameThread(const char *name) { pthread_setname_np(pthread_self(), name); }

/// Lowers the priority of the calling thread: on Linux each thread has its own niceness.
inline void giveWay() { setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 10); }

} // namespace samout
