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

/// Which network numbers are of that were measured on other texts than the one to look at: they stay on screen while
/// the person goes on to look at other networks.
struct MeasuredOf {
    /// The weights as trained; nullptr: those of a run's snapshots, which are always taken as trained.
    std::shared_ptr<const Snapshot> trained = {};
    /// What a person knows them by.
    QString name = {};
    /// What is changed about them; empty as trained. States and hidden tokens are of one text and never among it.
    Interventions changes = {};
    Side side = Side::AsTrained;
    /// States are changed or tokens hidden, which takes no part.
    bool leavesOut = false;

    /// Of what is changed that which takes part; as trained where nothing is left.
    static MeasuredOf of(std::shared_ptr<const Snapshot> trained, const QString &name, const Interventions &changes,
                         Side side);
    /// What the person chose.
    static MeasuredOf shown(const Workspace &workspace);

    /// The one network to measure; for the difference the one as changed, then the one as trained. Throws Error as
    /// changedWeights().
    std::vector<std::shared_ptr<const Snapshot>> networks() const;
    /// Whether the numbers of both are the same.
    bool isSame(const MeasuredOf &other) const;
    /// What a person should know of these numbers while `now` is shown; mostly nothing. `again`: the button that
    /// brings them up to date.
    QString remark(const MeasuredOf &now, const QString &again) const;
};

/// The run that is shown, so that numbers of another one are told from its own. One that goes on stays the same run;
/// of trainings that are not kept each is another.
class KnownRun {
public:
    explicit KnownRun(const Workspace &workspace);

    /// Knows the run that is shown now; false where it is the same as before.
    bool renew(const Workspace &workspace);
    /// How many there were before it: work that was begun with another number is not of it.
    int number() const { return m_number; }

private:
    std::filesystem::path m_folder;
    int m_number = 0;
};

} // namespace samout
