// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/tiny.h"

#include "core/files/model_file.h"
#include "ui/models/commands.h"
#include "ui/models/interventions_list.h"
#include "ui/models/training_setup.h"
#include "ui/models/workspace.h"
#include "ui/panels/change/breakpoints_panel.h"
#include "ui/panels/examined_panel.h"
#include "ui/panels/inside/alike_panel.h"
#include "ui/panels/inside/memory_panel.h"
#include "ui/panels/inside/states_panel.h"
#include "ui/panels/runs/compare_panel.h"
#include "ui/panels/watch/generate_panel.h"
#include "ui/panels/watch/train_panel.h"
#include "ui/widgets/sampling_form.h"
#include "ui/widgets/side_chooser.h"
#include "ui/widgets/state_editor.h"
#include "ui/widgets/text_bar.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/training_controls.h"
#include "ui/window/grab.h"
#include "ui/window/main_window.h"
#include "ui/window/panel_docks.h"
#include "ui/work/live.h"
#include "ui/work/snapshot_feed.h"

#include <QAction>
#include <QDir>
#include <QDockWidget>
#include <QElapsedTimer>
#include <QFile>
#include <QLineEdit>
#include <QMessageBox>
#include <QSettings>
#include <QSignalSpy>
#include <QStringList>
#include <QTemporaryDir>
#include <QTimer>
#include <QtTest>

#include <algorithm>

using namespace samout;

/// The whole window with a tiny network, used as a person uses it, from Start to Stop.
class MainWindowTest : public QObject {
    Q_OBJECT

private:
    Theme theme{ThemeChoice::Light};

    std::unique_ptr<MainWindow> newWindow(QSettings *settings = nullptr)
    {
        auto window = std::make_unique<MainWindow>(&theme, settings);
        window->context().setup->setOptions(tiny::training());
        window->resize(1280, 800);
        window->show();
        return window;
    }

