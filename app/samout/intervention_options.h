// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/interventions.h"

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace samout::cli {

/// The options --silence, --alpha, --set and --interventions.
struct InterventionOptions {
    std::optional<std::string> silence, alpha, set, file;

    void addTo(CLI::App &command);
    /// The file's active interventions, then those of the options. Throws UsageError if an option is no list of
    /// interventions, Error like readInterventions(). Does not check whether the network has such layers.
    Interventions interventions() const;
};

} // namespace samout::cli
