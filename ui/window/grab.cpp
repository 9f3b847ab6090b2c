// SPDX-License-Identifier: GPL-3.0-only
#include "ui/window/grab.h"

#include "core/inspect/examination.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/panels/change/alpha_sliders.h"
#include "ui/panels/change/breakpoints_panel.h"
#include "ui/panels/change/changes_panel.h"
#include "ui/panels/inside/alike_panel.h"
#include "ui/panels/measuring_panel.h"
#include "ui/panels/runs/compare_panel.h"
#include "ui/panels/watch/generate_panel.h"
#include "ui/widgets/silence_grid.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"
#include "ui/work/live.h"
#include "ui/work/snapshot_feed.h"

#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QDoubleSpinBox>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>

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
    connect(m_window->workspace(), &Workspace::snapshotChanged, this, [this] {
        const auto &snapshot = m_window->workspace()->snapshot();
        if (!m_early || 2 * snapshot->step() <= m_window->setup()->options().steps)
            m_early = snapshot;
    });
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
    when([panels] { return std::ranges::none_of(panels, &MeasuringPanel::measuring); }, [this] { save(); });
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

void Grab::save()
{
    saveWidget(m_window, QStringLiteral("window"));
    saveDock(0);
}

/// A panel behind another one is not updated until it is visible: each is brought to the front, and grabbed some time
/// later.
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
        when(use(dock->objectName()), [this, index, dock] {
            saveWidget(dock, dock->objectName());
            // The other panels show the trained network.
            if (dock->objectName() == QLatin1String("changes"))
                setChanges(false);
            saveDock(index + 1);
        });
    });
}

Grab::Ready Grab::use(const QString &dock)
{
    if (dock == QLatin1String("breakpoints"))
        m_window->findChild<BreakpointsPanel *>()->add();
    if (dock == QLatin1String("alike")) {
        auto *panel = m_window->findChild<AlikePanel *>();
        panel->find();
        return [panel] { return !panel->job()->running(); };
    }
    if (dock == QLatin1String("compare")) {
        auto *panel = m_window->findChild<ComparePanel *>();
        auto shown = std::make_shared<bool>(false);
        connect(panel, &ComparePanel::shown, this, [shown] { *shown = true; });
        panel->setOther(m_early, m_window->workspace()->snapshotName());
        return [shown] { return *shown; };
    }
    if (dock == QLatin1String("changes")) {
        setChanges(true);
        AlphaSliders *alphas = m_window->findChild<ChangesPanel *>()->alphas();
        alphas->findCurves();
        return [alphas] { return !alphas->job()->running(); };
    }
    return [] { return true; };
}

/// Silences a head and sets an alpha, and shows the alpha's page.
void Grab::setChanges(bool on)
{
    auto *panel = m_window->findChild<ChangesPanel *>();
    const int last = static_cast<int>(m_window->workspace()->snapshot()->config().numLayers) - 1;
    panel->findChild<QTabWidget *>()->setCurrentIndex(on ? 1 : 0);
    panel->silence()->head(0, 0)->click();
    if (on)
        panel->alphas()->spin(last)->setValue(0.2);
    else
        panel->alphas()->reset(last)->click();
}

void Grab::saveWidget(QWidget *widget, const QString &name)
{
    m_good = widget->grab().save(QDir(m_folder).filePath(name + QStringLiteral(".png"))) && m_good;
}

} // namespace samout
