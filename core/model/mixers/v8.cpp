// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/mixers/v8.h"

#include "core/model/layer_pass.h"
#include "core/model/mixer.h"

#include <limits>

namespace samout {

using torch::Tensor;

namespace {

constexpr Site baseSite{"base"}, shiftSite{"shift"};
constexpr const char *combinedName = "self_attention.combined.weight"; // [4 d, d] = [Wo; Wo1; Wo2; Wo3]

class V8 : public Mixer {
public:
    V8()
        : Mixer({.name = "v8",
                 .title = "SamOut V8",
                 .headsChangeResults = false,
                 .crossesTimeByMaximumAlone = true,
                 .knowsPositions = false,
                 .state = {.oneNumberAChannel = true,
                           .start = -std::numeric_limits<double>::infinity(),
                           .mayFall = false},
                 .defaultPadding = 3,
                 .sites = {{.site = baseSite,
                            .path = "mixer.base",
                            .formula = "(Wo + Wo1) x",
                            .meaning = Text("What the token multiplies the state with.")},
                           {.site = shiftSite,
                            .path = "mixer.shift",
                            .formula = "Wo2 x",
                            .meaning = Text("What the token adds to base · state.")},
                           {.site = Site::Candidate,
                            .path = "mixer.candidate",
                            .formula = "Wo3 x",
                            .meaning = Text("What the token offers to the state.")},
                           {.site = Site::State,
                            .path = "mixer.state",
                            .formula = "max(before(state), candidate)",
                            .from = {Site::Candidate},
                            .byChannel = true,
                            .meaning = Text("The largest candidate of the channel so far: all that it remembers. It "
                                            "never falls.")},
                           {.site = Site::Mixed,
                            .path = "mixer.out",
                            .formula = "(base * state + shift) * state",
                            .from = {baseSite, shiftSite, Site::State},
                            .byChannel = true,
                            .meaning = Text("What the layer reads out of its memory.")}},
                 .matrices = {
                     {.parameter = combinedName,
                      .blocks = {{"Wo", baseSite}, {"Wo1", baseSite}, {"Wo2", shiftSite}, {"Wo3", Site::Candidate}}}}})
    {
    }

    std::vector<Parameter> layerParameters(const ModelConfig &config) const override
    {
        const std::int64_t d = config.hiddenSize;
        return {{.name = combinedName, .shape = {4 * d, d}, .initial = Initial::linear(d)}};
    }

    Tensor mix(const LayerPass &pass, const Tensor &x) const override
    {
        const auto blocks = pass.linear(x, pass.weight(combinedName)).chunk(4, -1);
        const Tensor base = pass.at(baseSite, blocks[0] + blocks[1]);
        const Tensor shift = pass.at(shiftSite, blocks[2]);
        const Tensor candidate = pass.at(Site::Candidate, blocks[3]);
        const Tensor state = pass.at(Site::State, pass.runningMax(candidate));
        return pass.at(Site::Mixed, v8::mixed(base, shift, state));
    }

    /// [3 d, d] = [Wo + Wo1; Wo2; Wo3]
    std::int64_t foldedRows(const ModelConfig &config) const override { return 3 * config.hiddenSize; }

    void fold(const NamedTensors &own, Tensor &folded) const override
    {
        const Tensor &combined = own.front().second;
        const std::int64_t d = combined.size(1);
        Tensor base = folded.narrow(0, 0, d);
        at::add_out(base, combined.narrow(0, 0, d), combined.narrow(0, d, d));
        folded.narrow(0, d, 2 * d).copy_(combined.narrow(0, 2 * d, 2 * d));
    }

    /// The gradients of Wo1, Wo2 and Wo3: the gradient of Wo1 is that of Wo + Wo1.
    Tensor foldedGradient(const NamedTensors &own) const override
    {
        const Tensor &gradient = own.front().second.grad();
        return gradient.narrow(0, gradient.size(1), 3 * gradient.size(1));
    }

    void unfold(const Tensor &toFolded, const NamedTensors &own) const override
    {
        const std::int64_t d = toFolded.size(1);
        Tensor place = foldedGradient(own);
        if (!place.is_alias_of(toFolded))
            place.copy_(toFolded);
        own.front().second.grad().narrow(0, 0, d).copy_(toFolded.narrow(0, 0, d));
    }
};

} // namespace

const Mixer &v8Mixer()
{
    static const V8 mixer;
    return mixer;
}

} // namespace samout
