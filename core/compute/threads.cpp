// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/threads.h"

#include "core/base/this_thread.h"

#include <ATen/Parallel.h>

#include <cstdlib>
#include <omp.h>
#include <thread>

// In LibTorch where it has MKL; spelt in lower case it is Fortran's, which takes a pointer.
extern "C" int MKL_Set_Num_Threads_Local(int count) __attribute__((weak));

namespace samout {

namespace {

/// At its first parallel loop a thread takes over the number of all threads, once for the loops of LibTorch and once
/// for those of this program: done before the thread has a number of its own, it keeps that.
void takeOverNow()
{
    at::get_num_threads();
    at::internal::lazy_init_num_threads();
}

} // namespace

int availableThreads()
{
    const char *wanted = std::getenv("OMP_NUM_THREADS");
    const int count = wanted ? std::atoi(wanted) : 0;
    return count > 0 ? count : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

void computeOnThreads(int count)
{
    takeOverNow();
    const int threads = count > 0 ? count : availableThreads();
    at::set_num_threads(threads);
    // That is MKL's number for all threads: this one keeps its own, whatever others ask for later.
    if (MKL_Set_Num_Threads_Local)
        MKL_Set_Num_Threads_Local(threads);
}

void computeAlone()
{
    takeOverNow();
    omp_set_num_threads(1);
    if (MKL_Set_Num_Threads_Local)
        MKL_Set_Num_Threads_Local(1);
}

void computeOnThisThreadAlone()
{
    computeAlone();
    giveWay();
}

} // namespace samout
