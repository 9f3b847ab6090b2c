// SPDX-License-Identifier: GPL-3.0-only
#include "ui/models/run_trash.h"

#include "core/base/error.h"
#include "core/runs/run_folder.h"
#include "ui/work/translated.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <filesystem>

namespace samout {

namespace {

struct RunTrash {
    Q_DECLARE_TR_FUNCTIONS(samout::RunTrash)
};

std::filesystem::path pathOf(const QString &folder) { return folder.toStdString(); }

/// Throws Error if the folder cannot be moved; it then stays.
void moveToTheTrash(const QString &folder)
{
    // Qt creates a missing trash, but not the folder that contains it.
    QDir().mkpath(QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation));
    QFile moved(folder);
    if (!moved.moveToTrash())
        throw Error(moved.errorString().toStdString() + ".");
    // If Qt 6.4 cannot create a trash, it moves the folder into the working directory and reports success.
    const QFileInfo there(moved.fileName());
    const QDir wrong = QDir::current();
    if (there.absolutePath() != wrong.absoluteFilePath(QStringLiteral("files")))
        return;
    QFile::rename(there.absoluteFilePath(), folder);
    QFile::remove(wrong.filePath(QStringLiteral("info/%1.trashinfo").arg(there.fileName())));
    wrong.rmdir(QStringLiteral("files")); // stays if it contains other files
    wrong.rmdir(QStringLiteral("info"));
    throw Error(RunTrash::tr("there is no trash, and none can be made.").toStdString());
}

} // namespace

void moveRunsToTrash(const QStringList &folders, const QStringList &names)
{
    for (int i = 0; i < folders.size(); ++i)
        if (RunLock::isHeld(pathOf(folders[i])))
            throw Error(RunTrash::tr("“%1” is being trained. Stop it first, then move it to the trash.")
                            .arg(names[i])
                            .toStdString());
    QStringList problems;
    for (int i = 0; i < folders.size(); ++i) {
        try {
            const RunLock lock(pathOf(folders[i])); // no program can start training it meanwhile
            moveToTheTrash(folders[i]);
        } catch (const Error &error) {
            problems += RunTrash::tr("“%1” is not in the trash but where it was: %2").arg(names[i], translated(error));
        }
    }
    if (!problems.isEmpty())
        throw Error(problems.join(QLatin1Char('\n')).toStdString());
}

} // namespace samout
