// SPDX-License-Identifier: GPL-3.0-only
// The training thread: it takes commands and sends events.
#include "core/base/error.h"
#include "core/files/model_file.h"
#include "core/runs/session.h"
#include "tests/support/listener.h"

#include <QTemporaryDir>
#include <QTest>

#include <fstream>
#include <thread>

using namespace samout;

namespace {

TrainingOptions smallOptions(std::int64_t steps)
{
    TrainingOptions options;
    options.data.batch = 4;
    options.data.sequenceLength = 12;
    options.hiddenSize = 12;
    options.numHeads = 3;
    options.numLayers = 2;
    options.steps = steps;
    options.device = "cpu";
    return options;
}

Edit rateOf(double rate) { return SetLearningRate{rate}; }

} // namespace

class SessionTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void trainsToTheEnd()
    {
        Listener listener;
        Session session(listener.events());
        QCOMPARE(session.status(), SessionStatus::Idle);
        session.start(smallOptions(7));
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        QCOMPARE(listener.steps.size(), 7U);
        for (std::size_t i = 0; i < 7; ++i) {
            QCOMPARE(listener.steps[i].step, static_cast<std::int64_t>(i + 1));
            QVERIFY(listener.steps[i].heldOutLoss.has_value());
            QVERIFY(listener.steps[i].seconds > 0);
            QCOMPARE(listener.steps[i].alphas.size(), 2U);
        }
        QCOMPARE(listener.statuses,
                 (std::vector{SessionStatus::Preparing, SessionStatus::Running, SessionStatus::Stopped}));
        QCOMPARE(listener.facts->config.vocabSize, 128);
        session.requestSnapshot();
        QVERIFY(listener.waitFor([&] { return listener.snapshots.size() == 1; }));
        QCOMPARE(listener.snapshots[0]->step(), 7);
    }

    void pausesStepsAndGoesOn()
    {
        Listener listener;
        Session session(listener.events());
        session.start(smallOptions(0), true);
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        QCOMPARE(listener.stepCount(), 0U);
        for (std::size_t i = 1; i <= 3; ++i) {
            session.stepOnce();
            QVERIFY(listener.waitFor(
                [&] { return listener.steps.size() == i && listener.statuses.back() == SessionStatus::Paused; }));
        }
        session.resume();
        QVERIFY(listener.waitForSteps(10));
        session.pause();
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        const auto atPause = listener.stepCount();
        session.requestSnapshot();
        QVERIFY(listener.waitFor([&] { return !listener.snapshots.empty(); }));
        QCOMPARE(listener.snapshots.back()->step(), static_cast<std::int64_t>(atPause));
        session.stop();
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        QCOMPARE(listener.stepCount(), atPause);
    }

    void pausingIsToldAtOnce()
    {
        Listener listener;
        Session session(listener.events());
        session.start(smallOptions(0));
        QVERIFY(listener.waitForSteps(2));
        session.pause();
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        QVERIFY(listener.waitFor(
            [&] { return listener.statuses[listener.statuses.size() - 2] == SessionStatus::Pausing; }));
    }

    void pausingChangesNoBits()
    {
        std::vector<double> straight, interrupted;
        for (auto *losses : {&straight, &interrupted}) {
            Listener listener;
            Session session(listener.events());
            session.start(smallOptions(12), losses == &interrupted);
            if (losses == &interrupted) {
                QVERIFY(listener.waitForStatus(SessionStatus::Paused));
                for (int i = 0; i < 5; ++i) {
                    session.stepOnce();
                    QVERIFY(listener.waitForSteps(static_cast<std::size_t>(i + 1)));
                    session.requestSnapshot();
                    QVERIFY(listener.waitForStatus(SessionStatus::Paused));
                }
                session.resume();
            }
            QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
            for (const auto &step : listener.steps)
                losses->push_back(step.loss);
        }
        QCOMPARE(straight, interrupted);
    }

    void learningRateChangesBetweenSteps()
    {
        Listener listener;
        Session session(listener.events());
        session.start(smallOptions(0), true);
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        session.stepOnce();
        QVERIFY(listener.waitForSteps(1));
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        session.apply(rateOf(0.25));
        session.stepOnce();
        QVERIFY(listener.waitForSteps(2));
        QCOMPARE(listener.steps[0].learningRate, 1e-3);
        QCOMPARE(listener.steps[1].learningRate, 0.25);
        QVERIFY_EXCEPTION_THROWN(session.apply(rateOf(0)), Error);
        QVERIFY_EXCEPTION_THROWN(session.apply(rateOf(NAN)), Error);
    }

    void notFinitePausesWithTheLastGoodWeights()
    {
        Listener listener;
        Session session(listener.events());
        TrainingOptions options = smallOptions(0);
        options.learningRate = 1e30;
        session.start(options);
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        const QString reason = QString::fromStdString(listener.reasons.back());
        QVERIFY2(reason.contains("was not made") && reason.contains("layer"), qPrintable(reason));
        session.requestSnapshot();
        QVERIFY(listener.waitFor([&] { return !listener.snapshots.empty(); }));
        const auto weights = listener.snapshots.back()->weights();
        QVERIFY(std::all_of(weights.begin(), weights.end(), [](float x) { return std::isfinite(x); }));
        QCOMPARE(listener.snapshots.back()->step(), listener.steps.back().stepsMade());
    }

    void lossThatIsNotFiniteIsToldToo()
    {
        QTemporaryDir folder;
        const auto path = folder.filePath("broken.safetensors").toStdString();
        const ModelConfig config{.vocabSize = 128, .hiddenSize = 4, .numHeads = 1, .numLayers = 1};
        std::vector<float> weights(static_cast<std::size_t>(arenaSize(config)), std::nanf(""));
        saveModel(path, Snapshot(config, Vocabulary::ofNumbers(128), 0, weights));
        Listener listener;
        Session session(listener.events());
        TrainingOptions options = smallOptions(0);
        options.init = path;
        session.start(options);
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        QCOMPARE(listener.stepCount(), 1U);
        QVERIFY(std::isnan(listener.steps[0].loss));
        QVERIFY(!listener.steps[0].made());
        QCOMPARE(listener.steps[0].stepsMade(), 0);
    }

    void stopTakesBackAStart()
    {
        Listener listener;
        Session session(listener.events());
        session.start(smallOptions(0));
        session.stop();
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
    }

    void failureIsASentenceAndItStartsAgain()
    {
        Listener listener;
        Session session(listener.events());
        TrainingOptions options = smallOptions(2);
        options.data.source = "/nowhere/text.txt";
        session.start(options);
        QVERIFY(listener.waitForStatus(SessionStatus::Failed));
        QVERIFY(listener.reasons.back().find("/nowhere/text.txt") != std::string::npos);
        session.start(smallOptions(2));
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        QCOMPARE(listener.steps.size(), 2U);
    }

    void newStartReplacesTheRunningOne()
    {
        Listener listener;
        Session session(listener.events());
        session.start(smallOptions(0));
        QVERIFY(listener.waitForSteps(2));
        session.start(smallOptions(3));
        QVERIFY(listener.waitFor(
            [&] { return listener.statuses.back() == SessionStatus::Stopped && listener.steps.back().step == 3; }));
    }

    void canBeDestroyedWhileItTrains()
    {
        Listener listener;
        {
            Session session(listener.events());
            session.start(smallOptions(0));
            QVERIFY(listener.waitForSteps(1));
        }
        QVERIFY(listener.stepCount() >= 1);
    }

    void commandsFromManyThreadsAreAllAnswered()
    {
        Listener listener;
        Session session(listener.events());
        session.start(smallOptions(0));
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&, i] {
                for (int k = 0; k < 50; ++k) {
                    switch ((i + k) % 5) {
                    case 0:
                        session.pause();
                        break;
                    case 1:
                        session.resume();
                        break;
                    case 2:
                        session.stepOnce();
                        break;
                    case 3:
                        session.requestSnapshot();
                        break;
                    default:
                        session.apply(rateOf(1e-3 + k * 1e-6));
                    }
                }
            });
        threads.clear();
        session.stop();
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        for (std::size_t i = 0; i < listener.steps.size(); ++i)
            QCOMPARE(listener.steps[i].step, static_cast<std::int64_t>(i + 1));
    }
};

QTEST_APPLESS_MAIN(SessionTest)
#include "session_test.moc"
