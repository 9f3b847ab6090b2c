#pragma once

#include "core/data/dataset.h"
#include "core/model/snapshot.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace samout {

/// Reads sequences as the network is, and then again and again with one thing of one layer changed: what lies below is
/// computed once. Computes as FusedNetwork does: base = (Wo + Wo1) x, and value and gate are one product. On the CPU,
/// on the threads of the calling thread. Not thread-safe.
class Rereader {
public:
    /// The snapshot must live as long.
    explicit Rereader(const Snapshot &snapshot);
    ~Rereader();

    /// So many sequences are best read at once: their numbers stay near the processor.
    static std::int64_t rowsAtOnce(std::int64_t time);

    /// The loss of every sequence, [count]: the sum of weight * loss over its targets, in nats. The sequences are those
    /// of what is asked next.
    std::vector<double> read(Batch sequences);
    /// The same where these channels of the layer's mixed are 0.
    std::vector<double> withoutChannels(int layer, const std::vector<std::int64_t> &channels);
    /// The same where the layer's feed-forward has nothing to say.
    std::vector<double> withoutFeedForward(int layer);
    /// The same with another alpha of the layer.
    std::vector<double> withAlpha(int layer, float alpha);

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace samout
