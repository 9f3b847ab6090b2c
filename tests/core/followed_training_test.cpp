// SPDX-License-Identifier: GPL-3.0-only
// A run that is followed while somebody else writes it.
#include "core/base/error.h"
#include "core/runs/followed_training.h"
#include "core/runs/run.h"
#include "core/runs/session.h"
#include "tests/support/listener.h"
#include "tests/support/tiny.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace samout;

class FollowedTrainingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void followsWhatAnotherSessionWrites()
    {
        QTemporaryDir home;
        const std::filesystem::path folder = home.filePath("run").toStdString();
        Listener writing, following;
        Session session(writing.onEvent());
        session.send(StartTraining{.options = tiny::training(0), .paused = true, .plan = {.folder = folder}});
        QVERIFY(writing.waitForStatus(SessionStatus::Paused));

        FollowedTraining followed(folder, following.onEvent());
        QVERIFY(following.waitForStatus(SessionStatus::Running));
        QCOMPARE(followed.status(), SessionStatus::Running);
        QCOMPARE(following.facts->config, writing.facts->config);
        QVERIFY(following.facts->run == folder);
        QCOMPARE(following.stepCount(), 0U);

        session.send(StepOnce{});
        QVERIFY(following.waitForSteps(1));
        QVERIFY(writing.waitForStatus(SessionStatus::Paused));
        session.send(Edit(SetLearningRate{0.01}));
        session.send(GoOn{});
        QVERIFY(following.waitForSteps(30));
        followed.send(WantSnapshot{});
        QVERIFY(following.waitFor([&] { return !following.snapshots.empty(); }));
        QVERIFY(following.snapshots.back()->step() >= 1);

        session.send(StopTraining{});
        QVERIFY(writing.waitForStatus(SessionStatus::Stopped));
        QVERIFY(following.waitForStatus(SessionStatus::Stopped));
        QCOMPARE(following.steps.size(), writing.steps.size());
        for (std::size_t i = 0; i < writing.steps.size(); ++i) {
            QCOMPARE(following.steps[i].step, writing.steps[i].step);
            QVERIFY(differenceOf(following.steps[i], writing.steps[i]).empty());
        }
        QCOMPARE(following.edits, writing.edits);
        QCOMPARE(following.edits.size(), 1U);
        QCOMPARE(following.statuses,
                 (std::vector{SessionStatus::Preparing, SessionStatus::Running, SessionStatus::Stopped}));

        // The run is trained further.
        const std::size_t stepsBefore = writing.steps.size();
        session.send(StartTraining{.plan = {.folder = folder, .resume = true, .steps = 0}});
        QVERIFY(following.waitForStatus(SessionStatus::Running));
        QVERIFY(following.waitForSteps(stepsBefore + 10));
        session.send(StopTraining{});
        QVERIFY(following.waitForStatus(SessionStatus::Stopped));
        for (std::size_t i = 0; i < following.steps.size(); ++i)
            QCOMPARE(following.steps[i].step, static_cast<std::int64_t>(i + 1));
    }

    void showsARunThatNobodyTrains()
    {
        QTemporaryDir home;
        const std::filesystem::path folder = home.filePath("run").toStdString();
        {
            Listener writing;
            Session session(writing.onEvent());
            session.send(StartTraining{.options = tiny::training(5), .plan = {.folder = folder}});
            QVERIFY(writing.waitForStatus(SessionStatus::Stopped));
        }
        Listener following;
        FollowedTraining followed(folder, following.onEvent());
        QVERIFY(following.waitForStatus(SessionStatus::Stopped));
        QCOMPARE(following.steps.size(), 5U);
        followed.send(WantSnapshot{});
        QVERIFY(following.waitFor([&] { return !following.snapshots.empty(); }));
        const auto stored = Run(folder).snapshot(5);
        QVERIFY(std::ranges::equal(following.snapshots.back()->weights(), stored->weights()));
    }

    void saysWhatItCannotDo()
    {
        QTemporaryDir home;
        const std::filesystem::path folder = home.filePath("run").toStdString();
        Listener writing, following;
        Session session(writing.onEvent());
        session.send(StartTraining{.options = tiny::training(0), .paused = true, .plan = {.folder = folder}});
        QVERIFY(writing.waitForStatus(SessionStatus::Paused));
        FollowedTraining followed(folder, following.onEvent());
        QVERIFY(following.waitForStatus(SessionStatus::Running));
        const std::vector<TrainingCommand> commands = {
            StartTraining{},  PauseTraining{},  GoOn{},
            StepOnce{},       StopTraining{},   Edit(SetSteps{9}),
            SetBreakpoints{}, TakeCheckpoint{}, KeepSnapshot{.run = folder, .step = 0, .snapshot = tiny::snapshot()}};
        for (const TrainingCommand &command : commands)
            followed.send(command);
        QVERIFY(following.waitFor([&] { return following.remarks.size() == commands.size(); }));
        QVERIFY(following.remarks.front().find(folder.string()) != std::string::npos);
        QCOMPARE(session.status(), SessionStatus::Paused);
        QCOMPARE(followed.status(), SessionStatus::Running);
        QVERIFY_THROWS_EXCEPTION(Error, followed.send(Edit(SetLearningRate{-1})));
    }

    void aRunThatCannotBeOpenedIsASentence()
    {
        Listener following;
        FollowedTraining followed("/nowhere/run", following.onEvent());
        QVERIFY(following.waitForStatus(SessionStatus::Failed));
        QVERIFY(following.reasons.back().find("/nowhere/run") != std::string::npos);
    }
};

QTEST_APPLESS_MAIN(FollowedTrainingTest)
#include "followed_training_test.moc"
