// SPDX-License-Identifier: GPL-3.0-only
#include "ui/window/main_window.h"

#include "core/inspect/examination.h"
#include "core/inspect/questions.h"
#include "ui/models/commands.h"
#include "ui/models/interventions_list.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/panels/registry.h"
#include "ui/widgets/choosers.h"
#include "ui/widgets/text_bar.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/deeds.h"
#include "ui/window/panel_docks.h"
#include "ui/window/progress_line.h"
#include "ui/window/run_actions.h"
#include "ui/work/draw_budget.h"
#include "ui/work/live.h"
#include "ui/work/shown_run.h"
#include "ui/work/snapshot_feed.h"

#include <QAction>
#include <QCloseEvent>
#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileInfo>
#include <QLocale>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>
#include <QUrl>

#include <algorithm>

namespace samout {

namespace {

QString droppedFile(const QMimeData *data)
{
    return data->urls().size() == 1 ? data->urls().first().toLocalFile() : QString();
}

/// The first size of the window: as large as the screen allows, frame included.
QSize firstSize(const QScreen &screen)
{
    constexpr QSize wanted(1440, 900), smallest(1000, 600), frame(16, 48);
    const QSize room = screen.availableSize() - frame;
    return room.width() < smallest.width() ? wanted : wanted.boundedTo(room.expandedTo(smallest));
}

/// A bar below the panels, which stays there.
QToolBar *newBottomBar(const QString &title, const QString &name, MainWindow *window)
{
    auto *bar = new QToolBar(title, window);
    bar->setObjectName(name);
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setStyleSheet(QStringLiteral("QToolBar { padding: 0; }"));
    return bar;
}

/// The state of the training, for the window's title; empty before the first training.
QString titleOf(SessionStatus status, qint64 step)
{
    switch (status) {
    case SessionStatus::Idle:
        return {};
    case SessionStatus::Preparing:
        return MainWindow::tr("preparing");
    case SessionStatus::Running:
        return MainWindow::tr("running, step %1").arg(step);
    case SessionStatus::Pausing:
        return MainWindow::tr("pausing at step %1").arg(step);
    case SessionStatus::Paused:
        return MainWindow::tr("paused at step %1").arg(step);
    case SessionStatus::Stopping:
        return MainWindow::tr("stopping at step %1").arg(step);
    case SessionStatus::Stopped:
        return MainWindow::tr("stopped at step %1").arg(step);
    case SessionStatus::Failed:
        return MainWindow::tr("failed");
    }
    return {};
}

} // namespace

MainWindow::MainWindow(Theme *theme, QSettings *settings, QWidget *parent)
    : QMainWindow(parent), m_theme(theme), m_settings(settings)
{
    setObjectName(QStringLiteral("samout-studio"));
    setWindowIcon(QIcon(QStringLiteral(":/icons/samout.svg")));
    setDockNestingEnabled(true);
    setDockOptions(AllowNestedDocks | AllowTabbedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setAcceptDrops(true);
    setFocusPolicy(Qt::StrongFocus);
    setStyleSheet(QStringLiteral("QMainWindow::separator { width: 4px; height: 4px; background: palette(mid); }"
                                 "QToolBar { border: none; spacing: 4px; padding: 4px 8px; }"));
    makeContext();
    m_docks = new PanelDocks(this, m_settings);
    for (const PanelEntry &entry : panelRegistry())
        m_docks->add(newPanel(entry, m_context), entry.place);
    // Before the window is shown: docks that are still in one column would make it taller than a screen.
    m_docks->restoreDefault();
    makeToolBar();
    makeTextBar();
    makeTimeline();
    makeMenus();
    connectTraining();
    connectRuns();
    m_commands = new Commands(this);
    new Deeds(this, m_commands, m_runs);
    showTitle();
    resize(firstSize(*screen()));
    m_laidOut = m_docks->restore();
    setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::makeContext()
{
    PanelContext &made = m_context;
    made.workspace = new Workspace(this);
    made.interventions = new InterventionsList(made.workspace, this);
    made.live = new Live(this);
    made.setup = new TrainingSetup(this);
    made.controls = new TrainingControls(made.live, made.setup, this);
    made.shownRun = new ShownRun(this);
    made.feed = new SnapshotFeed(
        made.live, made.workspace,
        [this](Question &question) {
            for (const Panel *panel : m_docks->panels())
                panel->ask(question);
        },
        this);
    m_runs = new RunActions(m_context, m_settings, this);
    made.open = [this](const QString &path) { m_runs->open(path); };
    made.goOn = [this](const QString &folder) { m_runs->goOnWith(folder); };
    made.compareRuns = [this](const QStringList &folders) { m_runs->compareRuns(folders); };
}

void MainWindow::openPath(const QString &path) { m_runs->open(path); }

void MainWindow::makeToolBar()
{
    auto *bar = addToolBar(tr("Training"));
    bar->setObjectName(QStringLiteral("toolbar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize(QSize(16, 16));
    const TrainingControls *controls = m_context.controls;
    for (QAction *action : {controls->start(), controls->pause(), controls->step(), controls->stop()}) {
        bar->addAction(action);
        bar->widgetForAction(action)->setFocusPolicy(Qt::TabFocus);
    }
    bar->addSeparator();
    bar->addWidget(newPresetChooser(m_context.setup, bar));
    bar->addWidget(newDataChooser(m_context.setup, bar));
    bar->addWidget(newDeviceChooser(m_context.setup, bar));
    bar->addSeparator();
    bar->addWidget(new ProgressLine(m_context.live, bar));
}

void MainWindow::makeTextBar()
{
    QToolBar *bar = newBottomBar(tr("Text to look at"), QStringLiteral("textbar"), this);
    m_text = new TextBar(m_context.workspace, bar);
    bar->addWidget(m_text);
    addToolBar(Qt::BottomToolBarArea, bar);
    addToolBarBreak(Qt::BottomToolBarArea);

    SnapshotFeed *feed = m_context.feed;
    connect(feed, &SnapshotFeed::problem, m_text, &TextBar::setNotice);
    connect(feed, &SnapshotFeed::progressed, m_text, &TextBar::setProgress);
    connect(feed, &SnapshotFeed::lengthAsked, m_text, &TextBar::askAboutLength);
    connect(m_text, &TextBar::lengthAllowed, feed, &SnapshotFeed::allowLength);
    connect(m_text, &TextBar::readingStopped, feed, &SnapshotFeed::stopReading);
}

void MainWindow::makeTimeline()
{
    QToolBar *bar = newBottomBar(tr("Timeline"), QStringLiteral("timelinebar"), this);
    auto *timeline = new Timeline(m_context.shownRun, bar);
    bar->addWidget(timeline);
    addToolBar(Qt::BottomToolBarArea, bar);

    connect(timeline, &Timeline::hovered, m_context.workspace, &Workspace::readout);
    connect(timeline, &Timeline::goOnFromHere, m_runs, &RunActions::goOnFromHere);
    connect(timeline, &Timeline::compareWithThis, m_runs, &RunActions::compareWithThis);
}

void MainWindow::connectTraining()
{
    Live *live = m_context.live;
    new DrawBudget(live);
    connect(live, &Live::prepared, this, [this](const TrainingFacts &facts) {
        m_step = facts.step;
        m_context.shownRun->showTraining(facts);
    });
    connect(live, &Live::stepped, this, [this](const QList<StepMetrics> &steps) {
        m_step = steps.last().stepsMade();
        m_context.shownRun->addSteps(steps);
        // A title that changes with every step would disturb lists of windows.
        if (!m_sinceTitle.isValid() || m_sinceTitle.elapsed() > 1000)
            showTitle();
    });
    connect(live, &Live::statusChanged, this, &MainWindow::showStatus);
    connect(live, &Live::broke, this, &MainWindow::goToBreak);
}

void MainWindow::connectRuns()
{
    ShownRun *shown = m_context.shownRun;
    SnapshotFeed *feed = m_context.feed;
    connect(shown, &ShownRun::opened, this, &MainWindow::showRun);
    connect(shown, &ShownRun::snapshotLoaded, feed, &SnapshotFeed::pin);
    connect(shown, &ShownRun::rebuilt, this, [this](std::shared_ptr<const Snapshot> snapshot) {
        m_context.live->training().send(KeepSnapshot{
            .run = m_context.shownRun->folder().toStdString(), .step = snapshot->step(), .snapshot = snapshot});
    });
    connect(shown, &ShownRun::positionChanged, this, [this, shown, feed] {
        if (shown->position() < 0 && shown->isTraining())
            feed->backToLive();
        m_context.workspace->setCursorStep(std::max<qint64>(0, shown->position()));
        showWhere();
    });
    connect(feed, &SnapshotFeed::pinnedChanged, this, &MainWindow::showWhere);
    connect(feed, &SnapshotFeed::examined, this, [this](const std::shared_ptr<const Examination> &answer) {
        m_context.workspace->setShownTokens(static_cast<int>(answer->tokens.size()), static_cast<int>(answer->every));
    });
    connect(m_runs, &RunActions::modelOpened, this, [this](const std::shared_ptr<const Snapshot> &model) {
        const TrainingFacts *training = m_context.workspace->training();
        if (!training || !(training->data->vocabulary() == model->vocabulary()))
            m_text->setExample(QString::fromStdString(firstText(model->vocabulary())));
    });
}

void MainWindow::showRun(const TrainingFacts &facts)
{
    m_context.workspace->setTraining(facts);
    takeExample();
    if (m_context.shownRun->isTraining())
        m_context.feed->backToLive();
    showWhere();
}

/// Keeps a text that the person typed if the training's vocabulary has it; else takes the data's example.
void MainWindow::takeExample()
{
    const Dataset &data = *m_context.workspace->training()->data;
    bool readable = m_text->typed();
    if (readable) {
        try {
            data.vocabulary().encode(m_context.workspace->text().toStdString());
        } catch (const std::exception &) {
            readable = false;
        }
    }
    if (!readable)
        m_text->setExample(QString::fromStdString(data.exampleText()));
}

void MainWindow::showStatus(SessionStatus status, const QString &reason)
{
    showTitle();
    if (status == SessionStatus::Failed)
        m_text->setNotice(reason);
    else if (status == SessionStatus::Preparing)
        m_text->setNotice({});
    if (m_closing && !m_context.live->active())
        emit closed();
}

/// Goes to a breakpoint at which the training paused: to the newest step, and to the layer that the breakpoint names.
void MainWindow::goToBreak(const BreakpointHit &hit)
{
    ShownRun *shown = m_context.shownRun;
    shown->addBreak(hit);
    if (shown->hasTraining() && !shown->isTraining())
        shown->backToTraining();
    shown->goToNewest();
    m_context.feed->backToLive();
    if (hit.layer >= 0)
        m_context.workspace->setLayer(hit.layer);
    m_context.workspace->setCursorStep(hit.step);
}

/// Goes from an earlier step to the newest one, or from a stored run or a model to the window's training.
void MainWindow::backToNewest()
{
    ShownRun *shown = m_context.shownRun;
    if (shown->position() >= 0)
        shown->goToNewest();
    else if (!shown->isTraining())
        shown->backToTraining();
    else
        m_context.feed->backToLive();
}

void MainWindow::showWhere()
{
    const ShownRun *shown = m_context.shownRun;
    const bool pinned = m_context.feed->pinned();
    const bool stored = !shown->isTraining() && !shown->folder().isEmpty();
    m_backToLive->setEnabled(pinned || shown->position() >= 0 || (stored && shown->hasTraining()));
    QStringList where;
    if (stored)
        where += QFileInfo(shown->folder()).fileName();
    if (shown->position() >= 0)
        where += tr("looking at step %1").arg(QLocale().toString(shown->position()));
    if (where.isEmpty() && pinned) // a model
        where += tr("looking at %1").arg(m_context.workspace->snapshotName());
    m_lookedAt = where.join(QStringLiteral(", "));
    showTitle();
}

void MainWindow::showTitle()
{
    m_sinceTitle.start();
    const QString state = m_lookedAt.isEmpty() ? titleOf(m_context.live->status(), m_step) : m_lookedAt;
    setWindowTitle(state.isEmpty() ? tr("SamOut Studio") : tr("SamOut Studio: %1").arg(state));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_closing)
        m_docks->save();
    if (!m_context.live->active()) {
        event->accept();
        emit closed();
        return;
    }
    // A step may take seconds: the window is hidden at once, and the program ends when the step is finished.
    event->ignore();
    m_closing = true;
    hide();
    m_context.live->training().send(StopTraining{});
    m_context.live->deliver();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (!std::exchange(m_laidOut, true))
        QTimer::singleShot(0, m_docks, &PanelDocks::shareOut);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    Workspace *workspace = m_context.workspace;
    const std::shared_ptr<const Snapshot> &snapshot = workspace->snapshot();
    if (!snapshot || event->modifiers() != Qt::NoModifier)
        return QMainWindow::keyPressEvent(event);
    const int layers = static_cast<int>(snapshot->config().numLayers), last = workspace->shownTokens() - 1;
    const auto moveTo = [workspace, last](int token) {
        workspace->setCursor(std::clamp(token, std::min(0, last), last), workspace->cursorChannel());
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return moveTo(workspace->cursorToken() - 1);
    case Qt::Key_Right:
        return moveTo(workspace->cursorToken() + 1);
    case Qt::Key_Home:
        return moveTo(0);
    case Qt::Key_End:
        return moveTo(last);
    case Qt::Key_Up:
        return workspace->setLayer(std::min(workspace->layer() + 1, layers - 1));
    case Qt::Key_Down:
        return workspace->setLayer(std::max(workspace->layer() - 1, 0));
    default:
        QMainWindow::keyPressEvent(event);
    }
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    openPath(droppedFile(event->mimeData()));
}

} // namespace samout
