// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/files/interventions_file.h"
#include "core/model/interventions.h"

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace samout::cli {

/// The options --silence, --alpha, --set, --interventions and --save-interventions.
struct InterventionOptions {
    std::optional<std::string> silence, alpha, set, file, save;

    void addTo(CLI::App &command);
    /// The file's active interventions, then those of the options. Throws UsageError if an option is no list of
    /// interventions, Error like readInterventions(). Does not check whether the network has such layers.
    Interventions interventions() const;
    /// Writes them, in this order, to the file of --save-interventions, if it is given, as made on `snapshot`, which
    /// `model` names. Throws Error if the network has no such layer, or the file cannot be written.
    void saveFor(const std::string &model, const Snapshot &snapshot) const;

private:
    std::vector<InterventionsFile::Entry> entries() const;
};

} // namespace samout::cli
