#include "core/train/fixed_parts.h"

#include "core/base/error.h"
#include "core/base/overloaded.h"

#include <algorithm>
#include <string>

namespace samout {

namespace {

std::string prefixOf(int layer) { return "decoder_layers." + std::to_string(layer) + "."; }

std::int64_t offsetOf(const ModelConfig &config, const std::string &name)
{
    for (const Parameter &parameter : parameterLayout(config))
        if (parameter.name == name)
            return parameter.offset;
    throw Error(Error::WrongValue, Text("The network has no parameter {0}.", name));
}

} // namespace

void FixedParts::apply(const Edit &edit)
{
    std::visit(
        Overloaded{
            [this](const FreezeHead &change) { heads.emplace(change.layer, change.head); },
            [this](const UnfreezeHead &change) { heads.erase({change.layer, change.head}); },
            [this](const FreezeLayer &change) { layers.insert(change.layer); },
            [this](const UnfreezeLayer &change) { layers.erase(change.layer); },
            [this](const HoldAlpha &change) { alphas[change.layer] = change.alpha; },
            [this](const ReleaseAlpha &change) { alphas.erase(change.layer); },
            [](const auto &) {}, // fixes nothing
        },
        edit);
}

FixedParts fixedParts(const std::vector<AppliedEdit> &edits, std::int64_t before)
{
    FixedParts parts;
    for (const auto &[step, edit] : edits)
        if (step < before)
            parts.apply(edit);
    return parts;
}

std::vector<Stretch> headStretches(const ModelConfig &config, int layer, int head)
{
    const std::int64_t combined = offsetOf(config, prefixOf(layer) + "self_attention.combined.weight");
    std::vector<Stretch> rows;
    for (std::int64_t block = 0; block < 4; ++block) {
        const std::int64_t first = block * config.hiddenSize + head * config.headSize();
        rows.push_back({.begin = combined + first * config.hiddenSize,
                        .end = combined + (first + config.headSize()) * config.hiddenSize});
    }
    return rows;
}

Stretch alphaStretch(const ModelConfig &config, int layer)
{
    const std::int64_t alpha = offsetOf(config, prefixOf(layer) + "alpha");
    return {.begin = alpha, .end = alpha + 1};
}

std::vector<Stretch> stretchesOf(const FixedParts &parts, const ModelConfig &config)
{
    std::vector<Stretch> all;
    for (const int layer : parts.layers)
        for (const Parameter &parameter : parameterLayout(config))
            if (parameter.name.starts_with(prefixOf(layer)))
                all.push_back({.begin = parameter.offset, .end = parameter.offset + parameter.count()});
    for (const auto &[layer, head] : parts.heads)
        if (!parts.layers.contains(layer))
            std::ranges::copy(headStretches(config, layer, head), std::back_inserter(all));
    for (const auto &[layer, value] : parts.alphas)
        if (!parts.layers.contains(layer))
            all.push_back(alphaStretch(config, layer));
    std::ranges::sort(all, {}, &Stretch::begin);
    return all;
}

} // namespace samout
