// SPDX-License-Identifier: GPL-3.0-only
#include "core/base/error.h"
#include "core/commands/command_table.h"
#include "core/runs/run_folder.h"
#include "ui/models/commands.h"
#include "ui/models/interventions_list.h"
#include "ui/models/workspace.h"
#include "ui/widgets/command_form.h"
#include "ui/widgets/command_palette.h"
#include "ui/widgets/text_bar.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/help.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"
#include "ui/window/run_actions.h"
#include "ui/work/live.h"
#include "ui/work/translated.h"

#include <QActionGroup>
#include <QApplication>
#include <QCursor>
#include <QDockWidget>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QUndoStack>

#include <algorithm>
#include <utility>

namespace samout {

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeEditMenu();
    makeTrainingMenu();
    makeViewMenu();
    makeHelpMenu();
}

void MainWindow::makeFileMenu()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    QAction *open =
        file->addAction(lineIcon(QStringLiteral("open")), tr("Open model…"), m_runs, &RunActions::askForModel);
    setCommand(open, "model.open");
    open->setShortcut(QKeySequence::Open);
    QAction *run = file->addAction(tr("Open run…"), m_runs, &RunActions::askForRun);
    setCommand(run, "run.show");
    run->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    QMenu *recent = file->addMenu(tr("Open recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] {
        recent->clear();
        const QStringList paths = m_runs->recent();
        for (const QString &path : paths) {
            QAction *entry =
                recent->addAction(QFileInfo(path).fileName(), m_runs, [this, path] { m_runs->open(path); });
            const std::string name = path.toStdString();
            isRunFolder(name) ? setCommand(entry, "run.show", {{"run", name}})
                              : setCommand(entry, "model.open", {{"file", name}});
        }
        if (paths.isEmpty())
            recent->addAction(tr("Nothing was opened yet."))->setEnabled(false);
    });
    QAction *save =
        file->addAction(lineIcon(QStringLiteral("save")), tr("Save snapshot…"), m_runs, &RunActions::askWhereToSave);
    setCommand(save, "snapshot.save");
    save->setShortcut(QKeySequence::Save);
    file->addSeparator();
    QAction *copy = file->addAction(tr("Copy what the panel shows"), this, &MainWindow::copyPanel);
    setCommand(copy, "panel.copy");
    copy->setShortcut(QKeySequence::Copy);
    file->addSeparator();
    QAction *quit = file->addAction(tr("Quit"), this, &QWidget::close);
    setCommand(quit, "window.quit");
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
}

void MainWindow::makeEditMenu()
{
    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    Workspace *workspace = m_context.workspace;
    InterventionsList *list = m_context.interventions;
    QUndoStack *stack = list->undoStack();
    QAction *undo = stack->createUndoAction(this, tr("Undo"));
    setCommand(undo, "intervention.undo");
    undo->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Z));
    QAction *redo = stack->createRedoAction(this, tr("Redo"));
    setCommand(redo, "intervention.redo");
    redo->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    edit->addActions({undo, redo});
    edit->addSeparator();
    QAction *side = edit->addAction(tr("Show as trained, as changed"), this, [workspace] {
        workspace->setSide(workspace->side() == Side::AsTrained ? Side::AsChanged : Side::AsTrained);
    });
    setCommand(side, "side.toggle");
    side->setShortcut(Qt::Key_D);
    QAction *clear = edit->addAction(tr("Clear the interventions"), list, &InterventionsList::clear);
    setCommand(clear, "intervention.clear");
    const auto enable = [workspace, list, side, clear] {
        side->setEnabled(!workspace->interventions().empty());
        clear->setEnabled(!list->entries().isEmpty());
    };
    connect(list, &InterventionsList::changed, this, enable);
    enable();
}

void MainWindow::makeTrainingMenu()
{
    const TrainingControls *controls = m_context.controls;
    Live *live = m_context.live;
    QMenu *training = menuBar()->addMenu(tr("&Training"));
    training->addActions({controls->start(), controls->pause(), controls->step(), controls->stop()});
    training->addSeparator();
    training->addAction(controls->toggle());
    QAction *checkpoint = training->addAction(tr("Keep a checkpoint"), this, [this, live] {
        live->training().send(TakeCheckpoint{});
        emit m_context.workspace->informed(tr("The run keeps a checkpoint of the step that runs now, for good."));
    });
    setCommand(checkpoint, "training.checkpoint");
    checkpoint->setEnabled(false);
    connect(live, &Live::statusChanged, checkpoint, [live, checkpoint] { checkpoint->setEnabled(live->active()); });
    training->addSeparator();
    for (const Panel *panel : m_docks->panels())
        training->addActions(panel->actions());
}

void MainWindow::makeViewMenu()
{
    QMenu *view = menuBar()->addMenu(tr("&View"));
    for (const Panel *panel : m_docks->panels()) {
        QAction *toggle = m_docks->dock(panel->id())->toggleViewAction();
        view->addAction(toggle);
        const auto name = [toggle, panel = panel->id().toStdString()] {
            setCommand(toggle, toggle->isChecked() ? "panel.hide" : "panel.show", {{"panel", panel}});
        };
        connect(toggle, &QAction::toggled, toggle, name);
        name();
    }
    QAction *layout = view->addAction(tr("Restore default layout"), m_docks, &PanelDocks::restoreDefault);
    setCommand(layout, "window.layout");
    view->addSeparator();
    QAction *text = view->addAction(tr("Type the text to look at"), m_text, &TextBar::focusText);
    setCommand(text, "text.type");
    text->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_L));
    m_backToLive = view->addAction(tr("Back to the live training"), this, &MainWindow::backToNewest);
    setCommand(m_backToLive, "step.newest");
    m_backToLive->setShortcut(Qt::Key_L);
    m_backToLive->setEnabled(false);
    view->addSeparator();
    makeThemeMenu(view);
    makeLanguageMenu(view);
}

