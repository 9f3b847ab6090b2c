#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace samout {

/// The named places of one layer's forward pass, each [batch, time, hidden], in the order they are computed.
enum class Site { Base, Shift, Candidate, State, Mixed, Value, Gate, Out, Norm, Residual };

inline constexpr std::array allSites = {Site::Base,  Site::Shift, Site::Candidate, Site::State, Site::Mixed,
                                        Site::Value, Site::Gate,  Site::Out,       Site::Norm,  Site::Residual};

/// The word for it: "base", "shift", "candidate", "state", "mixed", "value", "gate", "out", "norm", "residual".
std::string_view siteName(Site site);
/// Its path in a layer, as files name it: "mixer.base", …, "mixer.out" (mixed), "ffn.value", …, "norm".
std::string_view sitePath(Site site);
/// The site of a word, if there is one.
std::optional<Site> siteNamed(std::string_view name);

} // namespace samout
