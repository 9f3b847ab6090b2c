// SPDX-License-Identifier: GPL-3.0-only
#include "core/files/model_file.h"
#include "core/model/snapshot.h"
#include "core/runs/run_folder.h"
#include "ui/models/interventions_list.h"
#include "ui/models/workspace.h"
#include "ui/panels/change/changes_panel.h"
#include "ui/panels/change/edits_panel.h"
#include "ui/panels/examined_panel.h"
#include "ui/panels/inside/states_panel.h"
#include "ui/panels/runs/compare_panel.h"
#include "ui/panels/runs/runs_panel.h"
#include "ui/panels/watch/alpha_panel.h"
#include "ui/panels/watch/generate_panel.h"
#include "ui/panels/watch/loss_panel.h"
#include "ui/panels/watch/train_panel.h"
#include "ui/widgets/text_bar.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/help.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"
#include "ui/work/live.h"
#include "ui/work/snapshot_feed.h"
#include "ui/work/worker.h"

#include <QActionGroup>
#include <QApplication>
#include <QCursor>
#include <QDockWidget>
#include <QFileDialog>
#include <QMenuBar>
#include <QMessageBox>
#include <QSettings>
#include <QUndoStack>

#include <utility>

namespace samout {

void MainWindow::makeMenus()
{
    makeFileMenu();
    makeEditMenu();
    QMenu *training = menuBar()->addMenu(tr("&Training"));
    training->addActions({m_controls->start(), m_controls->pause(), m_controls->step(), m_controls->stop()});
    training->addSeparator();
    training->addAction(m_controls->toggle());
    QAction *checkpoint = training->addAction(tr("Keep a checkpoint"), this, [this] {
        m_live->training().send(TakeCheckpoint{});
        m_train->showInfo(tr("The run keeps a checkpoint of the step that runs now, for good."));
    });
    checkpoint->setEnabled(false);
    connect(m_live, &Live::statusChanged, checkpoint, [this, checkpoint] { checkpoint->setEnabled(m_live->active()); });
    training->addSeparator();
    training->addActions({m_generate->generateAction(), m_generate->stopAction()});
    makeViewMenu();
    makeHelpMenu();
}

void MainWindow::makeFileMenu()
{
    QMenu *file = menuBar()->addMenu(tr("&File"));
    QAction *open =
        file->addAction(lineIcon(QStringLiteral("open")), tr("Open model…"), this, &MainWindow::askForModel);
    open->setShortcut(QKeySequence::Open);
    QAction *run = file->addAction(tr("Open run…"), this, &MainWindow::askForRun);
    run->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O));
    QMenu *recent = file->addMenu(tr("Open recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { showRecent(recent); });
    QAction *save =
        file->addAction(lineIcon(QStringLiteral("save")), tr("Save snapshot…"), this, &MainWindow::askWhereToSave);
    save->setShortcut(QKeySequence::Save);
    file->addSeparator();
    QAction *copy = file->addAction(tr("Copy what the panel shows"), this, &MainWindow::copyPanel);
    copy->setShortcut(QKeySequence::Copy);
    file->addSeparator();
    QAction *quit = file->addAction(tr("Quit"), this, &QWidget::close);
    quit->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Q));
}

void MainWindow::makeEditMenu()
{
    QMenu *edit = menuBar()->addMenu(tr("&Edit"));
    QUndoStack *stack = m_interventions->undoStack();
    QAction *undo = stack->createUndoAction(this, tr("Undo"));
    undo->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Z));
    QAction *redo = stack->createRedoAction(this, tr("Redo"));
    redo->setShortcut(QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Z));
    edit->addActions({undo, redo});
    edit->addSeparator();
    QAction *side = edit->addAction(tr("Show as trained, as changed"), this, [this] {
        m_workspace->setSide(m_workspace->side() == Side::AsTrained ? Side::AsChanged : Side::AsTrained);
    });
    side->setShortcut(Qt::Key_D);
    QAction *clear = edit->addAction(tr("Clear the interventions"), m_interventions, &InterventionsList::clear);
    const auto enable = [this, side, clear] {
        side->setEnabled(!m_workspace->interventions().empty());
        clear->setEnabled(!m_interventions->entries().isEmpty());
    };
    connect(m_interventions, &InterventionsList::changed, this, enable);
    enable();
}

