// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/base/text.h"

#include <string_view>
#include <vector>

namespace samout {

/// A named place of one layer's forward pass: "state", "gate", … Mixer::sites() lists the sites of a layer. Two sites
/// are the same if their names are.
class Site {
public:
    constexpr Site() = default;
    /// The text must live as long as the program.
    constexpr explicit Site(std::string_view name) : m_name(name) {}

    constexpr std::string_view name() const { return m_name; }
    friend constexpr bool operator==(Site, Site) = default;

    // Sites that more than one mixer has.
    static const Site Candidate, State, Mixed;
    // Sites behind the mixer, the same in every layer.
    static const Site Value, Gate, Out, Norm, Residual;

private:
    std::string_view m_name;
};

inline constexpr Site Site::Candidate{"candidate"}, Site::State{"state"}, Site::Mixed{"mixed"}, Site::Value{"value"},
    Site::Gate{"gate"}, Site::Out{"out"}, Site::Norm{"norm"}, Site::Residual{"residual"};

/// The description of a site.
struct SiteFacts {
    Site site;
    /// The name in a layer, as files write it: "mixer.base", …, "mixer.out" (mixed), "ffn.value", …, "norm".
    std::string_view path = {};
    /// The formula as text: "(base * state + shift) * state". It uses the names of other sites, x (the layer's input)
    /// and the names of learnt numbers; before(state) is the state at the position before.
    std::string_view formula = {};
    /// The sites that this site is computed from; empty if it is computed from x alone.
    std::vector<Site> from = {};
    /// The formula reads only numbers of the same channel at the same position.
    bool byChannel = false;
    /// A sentence that says what the site is good for.
    Text meaning = {};
    /// The shape of the values: numbers for each position, [batch, time, any width], or a number for each pair of
    /// positions, [batch, heads, time, time].
    enum class Shape { Positions, Pairs } shape = Shape::Positions;
};

/// The input of the LayerNorm, as text.
inline constexpr std::string_view blendFormula = "alpha * out + (1 - alpha) * x";

/// The sites behind the mixer: value, gate, out, norm and residual, in the order they are computed.
const std::vector<SiteFacts> &blockSites();

} // namespace samout
