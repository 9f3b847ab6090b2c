// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/snapshot.h"

#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

class QDockWidget;

namespace samout {

class MainWindow;

/// Takes pictures of the window: trains, waits until every panel has shown the last step and a text is generated, saves
/// window.png and a picture of every panel in use, and emits done(). Used for documents, and to check one's work.
class Grab : public QObject {
    Q_OBJECT

public:
    /// `window` should be shown, and its options should train at least one step.
    Grab(MainWindow *window, QString folder);

    void begin();

signals:
    /// `error` is a sentence; empty if all pictures were saved.
    void done(const QString &error);

private:
    using Ready = std::function<bool()>;

    void look();
    void write();
    void measure();
    void save();
    void saveDock(qsizetype index);
    /// Does what a person would do first in a panel. The result returns true once the panel shows it.
    Ready use(const QString &dock);
    void setChanges(bool on);
    /// Calls `then` some time after `ready` is true, because plots draw on the next turn of the event loop.
    void when(const Ready &ready, const std::function<void()> &then);
    void saveWidget(QWidget *widget, const QString &name);

    MainWindow *m_window;
    QString m_folder;
    /// A snapshot of the first half of the training, to compare the last one with.
    std::shared_ptr<const Snapshot> m_early;
    bool m_good = true;
};

} // namespace samout
