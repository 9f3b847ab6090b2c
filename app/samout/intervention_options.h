#pragma once

#include "core/model/interventions.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace samout::cli {

/// What --silence, --alpha and --set say.
struct InterventionOptions {
    std::optional<std::string> silence, alpha, set;

    void addTo(CLI::App &command);
    /// Throws UsageError where a text is not as its option wants it. Whether there are such layers is not looked at.
    Interventions interventions() const;
};

} // namespace samout::cli
