// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/data/dataset.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace samout {

/// Reads sequences with the unchanged network and keeps every layer's input, so that later passes can start at any
/// layer with one part of that layer changed: the layers below are computed once. On the CPU, on the calling thread's
/// threads. Not thread-safe.
class ChangedReading {
public:
    /// The snapshot must outlive this object.
    explicit ChangedReading(const Snapshot &snapshot);
    ~ChangedReading();

    /// The best number of sequences to read at once: few enough for their activations to stay in the cache.
    static std::int64_t rowsAtOnce(std::int64_t time);

    /// The loss of every sequence, [count]: the sum of weight * loss over its targets, in nats. The functions below use
    /// these sequences.
    std::vector<double> read(Batch sequences);
    /// The same losses if these channels of the layer's mixed are 0.
    std::vector<double> withoutChannels(int layer, const std::vector<std::int64_t> &channels);
    /// The same losses if the layer's out is 0.
    std::vector<double> withoutFeedForward(int layer);
    /// The same losses if the layer has this alpha.
    std::vector<double> withAlpha(int layer, float alpha);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
