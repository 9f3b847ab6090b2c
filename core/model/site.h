// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"

#include <string_view>
#include <vector>

namespace samout {

/// A named place of one layer's forward pass: "state", "gate", … Which a layer has is its mixer's to say
/// (Mixer::sites()). Two are the same if their names are.
class Site {
public:
    constexpr Site() = default;
    /// The text must live as long as the program.
    constexpr explicit Site(std::string_view name) : m_name(name) {}

    constexpr std::string_view name() const { return m_name; }
    friend constexpr bool operator==(Site, Site) = default;

    // Places that more than one mixer has.
    static const Site Candidate, State, Mixed;
    // What is behind the mixer, the same in every layer.
    static const Site Value, Gate, Out, Norm, Residual;

private:
    std::string_view m_name;
};

inline constexpr Site Site::Candidate{"candidate"}, Site::State{"state"}, Site::Mixed{"mixed"}, Site::Value{"value"},
    Site::Gate{"gate"}, Site::Out{"out"}, Site::Norm{"norm"}, Site::Residual{"residual"};

/// What a site is.
struct SiteFacts {
    Site site;
    /// In a layer, as files name it: "mixer.base", …, "mixer.out" (mixed), "ffn.value", …, "norm".
    std::string_view path;
    /// As text: "(base * state + shift) * state". Names of other sites, x (what enters the layer) and learnt numbers
    /// stand for themselves; before(state) is the state at the position before.
    std::string_view formula;
    /// The sites that it is computed from; none if that is x alone.
    std::vector<Site> from;
    /// Numbers of the same channel at the same position, which the formula names, are all that it takes.
    bool byChannel = false;
    /// What it is good for, a sentence.
    Text meaning;
    /// What it holds for every text: numbers a position, [batch, time, any width], or else a number for each pair of
    /// positions, [batch, heads, time, time].
    enum class Shape { Positions, Pairs } shape = Shape::Positions;
};

/// What enters the LayerNorm, as text.
inline constexpr std::string_view blendFormula = "alpha * out + (1 - alpha) * x";

/// What is behind the mixer: value, gate, out, norm and residual, in the order they are computed.
const std::vector<SiteFacts> &blockSites();

} // namespace samout
