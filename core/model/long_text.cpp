// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/long_text.h"

#include <algorithm>

namespace samout {

namespace {

constexpr std::int64_t pieceLength = 1024;

} // namespace

bool readInPieces(const SamOut &network, std::span<const std::int64_t> tokens, State *state, InterventionProbe *probe,
                  const std::stop_token &stop,
                  const std::function<void(std::int64_t begin, const torch::Tensor &logits)> &each)
{
    const auto time = static_cast<std::int64_t>(tokens.size());
    for (std::int64_t begin = 0; begin < time; begin += pieceLength) {
        if (stop.stop_requested())
            return false;
        const torch::Tensor piece = torch::from_blob(const_cast<std::int64_t *>(tokens.data()) + begin,
                                                     {1, std::min(pieceLength, time - begin)}, torch::kInt64);
        if (probe)
            probe->beginAt(begin);
        const torch::Tensor logits = network.forward(piece, state, probe)[0];
        if (each)
            each(begin, logits);
    }
    return true;
}

} // namespace samout
