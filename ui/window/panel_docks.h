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

/// The panels' docks: moved, hidden and put back; the layout is kept. A panel is hidden while its dock is behind
/// another one, and shown when it comes to the front.
class PanelDocks : public QObject {
    Q_OBJECT

public:
    explicit PanelDocks(QMainWindow *window);

    /// `name` is for files and settings. The panel's header becomes the dock's title bar. `behind`: the dock whose tab
    /// it is beside by default; without it restoreDefault() places it.
    void add(const QString &name, QWidget *panel, const QString &behind = {});
    const QList<QDockWidget *> &all() const { return m_docks; }
    QDockWidget *dock(const QString &name) const;
    /// The panel whose dock holds a widget; nullptr where none does.
    QDockWidget *dockOf(const QWidget *widget) const;

    /// Train at the left, Loss above States in the middle, Alpha above Generate at the right.
    void restoreDefault();
    /// Gives them their shares of the window; once it has its size.
    void shareOut();
    void save(QSettings &settings) const;
    /// False where nothing was kept.
    bool restore(const QSettings &settings);

signals:
    void visibilityChanged();

private:
    QMainWindow *m_window;
    QList<QDockWidget *> m_docks;
    /// By name: the dock behind which it is by default.
    QMap<QString, QString> m_behind;
};

} // namespace samout
