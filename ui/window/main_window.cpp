// SPDX-License-Identifier: GPL-3.0-only
#include "ui/window/main_window.h"

#include "core/inspect/examination.h"
#include "ui/models/interventions_list.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/panels/change/breakpoints_panel.h"
#include "ui/panels/change/changes_panel.h"
#include "ui/panels/change/edits_panel.h"
#include "ui/panels/examined_panel.h"
#include "ui/panels/inside/alike_panel.h"
#include "ui/panels/inside/effects_panel.h"
#include "ui/panels/inside/memory_panel.h"
#include "ui/panels/inside/microscope_panel.h"
#include "ui/panels/inside/reading_panel.h"
#include "ui/panels/inside/recoverable_panel.h"
#include "ui/panels/inside/states_panel.h"
#include "ui/panels/inside/statistics_panel.h"
#include "ui/panels/inside/surprise_panel.h"
#include "ui/panels/inside/weights_panel.h"
#include "ui/panels/runs/compare_panel.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/panels/watch/alpha_panel.h"
#include "ui/panels/watch/generate_panel.h"
#include "ui/panels/watch/loss_panel.h"
#include "ui/panels/watch/train_panel.h"
#include "ui/widgets/choosers.h"
#include "ui/widgets/text_bar.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/panel_docks.h"
#include "ui/window/progress_line.h"
#include "ui/work/draw_budget.h"
#include "ui/work/live.h"
#include "ui/work/shown_run.h"
#include "ui/work/snapshot_feed.h"
#include "ui/work/worker.h"

#include <QAction>
#include <QCloseEvent>
#include <QComboBox>
#include <QDragEnterEvent>
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

} // namespace

MainWindow::MainWindow(Theme *theme, QSettings *settings, QWidget *parent)
    : QMainWindow(parent), m_theme(theme), m_settings(settings), m_workspace(new Workspace(this)),
      m_interventions(new InterventionsList(m_workspace, this)), m_live(new Live(this)),
      m_setup(new TrainingSetup(this)), m_controls(new TrainingControls(m_live, m_setup, this)),
      m_background(std::make_unique<WorkLane>(WorkKind::Short)), m_shown(new ShownRun(this)),
      m_docks(new PanelDocks(this))
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
    makePanels();
    makeToolBar();
    makeBottom();
    makeMenus();
    connectTraining();
    connectPanels();
    connectRuns();
    showTitle();
    resize(firstSize(*screen()));
    m_laidOut = m_settings && m_docks->restore(*m_settings);
    setFocus();
}

MainWindow::~MainWindow() = default;

void MainWindow::makePanels()
{
    m_train = new TrainPanel(m_setup, m_controls, this);
    m_loss = new LossPanel(m_workspace, this);
    m_states = new StatesPanel(m_workspace, this);
    m_alpha = new AlphaPanel(m_workspace, this);
    m_generate = new GeneratePanel(m_workspace, this);
    m_runs = new RunsPanel(this);
    m_compare = new ComparePanel(m_workspace, this);
    m_edits = new EditsPanel(m_workspace, m_controls, this);
    m_breakpoints = new BreakpointsPanel(m_settings, this);
    m_docks->add(QStringLiteral("train"), m_train);
    m_docks->add(QStringLiteral("edits"), m_edits, QStringLiteral("train"));
    m_docks->add(QStringLiteral("breakpoints"), m_breakpoints, QStringLiteral("train"));
    m_docks->add(QStringLiteral("loss"), m_loss);
    m_docks->add(QStringLiteral("states"), examined(m_states));
    m_docks->add(QStringLiteral("alpha"), examined(m_alpha));
    m_docks->add(QStringLiteral("generate"), m_generate);
    m_docks->add(QStringLiteral("runs"), m_runs, QStringLiteral("loss"));
    m_docks->add(QStringLiteral("compare"), m_compare, QStringLiteral("states"));
    m_changes = new ChangesPanel(m_workspace, m_interventions, this);
    m_docks->add(QStringLiteral("changes"), m_changes, QStringLiteral("alpha"));
    m_memory = new MemoryPanel(m_workspace, this);
    m_docks->add(QStringLiteral("memory"), examined(m_memory), QStringLiteral("states"));
    m_docks->add(QStringLiteral("microscope"), examined(new MicroscopePanel(m_workspace, this)),
                 QStringLiteral("states"));
    m_docks->add(QStringLiteral("reading"), examined(new ReadingPanel(m_workspace, this)), QStringLiteral("states"));
    m_docks->add(QStringLiteral("surprise"), examined(new SurprisePanel(m_workspace, this)),
                 QStringLiteral("generate"));
    m_docks->add(QStringLiteral("recoverable"), new RecoverablePanel(m_workspace, this), QStringLiteral("loss"));
    m_docks->add(QStringLiteral("weights"), examined(new WeightsPanel(m_workspace, this)), QStringLiteral("loss"));
    m_docks->add(QStringLiteral("alike"), examined(new AlikePanel(m_workspace, this)), QStringLiteral("states"));
    m_docks->add(QStringLiteral("statistics"), new StatisticsPanel(m_workspace, this), QStringLiteral("loss"));
    m_docks->add(QStringLiteral("effects"), new EffectsPanel(m_workspace, this), QStringLiteral("alpha"));
    // Before the window is shown: docks that are still in one column would make it taller than a screen.
    m_docks->restoreDefault();
    m_feed = new SnapshotFeed(
        m_live, m_workspace,
        [this](Question &question) {
            for (const ExaminedPanel *panel : m_examined)
                panel->addWishes(question);
        },
        this);
}

