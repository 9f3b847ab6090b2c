// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/subject.h"
#include "ui/models/workspace.h"

#include <QString>

#include <filesystem>
#include <utility>

namespace samout {

/// The network a measurement was taken from, so that a panel can keep showing the numbers and say that they are out of
/// date.
struct MeasuredOf : Subject {
    /// Of a run's snapshots, which are always measured as trained: without a network.
    MeasuredOf() = default;
    /// `name`: the name of the weights on screen, Workspace::snapshotName().
    MeasuredOf(Subject subject, QString name) : Subject(std::move(subject)), name(std::move(name)) {}
    /// The network that the workspace shows, on the side that the person chose.
    static MeasuredOf shown(const Workspace &workspace);

    QString name = {};

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
