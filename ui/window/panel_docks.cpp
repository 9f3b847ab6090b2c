// SPDX-License-Identifier: GPL-3.0-only
#include "ui/window/panel_docks.h"

#include "ui/widgets/panel_header.h"

#include <QDockWidget>
#include <QMainWindow>
#include <QSettings>

namespace samout {

namespace {

/// Increased whenever the docks change so that stored layouts do not fit.
constexpr int layoutVersion = 2;

} // namespace

PanelDocks::PanelDocks(QMainWindow *window) : QObject(window), m_window(window) {}

void PanelDocks::add(const QString &name, QWidget *panel, const QString &behind)
{
    auto *header = panel->findChild<PanelHeader *>();
    auto *dock = new QDockWidget(header->title(), m_window);
    dock->setObjectName(name);
    dock->setTitleBarWidget(header);
    dock->setWidget(panel);
    m_window->addDockWidget(Qt::LeftDockWidgetArea, dock);
    // Qt counts a dock behind another one's tab as visible; its panel has to know that nobody sees it.
    QSizePolicy policy = panel->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    panel->setSizePolicy(policy);
    connect(dock, &QDockWidget::visibilityChanged, panel, &QWidget::setVisible);
    connect(dock, &QDockWidget::visibilityChanged, this, &PanelDocks::visibilityChanged);
    m_docks.append(dock);
    if (!behind.isEmpty())
        m_behind.insert(name, behind);
}

QDockWidget *PanelDocks::dock(const QString &name) const
{
    for (QDockWidget *dock : m_docks)
        if (dock->objectName() == name)
            return dock;
    return nullptr;
}

QDockWidget *PanelDocks::dockOf(const QWidget *widget) const
{
    for (; widget; widget = widget->parentWidget())
        for (QDockWidget *dock : m_docks)
            if (dock == widget)
                return dock;
    return nullptr;
}

void PanelDocks::restoreDefault()
{
    QDockWidget *train = dock(QStringLiteral("train"));
    QDockWidget *loss = dock(QStringLiteral("loss"));
    QDockWidget *states = dock(QStringLiteral("states"));
    QDockWidget *alpha = dock(QStringLiteral("alpha"));
    QDockWidget *generate = dock(QStringLiteral("generate"));
    for (QDockWidget *dock : m_docks) {
        m_window->removeDockWidget(dock);
        dock->setFloating(false);
    }
    m_window->addDockWidget(Qt::LeftDockWidgetArea, train);
    m_window->splitDockWidget(train, loss, Qt::Horizontal);
    m_window->splitDockWidget(loss, alpha, Qt::Horizontal);
    m_window->splitDockWidget(loss, states, Qt::Vertical);
    m_window->splitDockWidget(alpha, generate, Qt::Vertical);
    for (QDockWidget *one : m_docks)
        if (m_behind.contains(one->objectName()))
            m_window->tabifyDockWidget(dock(m_behind.value(one->objectName())), one);
    for (QDockWidget *dock : m_docks)
        dock->show();
    for (QDockWidget *front : {train, loss, states, alpha, generate})
        front->raise();
    shareOut();
}

void PanelDocks::shareOut()
{
    QDockWidget *train = dock(QStringLiteral("train"));
    QDockWidget *loss = dock(QStringLiteral("loss"));
    QDockWidget *states = dock(QStringLiteral("states"));
    QDockWidget *alpha = dock(QStringLiteral("alpha"));
    QDockWidget *generate = dock(QStringLiteral("generate"));
    const int width = m_window->width();
    const int height = m_window->height();
    const int left = qBound(260, width / 6, 320);
    const int right = (width - left) * 42 / 100;
    m_window->resizeDocks({train, loss, alpha}, {left, width - left - right, right}, Qt::Horizontal);
    m_window->resizeDocks({loss, states}, {height * 40 / 100, height * 60 / 100}, Qt::Vertical);
    m_window->resizeDocks({alpha, generate}, {height * 42 / 100, height * 58 / 100}, Qt::Vertical);
}

void PanelDocks::save(QSettings &settings) const
{
    settings.setValue(QStringLiteral("window/geometry"), m_window->saveGeometry());
    settings.setValue(QStringLiteral("window/layout"), m_window->saveState(layoutVersion));
}

bool PanelDocks::restore(const QSettings &settings)
{
    const QByteArray geometry = settings.value(QStringLiteral("window/geometry")).toByteArray();
    const QByteArray layout = settings.value(QStringLiteral("window/layout")).toByteArray();
    return m_window->restoreGeometry(geometry) && m_window->restoreState(layout, layoutVersion);
}

} // namespace samout