ExaminedPanel *MainWindow::examined(ExaminedPanel *panel)
{
    m_examined << panel;
    return panel;
}

void MainWindow::makeToolBar()
{
    auto *bar = addToolBar(tr("Training"));
    bar->setObjectName(QStringLiteral("toolbar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    bar->setIconSize(QSize(16, 16));
    for (QAction *action : {m_controls->start(), m_controls->pause(), m_controls->step(), m_controls->stop()}) {
        bar->addAction(action);
        bar->widgetForAction(action)->setFocusPolicy(Qt::TabFocus);
    }
    bar->addSeparator();
    bar->addWidget(newPresetChooser(m_setup, bar));
    bar->addWidget(newDataChooser(m_setup, bar));
    bar->addWidget(newDeviceChooser(m_setup, bar));
    bar->addSeparator();
    m_progress = new ProgressLine(bar);
    bar->addWidget(m_progress);
}

void MainWindow::makeBottom()
{
    auto *bar = new QToolBar(tr("Text to look at"), this);
    bar->setObjectName(QStringLiteral("textbar"));
    bar->setMovable(false);
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->setStyleSheet(QStringLiteral("QToolBar { padding: 0; }"));
    m_text = new TextBar(m_workspace, bar);
    bar->addWidget(m_text);
    addToolBar(Qt::BottomToolBarArea, bar);
    addToolBarBreak(Qt::BottomToolBarArea);

    auto *time = new QToolBar(tr("Timeline"), this);
    time->setObjectName(QStringLiteral("timelinebar"));
    time->setMovable(false);
    time->setContextMenuPolicy(Qt::PreventContextMenu);
    time->setStyleSheet(QStringLiteral("QToolBar { padding: 0; }"));
    m_timeline = new Timeline(m_shown, time);
    time->addWidget(m_timeline);
    addToolBar(Qt::BottomToolBarArea, time);
}

void MainWindow::connectTraining()
{
    new DrawBudget(m_live);
    connect(m_live, &Live::prepared, this, &MainWindow::prepared);
    connect(m_live, &Live::stepped, this, &MainWindow::stepped);
    connect(m_live, &Live::statusChanged, this, &MainWindow::statusChanged);
    connect(m_live, &Live::remarked, m_train, &TrainPanel::showInfo);
    connect(m_live, &Live::edited, m_edits, &EditsPanel::addEdit);
    connect(m_live, &Live::broke, this, &MainWindow::goToBreak);
    const auto watch = [this] {
        m_live->training().send(
            SetBreakpoints{.breakpoints = m_breakpoints->active(), .atNotFinite = m_breakpoints->breaksAtNotFinite()});
    };
    connect(m_breakpoints, &BreakpointsPanel::changed, this, watch);
    watch();
}

void MainWindow::connectPanels()
{
    for (ExaminedPanel *panel : m_examined) {
        connect(m_feed, &SnapshotFeed::examined, panel, [panel](const std::shared_ptr<const Examination> &answer) {
            if (answer->every == 1 || panel->showsThinned())
                panel->take(answer);
        });
        connect(panel, &ExaminedPanel::questionChanged, m_feed, [this] { m_feed->look(); });
    }
    connect(m_feed, &SnapshotFeed::examined, this, [this](const std::shared_ptr<const Examination> &answer) {
        m_lastToken = static_cast<int>(answer->tokens.size()) - 1;
        m_workspace->setShownTokens(m_lastToken + 1, static_cast<int>(answer->every));
    });
    connect(m_states, &StatesPanel::statesSet, m_interventions, &InterventionsList::holdStates);
    connect(m_feed, &SnapshotFeed::problem, m_text, &TextBar::setNotice);
    connect(m_feed, &SnapshotFeed::progressed, m_text, &TextBar::setProgress);
    connect(m_feed, &SnapshotFeed::lengthAsked, m_text, &TextBar::askAboutLength);
    connect(m_text, &TextBar::lengthAllowed, m_feed, &SnapshotFeed::allowLength);
    connect(m_text, &TextBar::readingStopped, m_feed, &SnapshotFeed::stopReading);
    connect(m_feed, &SnapshotFeed::pinnedChanged, this, &MainWindow::showWhere);
    connect(m_generate, &GeneratePanel::generateRequested, this, [this] {
        m_feed->newest([this](std::shared_ptr<const Snapshot> snapshot) { m_generate->begin(std::move(snapshot)); });
    });
}

void MainWindow::prepared(const TrainingFacts &facts)
{
    m_step = facts.step;
    m_train->setTraining(facts);
    m_edits->setTraining(facts);
    m_breakpoints->setTraining(facts);
    m_progress->setTraining(facts);
    m_shown->showTraining(facts);
    m_runs->refresh();
}

void MainWindow::takeExample()
{
    const Dataset &data = *m_workspace->training()->data;
    bool readable = m_text->typed();
    if (readable) {
        try {
            data.vocabulary().encode(m_workspace->text().toStdString());
        } catch (const std::exception &) {
            readable = false;
        }
    }
    if (!readable)
        m_text->setExample(QString::fromStdString(data.exampleText()));
}

void MainWindow::stepped(const QList<StepMetrics> &steps)
{
    m_step = steps.last().stepsMade();
    m_train->addSteps(steps);
    m_progress->addSteps(steps);
    m_shown->addSteps(steps);
    // A title that changes with every step would disturb lists of windows.
    if (!m_sinceTitle.isValid() || m_sinceTitle.elapsed() > 1000)
        showTitle();
}

void MainWindow::statusChanged(SessionStatus status, const QString &reason)
{
    m_train->setStatus(status, reason);
    m_edits->setStatus(status);
    m_progress->setStatus(status);
    m_memory->setMeasuring(status == SessionStatus::Paused || !m_live->active());
    const bool idle = !isActive(status) || status == SessionStatus::Paused;
    for (MeasuringPanel *panel : findChildren<MeasuringPanel *>())
        panel->setAllCores(idle);
    showTitle();
    if (status == SessionStatus::Failed)
        m_text->setNotice(reason);
    else if (status == SessionStatus::Preparing)
        m_text->setNotice({});
    if (m_closing && !m_live->active())
        emit closed();
}

/// Shows a breakpoint at which the training paused: the newest step, and the layer that the breakpoint names.
void MainWindow::goToBreak(const BreakpointHit &hit)
{
    m_breakpoints->showHit(hit);
    m_shown->addBreak(hit);
    if (m_shown->hasTraining() && !m_shown->isTraining())
        m_shown->backToTraining();
    m_shown->goToNewest();
    m_feed->backToLive();
    if (hit.layer >= 0)
        m_workspace->setLayer(hit.layer);
    m_workspace->setCursorStep(hit.step);
}

void MainWindow::showTitle()
{
    m_sinceTitle.start();
    QString state;
    switch (m_live->status()) {
    case SessionStatus::Idle:
        break;
    case SessionStatus::Preparing:
        state = tr("preparing");
        break;
    case SessionStatus::Running:
        state = tr("running, step %1").arg(m_step);
        break;
    case SessionStatus::Pausing:
        state = tr("pausing at step %1").arg(m_step);
        break;
    case SessionStatus::Paused:
        state = tr("paused at step %1").arg(m_step);
        break;
    case SessionStatus::Stopping:
        state = tr("stopping at step %1").arg(m_step);
        break;
    case SessionStatus::Stopped:
        state = tr("stopped at step %1").arg(m_step);
        break;
    case SessionStatus::Failed:
        state = tr("failed");
        break;
    }
    if (!m_lookedAt.isEmpty())
        state = m_lookedAt;
    setWindowTitle(state.isEmpty() ? tr("SamOut Studio") : tr("SamOut Studio: %1").arg(state));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_settings && !m_closing)
        m_docks->save(*m_settings);
    if (!m_live->active()) {
        event->accept();
        emit closed();
        return;
    }
    // A step may take seconds: the window is hidden at once, and the program ends when the step is finished.
    event->ignore();
    m_closing = true;
    hide();
    m_live->training().send(StopTraining{});
    m_live->deliver();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    if (!std::exchange(m_laidOut, true))
        QTimer::singleShot(0, m_docks, &PanelDocks::shareOut);
}

void MainWindow::keyPressEvent(QKeyEvent *event)
{
    const std::shared_ptr<const Snapshot> &snapshot = m_workspace->snapshot();
    if (!snapshot || event->modifiers() != Qt::NoModifier)
        return QMainWindow::keyPressEvent(event);
    const int layers = static_cast<int>(snapshot->config().numLayers);
    const auto moveTo = [&](int token) {
        m_workspace->setCursor(std::clamp(token, std::min(0, m_lastToken), m_lastToken), m_workspace->cursorChannel());
    };
    switch (event->key()) {
    case Qt::Key_Left:
        return moveTo(m_workspace->cursorToken() - 1);
    case Qt::Key_Right:
        return moveTo(m_workspace->cursorToken() + 1);
    case Qt::Key_Home:
        return moveTo(0);
    case Qt::Key_End:
        return moveTo(m_lastToken);
    case Qt::Key_Up:
        return m_workspace->setLayer(std::min(m_workspace->layer() + 1, layers - 1));
    case Qt::Key_Down:
        return m_workspace->setLayer(std::max(m_workspace->layer() - 1, 0));
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
