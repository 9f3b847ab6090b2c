#pragma once

#include "core/compute/fused_network.h"
#include "core/model/snapshot.h"

#include <functional>
#include <memory>

namespace samout {

/// The states of every layer over whole batches of texts, at the speed of the fused network. On the CPU, on the
/// threads of the calling thread. Not thread-safe.
class FusedStates {
public:
    /// The snapshot must live as long.
    explicit FusedStates(const Snapshot &snapshot);
    ~FusedStates();

    /// Called once a layer, from the first on: row r (sequence * time + position) holds its `hidden` states at
    /// states + r * stride. The memory is used again for the next layer.
    using Look = std::function<void(int layer, const float *states, std::int64_t stride)>;

    /// From fresh states; tokens and logits as in FusedNetwork::forward().
    torch::Tensor forward(const torch::Tensor &tokens, const Look &look);

private:
    class WatchedBackend;

    SamOut m_network;
    WatchedBackend *m_backend; // owned by m_fused
    FusedNetwork m_fused;
};

} // namespace samout
