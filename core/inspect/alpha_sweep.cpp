// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/alpha_sweep.h"

#include "core/base/error.h"
#include "core/compute/changed_reading.h"
#include "core/model/evaluation.h"
#include "core/model/torch_errors.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

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

std::vector<float> curveAlphas()
{
    constexpr int points = 17;
    std::vector<float> alphas;
    for (int i = 0; i < points; ++i)
        alphas.push_back(-0.5F + 2.0F * static_cast<float>(i) / static_cast<float>(points - 1));
    return alphas;
}

Interventions besidesAlphaOf(Interventions interventions, int layer)
{
    interventions.states.clear();
    interventions.hidden.clear();
    std::erase_if(interventions.alphas, [layer](const auto &alpha) { return alpha.layer == layer; });
    return interventions;
}

bool alphaCurves(const std::shared_ptr<const Snapshot> &snapshot, const Dataset &data,
                 const Interventions &interventions, std::int64_t tokens, const std::function<void(AlphaSweep)> &found,
                 const std::stop_token &stop, const ShareDone &progress)
{
    const Batch &heldOut = data.heldOut();
    if (heldOut.count == 0)
        throw Error(
            Error::WrongValue,
            Text("The data \"{0}\" holds nothing out to measure a loss on; give a held-out share.", data.name()));
    const auto most = std::max<std::int64_t>(1, tokens / std::max<std::int64_t>(1, heldOut.time));
    const Batch batch = heldOut.rows(0, std::min(heldOut.count, most));
    const auto layers = static_cast<int>(snapshot->config().numLayers);
    for (int layer = layers - 1; layer >= 0; --layer) {
        const auto changed = changedWeights(snapshot, besidesAlphaOf(interventions, layer));
        auto sweep = alphaSweep(*changed, batch, layer, curveAlphas(), stop, [&](double share) {
            if (progress)
                progress((layers - 1 - layer + share) / layers);
        });
        if (!sweep)
            return false;
        found(std::move(*sweep));
    }
    return true;
}

Table tableOf(std::vector<AlphaSweep> curves)
{
    std::ranges::sort(curves, {}, &AlphaSweep::layer);
    Table table{.columns = {{.name = "layer", .kind = Table::Column::Key},
                            {.name = "alpha", .kind = Table::Column::Key},
                            {.name = "loss", .unit = "nats"}},
                .rows = {}};
    for (const AlphaSweep &curve : curves)
        for (std::size_t i = 0; i < curve.alphas.size(); ++i)
            table.rows.push_back({std::int64_t{curve.layer}, curve.alphas[i], curve.losses[i]});
    return table;
}

} // namespace samout