    static void wait(MainWindow &window, SessionStatus status)
    {
        QTRY_COMPARE_WITH_TIMEOUT(window.context().live->status(), status, 60'000);
    }

    /// `seen` gets every examination from now on; when this returns, it is the one of step 5.
    void trainFiveSteps(MainWindow &window, std::shared_ptr<const Examination> &seen)
    {
        TrainingOptions options = tiny::training();
        options.steps = 5;
        window.context().setup->setOptions(options);
        connect(window.context().feed, &SnapshotFeed::examined, this,
                [&seen](const std::shared_ptr<const Examination> &answer) { seen = answer; });
        window.context().controls->start()->trigger();
        wait(window, SessionStatus::Stopped);
        QTRY_VERIFY_WITH_TIMEOUT(seen && seen->snapshot->step() == 5, 60'000);
    }

private slots:
    /// Before a training, while nothing computes: the GUI thread, the training's, and two that read files. Qt's threads
    /// for drawing end by themselves when the window rests.
    void startsFewThreads()
    {
        auto window = newWindow();
        QStringList names;
        const auto list = [&names] {
            names.clear();
            const QDir tasks(QStringLiteral("/proc/self/task"));
            for (const QString &task : tasks.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
                QFile comm(tasks.filePath(task + QStringLiteral("/comm")));
                if (comm.open(QIODevice::ReadOnly))
                    names += QString::fromUtf8(comm.readAll()).trimmed();
            }
            for (const char *other : {"Thread (pooled)", "QtTest Watchdog"})
                names.removeAll(QString::fromLatin1(other));
            return names.size();
        };
        for (int i = 0; i < 20; ++i) {
            QTest::qWait(50);
            QVERIFY2(list() <= 4, qPrintable(names.join(QStringLiteral(", "))));
        }
    }

    void trainsPausesStepsStops()
    {
        auto window = newWindow();
        QCOMPARE(window->windowTitle(), QStringLiteral("SamOut Studio"));
        TrainingControls *controls = window->context().controls;
        QVERIFY(!controls->pause()->isEnabled() && !controls->stop()->isEnabled());
        controls->start()->trigger();
        wait(*window, SessionStatus::Running);
        QVERIFY(!controls->start()->isEnabled());
        controls->pause()->trigger();
        wait(*window, SessionStatus::Paused);
        qint64 step = 0;
        connect(window->context().live, &Live::stepped, this,
                [&](const QList<StepMetrics> &steps) { step = steps.last().step; });
        controls->step()->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(step > 0, 60'000);
        wait(*window, SessionStatus::Paused);
        const qint64 before = step;
        controls->step()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(step, before + 1, 60'000);
        wait(*window, SessionStatus::Paused);
        QCOMPARE(window->windowTitle(), QStringLiteral("SamOut Studio: paused at step %1").arg(step));
        controls->stop()->trigger();
        wait(*window, SessionStatus::Stopped);
        QVERIFY(controls->start()->isEnabled());
    }

    /// Newer weights come all the time, but do not start the examination again.
    void aLongTextIsReadToItsEndWhileTraining()
    {
        auto window = newWindow();
        window->context().setup->setOptions(tiny::training(0)); // until it is stopped
        window->context().controls->start()->trigger();
        wait(*window, SessionStatus::Running);
        QSignalSpy asked(window->context().feed, &SnapshotFeed::lengthAsked);
        window->context().workspace->setText(QStringLiteral("the quick brown fox ").repeated(30'000));
        QTRY_VERIFY_WITH_TIMEOUT(!asked.isEmpty(), 60'000);
        std::shared_ptr<const Examination> read;
        connect(window->context().feed, &SnapshotFeed::examined, this,
                [&](const std::shared_ptr<const Examination> &answer) { read = answer->every > 1 ? answer : read; });
        window->context().feed->allowLength();
        QTRY_VERIFY_WITH_TIMEOUT(read, 60'000);
        QCOMPARE(window->context().live->status(), SessionStatus::Running);
        QCOMPARE(read->length, 600'000);
        window->context().controls->stop()->trigger();
        wait(*window, SessionStatus::Stopped);
    }

    void stepBeginsATraining()
    {
        auto window = newWindow();
        QSignalSpy stepped(window->context().live, &Live::stepped);
        window->context().controls->step()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(stepped.count(), 1, 60'000);
        wait(*window, SessionStatus::Paused);
        QCOMPARE(window->windowTitle(), QStringLiteral("SamOut Studio: paused at step 1"));
    }

    void panelsSeeTheLastSnapshot()
    {
        auto window = newWindow();
        qint64 seen = -1;
        connect(window->context().feed, &SnapshotFeed::examined, this,
                [&](const std::shared_ptr<const Examination> &answer) {
                    seen = answer->snapshot->step();
                    QVERIFY(!answer->sites.empty());
                    QVERIFY(!answer->shares.empty());
                });
        TrainingOptions options = tiny::training();
        options.steps = 30;
        window->context().setup->setOptions(options);
        window->context().controls->start()->trigger();
        wait(*window, SessionStatus::Stopped);
        QTRY_COMPARE_WITH_TIMEOUT(seen, 30, 60'000);
        QVERIFY(!window->context().workspace->text().isEmpty());
        QVERIFY(!window->findChild<StatesPanel *>()->isEmpty());
    }

    void changesReachEveryPanelAndAreUndone()
    {
        auto window = newWindow();
        std::shared_ptr<const Examination> seen;
        trainFiveSteps(*window, seen);
        const std::vector<float> trained = seen->logits.values;
        auto *states = window->findChild<StatesPanel *>();
        auto *sides = window->findChild<TextBar *>()->findChild<SideChooser *>();
        QVERIFY(!sides->isVisible() && states->note().isEmpty());

        window->context().workspace->setLayer(0);
        window->context().workspace->setCursor(1, 2);
        states->editState(StatesPanel::Reach::Cell);
        QTest::keyClicks(states->editor(), QStringLiteral("9"));
        QTest::keyClick(states->editor(), Qt::Key_Return);
        QCOMPARE(window->context().workspace->interventions().states.size(), 1U);
        QTRY_VERIFY_WITH_TIMEOUT(!seen->interventions.empty(), 60'000);
        QVERIFY(seen->logits.values != trained);
        QVERIFY(sides->isVisible());
        QCOMPARE(states->note(), QStringLiteral("as changed"));

        window->setFocus();
        QTest::keyClick(window.get(), Qt::Key_D);
        QCOMPARE(window->context().workspace->side(), Side::AsTrained);
        QTRY_VERIFY_WITH_TIMEOUT(seen->interventions.empty(), 60'000);
        QVERIFY(seen->logits.values == trained);
        QTest::keyClick(window.get(), Qt::Key_D);
        QTRY_VERIFY_WITH_TIMEOUT(!seen->interventions.empty(), 60'000);
        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier);
        QVERIFY(window->context().workspace->interventions().empty());
        QTRY_VERIFY_WITH_TIMEOUT(seen->interventions.empty(), 60'000);
        QVERIFY(seen->logits.values == trained);
        QVERIFY(!sides->isVisible() && states->note().isEmpty());
        QTest::keyClick(window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(window->context().workspace->interventions().states.size(), 1U);
    }

    /// Compares the whole screen, and every number behind it.
    void changesThatAreOffAgainLeaveTheSameBits()
    {
        auto window = newWindow();
        std::shared_ptr<const Examination> seen;
        trainFiveSteps(*window, seen);
        window->context().workspace->setLayer(1);

        struct Look {
            QList<std::shared_ptr<const Examination>> answers;
            QStringList tables;
            QString text;
        };
        QSignalSpy finished(window->findChild<GeneratePanel *>(), &GeneratePanel::finished);
        window->findChild<GeneratePanel *>()->sampling()->setLength(40);
        const auto look = [&] {
            Look found;
            for (const char *name : {"states", "memory", "microscope", "reading", "surprise"}) {
                QDockWidget *dock = window->docks()->dock(QLatin1String(name));
                dock->raise();
                if (!QTest::qWaitFor([&] { return dock->widget()->isVisible(); }, 60'000))
                    qFatal("%s is not seen", name);
                seen.reset();
                window->context().feed->look();
                if (!QTest::qWaitFor([&] { return seen != nullptr; }, 60'000))
                    qFatal("%s is not answered", name);
                const Panel *panel = window->docks()->panel(QLatin1String(name));
                const auto *memory = qobject_cast<const MemoryPanel *>(panel);
                if (memory && !QTest::qWaitFor([&] { return memory->hasInfluence(); }, 60'000))
                    qFatal("the influence is not measured");
                found.answers << seen;
                found.tables << panel->table();
            }
            finished.clear();
            window->findChild<GeneratePanel *>()->generateAction()->trigger();
            if (!QTest::qWaitFor([&] { return !finished.isEmpty(); }, 60'000))
                qFatal("nothing is written");
            found.text = window->findChild<GeneratePanel *>()->text();
            return found;
        };
        const auto same = [](const Look &a, const Look &b) {
            return std::ranges::equal(a.answers, b.answers, [](const auto &one, const auto &other) {
                return one->logits.values == other->logits.values && one->shares == other->shares &&
                       std::ranges::equal(
                           one->sites, other->sites,
                           [](const SiteGrid &x, const SiteGrid &y) { return x.values.values == y.values.values; }) &&
                       std::ranges::equal(one->winners, other->winners, [](const Winners &x, const Winners &y) {
                           return x.winner == y.winner && x.since == y.since;
                       });
            });
        };
        const Look before = look();
        for (const QString &table : before.tables)
            QVERIFY(table.size() > 100);

        InterventionsList *list = window->context().interventions;
        list->silenceHead(0, 1, true);
        list->silenceMixer(1, true);
        list->silenceFeedForward(0, true);
        list->setAlpha(1, 0.9F);
        list->setStates({{.layer = 0, .position = 1, .channel = 2, .values = {9}}});
        const Look changed = look();
        QVERIFY(changed.answers.last()->interventions == window->context().workspace->interventions());
        QVERIFY(!same(changed, before));
        for (qsizetype i = 0; i < before.tables.size(); ++i)
            QVERIFY(changed.tables[i] != before.tables[i]);
        QVERIFY(changed.text != before.text);

        for (int row = 0; row < list->rowCount(); ++row)
            QVERIFY(list->setData(list->index(row), Qt::Unchecked, Qt::CheckStateRole));
        QCOMPARE(list->rowCount(), 5);
        const Look off = look();
        QVERIFY(off.answers.last()->interventions.empty());
        QVERIFY(same(off, before));
        QCOMPARE(off.tables, before.tables);
        QCOMPARE(off.text, before.text);

        for (int row = 0; row < list->rowCount(); ++row)
            list->setOn(row, true);
        const Look again = look();
        QVERIFY(same(again, changed));
        QCOMPARE(again.tables, changed.tables);
        QCOMPARE(again.text, changed.text);
        list->clear();
        const Look cleared = look();
        QVERIFY(same(cleared, before));
        QCOMPARE(cleared.tables, before.tables);
        QCOMPARE(cleared.text, before.text);
    }

    void nobodyLooksNothingIsTaken()
    {
        auto window = newWindow();
        for (const Panel *panel : window->docks()->panels())
            window->docks()->dock(panel->id())->hide();
        QSignalSpy taken(window->context().live, &Live::snapshotTaken);
        QSignalSpy examined(window->context().feed, &SnapshotFeed::examined);
        TrainingOptions options = tiny::training();
        options.steps = 100;
        window->context().setup->setOptions(options);
        window->context().controls->start()->trigger();
        wait(*window, SessionStatus::Stopped);
        QCOMPARE(examined.count(), 0);
        QVERIFY(taken.count() <= 1); // the first snapshot, which says that there are weights at all
    }

    void aPanelBehindAnotherAsksNothing()
    {
        auto window = newWindow();
        QDockWidget *memory = window->docks()->dock(QStringLiteral("memory"));
        QDockWidget *states = window->docks()->dock(QStringLiteral("states"));
        QTRY_VERIFY(states->widget()->isVisible() && !memory->widget()->isVisible());
        memory->raise();
        QTRY_VERIFY(!states->widget()->isVisible() && memory->widget()->isVisible());
        states->raise();
        QTRY_VERIFY(states->widget()->isVisible() && !memory->widget()->isVisible());
    }

    void generatesWhileTraining()
    {
        auto window = newWindow();
        window->context().controls->start()->trigger();
        wait(*window, SessionStatus::Running);
        GeneratePanel *panel = window->findChild<GeneratePanel *>();
        panel->sampling()->setLength(60);
        QSignalSpy finished(panel, &GeneratePanel::finished);
        panel->generateAction()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
        QVERIFY2(finished[0][0].toBool(), qPrintable(panel->status()));
        QCOMPARE(window->context().live->status(), SessionStatus::Running);
        QVERIFY(panel->status().startsWith(QStringLiteral("From step ")));
    }

    void errorsAreSentencesInTheWindow()
    {
        auto window = newWindow();
        window->context().setup->setSource(QStringLiteral("/there/is/no/novel.txt"));
        window->context().controls->start()->trigger();
        wait(*window, SessionStatus::Failed);
        QVERIFY2(window->findChild<TrainPanel *>()->message().contains(QStringLiteral("novel.txt")),
                 qPrintable(window->findChild<TrainPanel *>()->message()));
        QVERIFY(window->findChild<TextBar *>()->line().contains(QStringLiteral("novel.txt")));
        window->context().setup->setSource(QStringLiteral("sentences"));
        window->context().controls->start()->trigger();
        wait(*window, SessionStatus::Running);
        QVERIFY(window->findChild<TrainPanel *>()->message().isEmpty());
    }

    void opensAModelAndGoesBack()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("fox.safetensors"));
        saveModel(path.toStdString(), *tiny::snapshot());
        auto window = newWindow();
        QSignalSpy examined(window->context().feed, &SnapshotFeed::examined);
        window->openPath(path);
        QTRY_VERIFY_WITH_TIMEOUT(examined.count() > 0, 60'000);
        QVERIFY(window->windowTitle().contains(QStringLiteral("fox.safetensors")));
        QCOMPARE(window->context().workspace->snapshot()->step(), 3);
        QCOMPARE(window->context().workspace->snapshotName(), QStringLiteral("fox.safetensors"));
        QSignalSpy finished(window->findChild<GeneratePanel *>(), &GeneratePanel::finished);
        window->findChild<GeneratePanel *>()->sampling()->setLength(20);
        window->findChild<GeneratePanel *>()->generateAction()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
        window->context().feed->backToLive();
        QCOMPARE(window->windowTitle(), QStringLiteral("SamOut Studio"));

        window->openPath(folder.filePath(QStringLiteral("missing.safetensors")));
        QTRY_VERIFY_WITH_TIMEOUT(window->findChild<QMessageBox *>(), 60'000);
        QVERIFY(window->findChild<QMessageBox *>()->text().contains(QStringLiteral("missing.safetensors")));
    }

    void typedTextIsExamined()
    {
        auto window = newWindow();
        window->context().controls->step()->trigger();
        wait(*window, SessionStatus::Paused);
        std::shared_ptr<const Examination> last;
        connect(window->context().feed, &SnapshotFeed::examined, this,
                [&](const std::shared_ptr<const Examination> &answer) { last = answer; });
        auto *edit = window->findChild<TextBar *>()->findChild<QLineEdit *>();
        edit->selectAll();
        QTest::keyClicks(edit, QStringLiteral("the cat"));
        QTRY_VERIFY_WITH_TIMEOUT(last && last->tokens.size() == 7, 60'000);
        QTest::keyClick(window.get(), Qt::Key_Home);
        QTest::keyClick(window.get(), Qt::Key_Right);
        QCOMPARE(window->context().workspace->cursorToken(), 1);
        QTest::keyClick(window.get(), Qt::Key_End);
        QTest::keyClick(window.get(), Qt::Key_Right);
        QCOMPARE(window->context().workspace->cursorToken(), 6);
        QTest::keyClick(window.get(), Qt::Key_Up);
        QCOMPARE(window->context().workspace->layer(), 1);
        QTest::keyClick(window.get(), Qt::Key_Up);
        QCOMPARE(window->context().workspace->layer(), 1);
    }

    void keysAreLettersInTextFields()
    {
        auto window = newWindow();
        QVERIFY(QTest::qWaitForWindowActive(window.get()));
        auto *edit = window->findChild<TextBar *>()->findChild<QLineEdit *>();
        edit->setFocus();
        QTest::keyClicks(edit, QStringLiteral("s l s"));
        QCOMPARE(edit->text(), QStringLiteral("s l s"));
        QCOMPARE(window->context().live->status(), SessionStatus::Idle);
        window->setFocus();
        QTest::keyClick(window.get(), Qt::Key_Space);
        wait(*window, SessionStatus::Running);
        QTest::keyClick(window.get(), Qt::Key_Space);
        wait(*window, SessionStatus::Paused);
    }

    void layoutIsKept()
    {
        QTemporaryDir folder;
        QSettings settings(folder.filePath(QStringLiteral("studio.ini")), QSettings::IniFormat);
        auto window = newWindow(&settings);
        QTest::qWait(50);
        for (const Panel *panel : window->docks()->panels())
            QVERIFY2(window->docks()->dock(panel->id())->isVisible(), qPrintable(panel->id()));
        window->docks()->dock(QStringLiteral("loss"))->hide();
        window->close();
        auto again = newWindow(&settings);
        QVERIFY(!again->docks()->dock(QStringLiteral("loss"))->isVisible());
        QVERIFY(again->docks()->dock(QStringLiteral("states"))->isVisible());
        again->docks()->restoreDefault();
        QVERIFY(again->docks()->dock(QStringLiteral("loss"))->isVisible());
    }

    void closesWithoutWaiting()
    {
        auto window = newWindow();
        QSignalSpy closed(window.get(), &MainWindow::closed);
        window->context().controls->start()->trigger();
        wait(*window, SessionStatus::Running);
        window->close();
        QVERIFY(!window->isVisible());
        QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, 60'000);
        QCOMPARE(window->context().live->status(), SessionStatus::Stopped);
    }

    /// Measured while Article trains on all cores. On a busy machine the GUI thread may have to wait for a processor;
    /// one quiet round of five shows that it waits for nothing else.
    void guiThreadNeverWaitsLong()
    {
        auto window = newWindow();
        window->context().setup->choosePreset(QStringLiteral("article"));
        TrainingOptions options = window->context().setup->options();
        options.steps = 0;
        options.threads = 0;
        window->context().setup->setOptions(options);
        QSignalSpy stepped(window->context().live, &Live::stepped);
        window->context().controls->start()->trigger();
        wait(*window, SessionStatus::Running);
        QTRY_VERIFY_WITH_TIMEOUT(stepped.count() > 0, 120'000);
        QElapsedTimer beat;
        qint64 longest = 0;
        QTimer heart;
        connect(&heart, &QTimer::timeout, this, [&] { longest = std::max(longest, beat.restart()); });
        beat.start();
        heart.start(5);
        for (int round = 0; round < 5; ++round) {
            longest = 0;
            stepped.clear();
            beat.restart();
            QTRY_VERIFY_WITH_TIMEOUT(stepped.count() >= 3, 120'000);
            qInfo("the longest wait of the GUI thread was %lld ms", static_cast<long long>(longest));
            // Steps take longer than this; `samout bench panels` measures the waits.
            if (longest <= 500)
                return;
        }
        QFAIL(qPrintable(QStringLiteral("the GUI thread waited %1 ms").arg(longest)));
    }

    void grabsPictures()
    {
        QTemporaryDir folder;
        auto window = newWindow();
        TrainingOptions options = tiny::training();
        options.steps = 10;
        window->context().setup->setOptions(options);
        CommandRunner runner(window->commands(), grabCommands(*window->docks(), folder.path(), options.steps));
        QSignalSpy finished(&runner, &CommandRunner::finished), failed(&runner, &CommandRunner::failed);
        runner.begin();
        QTRY_VERIFY_WITH_TIMEOUT(finished.count() + failed.count() > 0, 300'000);
        QCOMPARE(failed.isEmpty() ? QString() : failed[0][0].toString(), QString());
        for (const char *name : {"window", "train", "loss", "states", "alpha", "generate"}) {
            const QImage picture(folder.filePath(QStringLiteral("%1.png").arg(QLatin1String(name))));
            QVERIFY2(!picture.isNull(), name);
        }
        QCOMPARE(QImage(folder.filePath(QStringLiteral("window.png"))).size(), QSize(1280, 800));
        // The panels were in use, and the network is as trained again.
        QVERIFY(!window->findChild<ComparePanel *>()->isEmpty());
        QVERIFY(window->findChild<AlikePanel *>()->answer());
        QCOMPARE(window->findChild<BreakpointsPanel *>()->active().size(), 1U);
        QVERIFY(window->context().workspace->interventions().empty());
    }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
