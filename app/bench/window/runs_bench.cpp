// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/window/runs_bench.h"

#include "app/bench/store_bench.h"
#include "core/inspect/examination.h"
#include "core/runs/run_folder.h"
#include "ui/models/training_setup.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/main_window.h"
#include "ui/work/live.h"
#include "ui/work/shown_run.h"
#include "ui/work/snapshot_feed.h"
#include "ui/work/worker.h"

#include <QAction>
#include <QApplication>
#include <QTimer>

namespace samout {

namespace {

constexpr int moves = 100;
constexpr int openings = 3;
constexpr std::int64_t longSteps = 1'000'000;

} // namespace

RunsBench::RunsBench(MainWindow *window) : m_window(window), m_background(std::make_unique<WorkLane>(WorkKind::Short))
{
}

RunsBench::~RunsBench() = default;

void RunsBench::begin()
{
    m_window->context().setup->setOptions(articlePreset());
    connect(m_window->context().live, &Live::statusChanged, this, [this](SessionStatus status) {
        if (status == SessionStatus::Stopped)
            openArticle();
    });
    m_window->context().controls->start()->trigger();
}

void RunsBench::openArticle()
{
    ShownRun *run = m_window->context().shownRun;
    connect(m_window->context().feed, &SnapshotFeed::examined, this,
            [this](const std::shared_ptr<const Examination> &answer) {
                if (m_long || answer->snapshot->step() != m_wanted)
                    return;
                m_moved.push_back(secondsToPicture());
                m_wanted = -1;
                QTimer::singleShot(20, this, &RunsBench::move);
            });
    // By now everything is stored; the lists arrive with the next read of the run.
    connect(run, &ShownRun::stepped, this, [this] {
        if (!m_long || !m_since.isValid())
            return;
        m_opened.push_back(secondsToPicture());
        m_since.invalidate();
        if (m_opened.size() < openings)
            QTimer::singleShot(3000, this, &RunsBench::openLong);
        else
            emit done();
    });
    QTimer::singleShot(2500, this, &RunsBench::move);
}

void RunsBench::move()
{
    const auto &snapshots = m_window->context().shownRun->lists().snapshots;
    if (m_moves++ == moves || snapshots.size() < 3) {
        m_long = true;
        const auto folder = runsHome() / "long";
        return m_background->run([folder] { makeLongRun(folder, longSteps); }, [this](const QString &) { openLong(); });
    }
    // Jumps around, never to the step that is shown already.
    const qint64 step = snapshots[static_cast<std::size_t>(m_moves * 7) % snapshots.size()].step;
    if (step == m_window->context().shownRun->position())
        return move();
    m_wanted = step;
    m_since.start();
    m_window->context().shownRun->goTo(step);
}

void RunsBench::openLong()
{
    m_since.start();
    m_window->openPath(QString::fromStdString((runsHome() / "long").string()));
}

double RunsBench::secondsToPicture()
{
    QApplication::sendPostedEvents(m_window, QEvent::UpdateRequest);
    return static_cast<double>(m_since.nsecsElapsed()) * 1e-9;
}

std::vector<Finding> RunsBench::findings() const
{
    std::vector<Finding> found;
    if (!m_moved.empty())
        found.push_back({.name = "runs/to another step of Article, all panels",
                         .ours = timingsOf(m_moved),
                         .others = {},
                         .limit = 0.100});
    if (!m_opened.empty())
        found.push_back({.name = "runs/a million steps, to the first picture",
                         .ours = timingsOf(m_opened),
                         .others = {},
                         .limit = 1.0});
    return found;
}

} // namespace samout
