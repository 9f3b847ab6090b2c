// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/widgets/kept_choices.h"

#include <QImage>
#include <QJsonObject>
#include <QString>
#include <QWidget>

#include <functional>

namespace samout {

class InterventionsList;
class Live;
class PanelHeader;
class ShownRun;
class SnapshotFeed;
class TrainingControls;
class TrainingSetup;
class Workspace;
struct Question;

/// What a panel can draw from, connect to and change. The window owns all of it.
struct PanelContext {
    Workspace *workspace = nullptr;
    InterventionsList *interventions = nullptr;
    TrainingSetup *setup = nullptr;
    TrainingControls *controls = nullptr;
    /// The training of this window.
    Live *live = nullptr;
    /// The run on screen, which may be another one.
    ShownRun *shownRun = nullptr;
    SnapshotFeed *feed = nullptr;

    /// Opens a run folder or a model file.
    std::function<void(const QString &path)> open;
    /// Trains a stopped run further.
    std::function<void(const QString &folder)> goOn;
    /// Compares two or more runs, the first of which is opened.
    std::function<void(const QStringList &folders)> compareRuns;
};

/// What all panels are: a header line, which becomes the title bar of a dock, and below it what the panel shows. A
/// panel is made from the models that it shows, connects itself to what happens, and knows no other panel. The window
/// knows the registry (ui/panels/registry.h) and this class.
class Panel : public QWidget {
    Q_OBJECT

public:
    /// Names the panel in files, settings, commands and help: its objectName(), which the registry sets.
    QString id() const { return objectName(); }
    QString title() const;
    PanelHeader *header() const { return m_header; }

    /// Connects the panel to the training, the shown run and the feed of examinations. Called once.
    virtual void connectTo(const PanelContext &) {}
    /// Adds what the panel wants examined to `question`; nothing while the panel is hidden.
    virtual void ask(Question &) const {}

    /// What the person chose in this panel, which is stored with the layout. What the workspace knows is no part of it.
    virtual QJsonObject state() const { return m_choices.state(); }
    /// Takes what state() returned, perhaps in another window; keys that are missing change nothing.
    virtual void setState(const QJsonObject &state) { m_choices.setState(state); }

    /// What the panel shows, as tab-separated lines in full precision, usually with a header line.
    virtual QString table() const = 0;
    QImage picture();
    /// Copies the picture and clipboardText().
    void copyToClipboard();

    /// True while the panel measures, finds or writes what it was asked for.
    virtual bool busy() const { return false; }
    /// Does what a person does first in this panel, for a picture of the panel in use.
    virtual void tryOut() {}

signals:
    /// state() changed and has to be stored now rather than when the window closes.
    void stateChanged();
    /// ask() would now add something else than before.
    void questionChanged();
    /// The person asked for something that this panel shows: it should come to the front.
    void wanted();

protected:
    explicit Panel(const QString &title, QWidget *parent);
    /// The choices that state() is made of.
    KeptChoices &choices() { return m_choices; }
    /// table(), unless the panel shows a text.
    virtual QString clipboardText() const { return table(); }

private:
    PanelHeader *m_header;
    KeptChoices m_choices;
};

} // namespace samout
