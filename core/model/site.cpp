#include "core/model/site.h"

namespace samout {

namespace {

struct SiteText {
    std::string_view name;
    std::string_view path;
};

/// In the order of the enum.
constexpr std::array<SiteText, allSites.size()> texts = {{
    {"base", "mixer.base"},
    {"shift", "mixer.shift"},
    {"candidate", "mixer.candidate"},
    {"state", "mixer.state"},
    {"mixed", "mixer.out"},
    {"value", "ffn.value"},
    {"gate", "ffn.gate"},
    {"out", "ffn.out"},
    {"norm", "norm"},
    {"residual", "residual"},
}};

const SiteText &textOf(Site site) { return texts[static_cast<std::size_t>(site)]; }

} // namespace

std::string_view siteName(Site site) { return textOf(site).name; }

std::string_view sitePath(Site site) { return textOf(site).path; }

std::optional<Site> siteNamed(std::string_view name)
{
    for (const Site site : allSites)
        if (siteName(site) == name)
            return site;
    return std::nullopt;
}

} // namespace samout
