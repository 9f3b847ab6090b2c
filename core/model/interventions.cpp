// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/interventions.h"

#include "core/base/error.h"
#include "core/base/overloaded.h"
#include "core/model/mixer.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

namespace samout {

namespace {

bool isOutside(std::int64_t number, std::int64_t count) { return number < 0 || number >= count; }

void checkHead(int head, const ModelConfig &config)
{
    if (isOutside(head, config.numHeads))
        throw Error(Error::WrongValue,
                    Text("There is no head {0}; a layer has the heads 0 to {1}.", head, config.numHeads - 1));
}

void checkChannel(std::int64_t channel, const ModelConfig &config)
{
    if (isOutside(channel, config.hiddenSize))
        throw Error(Error::WrongValue, Text("There is no channel {0}; a layer has the channels 0 to {1}.", channel,
                                            config.hiddenSize - 1));
}

void checkPosition(std::int64_t position, std::int64_t length)
{
    if (length < 0 && position < 0)
        throw Error(Error::WrongValue, Text("There is no position {0}; they count from 0.", position));
    if (length >= 0 && isOutside(position, length))
        throw Error(Error::WrongValue,
                    Text("There is no position {0}; the text has the positions 0 to {1}.", position, length - 1));
}

} // namespace

void Interventions::add(const Intervention &intervention)
{
    std::visit(Overloaded{
                   [this](const SilenceHead &change) {
                       silencedHeads.push_back({.layer = change.layer, .head = change.head});
                   },
                   [this](const SilenceMixer &change) { silencedMixers.push_back(change.layer); },
                   [this](const SilenceFeedForward &change) { silencedFeedForwards.push_back(change.layer); },
                   [this](const SetAlpha &change) { alphas.push_back({.layer = change.layer, .value = change.value}); },
                   [this](const SetStates &change) {
                       for (std::int64_t i = 0; i < change.positions; ++i)
                           states.push_back({.layer = change.layer,
                                             .position = change.position + i,
                                             .channel = change.channel,
                                             .values = change.values});
                   },
               },
               intervention);
}

void Interventions::check(const ModelConfig &config, std::int64_t length) const
{
    for (const Head &head : silencedHeads) {
        config.checkLayer(head.layer);
        checkHead(head.head, config);
    }
    for (const Channel &channel : silencedChannels) {
        config.checkLayer(channel.layer);
        checkChannel(channel.channel, config);
    }
    for (const auto *layers : {&silencedMixers, &silencedFeedForwards})
        for (const int layer : *layers)
            config.checkLayer(layer);
    for (const Alpha &alpha : alphas) {
        config.checkLayer(alpha.layer);
        if (!std::isfinite(alpha.value))
            throw Error(
                Error::WrongValue,
                Text("The alpha of layer {0} is to be set to a value that is not finite; it should be a number as 0.5.",
                     alpha.layer));
    }
    for (const States &edit : states) {
        config.checkLayer(edit.layer);
        checkPosition(edit.position, length);
        checkChannel(edit.channel, config);
        if (!edit.values.empty())
            checkChannel(edit.channel + static_cast<std::int64_t>(edit.values.size()) - 1, config);
        if (std::ranges::any_of(edit.values, [](float value) { return std::isnan(value); }))
            throw Error(Error::WrongValue,
                        Text("A state of layer {0} is to be set to NaN; it should be a number.", edit.layer));
    }
    for (const std::int64_t position : hidden)
        checkPosition(position, length);
}

std::vector<int> Interventions::silencedIn(int layer, const ModelConfig &config) const
{
    std::vector<bool> silenced(static_cast<std::size_t>(config.hiddenSize),
                               std::ranges::find(silencedMixers, layer) != silencedMixers.end());
    for (const Head &head : silencedHeads)
        if (head.layer == layer)
            for (const int channel : config.mixer->channelsOfHead(config, head.head))
                silenced[static_cast<std::size_t>(channel)] = true;
    for (const Channel &channel : silencedChannels)
        if (channel.layer == layer)
            silenced[static_cast<std::size_t>(channel.channel)] = true;
    std::vector<int> channels;
    for (std::size_t i = 0; i < silenced.size(); ++i)
        if (silenced[i])
            channels.push_back(static_cast<int>(i));
    return channels;
}

std::shared_ptr<const Snapshot> changedWeights(const std::shared_ptr<const Snapshot> &snapshot,
                                               const Interventions &interventions)
{
    const ModelConfig &config = snapshot->config();
    interventions.check(config, -1);
    std::vector<float> weights(snapshot->weights().begin(), snapshot->weights().end());
    bool changed = false;
    const auto parameter = [&](int layer, const std::string &name) {
        const std::string path = "decoder_layers." + std::to_string(layer) + "." + name;
        const auto found = std::ranges::find(snapshot->parameters(), path, &Parameter::name);
        changed = true;
        return std::span(weights).subspan(static_cast<std::size_t>(found->offset),
                                          static_cast<std::size_t>(found->count()));
    };
    for (int layer = 0; layer < config.numLayers; ++layer) {
        const std::vector<int> silenced = interventions.silencedIn(layer, config);
        if (silenced.empty())
            continue;
        const auto hidden = static_cast<std::size_t>(config.hiddenSize);
        for (const char *name : {"ffn.ffn1.weight", "ffn.gate.weight"}) {
            const std::span<float> matrix = parameter(layer, name);
            for (std::size_t row = 0; row < hidden; ++row)
                for (const int channel : silenced)
                    matrix[row * hidden + static_cast<std::size_t>(channel)] = 0;
        }
    }
    for (const int layer : interventions.silencedFeedForwards)
        for (const char *name : {"ffn.ffn2.weight", "ffn.ffn2.bias"})
            std::ranges::fill(parameter(layer, name), 0.0F);
    for (const Interventions::Alpha &alpha : interventions.alphas)
        parameter(alpha.layer, "alpha")[0] = alpha.value;
    if (!changed)
        return snapshot;
    return std::make_shared<const Snapshot>(config, snapshot->vocabulary(), snapshot->step(), std::move(weights));
}

} // namespace samout
