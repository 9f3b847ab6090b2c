// SPDX-License-Identifier: GPL-3.0-only
// The run on screen: live, stored, and written by another program.
#include "core/runs/run_folder.h"
#include "core/runs/run_writer.h"
#include "tests/support/listener.h"
#include "tests/support/tiny.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/timeline.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/main_window.h"
#include "ui/work/live.h"
#include "ui/work/shown_run.h"
#include "ui/work/snapshot_feed.h"

#include <QAction>
#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

using namespace samout;

namespace {

constexpr int patience = 60'000;

} // namespace

class ShownRunTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_home;
    QString at(const char *name) const { return m_home.filePath(QString::fromUtf8(name)); }

    static void train(const QString &folder, std::int64_t steps)
    {
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.options = tiny::training(steps), .plan = {.folder = folder.toStdString()}});
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
    }

    /// Collects the steps that a run shows.
    struct Steps {
        QList<qint64> steps;
        explicit Steps(ShownRun *run)
        {
            QObject::connect(run, &ShownRun::opened, run, [this] { steps.clear(); });
            QObject::connect(run, &ShownRun::stepped, run, [this](const QList<StepMetrics> &some) {
                for (const StepMetrics &metrics : some)
                    steps.append(metrics.step);
            });
        }
        bool are1To(qint64 last) const
        {
            for (qint64 i = 0; i < steps.size(); ++i)
                if (steps[i] != i + 1)
                    return false;
            return steps.size() == last;
        }
    };

private slots:
    void initTestCase() { qputenv("SAMOUT_RUNS", m_home.path().toUtf8()); }

    void opensAStoredRunAtItsEndAndMovesInIt()
    {
        train(at("stored"), 12);
        ShownRun run;
        Steps steps(&run);
        QSignalSpy loaded(&run, &ShownRun::snapshotLoaded);
        run.open(at("stored"));
        QTRY_VERIFY_WITH_TIMEOUT(steps.are1To(12), patience);
        QTRY_COMPARE_WITH_TIMEOUT(loaded.size(), 1, patience);
        const auto newest = [&] { return loaded.last()[0].value<std::shared_ptr<const Snapshot>>()->step(); };
        QCOMPARE(newest(), 12);
        QCOMPARE(run.position(), -1);
        run.goBy(-1);
        QCOMPARE(run.position(), run.lists().snapshots[run.lists().snapshots.size() - 2].step);
        run.goTo(3);
        QTRY_COMPARE_WITH_TIMEOUT(newest(), run.position(), patience);
        run.goTo(-100);
        QCOMPARE(run.position(), 0);
        QTRY_COMPARE_WITH_TIMEOUT(newest(), 0, patience);
        run.goToNewest();
        QTRY_COMPARE_WITH_TIMEOUT(newest(), 12, patience);
        QCOMPARE(run.sample()->step, 10);
    }

    void followsARunThatAnotherWrites()
    {
        train(at("watched"), 5);
        ShownRun run;
        Steps steps(&run);
        run.open(at("watched"));
        QTRY_VERIFY_WITH_TIMEOUT(steps.are1To(5), patience);
        RunWriter writer(at("watched").toStdString());
        StepMetrics metrics;
        metrics.alphas = metrics.layerGradientNorms = {0.5F, 0.5F};
        for (metrics.step = 6; metrics.step <= 9; ++metrics.step)
            writer.add(metrics);
        QTRY_VERIFY_WITH_TIMEOUT(steps.are1To(9), patience);
        QCOMPARE(run.lists().state, RunState::Running);
    }

    void aStepBetweenSnapshotsIsMadeAgainAndKept()
    {
        train(at("gaps"), 40);
        const Run stored(at("gaps").toStdString());
        std::int64_t missing = 1;
        while (std::ranges::any_of(stored.snapshots(), [&](const StoredFile &file) { return file.step == missing; }))
            ++missing;
        ShownRun run;
        QSignalSpy loaded(&run, &ShownRun::snapshotLoaded), progressed(&run, &ShownRun::rebuildProgressed);
        run.open(at("gaps"));
        QTRY_COMPARE_WITH_TIMEOUT(run.lastStep(), 40, patience);
        run.rebuild(missing);
        QTRY_COMPARE_WITH_TIMEOUT(run.position(), missing, patience);
        QCOMPARE(loaded.last()[0].value<std::shared_ptr<const Snapshot>>()->step(), missing);
        QVERIFY(progressed.size() > 2);
        QCOMPARE(stored.snapshot(missing)->step(), missing);
    }

    void oneLooksAtThePastWhileTheTrainingGoesOn()
    {
        Theme theme(ThemeChoice::Light);
        MainWindow window(&theme, nullptr);
        window.show();
        window.context().setup->setOptions(tiny::training(0));
        Steps steps(window.context().shownRun);
        const auto lookedAt = [&] {
            return window.context().workspace->snapshot() ? window.context().workspace->snapshot()->step() : -1;
        };
        window.context().controls->start()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(window.context().shownRun->lists().snapshots.size() > 3, patience);
        window.context().shownRun->goTo(2);
        const qint64 past = window.context().shownRun->position();
        QTRY_COMPARE_WITH_TIMEOUT(lookedAt(), past, patience);
        const auto then = steps.steps.size();
        QTRY_VERIFY_WITH_TIMEOUT(steps.steps.size() > then + 20, patience);
        QCOMPARE(lookedAt(), past);
        QVERIFY(window.windowTitle().contains(QStringLiteral("looking at step")));
        for (auto *button : window.findChildren<QToolButton *>())
            if (button->text() == QLatin1String("Newest (L)"))
                button->click();
        QTRY_VERIFY_WITH_TIMEOUT(lookedAt() > past, patience);
        QVERIFY(!window.context().feed->pinned());
        window.context().controls->stop()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(window.context().live->status(), SessionStatus::Stopped, patience);
        QVERIFY(steps.are1To(steps.steps.size()));

        // Another run, and back: every step of the training is there again.
        train(at("other"), 7);
        const qint64 made = steps.steps.size();
        window.openPath(at("other"));
        QTRY_VERIFY_WITH_TIMEOUT(steps.are1To(7), patience);
        window.context().shownRun->backToTraining();
        QTRY_VERIFY_WITH_TIMEOUT(steps.are1To(made), patience);
    }

    void goesOnWithAStoredRun()
    {
        train(at("more"), 6);
        Theme theme(ThemeChoice::Light);
        MainWindow window(&theme, nullptr);
        Steps steps(window.context().shownRun);
        window.context().controls->goOnWith(at("more"), 15);
        QTRY_VERIFY_WITH_TIMEOUT(steps.are1To(15), patience);
        QTRY_COMPARE_WITH_TIMEOUT(window.context().live->status(), SessionStatus::Stopped, patience);
        QCOMPARE(Run(at("more").toStdString()).lastStep(), 15);
    }

    void aDamagedRunIsTold()
    {
        QVERIFY(QDir().mkpath(at("damaged")));
        QFile file(at("damaged/run.db"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("nothing of the kind");
        file.close();
        ShownRun run;
        QSignalSpy told(&run, &ShownRun::problem), opened(&run, &ShownRun::opened);
        run.open(at("damaged"));
        QTRY_COMPARE_WITH_TIMEOUT(told.size(), 1, patience);
        QVERIFY(told[0][0].toString().contains(QStringLiteral("run.db")));
        QCOMPARE(opened.size(), 0);
    }
};

QTEST_MAIN(ShownRunTest)
#include "shown_run_test.moc"