void MainWindow::makeViewMenu()
{
    QMenu *view = menuBar()->addMenu(tr("&View"));
    for (QDockWidget *dock : m_docks->all())
        view->addAction(dock->toggleViewAction());
    view->addAction(tr("Restore default layout"), m_docks, &PanelDocks::restoreDefault);
    view->addSeparator();
    QAction *text = view->addAction(tr("Type the text to look at"), m_text, &TextBar::focusText);
    text->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_L));
    m_backToLive = view->addAction(tr("Back to the live training"), this, &MainWindow::backToNewest);
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
    const std::pair<ThemeChoice, QString> choices[] = {{ThemeChoice::Desktop, tr("As the desktop")},
                                                       {ThemeChoice::Light, tr("Light")},
                                                       {ThemeChoice::Dark, tr("Dark")}};
    for (const auto &[choice, name] : choices) {
        QAction *action = group->addAction(menu->addAction(name));
        action->setCheckable(true);
        action->setChecked(m_theme->choice() == choice);
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
        connect(action, &QAction::triggered, this, [this, code = code] {
            if (m_settings)
                m_settings->setValue(QStringLiteral("language"), code);
            m_train->showInfo(tr("The language changes when the program starts the next time."));
        });
    }
}

void MainWindow::makeHelpMenu()
{
    QMenu *help = menuBar()->addMenu(tr("&Help"));
    QAction *panel = help->addAction(tr("Explain the panel under the pointer"), this, &MainWindow::explainPanel);
    panel->setShortcut(QKeySequence::HelpContents);
    help->addAction(tr("Keys"), this, [this] { showHelp(this, QStringLiteral("keys")); });
    help->addSeparator();
    help->addAction(tr("About SamOut Studio"), this, &MainWindow::showAbout);
}

void MainWindow::askForModel()
{
    auto *dialog = new QFileDialog(this, tr("Open a model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Models (*.safetensors *.pth *.pt)"));
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openPath);
    dialog->open();
}

void MainWindow::askForRun()
{
    auto *dialog = new QFileDialog(this, tr("Open a run"), QString::fromStdString(runsHome().string()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openPath);
    dialog->open();
}

void MainWindow::askWhereToSave()
{
    auto *dialog = new QFileDialog(this, tr("Save the newest weights"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Snapshot (*.safetensors)"), tr("PyTorch state_dict (*.pth)")});
    dialog->setDefaultSuffix(QStringLiteral("safetensors"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String(".pth")) ? QStringLiteral("pth")
                                                                        : QStringLiteral("safetensors"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::saveSnapshot);
    dialog->open();
}

void MainWindow::saveSnapshot(const QString &path)
{
    m_feed->newest([this, path](const std::shared_ptr<const Snapshot> &snapshot) {
        if (!snapshot)
            return showError(tr("Nothing was saved"),
                             tr("There are no weights yet. Start a training or open a model first."));
        m_background->run([snapshot, path] { saveModel(path.toStdString(), *snapshot); },
                          [this, snapshot, path](const QString &error) {
                              if (!error.isEmpty())
                                  return showError(tr("Nothing was saved"), error);
                              m_train->showInfo(
                                  tr("The weights of step %1 are in %2.").arg(snapshot->step()).arg(path));
                          });
    });
}

void MainWindow::showError(const QString &title, const QString &sentence)
{
    auto *box = new QMessageBox(QMessageBox::Warning, title, sentence, QMessageBox::Close, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->open();
}

QString MainWindow::panelUnderPointer() const
{
    const QDockWidget *dock = m_docks->dockOf(QApplication::widgetAt(QCursor::pos()));
    if (!dock)
        dock = m_docks->dockOf(QApplication::focusWidget());
    return dock ? dock->objectName() : QString();
}

void MainWindow::copyPanel()
{
    if (const QDockWidget *dock = m_docks->dock(panelUnderPointer()))
        QMetaObject::invokeMethod(dock->widget(), "copyToClipboard");
}

void MainWindow::explainPanel() { showHelp(this, panelUnderPointer()); }

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

} // namespace samout
