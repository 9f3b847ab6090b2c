// SPDX-License-Identifier: GPL-3.0-only
#include "ui/window/panel_docks.h"

#include "ui/widgets/panel_header.h"

#include <QDockWidget>
#include <QJsonArray>
#include <QJsonDocument>
#include <QMainWindow>
#include <QSettings>

namespace samout {

namespace {

/// Increased whenever the docks change so that stored layouts do not fit.
constexpr int layoutVersion = 2;
const QString geometryKey = QStringLiteral("window/geometry");
const QString layoutKey = QStringLiteral("window/layout");

QString stateKey(const QString &id) { return QStringLiteral("panels/") + id; }

} // namespace

PanelDocks::PanelDocks(QMainWindow *window, QSettings *settings)
    : QObject(window), m_window(window), m_settings(settings)
{
}

void PanelDocks::add(Panel *panel, PanelPlace place)
{
    auto *dock = new QDockWidget(panel->title(), m_window);
    dock->setObjectName(panel->id());
    dock->setTitleBarWidget(panel->header());
    dock->setWidget(panel);
    m_window->addDockWidget(Qt::LeftDockWidgetArea, dock);
    // Qt counts a dock behind another one's tab as visible; its panel has to know that nobody sees it.
    QSizePolicy policy = panel->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    panel->setSizePolicy(policy);
    connect(dock, &QDockWidget::visibilityChanged, panel, &QWidget::setVisible);
    connect(panel, &Panel::wanted, this, [this, panel] { show(panel); });
    connect(panel, &Panel::stateChanged, this, [this, panel] { saveState(panel); });
    m_panels.append(panel);
    m_places[place].append(dock);
}

Panel *PanelDocks::panel(const QString &id) const
{
    for (Panel *panel : m_panels)
        if (panel->id() == id)
            return panel;
    return nullptr;
}

QDockWidget *PanelDocks::dock(const QString &id) const
{
    const Panel *one = panel(id);
    return one ? dockOf(one) : nullptr;
}

QDockWidget *PanelDocks::dockOf(const Panel *panel) const { return static_cast<QDockWidget *>(panel->parentWidget()); }

Panel *PanelDocks::panelOf(const QWidget *widget) const
{
    for (; widget; widget = widget->parentWidget())
        for (Panel *panel : m_panels)
            if (widget == dockOf(panel))
                return panel;
    return nullptr;
}

void PanelDocks::show(const Panel *panel)
{
    dockOf(panel)->show();
    dockOf(panel)->raise();
}

void PanelDocks::restoreDefault()
{
    using enum PanelPlace;
    for (const Panel *panel : m_panels) {
        m_window->removeDockWidget(dockOf(panel));
        dockOf(panel)->setFloating(false);
    }
    m_window->addDockWidget(Qt::LeftDockWidgetArea, front(Left));
    m_window->splitDockWidget(front(Left), front(MiddleTop), Qt::Horizontal);
    m_window->splitDockWidget(front(MiddleTop), front(RightTop), Qt::Horizontal);
    m_window->splitDockWidget(front(MiddleTop), front(MiddleBottom), Qt::Vertical);
    m_window->splitDockWidget(front(RightTop), front(RightBottom), Qt::Vertical);
    for (const QList<QDockWidget *> &docks : m_places)
        for (QDockWidget *behind : docks.mid(1))
            m_window->tabifyDockWidget(docks.first(), behind);
    for (const Panel *panel : m_panels)
        dockOf(panel)->show();
    for (const QList<QDockWidget *> &docks : m_places)
        docks.first()->raise();
    shareOut();
}

void PanelDocks::shareOut()
{
    using enum PanelPlace;
    const int width = m_window->width();
    const int height = m_window->height();
    const int left = qBound(260, width / 6, 320);
    const int right = (width - left) * 42 / 100;
    m_window->resizeDocks({front(Left), front(MiddleTop), front(RightTop)}, {left, width - left - right, right},
                          Qt::Horizontal);
    m_window->resizeDocks({front(MiddleTop), front(MiddleBottom)}, {height * 40 / 100, height * 60 / 100},
                          Qt::Vertical);
    m_window->resizeDocks({front(RightTop), front(RightBottom)}, {height * 42 / 100, height * 58 / 100}, Qt::Vertical);
}

void PanelDocks::save() const
{
    if (!m_settings)
        return;
    m_settings->setValue(geometryKey, m_window->saveGeometry());
    m_settings->setValue(layoutKey, m_window->saveState(layoutVersion));
    for (const Panel *panel : m_panels)
        saveState(panel);
}

void PanelDocks::saveState(const Panel *panel) const
{
    const QJsonObject state = panel->state();
    if (m_settings && !state.isEmpty())
        m_settings->setValue(stateKey(panel->id()),
                             QString::fromUtf8(QJsonDocument(state).toJson(QJsonDocument::Compact)));
}

bool PanelDocks::restore()
{
    if (!m_settings)
        return false;
    restoreStates();
    const QByteArray geometry = m_settings->value(geometryKey).toByteArray();
    const QByteArray layout = m_settings->value(layoutKey).toByteArray();
    return m_window->restoreGeometry(geometry) && m_window->restoreState(layout, layoutVersion);
}

void PanelDocks::restoreStates()
{
    // Earlier versions kept the breakpoints in a list of their own.
    const QString breakpoints = QStringLiteral("breakpoints");
    if (m_settings->contains(breakpoints) && !m_settings->contains(stateKey(breakpoints)))
        panel(breakpoints)
            ->setState({{breakpoints, QJsonArray::fromStringList(m_settings->value(breakpoints).toStringList())}});
    for (Panel *panel : m_panels) {
        const QByteArray text = m_settings->value(stateKey(panel->id())).toString().toUtf8();
        if (const QJsonObject state = QJsonDocument::fromJson(text).object(); !state.isEmpty())
            panel->setState(state);
    }
}

} // namespace samout
