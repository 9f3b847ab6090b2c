#include "core/model/interventions.h"

#include "core/base/error.h"

#include <algorithm>
#include <cmath>
#include <span>
#include <string>

namespace samout {

namespace {

void checkNumber(const std::string &kind, std::int64_t number, std::int64_t count, const std::string &where)
{
    if (number < 0 || number >= count)
        throw Error("There is no " + kind + " " + std::to_string(number) + "; " + where + " the " + kind + "s 0 to " +
                    std::to_string(count - 1) + ".");
}

void checkPosition(std::int64_t position, std::int64_t length)
{
    if (length >= 0)
        checkNumber("position", position, length, "the text has");
    else if (position < 0)
        throw Error("There is no position " + std::to_string(position) + "; they count from 0.");
}

} // namespace

void Interventions::check(const ModelConfig &config, std::int64_t length) const
{
    for (const Head &head : silencedHeads) {
        config.checkLayer(head.layer);
        checkNumber("head", head.head, config.numHeads, "a layer has");
    }
    for (const Channel &channel : silencedChannels) {
        config.checkLayer(channel.layer);
        checkNumber("channel", channel.channel, config.hiddenSize, "a layer has");
    }
    for (const auto *layers : {&silencedMixers, &silencedFeedForwards})
        for (const int layer : *layers)
            config.checkLayer(layer);
    for (const Alpha &alpha : alphas) {
        config.checkLayer(alpha.layer);
        if (!std::isfinite(alpha.value))
            throw Error("The alpha of layer " + std::to_string(alpha.layer) +
                        " is to be set to a value that is not finite; it should be a number as 0.5.");
    }
    for (const States &edit : states) {
        config.checkLayer(edit.layer);
        checkPosition(edit.position, length);
        checkNumber("channel", edit.channel, config.hiddenSize, "a layer has");
        if (!edit.values.empty())
            checkNumber("channel", edit.channel + static_cast<std::int64_t>(edit.values.size()) - 1, config.hiddenSize,
                        "a layer has");
        if (std::ranges::any_of(edit.values, [](float value) { return std::isnan(value); }))
            throw Error("A state of layer " + std::to_string(edit.layer) +
                        " is to be set to NaN; it should be a number.");
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
            std::fill_n(silenced.begin() + head.head * config.headSize(), config.headSize(), true);
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
