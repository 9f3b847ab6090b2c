// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/site.h"

namespace samout {

const std::vector<SiteFacts> &blockSites()
{
    static const std::string norm = "LayerNorm(" + std::string(blendFormula) + ")";
    static const std::vector<SiteFacts> sites = {
        {.site = Site::Value,
         .path = "ffn.value",
         .formula = "ffn1(mixed)",
         .from = {Site::Mixed},
         .meaning = Text("Reads mixed of all channels: from here on the channel is one of the feed-forward’s.")},
        {.site = Site::Gate,
         .path = "ffn.gate",
         .formula = "relu(ffn_gate(mixed))",
         .from = {Site::Mixed},
         .meaning = Text("How far the value passes: 0 where the sum is negative.")},
        {.site = Site::Out,
         .path = "ffn.out",
         .formula = "ffn2(value * gate)",
         .from = {Site::Value, Site::Gate},
         .meaning = Text("Reads value · gate of all channels: what the layer has to say.")},
        {.site = Site::Norm,
         .path = "norm",
         .formula = norm,
         .from = {Site::Out},
         .meaning = Text("LayerNorm, with its learnt weight and bias of the channel: what is added to x.")},
        {.site = Site::Residual,
         .path = "residual",
         .formula = "norm + x",
         .from = {Site::Norm},
         .byChannel = true,
         .meaning = Text("What the next layer reads, or the head after the last.")},
    };
    return sites;
}

} // namespace samout
