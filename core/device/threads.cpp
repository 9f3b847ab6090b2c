#include "core/device/threads.h"

#include <ATen/Parallel.h>

#include <omp.h>
#include <thread>

// In LibTorch where it has MKL.
extern "C" int mkl_set_num_threads_local(int count) __attribute__((weak));

namespace samout {

int availableThreads() { return static_cast<int>(std::max(1U, std::thread::hardware_concurrency())); }

void computeOnThreads(int count)
{
    at::init_num_threads();
    at::set_num_threads(count > 0 ? count : availableThreads());
}

void computeOnThisThreadAlone()
{
    at::init_num_threads();
    omp_set_num_threads(1);
    if (mkl_set_num_threads_local)
        mkl_set_num_threads_local(1);
}

} // namespace samout
