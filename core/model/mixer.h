// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/config.h"
#include "core/model/site.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace at {
class Tensor;
}

namespace samout {

struct LayerPass;

/// Tensors with their names, in a layer or outside the layers.
using NamedTensors = std::vector<std::pair<std::string, at::Tensor>>;

/// The state that a layer remembers of a text.
struct StateFacts {
    /// One number a channel, [batch, hidden] in every layer. Otherwise the mixer's own shape, [batch, ...].
    bool oneNumberAChannel = true;
    /// Every number of the state before the first token.
    double start = 0;
    /// A number of the state may become smaller with a token.
    bool mayFall = true;
};

/// A matrix whose rows are blocks of `hidden` rows each, one below the other, for example V8's [Wo; Wo1; Wo2; Wo3].
struct RowBlocks {
    struct Block {
        std::string name;
        /// The site that the block computes from x.
        Site makes;
    };
    /// The matrix's name in a layer: "self_attention.combined.weight".
    std::string parameter;
    std::vector<Block> blocks;
};

/// Some rows of a layer's parameter, [begin, end).
struct ParameterRows {
    std::string parameter;
    std::int64_t begin = 0, end = 0;
};

/// The facts that are the same in every network with this mixer.
struct MixerFacts {
    /// The name in files and options: "v8".
    std::string name;
    /// The name for a person: "SamOut V8".
    std::string title;
    /// The number of heads changes the results; otherwise heads only group channels.
    bool headsChangeResults = false;
    /// Only a maximum over time carries numbers from one position to later ones, and its candidates are
    /// Site::Candidate.
    bool crossesTimeByMaximumAlone = false;
    /// A token's numbers depend on its position itself, not only on the tokens before it.
    bool knowsPositions = false;
    StateFacts state;
    /// The token whose embedding stays 0 in published networks, if there is one.
    std::optional<std::int64_t> defaultPadding;
    /// The head's name: "head.weight".
    std::string headWeight = "head.weight";
    /// The mixer's own sites, in the order they are computed; the last is Site::Mixed, what the mixer hands to ffn1 and
    /// gate.
    std::vector<SiteFacts> sites;
    std::vector<RowBlocks> matrices;
};

/// A member of the SamOut family: the part of a layer that crosses time, and everything else that differs between
/// members. No other place knows a member's parameters, sites, formulas, state, and how its weights fold for speed.
/// Immutable; its functions may be called from any thread.
class Mixer {
public:
    explicit Mixer(MixerFacts facts);
    virtual ~Mixer() = default;
    Mixer(const Mixer &) = delete;
    Mixer &operator=(const Mixer &) = delete;

    const MixerFacts &facts() const { return m_facts; }
    /// The sites of a layer, the mixer's and the block's behind it, in the order they are computed.
    const std::vector<SiteFacts> &sites() const { return m_sites; }
    /// nullptr if there is no such site.
    const SiteFacts *find(Site site) const;
    const SiteFacts *find(std::string_view name) const { return find(Site(name)); }

    /// Throws Error if the mixer does not allow a network of these sizes.
    virtual void check(const ModelConfig &) const {}
    /// The mixer's parameters in every layer, named as in files after the layer's prefix; the caller ignores their
    /// offsets.
    virtual std::vector<Parameter> layerParameters(const ModelConfig &config) const = 0;
    /// The mixer's parameters outside the layers, named as in files.
    virtual std::vector<Parameter> outerParameters(const ModelConfig &) const { return {}; }
    /// The width of value and gate.
    virtual std::int64_t feedForwardSize(const ModelConfig &config) const { return config.hiddenSize; }
    /// The parameter rows that belong to one head alone: its rows in every block.
    virtual std::vector<ParameterRows> rowsOfHead(const ModelConfig &config, int head) const;
    /// The channels of Site::Mixed that belong to a head, in ascending order.
    virtual std::vector<int> channelsOfHead(const ModelConfig &config, int head) const;
    /// Changes a parameter's numbers from the order of files to the order of memory, or back. The orders are the same
    /// unless overridden.
    virtual void toMemoryOrder(const ModelConfig &, std::string_view /*parameter*/, std::span<float>) const {}
    virtual void toFileOrder(const ModelConfig &, std::string_view /*parameter*/, std::span<float>) const {}

    /// The state of a layer before the first token, on the device and of the type of `like`.
    virtual at::Tensor freshState(const ModelConfig &config, std::int64_t batch, const at::Tensor &like) const;
    /// Turns the output of the layer before (or the embedding) into the input of layer `pass.layer`, [batch, time,
    /// hidden]. Returns `x` unless overridden.
    virtual at::Tensor enter(const LayerPass &pass, const at::Tensor &x) const;
    /// The definition of the mixer, op by op: from x [batch, time, hidden] to mixed, of the same shape. Calls
    /// `pass.at()` at every site.
    virtual at::Tensor mix(const LayerPass &pass, const at::Tensor &x) const = 0;

    /// For speed a layer's x is multiplied with one matrix, [foldedRows, hidden]. 0: the weights do not fold, and only
    /// the definition computes the mixer.
    virtual std::int64_t foldedRows(const ModelConfig &) const { return 0; }
    /// Fills `folded` from the layer's own weights.
    virtual void fold(const NamedTensors &own, at::Tensor &folded) const;
    /// Where the gradient of the folded matrix may be written, so that unfold() has the least to copy: a part of the
    /// gradients of `own`, or an undefined tensor if none fits.
    virtual at::Tensor foldedGradient(const NamedTensors &own) const;
    /// Fills the gradients of `own` from the gradient of the folded matrix, which may lie in foldedGradient().
    virtual void unfold(const at::Tensor &toFolded, const NamedTensors &own) const;

private:
    MixerFacts m_facts;
    std::vector<SiteFacts> m_sites;
};

/// All known mixers. registerMixer() adds one, which must live as long as the program, before other threads call
/// mixers().
const std::vector<const Mixer *> &mixers();
void registerMixer(const Mixer &mixer);
/// Throws Error, naming the known mixers, if none has this name.
const Mixer &mixerNamed(std::string_view name);

} // namespace samout
