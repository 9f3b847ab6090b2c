// SPDX-License-Identifier: GPL-3.0-only
#include "core/compute/threads.h"

#include "core/base/this_thread.h"

#include <ATen/Parallel.h>

#include <cstdlib>
#include <omp.h>
#include <thread>

// In LibTorch if it is built with MKL. The name in lower case is the Fortran function, which takes a pointer.
extern "C" int MKL_Set_Num_Threads_Local(int count) __attribute__((weak));

namespace samout {

namespace {

/// At its first parallel loop a thread takes over the process-wide number of threads, once for the loops of LibTorch
/// and once for those of this program. Doing that now keeps it from overwriting a number set for this thread.
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
    // at::set_num_threads() sets MKL's number for all threads: this thread keeps its own number, whatever others set
    // later.
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
