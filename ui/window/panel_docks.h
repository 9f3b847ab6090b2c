// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <QList>
#include <QMap>
#include <QObject>
#include <QString>

class QDockWidget;
class QMainWindow;
class QPoint;
class QSettings;
class QWidget;

namespace samout {

/// The docks of the panels, which can be moved, hidden and restored; the layout is stored. A panel is hidden while its
/// dock is behind another one, and shown when the dock comes to the front.
class PanelDocks : public QObject {
    Q_OBJECT

public:
    explicit PanelDocks(QMainWindow *window);

    /// `name` is used for files and settings. The panel's header becomes the dock's title bar. `behind`: the dock
    /// beside whose tab this dock has its tab by default; without it restoreDefault() places the dock.
    void add(const QString &name, QWidget *panel, const QString &behind = {});
    const QList<QDockWidget *> &all() const { return m_docks; }
    QDockWidget *dock(const QString &name) const;
    /// The dock that holds a widget; nullptr if none does.
    QDockWidget *dockOf(const QWidget *widget) const;

    /// Train at the left, Loss above States in the middle, Alpha above Generate at the right.
    void restoreDefault();
    /// Gives the docks their shares of the window; call it once the window has its size.
    void shareOut();
    void save(QSettings &settings) const;
    /// Returns false if no layout that fits was stored.
    bool restore(const QSettings &settings);

signals:
    void visibilityChanged();

private:
    QMainWindow *m_window;
    QList<QDockWidget *> m_docks;
    /// By a dock's name: the dock behind which it is by default.
    QMap<QString, QString> m_behind;
};

} // namespace samout
