// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/commands/command.h"
#include "core/model/interventions.h"
#include "ui/panels/panel.h"

#include <QObject>
#include <QString>
#include <QTimer>

namespace samout {

class Commands;
class MainWindow;
class RunActions;

/// What the window does for the commands that no button or menu entry stands for, and when a condition holds. The
/// window has one; it stands beside the window because it sees all of its parts.
class Deeds : public QObject {
    Q_OBJECT

public:
    /// Adds the deeds to `commands`. The pointers are not owned and outlive this object.
    Deeds(MainWindow *window, Commands *commands, RunActions *runs);

private:
    /// What has happened since the command that is carried out began.
    struct Since {
        bool trainingBegan = false, stepMade = false, editApplied = false;
        bool runOpened = false, modelOpened = false, weightsLoaded = false;
        bool textWritten = false, fileSaved = false, pictureSaved = false;
        /// Why the command cannot be done; empty if it can.
        QString problem;
    };

    void watch();
    void addTrainings();
    void addTexts();
    void addLooks();
    void addRuns();
    void addPanels();
    void addWindow();
    bool holds(CommandCondition condition, const CommandCall &call) const;
    bool isRunShown(const CommandCall &call) const;
    bool isStepReached(const CommandCall &call) const;
    bool isStepShown(const CommandCall &call) const;
    /// Throws Error if there is no such panel.
    Panel *panelOf(const CommandCall &call) const;
    /// Throws Error if the network or the text has no such part.
    void checkFits(const Interventions &interventions) const;
    /// Takes the picture once every visible panel has drawn the answer to its newest question.
    void takePicture(const CommandCall &call);
    void savePicture();

    MainWindow *m_window;
    Commands *m_commands;
    RunActions *m_runs;
    const PanelContext &m_context;
    Since m_since;
    /// The picture to take: its file, and the panel's id, empty for the window.
    QString m_pictureFile, m_picturePanel;
    /// Looks whether all is drawn; how often in a row it was.
    QTimer m_look;
    int m_quiet = 0;
};

} // namespace samout
