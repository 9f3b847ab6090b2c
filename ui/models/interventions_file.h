#pragma once

#include "core/model/interventions.h"

#include <QList>
#include <QString>

#include <utility>

namespace samout {

/// A person's interventions on disk: a small JSON object. "snapshot" and "step" say what network they were made on;
/// "interventions" is a list of objects with "kind" ("head", "mixer", "feed-forward", "alpha", "states"), "layer",
/// "on", and by kind "head", "value", or "position", "channel" and "values"; with "last" the one value holds from the
/// position to that one. Everything counts from 0 there.
struct InterventionsFile {
    QString snapshot;
    qint64 step = 0;
    /// Each of one kind, and whether it is switched on.
    QList<std::pair<Interventions, bool>> changes;
};

/// Throws Error where the file cannot be written.
void writeInterventions(const QString &path, const InterventionsFile &file);
/// Throws Error, naming the entry, where the file cannot be read or is not such an object.
InterventionsFile readInterventions(const QString &path);

} // namespace samout
