#include "core/device/threads.h"

#include "core/base/this_thread.h"

#include <ATen/Parallel.h>

#include <cstdlib>
#include <omp.h>
#include <thread>

// In LibTorch where it has MKL; spelt in lower case it is Fortran's, which takes a pointer.
extern "C" int MKL_Set_Num_Threads_Local(int count) __attribute__((weak));

namespace samout {

int availableThreads()
{
    const char *wanted = std::getenv("OMP_NUM_THREADS");
    const int count = wanted ? std::atoi(wanted) : 0;
    return count > 0 ? count : static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
}

void computeOnThreads(int count)
{
    at::init_num_threads();
    const int threads = count > 0 ? count : availableThreads();
    at::set_num_threads(threads);
    // That is MKL's number for all threads: this one keeps its own, whatever others ask for later.
    if (MKL_Set_Num_Threads_Local)
        MKL_Set_Num_Threads_Local(threads);
}

void computeAlone()
{
    // Once a thread asks, it takes over the number of all threads: so ask first.
    at::get_num_threads();
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
