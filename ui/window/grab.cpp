// SPDX-License-Identifier: GPL-3.0-only
#include "ui/window/grab.h"

#include "core/inspect/examination.h"
#include "ui/models/interventions_list.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"
#include "ui/work/live.h"
#include "ui/work/snapshot_feed.h"

#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QTimer>

#include <algorithm>
#include <utility>

namespace samout {

Grab::Grab(MainWindow *window, QString folder) : QObject(window), m_window(window), m_folder(std::move(folder)) {}

void Grab::begin()
{
    if (!QDir().mkpath(m_folder))
        return emit done(
            tr("The folder %1 for the pictures cannot be made; it should be a place that you may write to.")
                .arg(m_folder));
    const QString problem = m_window->context().setup->problem();
    if (!problem.isEmpty())
        return emit done(problem);
    connect(m_window->context().workspace, &Workspace::snapshotChanged, this, [this] {
        const auto &snapshot = m_window->context().workspace->snapshot();
        if (!m_early || 2 * snapshot->step() <= m_window->context().setup->options().steps)
            m_early = snapshot;
    });
    connect(m_window->context().live, &Live::statusChanged, this, [this](SessionStatus status, const QString &reason) {
        if (status == SessionStatus::Failed || (status == SessionStatus::Paused && !reason.isEmpty()))
            emit done(reason);
        else if (status == SessionStatus::Stopped)
            look();
    });
    m_window->context().controls->start()->trigger();
}

void Grab::look()
{
    const qint64 steps = m_window->context().setup->options().steps;
    connect(m_window->context().feed, &SnapshotFeed::problem, this, [this](const QString &sentence) {
        if (!sentence.isEmpty())
            emit done(sentence);
    });
    connect(m_window->context().feed, &SnapshotFeed::examined, this,
            [this, steps](const std::shared_ptr<const Examination> &answer) {
                if (answer->snapshot->step() < steps)
                    return;
                m_window->context().feed->disconnect(this);
                saveWindow();
            });
    m_window->context().feed->look();
}

void Grab::tryOut(Panel *panel)
{
    if (m_tried.contains(panel))
        return;
    m_tried.append(panel);
    panel->tryOut();
}

void Grab::saveWindow()
{
    QList<Panel *> seen;
    for (Panel *panel : m_window->docks()->panels())
        if (panel->isVisible())
            seen.append(panel);
    for (Panel *panel : seen)
        tryOut(panel);
    when([seen] { return std::ranges::none_of(seen, &Panel::busy); },
         [this] {
             saveWidget(m_window, QStringLiteral("window"));
             m_window->context().workspace->compareWith(m_early, m_window->context().workspace->snapshotName());
             savePanel(0);
         });
}

void Grab::when(const Ready &ready, const std::function<void()> &then)
{
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, [this, ready, then, timer] {
        if (!ready())
            return;
        timer->deleteLater();
        timer->stop();
        QTimer::singleShot(400, this, then);
    });
    timer->start(20);
}

void Grab::savePanel(qsizetype index)
{
    const QList<Panel *> &panels = m_window->docks()->panels();
    if (index == panels.size())
        return emit done(m_good ? QString()
                                : tr("The pictures cannot be written to %1; it should be a folder that you may write "
                                     "to, on a disk that is not full.")
                                      .arg(m_folder));
    Panel *panel = panels[index];
    m_window->docks()->show(panel);
    // A panel behind another one is not updated until it is visible.
    QTimer::singleShot(700, this, [this, index, panel] {
        tryOut(panel);
        when([panel] { return !panel->busy(); },
             [this, index, panel] {
                 saveWidget(m_window->docks()->dock(panel->id()), panel->id());
                 // The other panels show the trained network.
                 m_window->context().interventions->clear();
                 savePanel(index + 1);
             });
    });
}

void Grab::saveWidget(QWidget *widget, const QString &name)
{
    m_good = widget->grab().save(QDir(m_folder).filePath(name + QStringLiteral(".png"))) && m_good;
}

} // namespace samout
