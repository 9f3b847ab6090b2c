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

/// Takes pictures: trains, waits until every panel has shown the last step and a text is written, saves
/// window.png and a picture of every panel in use, and says how it went. For documents, and for looking at one's work.
class Grab : public QObject {
    Q_OBJECT

public:
    /// `window` should be shown and its training be set up with at least one step.
    Grab(MainWindow *window, QString folder);

    void begin();

signals:
    /// `error` is a sentence, empty where all pictures were saved.
    void done(const QString &error);

private:
    using Ready = std::function<bool()>;

    void look();
    void write();
    void measure();
    void save();
    void saveDock(qsizetype index);
    /// Does in a panel what a person would do first there; true once that is on screen.
    Ready use(const QString &dock);
    void setChanges(bool on);
    /// Goes on well after that, for plots draw on the next turn of the event loop.
    void when(const Ready &ready, const std::function<void()> &then);
    void saveWidget(QWidget *widget, const QString &name);

    MainWindow *m_window;
    QString m_folder;
    /// A snapshot of the first half of the training, to compare the last one with.
    std::shared_ptr<const Snapshot> m_early;
    bool m_good = true;
};

} // namespace samout
