// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/train/options.h"
#include "ui/models/runs_model.h"
#include "ui/panels/panel.h"

#include <QList>
#include <QStringList>

class QAction;
class QLabel;
class QMenu;
class QPlainTextEdit;
class QTableView;

namespace samout {

class DifferingSettings;
class RunsFilter;

/// The list of all runs: find, open, go on, rename, compare, move to the trash. The panel does not use the weights of a
/// run itself: its signals say which run is meant.
class RunsPanel : public Panel {
    Q_OBJECT

public:
    explicit RunsPanel(QWidget *parent = nullptr);
    ~RunsPanel() override;

    /// Reads the runs again now; a visible panel does this by itself.
    void refresh();
    /// The folders of the selected runs, in the order of the list.
    QStringList chosen() const;
    /// The list as it is sorted and filtered, as tab-separated lines with a header line.
    QString table() const override;
    void connectTo(const PanelContext &context) override;

signals:
    /// The person wants to look at a run.
    void openRequested(const QString &folder);
    /// The person wants to go on with a stopped run.
    void goOnRequested(const QString &folder);
    void compareRequested(const QStringList &folders);
    /// The person wants these settings for the next training.
    void settingsRequested(const samout::TrainingOptions &options);
    /// A sentence on what could not be done.
    void message(const QString &sentence);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void makeTable();
    void makeActions();
    void makeNote();
    QWidget *newButtons();
    QAction *newAction(const QString &text, const QString &tip, void (RunsPanel::*done)());

    void open();
    void goOn();
    void compare();
    void duplicate();
    void rename();
    void star();
    void askAboutTrash();

    QList<const RunRow *> chosenRuns() const;
    void showList();
    void showActions();
    void showNote();
    void showDifferences();
    void saveNote();
    void fitColumns();

    RunsModel *m_model;
    RunsFilter *m_filter;
    QTableView *m_table;
    QLabel *m_empty;
    QPlainTextEdit *m_note;
    /// The run whose note is being edited, and its note as stored.
    QString m_noteFolder;
    QString m_keptNote;
    DifferingSettings *m_differences;

    QAction *m_open;
    QAction *m_goOn;
    QAction *m_compare;
    QAction *m_duplicate;
    QAction *m_rename;
    QAction *m_showNote;
    QAction *m_star;
    QAction *m_showDifferences;
    QAction *m_trash;
};

} // namespace samout
