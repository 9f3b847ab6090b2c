// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/tiny.h"
#include "ui/work/draw_budget.h"
#include "ui/work/live.h"

#include <QSignalSpy>
#include <QtTest>

using namespace samout;

/// The events of a session arrive on the GUI thread, all and in order, in few deliveries.
class LiveTest : public QObject {
    Q_OBJECT

private slots:
    void bringsEveryStepInOrder()
    {
        Live live;
        live.setInterval(200);
        QList<qint64> steps;
        int deliveries = 0;
        QStringList order;
        connect(&live, &Live::prepared, this, [&](const TrainingFacts &facts) {
            QVERIFY(facts.data);
            order += QStringLiteral("prepared");
        });
        connect(&live, &Live::stepped, this, [&](const QList<StepMetrics> &news) {
            ++deliveries;
            for (const StepMetrics &metrics : news)
                steps += metrics.step;
        });
        connect(&live, &Live::statusChanged, this, [&](SessionStatus status) {
            if (status == SessionStatus::Preparing)
                order += QStringLiteral("preparing");
            if (status == SessionStatus::Stopped)
                order += QStringLiteral("stopped after %1").arg(steps.size());
        });
        TrainingOptions options = tiny::training();
        options.steps = 300;
        live.training().send(StartTraining{.options = options});
        QTRY_COMPARE_WITH_TIMEOUT(live.status(), SessionStatus::Stopped, 60'000);
        QCOMPARE(order, QStringList({"preparing", "prepared", "stopped after 300"}));
        for (int i = 0; i < steps.size(); ++i)
            QCOMPARE(steps[i], i + 1);
        QVERIFY2(deliveries < 150, qPrintable(QStringLiteral("300 steps came in %1 deliveries").arg(deliveries)));
    }

    void showsPausingAtOnce()
    {
        Live live;
        TrainingOptions options = tiny::training();
        options.steps = 0;
        live.training().send(StartTraining{.options = options});
        QTRY_COMPARE_WITH_TIMEOUT(live.status(), SessionStatus::Running, 60'000);
        live.training().send(PauseTraining{});
        live.deliver();
        QVERIFY(live.status() == SessionStatus::Pausing || live.status() == SessionStatus::Paused);
        QTRY_COMPARE_WITH_TIMEOUT(live.status(), SessionStatus::Paused, 60'000);
    }

    void bringsFailuresAsSentences()
    {
        Live live;
        QSignalSpy status(&live, &Live::statusChanged);
        TrainingOptions options = tiny::training();
        options.data.source = "/there/is/no/such.txt";
        live.training().send(StartTraining{.options = options});
        QTRY_COMPARE_WITH_TIMEOUT(live.status(), SessionStatus::Failed, 60'000);
        QVERIFY(status.last()[1].toString().contains(QStringLiteral("such.txt")));
        options = tiny::training();
        options.steps = 2;
        live.training().send(StartTraining{.options = options});
        QTRY_COMPARE_WITH_TIMEOUT(live.status(), SessionStatus::Stopped, 60'000);
    }

    void whoDrawsLongIsToldSeldom()
    {
        Live live;
        DrawBudget budget(&live);
        constexpr double drawn = 10;
        int told = 0;
        connect(&live, &Live::stepped, this, [&] {
            ++told;
            for (const double begin = threadMilliseconds(); threadMilliseconds() < begin + drawn;)
                ;
        });
        live.training().send(StartTraining{.options = tiny::training(0)});
        QTRY_VERIFY_WITH_TIMEOUT(live.interval() > 0.9 * patience * drawn, 60'000);
        const int before = told;
        QTest::qWait(2000);
        QVERIFY(told - before <= 1 + 2000 / (0.9 * patience * drawn));
        live.training().send(StopTraining{});
        QTRY_COMPARE_WITH_TIMEOUT(live.status(), SessionStatus::Stopped, 60'000);
    }

    void bringsSnapshots()
    {
        Live live;
        std::shared_ptr<const Snapshot> taken;
        connect(&live, &Live::snapshotTaken, this,
                [&](const std::shared_ptr<const Snapshot> &snapshot) { taken = snapshot; });
        TrainingOptions options = tiny::training();
        options.steps = 5;
        live.training().send(StartTraining{.options = options});
        QTRY_COMPARE_WITH_TIMEOUT(live.status(), SessionStatus::Stopped, 60'000);
        live.training().send(WantSnapshot{});
        QTRY_VERIFY_WITH_TIMEOUT(taken, 60'000);
        QCOMPARE(taken->step(), 5);
    }
};

QTEST_MAIN(LiveTest)
#include "live_test.moc"
