// SPDX-License-Identifier: GPL-3.0-only
#pragma once

namespace samout {

/// The number of cores that the process may use: OMP_NUM_THREADS if that is set, else all.
int availableThreads();
/// The calling thread computes on `count` threads from now on (0: one per core). Call it in the thread that trains,
/// before its first computation.
void computeOnThreads(int count);
/// The calling thread computes alone from now on, whatever other threads do.
void computeAlone();
/// The calling thread computes alone, whatever other threads do, and at a lower priority: for threads beside the
/// training, which would otherwise wait for its cores at every parallel loop.
void computeOnThisThreadAlone();

} // namespace samout
