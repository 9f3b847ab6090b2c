// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/runs/session.h"
#include "ui/panels/panel.h"

#include <QElapsedTimer>
#include <QMainWindow>
#include <QString>

class QAction;
class QMenu;
class QSettings;

namespace samout {

class Commands;
struct Command;
class PanelDocks;
class RunActions;
class TextBar;
class Theme;

/// Makes the parts of the window and connects them. It knows no panel, only the registry of all.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// Layout, panels' states, theme and language are stored in `settings`, or not at all if it is nullptr. Neither
    /// pointer is owned.
    MainWindow(Theme *theme, QSettings *settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// The models behind the panels.
    const PanelContext &context() const { return m_context; }
    PanelDocks *docks() const { return m_docks; }
    Commands *commands() const { return m_commands; }

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
    void makeContext();
    void makeToolBar();
    void makeTextBar();
    void makeTimeline();
    void connectTraining();
    void connectRuns();

    // main_window_menus.cpp
    void makeMenus();
    void makeFileMenu();
    void makeEditMenu();
    void makeTrainingMenu();
    void makeViewMenu();
    void makeHelpMenu();
    void makeThemeMenu(QMenu *view);
    void makeLanguageMenu(QMenu *view);
    Panel *panelUnderPointer() const;
    void copyPanel();
    void explainPanel();
    void showAbout();
    void showPalette();
    void askAndCarryOut(const Command &command);

    void showRun(const TrainingFacts &facts);
    void takeExample();
    void showStatus(SessionStatus status, const QString &reason);
    void goToBreak(const BreakpointHit &hit);
    void backToNewest();
    void showWhere();
    void showTitle();

    Theme *m_theme;
    QSettings *m_settings;
    PanelContext m_context;
    RunActions *m_runs = nullptr;
    PanelDocks *m_docks = nullptr;
    Commands *m_commands = nullptr;
    TextBar *m_text = nullptr;
    QAction *m_backToLive = nullptr;
    QElapsedTimer m_sinceTitle;
    qint64 m_step = 0;
    /// What is shown if it is not the newest step of the training; empty if it is.
    QString m_lookedAt;
    bool m_laidOut = false;
    bool m_closing = false;
};

} // namespace samout
