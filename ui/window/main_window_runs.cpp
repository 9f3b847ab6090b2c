// SPDX-License-Identifier: GPL-3.0-only
#include "core/runs/open_model.h"
#include "core/runs/run_folder.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/panels/runs/compare_panel.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/panels/watch/alpha_panel.h"
#include "ui/panels/watch/loss_panel.h"
#include "ui/panels/watch/train_panel.h"
#include "ui/widgets/text_bar.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"
#include "ui/work/live.h"
#include "ui/work/shown_run.h"
#include "ui/work/snapshot_feed.h"
#include "ui/work/worker.h"

#include <QAction>
#include <QDockWidget>
#include <QFileInfo>
#include <QInputDialog>
#include <QLocale>
#include <QMenu>
#include <QSettings>

namespace samout {

namespace {

constexpr int mostRecent = 10;
const QString recentKey = QStringLiteral("recent");

/// A first text for a network that came without data: its first tokens.
QString firstTokens(const Vocabulary &vocabulary)
{
    std::vector<std::int64_t> tokens;
    for (std::int64_t id = 4; id < std::min<std::int64_t>(vocabulary.size(), 20); ++id)
        tokens.push_back(id);
    return QString::fromStdString(vocabulary.decode(tokens));
}

} // namespace

void MainWindow::connectRuns()
{
    connect(m_shown, &ShownRun::opened, this, &MainWindow::showRun);
    connect(m_shown, &ShownRun::stepped, this, [this](const QList<StepMetrics> &steps) {
        m_loss->addSteps(steps);
        m_alpha->addSteps(steps);
        m_timeline->addSteps(steps);
    });
    connect(m_shown, &ShownRun::snapshotLoaded, m_feed, &SnapshotFeed::pin);
    connect(m_shown, &ShownRun::rebuilt, this, [this](std::shared_ptr<const Snapshot> snapshot) {
        m_live->training().send(
            KeepSnapshot{.run = m_shown->folder().toStdString(), .step = snapshot->step(), .snapshot = snapshot});
    });
    connect(m_shown, &ShownRun::problem, m_train, &TrainPanel::showError);
    connect(m_shown, &ShownRun::positionChanged, this, [this] {
        if (m_shown->position() < 0 && m_shown->isTraining())
            m_feed->backToLive();
        m_workspace->setCursorStep(std::max<qint64>(0, m_shown->position()));
        showWhere();
    });
    connect(m_timeline, &Timeline::hovered, m_workspace, &Workspace::readout);
    connect(m_timeline, &Timeline::goOnFromHere, this, &MainWindow::goOnFromHere);
    connect(m_timeline, &Timeline::compareWithThis, this, &MainWindow::compareWithThis);
    connect(m_runs, &RunsPanel::compareRequested, this, &MainWindow::compareRuns);
    connect(m_runs, &RunsPanel::openRequested, this, &MainWindow::openPath);
    connect(m_runs, &RunsPanel::goOnRequested, this, &MainWindow::goOnWith);
    connect(m_runs, &RunsPanel::settingsRequested, m_setup, &TrainingSetup::setOptions);
    connect(m_runs, &RunsPanel::message, m_train, &TrainPanel::showError);
}

/// Clears the panels and shows a run.
void MainWindow::showRun(const TrainingFacts &facts)
{
    m_workspace->setTraining(facts);
    takeExample();
    m_loss->setTraining(facts);
    m_alpha->setTraining(facts);
    m_timeline->clear();
    if (m_shown->isTraining())
        m_feed->backToLive();
    showWhere();
}

void MainWindow::showWhere()
{
    m_alpha->setPinned(m_feed->pinned());
    const bool stored = !m_shown->isTraining() && !m_shown->folder().isEmpty();
    m_backToLive->setEnabled(m_feed->pinned() || m_shown->position() >= 0 || (stored && m_shown->hasTraining()));
    QStringList where;
    if (stored)
        where += QFileInfo(m_shown->folder()).fileName();
    if (m_shown->position() >= 0)
        where += tr("looking at step %1").arg(QLocale().toString(m_shown->position()));
    if (!where.isEmpty())
        m_lookedAt = where.join(QStringLiteral(", "));
    else if (!m_feed->pinned())
        m_lookedAt.clear();
    showTitle();
}

/// Goes from an earlier step to the newest one, or from a stored run or a model to the window's training.
void MainWindow::backToNewest()
{
    if (m_shown->position() >= 0)
        m_shown->goToNewest();
    else if (!m_shown->isTraining())
        m_shown->backToTraining();
    else
        m_feed->backToLive();
}

void MainWindow::openPath(const QString &path)
{
    const QFileInfo file(path);
    const QString folder = file.fileName() == QLatin1String("run.db") ? file.absolutePath() : path;
    if (!isRunFolder(folder.toStdString()))
        return openModelFile(path);
    remember(folder);
    ++m_openings;
    m_lookedAt.clear();
    m_shown->open(folder);
}

void MainWindow::openModelFile(const QString &path)
{
    auto opened = std::make_shared<std::shared_ptr<const Snapshot>>();
    const int opening = ++m_openings;
    m_background->run(
        [opened, path] { *opened = openModel(path.toStdString()); },
        [this, opened, path, opening](const QString &error) {
            if (opening != m_openings)
                return; // something else was opened meanwhile
            if (!error.isEmpty())
                return showError(tr("The model cannot be opened"), error);
            m_lookedAt = tr("looking at %1").arg(QFileInfo(path).fileName());
            const TrainingFacts *training = m_workspace->training();
            const Vocabulary &vocabulary = (*opened)->vocabulary();
            if (!training || !(training->data->vocabulary() == vocabulary))
                m_text->setExample(firstTokens(vocabulary));
            m_workspace->nameSnapshot(*opened, QFileInfo(path).fileName());
            m_feed->pin(*opened);
            remember(path);
            showTitle();
            m_train->showInfo(
                tr("The panels look at %1. Generate writes with it; press L to go back to the training.").arg(path));
        });
}

void MainWindow::goOnWith(const QString &folder)
{
    struct Found {
        std::int64_t last = 0, steps = 0;
    };
    auto found = std::make_shared<Found>();
    m_background->run(
        [found, folder] {
            const Run run(folder.toStdString());
            *found = {.last = run.lastStep(), .steps = run.goal()};
        },
        [this, found, folder](const QString &error) {
            if (!error.isEmpty())
                return m_train->showError(error);
            if (found->steps == 0 || found->last < found->steps)
                return m_controls->goOnWith(folder, std::nullopt);
            // The run has reached its last step.
            auto *dialog = new QInputDialog(this);
            dialog->setAttribute(Qt::WA_DeleteOnClose);
            dialog->setWindowTitle(tr("Go on"));
            dialog->setLabelText(tr("This run has reached its %1 steps. Go on to step:")
                                     .arg(QLocale().toString(static_cast<qlonglong>(found->steps))));
            dialog->setInputMode(QInputDialog::IntInput);
            dialog->setIntRange(static_cast<int>(std::min<std::int64_t>(found->last + 1, INT_MAX)), INT_MAX);
            dialog->setIntValue(static_cast<int>(std::min<std::int64_t>(found->last + found->steps, INT_MAX)));
            connect(dialog, &QInputDialog::intValueSelected, this,
                    [this, folder](int steps) { m_controls->goOnWith(folder, steps); });
            dialog->open();
        });
}

void MainWindow::goOnFromHere()
{
    TrainingOptions options = m_setup->options();
    const QString file =
        QString::fromStdString(snapshotPath(m_shown->folder().toStdString(), m_shown->position()).string());
    if (!QFileInfo::exists(file))
        return m_train->showError(
            tr("The run has no snapshot of this step; a double-click on the timeline makes one."));
    options.init = file.toStdString();
    m_controls->startWith(options);
}

void MainWindow::compareWithThis()
{
    if (!m_workspace->snapshot())
        return;
    m_compare->setOther(m_workspace->snapshot(), QFileInfo(m_shown->folder()).fileName());
    showCompare();
}

/// Shows the curves of all runs, opens the first one, and compares its weights with the newest ones of the second.
void MainWindow::compareRuns(const QStringList &folders)
{
    struct Found {
        std::vector<std::pair<QString, std::vector<StepMetrics>>> curves;
        std::shared_ptr<const Snapshot> second;
        QString name;
    };
    auto found = std::make_shared<Found>();
    openPath(folders.first());
    m_background->run(
        [found, folders] {
            for (const QString &folder : folders.mid(1)) {
                const Run run(folder.toStdString());
                found->curves.emplace_back(QString::fromStdString(run.facts().name), run.metrics());
                if (!found->second && !run.snapshots().empty()) {
                    found->second = run.snapshot(run.snapshots().back().step);
                    found->name = found->curves.back().first;
                }
            }
        },
        [this, found](const QString &error) {
            if (!error.isEmpty())
                return m_train->showError(error);
            m_loss->clearCompared();
            for (const auto &[name, steps] : found->curves)
                m_loss->addCompared(name, steps);
            m_docks->dock(QStringLiteral("loss"))->raise();
            m_compare->setOther(found->second, found->name);
            showCompare();
        });
}

void MainWindow::showCompare()
{
    QDockWidget *dock = m_docks->dock(QStringLiteral("compare"));
    dock->show();
    dock->raise();
}

void MainWindow::remember(const QString &path)
{
    if (!m_settings)
        return;
    QStringList recent = m_settings->value(recentKey).toStringList();
    const QString whole = QFileInfo(path).absoluteFilePath();
    recent.removeAll(whole);
    recent.prepend(whole);
    m_settings->setValue(recentKey, recent.mid(0, mostRecent));
}

void MainWindow::showRecent(QMenu *menu)
{
    menu->clear();
    const QStringList recent = m_settings ? m_settings->value(recentKey).toStringList() : QStringList();
    for (const QString &path : recent)
        connect(menu->addAction(QFileInfo(path).fileName()), &QAction::triggered, this,
                [this, path] { openPath(path); });
    if (recent.isEmpty())
        menu->addAction(tr("Nothing was opened yet."))->setEnabled(false);
}

} // namespace samout
