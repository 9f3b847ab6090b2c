// SPDX-License-Identifier: GPL-3.0-only
#pragma once

namespace samout {

/// Cores of this machine that the process may use: OMP_NUM_THREADS, where that is set, else all.
int availableThreads();
/// The calling thread computes on `count` threads from now on (0: one a core). Call it in the thread that
/// trains, before its first computation.
void computeOnThreads(int count);
/// The calling thread computes alone from now on, whatever others do.
void computeAlone();
/// The calling thread computes alone, whatever others do, and gives way to them: for threads beside the training,
/// which would otherwise wait for its cores at every parallel loop.
void computeOnThisThreadAlone();

} // namespace samout
