// SPDX-License-Identifier: GPL-3.0-only
#include "ui/window/deeds.h"

#include "core/base/error.h"
#include "core/base/overloaded.h"
#include "core/commands/command_values.h"
#include "core/runs/run_folder.h"
#include "ui/models/commands.h"
#include "ui/models/interventions_list.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/panels/watch/generate_panel.h"
#include "ui/widgets/text_bar.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/help.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"
#include "ui/window/run_actions.h"
#include "ui/work/live.h"
#include "ui/work/shown_run.h"
#include "ui/work/snapshot_feed.h"

#include <QAction>
#include <QDockWidget>
#include <QFileInfo>

#include <algorithm>

namespace samout {

namespace {

/// Plots draw on later turns of the event loop: a picture is taken when nothing was busy at 8 looks in a row, 50 ms
/// apart.
constexpr int lookInterval = 50, quietLooks = 8;

Error error(const QString &sentence) { return Error(sentence.toStdString()); }

QString textOf(const CommandCall &call, const char *argument) { return QString::fromStdString(call.text(argument)); }

int indexOf(const CommandCall &call, const char *argument) { return static_cast<int>(call.whole(argument)); }

} // namespace

Deeds::Deeds(MainWindow *window, Commands *commands, RunActions *runs)
    : QObject(window), m_window(window), m_commands(commands), m_runs(runs), m_context(window->context())
{
    commands->setConditions(
        [this](CommandCondition condition, const CommandCall &call) { return holds(condition, call); },
        [this] { return m_since.problem; });
    m_look.setInterval(lookInterval);
    connect(&m_look, &QTimer::timeout, this, &Deeds::savePicture);
    watch();
    addTrainings();
    addTexts();
    addLooks();
    addRuns();
    addPanels();
    addWindow();
}

void Deeds::watch()
{
    connect(m_commands, &Commands::begins, this, [this] { m_since = {}; });
    const auto fail = [this](const QString &sentence) { m_since.problem = sentence; };
    const Live *live = m_context.live;
    connect(m_context.controls, &TrainingControls::starting, this, [this] { m_since.trainingBegan = false; });
    connect(live, &Live::prepared, this, [this] { m_since.trainingBegan = true; });
    connect(live, &Live::stepped, this, [this] { m_since.stepMade = true; });
    connect(live, &Live::edited, this, [this] { m_since.editApplied = true; });
    connect(live, &Live::statusChanged, this, [fail](SessionStatus status, const QString &reason) {
        if (status == SessionStatus::Failed)
            fail(reason);
    });
    connect(m_context.shownRun, &ShownRun::opened, this, [this] { m_since.runOpened = true; });
    connect(m_context.shownRun, &ShownRun::snapshotLoaded, this, [this] { m_since.weightsLoaded = true; });
    connect(m_context.shownRun, &ShownRun::problem, this, fail);
    connect(m_context.workspace, &Workspace::failed, this, fail);
    connect(m_runs, &RunActions::modelOpened, this, [this] { m_since.modelOpened = true; });
    connect(m_runs, &RunActions::saved, this, [this] { m_since.fileSaved = true; });
    connect(m_runs, &RunActions::failed, this, fail);
    const auto *generate = m_window->findChild<GeneratePanel *>();
    connect(generate, &GeneratePanel::finished, this, [this, fail, generate](bool complete) {
        m_since.textWritten = true;
        if (!complete)
            fail(generate->status());
    });
}

void Deeds::addTrainings()
{
    m_commands->add("training.start", [this](const CommandCall &call) {
        const TrainingOptions options = optionsOf(call, m_context.setup->options());
        options.check();
        m_context.setup->setOptions(options);
        m_context.controls->startWith(options);
    });
    m_commands->add("training.wait", [](const CommandCall &) {});
    m_commands->add("training.edit", [this](const CommandCall &call) { m_context.controls->apply(editOf(call)); });
    m_commands->add("settings.set", [this](const CommandCall &call) {
        m_context.setup->setOptions(optionsOf(call, m_context.setup->options()));
    });
}

void Deeds::addTexts()
{
    m_commands->add("text.set",
                    [this](const CommandCall &call) { m_window->findChild<TextBar *>()->type(textOf(call, "text")); });
    m_commands->add("prompt.set", [this](const CommandCall &call) {
        m_window->findChild<GeneratePanel *>()->setPrompt(textOf(call, "text"));
    });
}

void Deeds::addLooks()
{
    Workspace *workspace = m_context.workspace;
    InterventionsList *list = m_context.interventions;
    m_commands->add("layer.show", [this, workspace](const CommandCall &call) {
        checkFits({.silencedMixers = {indexOf(call, "layer")}});
        workspace->setLayer(indexOf(call, "layer"));
    });
    m_commands->add("pin.set", [this, workspace](const CommandCall &call) {
        const int layer = indexOf(call, "layer"), channel = indexOf(call, "channel"), at = indexOf(call, "position");
        checkFits({.states = {{.layer = layer, .position = at, .channel = channel, .values = {0}}}});
        workspace->setLayer(layer);
        workspace->setCursor(at / workspace->shownEvery(), channel);
    });
    m_commands->add("step.show", [this](const CommandCall &call) {
        ShownRun *shown = m_context.shownRun;
        if (call.whole("step") > shown->lastStep())
            throw error(
                tr("The run on screen has no step %1; its last is %2.").arg(call.whole("step")).arg(shown->lastStep()));
        if (shown->folder().isEmpty() || shown->isRebuilding())
            throw error(tr("The run on screen cannot show an earlier step now."));
        shown->rebuild(call.whole("step"));
    });
    m_commands->add("intervention.add", [this, list](const CommandCall &call) {
        const Intervention intervention = interventionOf(call);
        Interventions alone;
        alone.add(intervention);
        checkFits(alone);
        std::visit(Overloaded{
                       [list](const SilenceHead &change) { list->silenceHead(change.layer, change.head, true); },
                       [list](const SilenceMixer &change) { list->silenceMixer(change.layer, true); },
                       [list](const SilenceFeedForward &change) { list->silenceFeedForward(change.layer, true); },
                       [list](const SetAlpha &change) { list->setAlpha(change.layer, change.value); },
                       [list](const SetStates &change) {
                           list->holdStates({.layer = change.layer,
                                             .position = change.position,
                                             .channel = change.channel,
                                             .values = change.values},
                                            change.position + change.positions - 1);
                       },
                   },
                   intervention);
    });
    m_commands->add("intervention.clear", [list](const CommandCall &) { list->clear(); });
    m_commands->add("intervention.save", [list](const CommandCall &call) { list->save(textOf(call, "file")); });
    m_commands->add("intervention.open", [list](const CommandCall &call) { list->open(textOf(call, "file")); });
}

void Deeds::addRuns()
{
    m_commands->add("run.show", [this](const CommandCall &call) {
        const std::filesystem::path folder = findRunFolder(call.text("run"));
        if (!isRunFolder(folder))
            throw error(tr("There is no run %1.").arg(textOf(call, "run")));
        m_runs->open(QString::fromStdString(folder.string()));
    });
    m_commands->add("model.open", [this](const CommandCall &call) { m_runs->open(textOf(call, "file")); });
    m_commands->add("snapshot.save", [this](const CommandCall &call) { m_runs->save(textOf(call, "file")); });
}

void Deeds::addPanels()
{
    m_commands->add("panel.show", [this](const CommandCall &call) { m_window->docks()->show(panelOf(call)); });
    m_commands->add("panel.hide",
                    [this](const CommandCall &call) { m_window->docks()->dock(panelOf(call)->id())->close(); });
    m_commands->add("panel.try", [this](const CommandCall &call) {
        m_window->docks()->show(panelOf(call));
        panelOf(call)->tryOut();
    });
    m_commands->add("panel.copy", [this](const CommandCall &call) {
        call.has("panel") ? panelOf(call)->copyToClipboard() : m_commands->press(call);
    });
    m_commands->add("help.panel", [this](const CommandCall &call) {
        call.has("panel") ? showHelp(m_window, panelOf(call)->id()) : m_commands->press(call);
    });
}

void Deeds::addWindow()
{
    m_commands->add("window.size", [this](const CommandCall &call) {
        m_window->showNormal();
        m_window->resize(indexOf(call, "width"), indexOf(call, "height"));
    });
    m_commands->add("window.picture", [this](const CommandCall &call) { takePicture(call); });
    m_commands->add("window.quit", [this](const CommandCall &) { m_window->close(); });
}

bool Deeds::holds(CommandCondition condition, const CommandCall &call) const
{
    const SessionStatus status = m_context.live->status();
    switch (condition) {
    case CommandCondition::Always:
        return true;
    case CommandCondition::Offered:
        return m_commands->carrierOf(call);
    case CommandCondition::NoTraining:
        return !m_context.live->active();
    case CommandCondition::TrainingRuns:
        return status == SessionStatus::Running;
    case CommandCondition::TrainingPaused:
        return status == SessionStatus::Paused;
    case CommandCondition::TrainingActive:
        return m_context.live->active();
    case CommandCondition::TrainingBegan:
        return m_since.trainingBegan && status != SessionStatus::Preparing;
    case CommandCondition::TrainingHalted:
        return status == SessionStatus::Paused || !m_context.live->active();
    case CommandCondition::TrainingGoesOn:
        return status != SessionStatus::Paused;
    case CommandCondition::TrainingEnded:
        return !m_context.live->active();
    case CommandCondition::StepMade:
        return m_since.stepMade && (status == SessionStatus::Paused || !m_context.live->active());
    case CommandCondition::EditApplied:
        if (!m_since.editApplied && !m_context.live->active())
            throw error(tr("The training ended before it was changed."));
        return m_since.editApplied;
    case CommandCondition::RunOnScreen:
        return m_context.shownRun->isTraining() || !m_context.shownRun->folder().isEmpty();
    case CommandCondition::RunShown:
        return isRunShown(call);
    case CommandCondition::StepReached:
        return isStepReached(call);
    case CommandCondition::StepShown:
        return isStepShown(call);
    case CommandCondition::ModelShown:
        return m_since.modelOpened && m_context.feed->pinned();
    case CommandCondition::Weights:
        return m_context.workspace->snapshot() != nullptr;
    case CommandCondition::TextWritten:
        return m_since.textWritten;
    case CommandCondition::PanelReady:
        return !panelOf(call)->busy();
    case CommandCondition::PictureSaved:
        return m_since.pictureSaved;
    case CommandCondition::FileSaved:
        return m_since.fileSaved;
    case CommandCondition::WindowClosed:
        return !m_window->isVisible() && !m_context.live->active();
    }
    return false;
}

bool Deeds::isRunShown(const CommandCall &call) const
{
    if (!m_since.runOpened || !m_since.weightsLoaded)
        return false; // nothing to look up in the file system yet: this is asked again and again
    const QFileInfo wanted(QString::fromStdString(findRunFolder(call.text("run")).string()));
    return wanted == QFileInfo(m_context.shownRun->folder());
}

bool Deeds::isStepReached(const CommandCall &call) const
{
    const ShownRun *shown = m_context.shownRun;
    const qint64 step = call.whole("step");
    if (shown->lastStep() >= step)
        return true;
    if (shown->isTraining() && m_context.live->status() == SessionStatus::Paused)
        throw error(tr("The training is paused at step %1.").arg(shown->lastStep()));
    // A stopped run keeps the weights of its last step.
    const std::vector<StoredFile> &stored = shown->lists().snapshots;
    const bool over = shown->isTraining() ? !m_context.live->active() : shown->lists().state == RunState::Stopped;
    const bool hasStep = !shown->folder().isEmpty() && (stored.empty() || stored.back().step >= step);
    if (over && !hasStep)
        throw error(tr("The run on screen ended at step %1.").arg(shown->lastStep()));
    return false;
}

bool Deeds::isStepShown(const CommandCall &call) const
{
    const auto &snapshot = m_context.workspace->snapshot();
    return m_context.shownRun->position() == call.whole("step") && snapshot && snapshot->step() == call.whole("step");
}

Panel *Deeds::panelOf(const CommandCall &call) const
{
    if (Panel *panel = m_window->docks()->panel(textOf(call, "panel")))
        return panel;
    QStringList all;
    for (const Panel *panel : m_window->docks()->panels())
        all += panel->id();
    throw error(
        tr("There is no panel “%1”; the panels are %2.").arg(textOf(call, "panel"), all.join(QStringLiteral(", "))));
}

void Deeds::checkFits(const Interventions &interventions) const
{
    const Snapshot &snapshot = *m_context.workspace->snapshot();
    const auto tokens = snapshot.vocabulary().encode(m_context.workspace->text().toStdString());
    interventions.check(snapshot.config(), static_cast<std::int64_t>(tokens.size()));
}

void Deeds::takePicture(const CommandCall &call)
{
    m_pictureFile = textOf(call, "file");
    m_picturePanel = call.has("panel") ? panelOf(call)->id() : QString();
    if (call.has("panel"))
        m_window->docks()->show(panelOf(call));
    m_quiet = 0;
    // Of a training that runs, the picture shows no older weights than those of now.
    m_context.feed->newest([this](const std::shared_ptr<const Snapshot> &) { m_look.start(); });
}

void Deeds::savePicture()
{
    const QList<Panel *> &panels = m_window->docks()->panels();
    const bool busy = m_context.feed->busy() || std::ranges::any_of(panels, [](const Panel *panel) {
                          return panel->isVisible() && panel->busy();
                      });
    m_quiet = busy ? 0 : m_quiet + 1;
    if (m_quiet < quietLooks)
        return;
    m_look.stop();
    QWidget *shown =
        m_picturePanel.isEmpty() ? static_cast<QWidget *>(m_window) : m_window->docks()->dock(m_picturePanel);
    if (shown->grab().save(m_pictureFile))
        m_since.pictureSaved = true;
    else
        m_since.problem = tr("The picture cannot be written to %1; it should be a .png in a folder that you may write "
                             "to, on a disk that is not full.")
                              .arg(m_pictureFile);
}

} // namespace samout
