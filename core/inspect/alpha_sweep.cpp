// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/alpha_sweep.h"

#include "core/base/error.h"
#include "core/compute/changed_reading.h"
#include "core/model/evaluation.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace samout {

namespace {

void check(const Snapshot &snapshot, int layer, const std::vector<float> &alphas)
{
    snapshot.config().checkLayer(layer);
    if (!std::ranges::all_of(alphas, [](float alpha) { return std::isfinite(alpha); }))
        throw Error(Error::WrongValue, Text("An alpha to try is not finite; it should be a number as 0.5."));
}

} // namespace

std::optional<AlphaSweep> alphaSweep(const Snapshot &snapshot, const Batch &batch, int layer,
                                     const std::vector<float> &alphas, const std::stop_token &stop,
                                     const ShareDone &progress)
{
    check(snapshot, layer, alphas);
    checkTokens(batch, snapshot.config().vocabSize, Text("The text to evaluate"));
    if (batch.countedTargets() == 0)
        throw Error(Error::WrongValue, Text("No target counts: all of them are the padding token."));
    return withoutTorchErrors([&]() -> std::optional<AlphaSweep> {
        const torch::NoGradGuard noGrad;
        ChangedReading reader(snapshot);
        AlphaSweep sweep{.layer = layer, .alphas = alphas, .losses = std::vector<double>(alphas.size(), 0)};
        const auto rows = ChangedReading::rowsAtOnce(batch.time);
        for (std::int64_t begin = 0; begin < batch.count; begin += rows) {
            const auto count = std::min(rows, batch.count - begin);
            if (stop.stop_requested())
                return std::nullopt;
            reader.read(batch.rows(begin, count));
            for (std::size_t i = 0; i < alphas.size(); ++i) {
                if (stop.stop_requested())
                    return std::nullopt;
                const std::vector<double> losses = reader.withAlpha(layer, alphas[i]);
                sweep.losses[i] += std::accumulate(losses.begin(), losses.end(), 0.0);
                if (progress) {
                    const double share = static_cast<double>(i + 1) / static_cast<double>(alphas.size());
                    progress((static_cast<double>(begin) + share * static_cast<double>(count)) /
                             static_cast<double>(batch.count));
                }
            }
        }
        for (double &loss : sweep.losses)
            loss /= batch.totalWeight();
        return sweep;
    });
}

} // namespace samout
