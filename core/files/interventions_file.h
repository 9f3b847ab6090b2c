// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/interventions.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace samout {

/// A person's interventions on disk, in the order they were made: a small JSON object. "snapshot" and "step" name the
/// network they were made on; "interventions" is a list of objects with "kind" ("head", "mixer", "feed-forward",
/// "alpha", "states"), "on", "layer", and by kind "head", "value", or "position", "channel" and "values"; with "last"
/// the one value holds from the position to that one. Everything counts from 0.
struct InterventionsFile {
    struct Entry {
        Intervention intervention;
        bool on = true;
        bool operator==(const Entry &) const = default;
    };

    std::string snapshot;
    std::int64_t step = 0;
    std::vector<Entry> entries = {};
};

/// Throws Error if the file cannot be written.
void writeInterventions(const std::filesystem::path &path, const InterventionsFile &file);
/// Throws Error, naming the entry, if the file cannot be read or is not such an object.
InterventionsFile readInterventions(const std::filesystem::path &path);

} // namespace samout
