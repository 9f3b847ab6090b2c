// SPDX-License-Identifier: GPL-3.0-only
#include "core/model/mixer.h"

#include "core/base/error.h"
#include "core/model/layer_pass.h"
#include "core/model/mixers/v8.h"

#include <numeric>
#include <stdexcept>

namespace samout {

using torch::Tensor;

namespace {

/// A new member of the family is one more line here.
std::vector<const Mixer *> &registry()
{
    static std::vector<const Mixer *> all = {&v8Mixer()};
    return all;
}

const Tensor &named(const NamedTensors &tensors, std::string_view name)
{
    for (const auto &[own, tensor] : tensors)
        if (own == name)
            return tensor;
    throw std::logic_error("The mixer has no parameter " + std::string(name) + ".");
}

} // namespace

Mixer::Mixer(MixerFacts facts) : m_facts(std::move(facts)), m_sites(m_facts.sites)
{
    m_sites.insert(m_sites.end(), blockSites().begin(), blockSites().end());
}

const SiteFacts *Mixer::find(Site site) const
{
    for (const SiteFacts &facts : m_sites)
        if (facts.site == site)
            return &facts;
    return nullptr;
}

std::vector<ParameterRows> Mixer::rowsOfHead(const ModelConfig &config, int head) const
{
    std::vector<ParameterRows> rows;
    for (const RowBlocks &matrix : m_facts.matrices)
        for (std::int64_t block = 0; block < std::ssize(matrix.blocks); ++block) {
            const std::int64_t begin = block * config.hiddenSize + head * config.headSize();
            rows.push_back({.parameter = matrix.parameter, .begin = begin, .end = begin + config.headSize()});
        }
    return rows;
}

std::vector<int> Mixer::channelsOfHead(const ModelConfig &config, int head) const
{
    std::vector<int> channels(static_cast<std::size_t>(config.headSize()));
    std::iota(channels.begin(), channels.end(), head * static_cast<int>(config.headSize()));
    return channels;
}

Tensor Mixer::freshState(const ModelConfig &config, std::int64_t batch, const Tensor &like) const
{
    return torch::full({batch, config.hiddenSize}, m_facts.state.start, like.options());
}

Tensor Mixer::enter(const LayerPass &, const Tensor &x) const { return x; }

void Mixer::fold(const NamedTensors &, Tensor &) const { throw std::logic_error("The mixer's weights do not fold."); }

Tensor Mixer::foldedGradient(const NamedTensors &) const { return {}; }

void Mixer::unfold(const Tensor &, const NamedTensors &) const
{
    throw std::logic_error("The mixer's weights do not fold.");
}

const Tensor &LayerPass::weight(std::string_view name) const { return named(own, name); }

const Tensor &LayerPass::outerWeight(std::string_view name) const { return named(outer, name); }

const Mixer &defaultMixer() { return v8Mixer(); }

const std::vector<const Mixer *> &mixers() { return registry(); }

void registerMixer(const Mixer &mixer) { registry().push_back(&mixer); }

const Mixer &mixerNamed(std::string_view name)
{
    std::string known;
    for (const Mixer *mixer : mixers()) {
        if (mixer->facts().name == name)
            return *mixer;
        known += (known.empty() ? "" : ", ") + mixer->facts().name;
    }
    const std::string_view shown = name.substr(0, 40);
    throw Error(Error::Missing, Text("There is no mixer \"{0}\"; this program knows {1}.", shown, known));
}

} // namespace samout
