// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace samout {

/// Reads sequences as the network is, keeps what enters every layer, and then reads on from any layer with one thing of
/// that layer changed: the layers below are computed once. On the CPU, on the threads of the calling thread. Not
/// thread-safe.
class ChangedReading {
public:
    /// The snapshot must live as long.
    explicit ChangedReading(const Snapshot &snapshot);
    ~ChangedReading();

    /// The number of sequences that are best read at once: their numbers stay near the processor.
    static std::int64_t rowsAtOnce(std::int64_t time);

    /// The loss of every sequence, [count], the sum of weight * loss over its targets, in nats. The questions below
    /// are about these sequences.
    std::vector<double> read(Batch sequences);
    /// The same with these channels of the layer's mixed at 0.
    std::vector<double> withoutChannels(int layer, const std::vector<std::int64_t> &channels);
    /// The same with the layer's out at 0.
    std::vector<double> withoutFeedForward(int layer);
    /// The same with another alpha of the layer.
    std::vector<double> withAlpha(int layer, float alpha);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
