// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"
#include "core/train/options.h"

#include <QElapsedTimer>
#include <QList>
#include <QMainWindow>
#include <QString>

#include <memory>

class QAction;
class QMenu;
class QSettings;

namespace samout {

class AlphaPanel;
class BreakpointsPanel;
class ComparePanel;
class ChangesPanel;
class EditsPanel;
class GeneratePanel;
class ExaminedPanel;
class InterventionsList;
class Live;
class LossPanel;
class MemoryPanel;
class PanelDocks;
class ProgressLine;
class RunsPanel;
class ShownRun;
class SnapshotFeed;
class StatesPanel;
class TextBar;
class Theme;
class Timeline;
class TrainPanel;
class TrainingControls;
class TrainingSetup;
class WorkLane;
class Workspace;

/// Makes the parts of the window and connects them.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// Layout, theme and language are stored in `settings`, or not at all if it is nullptr. Neither pointer is owned.
    MainWindow(Theme *theme, QSettings *settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    TrainingSetup *setup() const { return m_setup; }
    TrainingControls *controls() const { return m_controls; }
    Live *live() const { return m_live; }
    SnapshotFeed *feed() const { return m_feed; }
    Workspace *workspace() const { return m_workspace; }
    PanelDocks *docks() const { return m_docks; }
    TrainPanel *trainPanel() const { return m_train; }
    GeneratePanel *generatePanel() const { return m_generate; }
    TextBar *textBar() const { return m_text; }
    ShownRun *shownRun() const { return m_shown; }
    Timeline *timeline() const { return m_timeline; }
    ComparePanel *comparePanel() const { return m_compare; }
    ChangesPanel *changesPanel() const { return m_changes; }
    InterventionsList *interventions() const { return m_interventions; }

    /// Opens a run folder, or a model to show and to generate with; an error is shown as its sentence.
    void openPath(const QString &path);

signals:
    /// The window may be destroyed: no step is running.
    void closed();

protected:
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void makePanels();
    ExaminedPanel *examined(ExaminedPanel *panel);
    void makeToolBar();
    void makeBottom();
    void connectTraining();
    void connectPanels();

    // main_window_menus.cpp
    void makeMenus();
    void makeFileMenu();
    void makeEditMenu();
    void makeViewMenu();
    void makeHelpMenu();
    void makeThemeMenu(QMenu *view);
    void makeLanguageMenu(QMenu *view);
    void askForModel();
    void askForRun();
    void askWhereToSave();
    void saveSnapshot(const QString &path);
    void showError(const QString &title, const QString &sentence);
    void copyPanel();
    void explainPanel();
    void showAbout();
    QString panelUnderPointer() const;

    // main_window_runs.cpp
    void connectRuns();
    void openModelFile(const QString &path);
    void goOnWith(const QString &folder);
    void goOnFromHere();
    void compareWithThis();
    void compareRuns(const QStringList &folders);
    void showCompare();
    void backToNewest();
    void showRun(const TrainingFacts &facts);
    void showWhere();
    void remember(const QString &path);
    void showRecent(QMenu *menu);

    void prepared(const TrainingFacts &facts);
    void stepped(const QList<StepMetrics> &steps);
    void statusChanged(SessionStatus status, const QString &reason);
    void goToBreak(const BreakpointHit &hit);
    void showTitle();
    void takeExample();

    Theme *m_theme;
    QSettings *m_settings;
    Workspace *m_workspace;
    InterventionsList *m_interventions;
    Live *m_live;
    TrainingSetup *m_setup;
    TrainingControls *m_controls;
    std::unique_ptr<WorkLane> m_background;
    ShownRun *m_shown;
    SnapshotFeed *m_feed = nullptr;
    PanelDocks *m_docks;
    TrainPanel *m_train = nullptr;
    LossPanel *m_loss = nullptr;
    StatesPanel *m_states = nullptr;
    AlphaPanel *m_alpha = nullptr;
    GeneratePanel *m_generate = nullptr;
    RunsPanel *m_runs = nullptr;
    ComparePanel *m_compare = nullptr;
    ChangesPanel *m_changes = nullptr;
    MemoryPanel *m_memory = nullptr;
    EditsPanel *m_edits = nullptr;
    BreakpointsPanel *m_breakpoints = nullptr;
    /// All panels that show examinations.
    QList<ExaminedPanel *> m_examined;
    TextBar *m_text = nullptr;
    Timeline *m_timeline = nullptr;
    ProgressLine *m_progress = nullptr;
    QAction *m_backToLive = nullptr;
    QElapsedTimer m_sinceTitle;
    qint64 m_step = 0;
    /// The last row of the examination, over whose rows the cursor moves.
    int m_lastToken = -1;
    QString m_lookedAt;
    /// Number of the newest opening, to tell late answers from current ones.
    int m_openings = 0;
    bool m_laidOut = false;
    bool m_closing = false;
};

} // namespace samout