void MainWindow::makeThemeMenu(QMenu *view)
{
    QMenu *menu = view->addMenu(tr("Theme"));
    auto *group = new QActionGroup(menu);
    struct Entry {
        ThemeChoice choice;
        const char *value;
        QString name;
    };
    const Entry entries[] = {{ThemeChoice::Desktop, "desktop", tr("As the desktop")},
                             {ThemeChoice::Light, "light", tr("Light")},
                             {ThemeChoice::Dark, "dark", tr("Dark")}};
    for (const auto &[choice, value, name] : entries) {
        QAction *action = group->addAction(menu->addAction(name));
        action->setCheckable(true);
        action->setChecked(m_theme->choice() == choice);
        setCommand(action, "window.theme", {{"value", value}});
        connect(action, &QAction::triggered, this, [this, choice = choice] {
            m_theme->choose(choice);
            if (m_settings)
                m_settings->setValue(QStringLiteral("theme"), static_cast<int>(choice));
        });
    }
}

void MainWindow::makeLanguageMenu(QMenu *view)
{
    QMenu *menu = view->addMenu(tr("Language"));
    auto *group = new QActionGroup(menu);
    const bool chinese = tr("en", "The language of this translation, as a code: en, zh") == QLatin1String("zh");
    for (const auto &[code, name] : {std::pair{QStringLiteral("en"), QStringLiteral("English")},
                                     std::pair{QStringLiteral("zh"), QStringLiteral("中文")}}) {
        QAction *action = group->addAction(menu->addAction(name));
        action->setCheckable(true);
        action->setChecked(chinese == (code == QLatin1String("zh")));
        setCommand(action, "window.language", {{"value", code.toStdString()}});
        connect(action, &QAction::triggered, this, [this, code = code] {
            if (m_settings)
                m_settings->setValue(QStringLiteral("language"), code);
            emit m_context.workspace->informed(tr("The language changes when the program starts the next time."));
        });
    }
}

void MainWindow::makeHelpMenu()
{
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    QAction *commands = help->addAction(tr("Find a command…"), this, &MainWindow::showPalette);
    setCommand(commands, "window.commands");
    commands->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_P));
    QAction *panel = help->addAction(tr("Explain the panel under the pointer"), this, &MainWindow::explainPanel);
    setCommand(panel, "help.panel");
    panel->setShortcut(QKeySequence::HelpContents);
    QAction *keys = help->addAction(tr("Keys"), this, [this] { showHelp(this, QStringLiteral("keys")); });
    setCommand(keys, "help.keys");
    help->addSeparator();
    QAction *about = help->addAction(tr("About SamOut Studio"), this, &MainWindow::showAbout);
    setCommand(about, "help.about");
}

Panel *MainWindow::panelUnderPointer() const
{
    Panel *panel = m_docks->panelOf(QApplication::widgetAt(QCursor::pos()));
    return panel ? panel : m_docks->panelOf(QApplication::focusWidget());
}

void MainWindow::copyPanel()
{
    if (Panel *panel = panelUnderPointer())
        panel->copyToClipboard();
}

void MainWindow::explainPanel()
{
    const Panel *panel = panelUnderPointer();
    showHelp(this, panel ? panel->id() : QString());
}

void MainWindow::showAbout()
{
    auto *box = new QMessageBox(this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIconPixmap(QIcon(QStringLiteral(":/icons/samout.svg")).pixmap(48, 48));
    box->setWindowTitle(tr("About SamOut Studio"));
    box->setText(
        tr("<b>SamOut Studio %1</b><p>Trains SamOut, a language model whose only memory is a running maximum, and "
           "shows "
           "what is inside.</p><p>With Qt %2, Qt Charts, QCustomPlot and LibTorch. Free software under the GNU General "
           "Public License, version 3.</p>")
            .arg(QStringLiteral(SAMOUT_VERSION), QString::fromLatin1(qVersion())));
    box->open();
}

void MainWindow::showPalette()
{
    auto *palette = new CommandPalette(m_commands, this);
    palette->setAttribute(Qt::WA_DeleteOnClose);
    connect(palette, &CommandPalette::chosen, this,
            [this](const QString &id) { askAndCarryOut(*findCommand(id.toStdString())); });
    palette->open();
}

/// Asks for the arguments if the command needs any.
void MainWindow::askAndCarryOut(const Command &command)
{
    const auto carryOut = [this](const CommandCall &call) {
        try {
            m_commands->carryOut(call);
        } catch (const Error &error) {
            emit m_context.workspace->failed(translated(error));
        }
    };
    if (std::ranges::none_of(command.arguments, &CommandArgument::needed))
        return carryOut({.id = command.id});
    auto *form = new CommandForm(command, this);
    form->setAttribute(Qt::WA_DeleteOnClose);
    connect(form, &CommandForm::filled, this, carryOut);
    form->open();
}

} // namespace samout
