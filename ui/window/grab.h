// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/model/snapshot.h"

#include <QList>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>

namespace samout {

class MainWindow;
class Panel;

/// Takes pictures of the window: trains, waits until the panels have shown the last step, tries out every panel as a
/// person does first, saves window.png and a picture of every panel in use, and emits done(). Used for documents, and
/// to check one's work.
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
    /// Tries out all panels that are seen, then saves the picture of the window.
    void saveWindow();
    /// Brings a panel to the front, tries it out, and saves its picture.
    void savePanel(qsizetype index);
    void tryOut(Panel *panel);
    /// Calls `then` some time after `ready` is true, because plots draw on the next turn of the event loop.
    void when(const Ready &ready, const std::function<void()> &then);
    void saveWidget(QWidget *widget, const QString &name);

    MainWindow *m_window;
    QString m_folder;
    /// A snapshot of the first half of the training, to compare the last one with.
    std::shared_ptr<const Snapshot> m_early;
    QList<Panel *> m_tried;
    bool m_good = true;
};

} // namespace samout
