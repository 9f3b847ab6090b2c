#include "ui/grab.h"

#include "core/inspect/examination.h"
#include "ui/live.h"
#include "ui/main_window.h"
#include "ui/models/training_setup.h"
#include "ui/panel_docks.h"
#include "ui/panels/generate_panel.h"
#include "ui/panels/measuring_panel.h"
#include "ui/panels/recoverable_panel.h"
#include "ui/snapshot_feed.h"
#include "ui/training_controls.h"

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
    const QString problem = m_window->setup()->problem();
    if (!problem.isEmpty())
        return emit done(problem);
    connect(m_window->live(), &Live::statusChanged, this, [this](SessionStatus status, const QString &reason) {
        if (status == SessionStatus::Failed || (status == SessionStatus::Paused && !reason.isEmpty()))
            emit done(reason);
        else if (status == SessionStatus::Stopped)
            look();
    });
    m_window->controls()->start()->trigger();
}

void Grab::look()
{
    const qint64 steps = m_window->setup()->options().steps;
    connect(m_window->feed(), &SnapshotFeed::problem, this, [this](const QString &sentence) {
        if (!sentence.isEmpty())
            emit done(sentence);
    });
    connect(m_window->feed(), &SnapshotFeed::examined, this,
            [this, steps](const std::shared_ptr<const Examination> &answer) {
                if (answer->snapshot->step() < steps)
                    return;
                m_window->feed()->disconnect(this);
                write();
            });
    m_window->feed()->look();
}

void Grab::write()
{
    GeneratePanel *panel = m_window->generatePanel();
    connect(panel, &GeneratePanel::finished, this, [this, panel](bool complete) {
        if (!complete)
            return emit done(panel->state());
        measure();
    });
    panel->generateAction()->trigger();
}

void Grab::measure()
{
    const auto panels = m_window->findChildren<MeasuringPanel *>();
    for (MeasuringPanel *panel : panels)
        panel->measure();
    auto *recoverable = m_window->findChild<RecoverablePanel *>();
    recoverable->measure();
    auto *timer = new QTimer(this);
    connect(timer, &QTimer::timeout, this, [this, panels, recoverable, timer] {
        if (std::ranges::any_of(panels, &MeasuringPanel::measuring) || recoverable->job()->running())
            return;
        timer->stop();
        // Plots draw on the next turn of the event loop; this is well past it.
        QTimer::singleShot(400, this, &Grab::save);
    });
    timer->start(20);
}

void Grab::save()
{
    saveWidget(m_window, QStringLiteral("window"));
    saveDock(0);
}

/// A panel behind another one knows nothing until it is seen: each comes to the front, and is asked for a while later.
void Grab::saveDock(qsizetype index)
{
    const QList<QDockWidget *> docks = m_window->docks()->all();
    if (index == docks.size())
        return emit done(m_good ? QString()
                                : tr("The pictures cannot be written to %1; it should be a folder that you may write "
                                     "to, on a disk that is not full.")
                                      .arg(m_folder));
    docks[index]->raise();
    QTimer::singleShot(700, this, [this, index, dock = docks[index]] {
        saveWidget(dock, dock->objectName());
        saveDock(index + 1);
    });
}

void Grab::saveWidget(QWidget *widget, const QString &name)
{
    m_good = widget->grab().save(QDir(m_folder).filePath(name + QStringLiteral(".png"))) && m_good;
}

} // namespace samout
