// SPDX-License-Identifier: GPL-3.0-only
#include "core/train/fixed_parts.h"

#include "core/base/error.h"
#include "core/base/overloaded.h"
#include "core/model/mixer.h"

#include <algorithm>
#include <string>

namespace samout {

namespace {

Parameter parameterOf(const ModelConfig &config, const std::string &name)
{
    for (const Parameter &parameter : parameterLayout(config))
        if (parameter.name == name)
            return parameter;
    throw Error(Error::WrongValue, Text("The network has no parameter {0}.", name));
}

} // namespace

void FixedParts::apply(const Edit &edit)
{
    std::visit(Overloaded{
                   [this](const FreezeHead &change) { heads.emplace(change.layer, change.head); },
                   [this](const UnfreezeHead &change) {
                       heads.erase({change.layer, change.head});
                   },
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
    std::vector<Stretch> stretches;
    for (const ParameterRows &rows : config.mixer->rowsOfHead(config, head)) {
        const Parameter parameter = parameterOf(config, layerPrefix(layer) + rows.parameter);
        const std::int64_t width = parameter.count() / parameter.shape.front();
        stretches.push_back(
            {.begin = parameter.offset + rows.begin * width, .end = parameter.offset + rows.end * width});
    }
    return stretches;
}

Stretch alphaStretch(const ModelConfig &config, int layer)
{
    const std::int64_t alpha = parameterOf(config, layerPrefix(layer) + "alpha").offset;
    return {.begin = alpha, .end = alpha + 1};
}

std::vector<Stretch> stretchesOf(const FixedParts &parts, const ModelConfig &config)
{
    std::vector<Stretch> all;
    for (const int layer : parts.layers)
        for (const Parameter &parameter : parameterLayout(config))
            if (parameter.name.starts_with(layerPrefix(layer)))
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
