// SPDX-License-Identifier: GPL-3.0-only
#include "ui/window/run_actions.h"

#include "core/files/model_file.h"
#include "core/runs/open_model.h"
#include "core/runs/run.h"
#include "core/runs/run_folder.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/widgets/training_controls.h"
#include "ui/work/shown_run.h"
#include "ui/work/snapshot_feed.h"
#include "ui/work/worker.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QInputDialog>
#include <QLocale>
#include <QMessageBox>
#include <QSettings>

#include <algorithm>
#include <climits>

namespace samout {

namespace {

constexpr int mostRecent = 10;
const QString recentKey = QStringLiteral("recent");

} // namespace

RunActions::RunActions(const PanelContext &context, QSettings *settings, QWidget *window)
    : QObject(window), m_context(context), m_settings(settings), m_window(window),
      m_background(std::make_unique<WorkLane>(WorkKind::Short))
{
}

RunActions::~RunActions() = default;

void RunActions::open(const QString &path)
{
    const QFileInfo file(path);
    const QString folder = file.fileName() == QLatin1String("run.db") ? file.absolutePath() : path;
    if (!isRunFolder(folder.toStdString()))
        return openModelFile(path);
    remember(folder);
    ++m_openings;
    m_context.shownRun->open(folder);
}

void RunActions::openModelFile(const QString &path)
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
            emit modelOpened(*opened);
            m_context.workspace->nameSnapshot(*opened, QFileInfo(path).fileName());
            m_context.feed->pin(*opened);
            remember(path);
            emit m_context.workspace->informed(
                tr("The panels look at %1. Generate writes with it; press L to go back to the training.").arg(path));
        });
}

void RunActions::askForModel()
{
    auto *dialog = new QFileDialog(m_window, tr("Open a model"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilter(tr("Models (*.safetensors *.pth *.pt)"));
    connect(dialog, &QFileDialog::fileSelected, this, &RunActions::open);
    dialog->open();
}

void RunActions::askForRun()
{
    auto *dialog = new QFileDialog(m_window, tr("Open a run"), QString::fromStdString(runsHome().string()));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    connect(dialog, &QFileDialog::fileSelected, this, &RunActions::open);
    dialog->open();
}

QStringList RunActions::recent() const
{
    return m_settings ? m_settings->value(recentKey).toStringList() : QStringList();
}

void RunActions::remember(const QString &path)
{
    if (!m_settings)
        return;
    QStringList paths = recent();
    const QString whole = QFileInfo(path).absoluteFilePath();
    paths.removeAll(whole);
    paths.prepend(whole);
    m_settings->setValue(recentKey, paths.mid(0, mostRecent));
}

void RunActions::askWhereToSave()
{
    auto *dialog = new QFileDialog(m_window, tr("Save the newest weights"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Snapshot (*.safetensors)"), tr("PyTorch state_dict (*.pth)")});
    dialog->setDefaultSuffix(QStringLiteral("safetensors"));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString &filter) {
        dialog->setDefaultSuffix(filter.contains(QLatin1String(".pth")) ? QStringLiteral("pth")
                                                                        : QStringLiteral("safetensors"));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &RunActions::save);
    dialog->open();
}

void RunActions::save(const QString &path)
{
    m_context.feed->newest([this, path](const std::shared_ptr<const Snapshot> &snapshot) {
        if (!snapshot)
            return showError(tr("Nothing was saved"),
                             tr("There are no weights yet. Start a training or open a model first."));
        m_background->run([snapshot, path] { saveModel(path.toStdString(), *snapshot); },
                          [this, snapshot, path](const QString &error) {
                              if (!error.isEmpty())
                                  return showError(tr("Nothing was saved"), error);
                              emit saved();
                              emit m_context.workspace->informed(
                                  tr("The weights of step %1 are in %2.").arg(snapshot->step()).arg(path));
                          });
    });
}

void RunActions::showError(const QString &title, const QString &sentence)
{
    emit failed(sentence);
    auto *box = new QMessageBox(QMessageBox::Warning, title, sentence, QMessageBox::Close, m_window);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    box->open();
}

void RunActions::goOnWith(const QString &folder)
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
                emit m_context.workspace->failed(error);
            else if (found->steps == 0 || found->last < found->steps)
                m_context.controls->goOnWith(folder, std::nullopt);
            else
                askForGoal(folder, found->last, found->steps);
        });
}

/// Asks how far a run should go on that has reached its last step.
void RunActions::askForGoal(const QString &folder, std::int64_t last, std::int64_t steps)
{
    auto *dialog = new QInputDialog(m_window);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Go on"));
    dialog->setLabelText(
        tr("This run has reached its %1 steps. Go on to step:").arg(QLocale().toString(static_cast<qlonglong>(steps))));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setIntRange(static_cast<int>(std::min<std::int64_t>(last + 1, INT_MAX)), INT_MAX);
    dialog->setIntValue(static_cast<int>(std::min<std::int64_t>(last + steps, INT_MAX)));
    connect(dialog, &QInputDialog::intValueSelected, this,
            [this, folder](int goal) { m_context.controls->goOnWith(folder, goal); });
    dialog->open();
}

void RunActions::goOnFromHere()
{
    TrainingOptions options = m_context.setup->options();
    const QString file = QString::fromStdString(
        snapshotPath(m_context.shownRun->folder().toStdString(), m_context.shownRun->position()).string());
    if (!QFileInfo::exists(file))
        return emit m_context.workspace->failed(
            tr("The run has no snapshot of this step; a double-click on the timeline makes one."));
    options.init = file.toStdString();
    m_context.controls->startWith(options);
}

void RunActions::compareWithThis()
{
    const auto &snapshot = m_context.workspace->snapshot();
    if (snapshot)
        m_context.workspace->compareWith(snapshot, QFileInfo(m_context.shownRun->folder()).fileName());
}

void RunActions::compareRuns(const QStringList &folders)
{
    struct Found {
        std::vector<ComparedRun> runs;
        std::shared_ptr<const Snapshot> second;
        QString name;
    };
    auto found = std::make_shared<Found>();
    open(folders.first());
    m_background->run(
        [found, folders] {
            for (const QString &folder : folders.mid(1)) {
                const Run run(folder.toStdString());
                found->runs.push_back({.name = QString::fromStdString(run.facts().name), .steps = run.metrics()});
                if (!found->second && !run.snapshots().empty()) {
                    found->second = run.snapshot(run.snapshots().back().step);
                    found->name = found->runs.back().name;
                }
            }
        },
        [this, found](const QString &error) {
            if (!error.isEmpty())
                return emit m_context.workspace->failed(error);
            m_context.workspace->setComparedRuns(std::move(found->runs));
            m_context.workspace->compareWith(found->second, found->name);
        });
}

} // namespace samout
