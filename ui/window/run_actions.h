// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/snapshot.h"
#include "ui/panels/panel.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <memory>

class QSettings;
class QWidget;

namespace samout {

class WorkLane;

/// What the File menu, the Runs panel and the timeline do with runs and models: open, save, go on, compare. Files are
/// read and written off the GUI thread.
class RunActions : public QObject {
    Q_OBJECT

public:
    /// The paths opened last are stored in `settings` (nullptr: not stored). `window` is the parent of dialogs. Neither
    /// is owned; `context` outlives this object.
    RunActions(const PanelContext &context, QSettings *settings, QWidget *window);
    ~RunActions() override;

    /// Opens a run folder, or a model to show and to generate with; an error is shown as its sentence.
    void open(const QString &path);
    void askForModel();
    void askForRun();
    /// The paths opened last, the newest first.
    QStringList recent() const;

    void askWhereToSave();
    /// Saves the newest weights, or shows why they cannot be saved.
    void save(const QString &path);

    /// Trains a stopped run further; asks for another goal if the run has reached its own.
    void goOnWith(const QString &folder);
    /// Begins a new training with the weights of the shown step.
    void goOnFromHere();
    /// Compares whatever is shown later with the weights that are shown now.
    void compareWithThis();
    /// Draws the losses of all runs, opens the first one, and compares its weights with the newest of the second.
    void compareRuns(const QStringList &folders);

signals:
    /// A model was opened and is about to be shown.
    void modelOpened(const std::shared_ptr<const samout::Snapshot> &model);
    /// save() is done.
    void saved();
    /// open() or save() could not be done; the window shows why.
    void failed(const QString &sentence);

private:
    void openModelFile(const QString &path);
    void askForGoal(const QString &folder, std::int64_t last, std::int64_t steps);
    void remember(const QString &path);
    void showError(const QString &title, const QString &sentence);

    const PanelContext &m_context;
    QSettings *m_settings;
    QWidget *m_window;
    /// Number of the newest opening, to tell late answers from current ones.
    int m_openings = 0;
    std::unique_ptr<WorkLane> m_background; // last: its work uses the members above
};

} // namespace samout
