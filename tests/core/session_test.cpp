// SPDX-License-Identifier: GPL-3.0-only
// The training thread: it takes commands and sends events.
#include "core/base/error.h"
#include "core/files/model_file.h"
#include "core/runs/session.h"
#include "tests/support/listener.h"

#include <QTemporaryDir>
#include <QTest>

#include <chrono>
#include <fstream>
#include <future>
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
        Session session(listener.onEvent());
        QCOMPARE(session.status(), SessionStatus::Idle);
        session.send(StartTraining{.options = smallOptions(7)});
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
        session.send(WantSnapshot{});
        QVERIFY(listener.waitFor([&] { return listener.snapshots.size() == 1; }));
        QCOMPARE(listener.snapshots[0]->step(), 7);
    }

    void pausesStepsAndGoesOn()
    {
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.options = smallOptions(0), .paused = true});
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        QCOMPARE(listener.stepCount(), 0U);
        for (std::size_t i = 1; i <= 3; ++i) {
            session.send(StepOnce{});
            QVERIFY(listener.waitFor(
                [&] { return listener.steps.size() == i && listener.statuses.back() == SessionStatus::Paused; }));
        }
        session.send(GoOn{});
        QVERIFY(listener.waitForSteps(10));
        session.send(PauseTraining{});
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        const auto atPause = listener.stepCount();
        session.send(WantSnapshot{});
        QVERIFY(listener.waitFor([&] { return !listener.snapshots.empty(); }));
        QCOMPARE(listener.snapshots.back()->step(), static_cast<std::int64_t>(atPause));
        session.send(StopTraining{});
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        QCOMPARE(listener.stepCount(), atPause);
    }

    void pausingIsToldAtOnce()
    {
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.options = smallOptions(0)});
        QVERIFY(listener.waitForSteps(2));
        session.send(PauseTraining{});
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        QVERIFY(listener.waitFor(
            [&] { return listener.statuses[listener.statuses.size() - 2] == SessionStatus::Pausing; }));
    }

    void pausingChangesNoBits()
    {
        std::vector<double> straight, interrupted;
        for (auto *losses : {&straight, &interrupted}) {
            Listener listener;
            Session session(listener.onEvent());
            session.send(StartTraining{.options = smallOptions(12), .paused = losses == &interrupted});
            if (losses == &interrupted) {
                QVERIFY(listener.waitForStatus(SessionStatus::Paused));
                for (int i = 0; i < 5; ++i) {
                    session.send(StepOnce{});
                    QVERIFY(listener.waitForSteps(static_cast<std::size_t>(i + 1)));
                    session.send(WantSnapshot{});
                    QVERIFY(listener.waitForStatus(SessionStatus::Paused));
                }
                session.send(GoOn{});
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
        Session session(listener.onEvent());
        session.send(StartTraining{.options = smallOptions(0), .paused = true});
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        session.send(StepOnce{});
        QVERIFY(listener.waitForSteps(1));
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        session.send(rateOf(0.25));
        session.send(StepOnce{});
        QVERIFY(listener.waitForSteps(2));
        QCOMPARE(listener.steps[0].learningRate, 1e-3);
        QCOMPARE(listener.steps[1].learningRate, 0.25);
        QVERIFY_THROWS_EXCEPTION(Error, session.send(rateOf(0)));
        QVERIFY_THROWS_EXCEPTION(Error, session.send(rateOf(NAN)));
    }

    void notFinitePausesWithTheLastGoodWeights()
    {
        Listener listener;
        Session session(listener.onEvent());
        TrainingOptions options = smallOptions(0);
        options.learningRate = 1e30;
        session.send(StartTraining{.options = options});
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        const QString reason = QString::fromStdString(listener.reasons.back());
        QVERIFY2(reason.contains("was not made") && reason.contains("layer"), qPrintable(reason));
        session.send(WantSnapshot{});
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
        Session session(listener.onEvent());
        TrainingOptions options = smallOptions(0);
        options.init = path;
        session.send(StartTraining{.options = options});
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        QCOMPARE(listener.stepCount(), 1U);
        QVERIFY(std::isnan(listener.steps[0].loss));
        QVERIFY(!listener.steps[0].made());
        QCOMPARE(listener.steps[0].stepsMade(), 0);
    }

    void stopTakesBackAStart()
    {
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.options = smallOptions(0)});
        session.send(StopTraining{});
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
    }

    void failureIsASentenceAndItStartsAgain()
    {
        Listener listener;
        Session session(listener.onEvent());
        TrainingOptions options = smallOptions(2);
        options.data.source = "/nowhere/text.txt";
        session.send(StartTraining{.options = options});
        QVERIFY(listener.waitForStatus(SessionStatus::Failed));
        QVERIFY(listener.reasons.back().find("/nowhere/text.txt") != std::string::npos);
        session.send(StartTraining{.options = smallOptions(2)});
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        QCOMPARE(listener.steps.size(), 2U);
    }

    void newStartReplacesTheRunningOne()
    {
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.options = smallOptions(0)});
        QVERIFY(listener.waitForSteps(2));
        session.send(StartTraining{.options = smallOptions(3)});
        QVERIFY(listener.waitFor(
            [&] { return listener.statuses.back() == SessionStatus::Stopped && listener.steps.back().step == 3; }));
    }

    void canBeDestroyedWhileItTrains()
    {
        Listener listener;
        {
            Session session(listener.onEvent());
            session.send(StartTraining{.options = smallOptions(0)});
            QVERIFY(listener.waitForSteps(1));
        }
        QVERIFY(listener.stepCount() >= 1);
    }

    void commandsFromManyThreadsAreAllAnswered()
    {
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.options = smallOptions(0)});
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i)
            threads.emplace_back([&, i] {
                for (int k = 0; k < 50; ++k) {
                    switch ((i + k) % 5) {
                    case 0:
                        session.send(PauseTraining{});
                        break;
                    case 1:
                        session.send(GoOn{});
                        break;
                    case 2:
                        session.send(StepOnce{});
                        break;
                    case 3:
                        session.send(WantSnapshot{});
                        break;
                    default:
                        session.send(rateOf(1e-3 + k * 1e-6));
                    }
                }
            });
        threads.clear();
        session.send(StopTraining{});
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        for (std::size_t i = 0; i < listener.steps.size(); ++i)
            QCOMPARE(listener.steps[i].step, static_cast<std::int64_t>(i + 1));
        // Statuses come in the order in which they changed, from whichever thread.
        for (std::size_t i = 1; i < listener.statuses.size(); ++i) {
            QVERIFY(listener.statuses[i] != listener.statuses[i - 1]);
            if (listener.statuses[i] == SessionStatus::Pausing)
                QCOMPARE(listener.statuses[i - 1], SessionStatus::Running);
        }
    }

    void noCommandWaitsForTheTrainingThread()
    {
        constexpr std::chrono::seconds hung{60};
        Listener listener;
        std::promise<void> isHeldUp, goesOn;
        Session session([&, forward = listener.onEvent(), wasHeldUp = false](TrainingEvent event) mutable {
            const bool isEdit = std::holds_alternative<AppliedEdit>(event);
            forward(std::move(event));
            if (isEdit && !std::exchange(wasHeldUp, true)) {
                isHeldUp.set_value();
                goesOn.get_future().wait();
            }
        });
        session.send(StartTraining{.options = smallOptions(0), .paused = true});
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        session.send(rateOf(0.5));
        QVERIFY(isHeldUp.get_future().wait_for(hung) == std::future_status::ready);
        auto commands = std::async(std::launch::async, [&] {
            session.send(GoOn{});
            session.send(PauseTraining{});
            session.send(StepOnce{});
            session.send(rateOf(0.25));
            session.send(SetBreakpoints{});
            session.send(TakeCheckpoint{});
            session.send(WantSnapshot{});
            session.send(StopTraining{});
            return session.status();
        });
        const bool returned = commands.wait_for(hung) == std::future_status::ready;
        goesOn.set_value();
        QVERIFY(returned);
        QCOMPARE(commands.get(), SessionStatus::Stopping);
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        // They are carried out then, in their order.
        QCOMPARE(listener.edits.size(), 2U);
        QCOMPARE(listener.snapshots.size(), 1U);
        QCOMPARE(listener.stepCount(), 0U);
        QCOMPARE(listener.statuses,
                 (std::vector{SessionStatus::Preparing, SessionStatus::Paused, SessionStatus::Running,
                              SessionStatus::Pausing, SessionStatus::Stopping, SessionStatus::Stopped}));
    }
};

QTEST_APPLESS_MAIN(SessionTest)
#include "session_test.moc"
