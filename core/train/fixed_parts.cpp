#include "core/train/fixed_parts.h"

#include "core/base/error.h"

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
    const EditValue value = valueOf(edit);
    if (edit.kind == "freeze_head")
        heads.emplace(value.layer, value.head);
    else if (edit.kind == "unfreeze_head")
        heads.erase({value.layer, value.head});
    else if (edit.kind == "freeze_layer")
        layers.insert(value.layer);
    else if (edit.kind == "unfreeze_layer")
        layers.erase(value.layer);
    else if (edit.kind == "hold_alpha")
        alphas[value.layer] = value.number;
    else if (edit.kind == "release_alpha")
        alphas.erase(value.layer);
}

FixedParts fixedParts(const std::vector<Edit> &edits, std::int64_t before)
{
    FixedParts parts;
    for (const Edit &edit : edits)
        if (edit.step < before)
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
