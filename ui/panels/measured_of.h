// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/interventions.h"
#include "core/model/snapshot.h"
#include "ui/models/workspace.h"

#include <QString>

#include <filesystem>
#include <memory>
#include <vector>

namespace samout {

/// The network a measurement was taken from, so that a panel can keep showing the numbers and say that they are out of
/// date.
struct MeasuredOf {
    /// The weights as trained; nullptr for a measurement of a run's snapshots, which are always measured as trained.
    std::shared_ptr<const Snapshot> trained = {};
    /// The name of the weights on screen: Workspace::snapshotName().
    QString name = {};
    /// The interventions; empty for Side::AsTrained. Without set states and hidden tokens: those belong to one text.
    Interventions changes = {};
    Side side = Side::AsTrained;
    /// There were set states or hidden tokens, which the measurement leaves out.
    bool leavesOut = false;

    /// Keeps the interventions that can be measured on other texts; Side::AsTrained if none is left.
    static MeasuredOf of(std::shared_ptr<const Snapshot> trained, const QString &name, const Interventions &changes,
                         Side side);
    /// The network that the workspace shows, on the side that the person chose.
    static MeasuredOf shown(const Workspace &workspace);

    /// The networks to measure: one, or for Side::Difference the network as changed, then as trained. Throws Error as
    /// changedWeights() does.
    std::vector<std::shared_ptr<const Snapshot>> networks() const;
    /// Whether both measurements give the same numbers: same weights, interventions and side.
    bool isSame(const MeasuredOf &other) const;
    /// Sentences on how these numbers differ from `now`, the network that is shown; empty if they do not. `again`: the
    /// text of the button that brings the numbers up to date.
    QString remark(const MeasuredOf &now, const QString &again) const;
};

/// Numbers the runs that are shown, so that a panel can tell the numbers of an earlier run from those of this one. A
/// run that goes on stays the same run; every training that is not stored is a run of its own.
class KnownRun {
public:
    explicit KnownRun(const Workspace &workspace);

    /// Notes the run that is shown now; false if it is the same as before.
    bool renew(const Workspace &workspace);
    /// The number of runs shown before this one. Work that began under another number belongs to another run.
    int number() const { return m_number; }

private:
    std::filesystem::path m_folder;
    int m_number = 0;
};

} // namespace samout
