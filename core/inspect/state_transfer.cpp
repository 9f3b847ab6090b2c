// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/state_transfer.h"

#include "core/base/error.h"
#include "core/inspect/examination.h"
#include "core/model/long_text.h"
#include "core/model/torch_errors.h"

#include <string>

namespace samout {

std::vector<Interventions::States> transferredStates(const StateTransfer &transfer, const std::stop_token &stop)
{
    const auto length = static_cast<std::int64_t>(transfer.tokens.size());
    if (transfer.from < 0 || (transfer.from >= length && length > 0))
        throw Error(Error::WrongValue, Text("The other text has no position {0}; it has the positions 0 to {1}.",
                                            transfer.from, length - 1));
    checkQuestion({.snapshot = transfer.snapshot, .tokens = transfer.tokens, .layers = transfer.layers});
    return withoutTorchErrors([&] {
        const torch::NoGradGuard noGrad;
        const SamOut network(*transfer.snapshot);
        State state = network.freshState(1);
        const auto read = std::span(transfer.tokens).first(static_cast<std::size_t>(transfer.from) + 1);
        std::vector<Interventions::States> edits;
        if (!readInPieces(network, read, &state, nullptr, stop))
            return edits;
        for (const int layer : transfer.layers) {
            const torch::Tensor held = state.layers[static_cast<std::size_t>(layer)].flatten().contiguous();
            const float *values = held.const_data_ptr<float>();
            edits.push_back(
                {.layer = layer, .position = transfer.to, .channel = 0, .values = {values, values + held.numel()}});
        }
        return edits;
    });
}

} // namespace samout
