// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/config.h"

#include "core/base/error.h"
#include "core/model/mixer.h"

namespace samout {

namespace {

constexpr std::int64_t alignment = 16; // floats: 64 bytes

std::int64_t alignedUp(std::int64_t count) { return (count + alignment - 1) / alignment * alignment; }

void requirePositive(std::int64_t value, const Text &what)
{
    if (value <= 0)
        throw Error(Error::WrongValue, Text("The {0} is {1}; it should be 1 or more.", what, value));
}

} // namespace

void ModelConfig::check() const
{
    requirePositive(vocabSize, Text("vocabulary size"));
    requirePositive(hiddenSize, Text("hidden size"));
    requirePositive(numHeads, Text("number of heads"));
    requirePositive(numLayers, Text("number of layers"));
    if (hiddenSize % numHeads != 0)
        throw Error(
            Error::WrongValue,
            Text(
                "The hidden size {0} cannot be divided into {1} heads; it should be a multiple of the number of heads.",
                hiddenSize, numHeads));
    if (paddingId && (*paddingId < 0 || *paddingId >= vocabSize))
        throw Error(Error::WrongValue,
                    Text("The padding token is {0}, outside the vocabulary; it should be from 0 to {1}.", *paddingId,
                         vocabSize - 1));

    // With larger sizes the number of parameters would overflow, or no machine could hold them.
    constexpr std::int64_t largest = std::int64_t{1} << 40;
    constexpr std::int64_t perLayer = 1'000'000; // so that many tiny layers are refused too
    const auto fits = [](std::int64_t a, std::int64_t b) { return a <= largest / b; };
    if (!fits(vocabSize, hiddenSize) || !fits(hiddenSize, hiddenSize) ||
        !fits(hiddenSize * hiddenSize + perLayer, numLayers))
        throw Error(
            Error::WrongValue,
            Text("A network of {0} hidden channels and {1} layers is too large for any machine; choose smaller sizes.",
                 hiddenSize, numLayers));
    mixer->check(*this);
}

void ModelConfig::checkLayer(std::int64_t layer) const
{
    if (layer < 0 || layer >= numLayers)
        throw Error(Error::WrongValue,
                    Text("There is no layer {0}; the network has the layers 0 to {1}.", layer, numLayers - 1));
}

std::string layerPrefix(std::int64_t layer) { return "decoder_layers." + std::to_string(layer) + "."; }

std::vector<Parameter> parameterLayout(const ModelConfig &config)
{
    const Mixer &mixer = *config.mixer;
    const std::int64_t vocabulary = config.vocabSize, hidden = config.hiddenSize;
    const std::int64_t inner = mixer.feedForwardSize(config);
    std::vector<Parameter> layout;
    std::int64_t offset = 0;
    const auto add = [&](std::string name, std::vector<std::int64_t> shape, Initial initial) {
        layout.push_back({.name = std::move(name), .shape = std::move(shape), .initial = initial, .offset = offset});
        offset += alignedUp(layout.back().count());
    };
    const auto addLinear = [&](const std::string &name, std::int64_t outputs, std::int64_t inputs) {
        add(name + ".weight", {outputs, inputs}, Initial::linear(inputs));
        add(name + ".bias", {outputs}, Initial::linear(inputs));
    };

    add("em.weight", {vocabulary, hidden}, Initial::normal(1));
    for (std::int64_t layer = 0; layer < config.numLayers; ++layer) {
        const std::string prefix = layerPrefix(layer);
        add(prefix + "alpha", {}, Initial::constant(0.5));
        for (const Parameter &own : mixer.layerParameters(config))
            add(prefix + own.name, own.shape, own.initial);
        addLinear(prefix + "ffn.ffn1", inner, hidden);
        addLinear(prefix + "ffn.ffn2", hidden, inner);
        addLinear(prefix + "ffn.gate", inner, hidden);
        add(prefix + "layer_norm.weight", {hidden}, Initial::constant(1));
        add(prefix + "layer_norm.bias", {hidden}, Initial::constant(0));
    }
    add(mixer.facts().headWeight, {vocabulary, hidden}, Initial::linear(hidden));
    for (const Parameter &outer : mixer.outerParameters(config))
        add(outer.name, outer.shape, outer.initial);
    return layout;
}

std::int64_t arenaSize(const ModelConfig &config)
{
    const std::vector<Parameter> layout = parameterLayout(config);
    return layout.back().offset + alignedUp(layout.back().count());
}

std::int64_t parameterCount(const ModelConfig &config)
{
    std::int64_t total = 0;
    for (const Parameter &parameter : parameterLayout(config))
        total += parameter.count();
    return total;
}

} // namespace samout
