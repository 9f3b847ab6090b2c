#pragma once

#include <QList>
#include <QObject>
#include <QString>

class QDockWidget;

namespace samout {

class MainWindow;

/// Takes pictures: trains, waits until every panel has shown the last step and a text is written, saves
/// window.png and a picture of every panel, and says how it went. For documents, and for looking at one's work.
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
    void look();
    void write();
    void measure();
    void save();
    void saveDock(qsizetype index);
    void saveWidget(QWidget *widget, const QString &name);

    MainWindow *m_window;
    QString m_folder;
    bool m_good = true;
};

} // namespace samout
