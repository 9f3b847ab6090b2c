// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/measured_of.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

namespace samout {

namespace {

/// The translation context of this file's sentences.
struct Remarks {
    Q_DECLARE_TR_FUNCTIONS(samout::MeasuredOf)
};

} // namespace

MeasuredOf MeasuredOf::shown(const Workspace &workspace)
{
    return {of(workspace.snapshot(), workspace.interventions(), workspace.side()), workspace.snapshotName()};
}

QString MeasuredOf::remark(const MeasuredOf &now, const QString &again) const
{
    if (!trained)
        return now.side != Side::AsTrained || now.leavesOut
                   ? Remarks::tr("The snapshots of the run are measured as trained: what is changed does not count "
                                 "here.")
                   : QString();
    QStringList sentences;
    if (!isSame(now)) {
        // The advice comes first: the line may be cut.
        sentences << Remarks::tr("The network shown now is another: %1 brings this up to date.").arg(again);
        const QString sentence = side == Side::AsTrained   ? Remarks::tr("This is of step %1 of “%2” as trained.")
                                 : side == Side::AsChanged ? Remarks::tr("This is of step %1 of “%2” as changed.")
                                                           : Remarks::tr("This is of step %1 of “%2” as changed minus "
                                                                         "as trained.");
        sentences << sentence.arg(QLocale().toString(static_cast<qlonglong>(trained->step())), name);
    }
    if (now.leavesOut)
        sentences << Remarks::tr("Set states and hidden tokens do not count here: they are of the text at the bottom, "
                                 "and other texts are read.");
    return sentences.join(QLatin1Char(' '));
}

KnownRun::KnownRun(const Workspace &workspace)
{
    if (workspace.training())
        m_folder = workspace.training()->run;
}

bool KnownRun::renew(const Workspace &workspace)
{
    const std::filesystem::path &folder = workspace.training()->run;
    if (!folder.empty() && folder == m_folder)
        return false;
    m_folder = folder;
    ++m_number;
    return true;
}

} // namespace samout
