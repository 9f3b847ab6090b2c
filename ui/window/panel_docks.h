// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/panels/registry.h"

#include <QList>
#include <QMap>
#include <QObject>
#include <QString>

class QDockWidget;
class QMainWindow;
class QSettings;

namespace samout {

/// The docks of the panels, which can be moved, hidden and restored; the layout and the panels' states are stored. A
/// panel is hidden while its dock is behind another one, and shown when the dock comes to the front.
class PanelDocks : public QObject {
    Q_OBJECT

public:
    /// Neither pointer is owned; with `settings` nullptr nothing is stored.
    PanelDocks(QMainWindow *window, QSettings *settings);

    /// Takes ownership. The panel's header becomes the dock's title bar, its id the dock's name.
    void add(Panel *panel, PanelPlace place);
    const QList<Panel *> &panels() const { return m_panels; }
    /// nullptr if there is none.
    Panel *panel(const QString &id) const;
    QDockWidget *dock(const QString &id) const;
    /// The panel whose dock holds a widget; nullptr if none does.
    Panel *panelOf(const QWidget *widget) const;
    /// Opens the panel's dock and brings it to the front.
    void show(const Panel *panel);

    /// All panels at their PanelPlace, the first of each place in front.
    void restoreDefault();
    /// Gives the docks their shares of the window; call it once the window has its size.
    void shareOut();
    void save() const;
    /// Returns false if no layout that fits was stored.
    bool restore();

private:
    QDockWidget *dockOf(const Panel *panel) const;
    /// The dock that is in front in `place` by default.
    QDockWidget *front(PanelPlace place) const { return m_places[place].first(); }
    void saveState(const Panel *panel) const;
    void restoreStates();

    QMainWindow *m_window;
    QSettings *m_settings;
    QList<Panel *> m_panels;
    QMap<PanelPlace, QList<QDockWidget *>> m_places;
};

} // namespace samout
