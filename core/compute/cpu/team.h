// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <ATen/Parallel.h>

#include <algorithm>
#include <cstdint>
#include <omp.h>
#include <utility>

namespace samout {

/// The threads that compute together: all that the calling thread may use (core/compute/threads.h). Outside together()
/// every loop is a parallel region of its own. Inside, all members run the same code, each does its share of every
/// loop, and wait() makes the results of the other members available.
class Team {
public:
    /// A team of the calling thread alone.
    static Team ofOne()
    {
        Team team;
        team.m_alone = true;
        return team;
    }

    int size() const { return m_alone ? 1 : static_cast<int>(at::get_num_threads()); }
    bool isTogether() const { return m_together > 0; }
    /// The calling member's index from 0, inside together().
    int member() const { return m_together > 1 ? omp_get_thread_num() : 0; }

    /// Every member calls work().
    template <typename Work> void together(const Work &work)
    {
        m_together = size();
        if (m_together == 1) {
            work();
        } else {
#pragma omp parallel num_threads(m_together)
            work();
        }
        m_together = 0;
    }

    /// The calling member's equal share [begin, end) of `count` things; inside together().
    std::pair<std::int64_t, std::int64_t> share(std::int64_t count) const
    {
        const std::int64_t part = member();
        return {count * part / m_together, count * (part + 1) / m_together};
    }

    /// Calls work(part, begin, end) for `count` things in one equal part per member, so that sums over parts are the
    /// same every time. Inside together() only for the calling member's part, without waiting for the other members.
    template <typename Work> void inParts(std::int64_t count, const Work &work) const
    {
        if (isTogether()) {
            if (const auto [begin, end] = share(count); begin < end)
                work(std::int64_t{member()}, begin, end);
            return;
        }
        const auto parts = std::min<std::int64_t>(size(), count);
        if (parts == 1)
            return work(std::int64_t{0}, std::int64_t{0}, count);
        at::parallel_for(0, parts, 1, [&](std::int64_t first, std::int64_t last) {
            for (auto part = first; part < last; ++part)
                work(part, count * part / parts, count * (part + 1) / parts);
        });
    }

    /// Waits until all members have called it. Does nothing outside together().
    void wait() const
    {
        if (m_together > 1) {
#pragma omp barrier
        }
    }

private:
    bool m_alone = false;
    int m_together = 0; // members, inside together()
};

} // namespace samout
