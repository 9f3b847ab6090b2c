#include "core/model/config.h"

#include "core/base/error.h"

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

    // Beyond this the number of parameters would overflow, or no machine could hold them.
    constexpr std::int64_t largest = std::int64_t{1} << 40;
    constexpr std::int64_t perLayer = 1'000'000; // so that many tiny layers are refused too
    const auto fits = [](std::int64_t a, std::int64_t b) { return a <= largest / b; };
    if (!fits(vocabSize, hiddenSize) || !fits(hiddenSize, hiddenSize) ||
        !fits(hiddenSize * hiddenSize + perLayer, numLayers))
        throw Error(
            Error::WrongValue,
            Text("A network of {0} hidden channels and {1} layers is too large for any machine; choose smaller sizes.",
                 hiddenSize, numLayers));
}

void ModelConfig::checkLayer(std::int64_t layer) const
{
    if (layer < 0 || layer >= numLayers)
        throw Error(Error::WrongValue,
                    Text("There is no layer {0}; the network has the layers 0 to {1}.", layer, numLayers - 1));
}

std::int64_t Parameter::count() const
{
    std::int64_t product = 1;
    for (const std::int64_t size : shape)
        product *= size;
    return product;
}

std::vector<Parameter> parameterLayout(const ModelConfig &config)
{
    const std::int64_t vocabulary = config.vocabSize;
    const std::int64_t hidden = config.hiddenSize;
    std::vector<Parameter> layout;
    std::int64_t offset = 0;
    const auto add = [&](std::string name, std::vector<std::int64_t> shape) {
        Parameter parameter{std::move(name), std::move(shape), offset};
        offset += alignedUp(parameter.count());
        layout.push_back(std::move(parameter));
    };

    add("em.weight", {vocabulary, hidden});
    for (std::int64_t layer = 0; layer < config.numLayers; ++layer) {
        const std::string prefix = "decoder_layers." + std::to_string(layer) + ".";
        add(prefix + "alpha", {});
        add(prefix + "self_attention.combined.weight", {4 * hidden, hidden});
        for (const char *linear : {"ffn.ffn1", "ffn.ffn2", "ffn.gate"}) {
            add(prefix + linear + ".weight", {hidden, hidden});
            add(prefix + linear + ".bias", {hidden});
        }
        add(prefix + "layer_norm.weight", {hidden});
        add(prefix + "layer_norm.bias", {hidden});
    }
    add("head.weight", {vocabulary, hidden});
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
