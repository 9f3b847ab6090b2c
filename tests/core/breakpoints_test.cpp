// SPDX-License-Identifier: GPL-3.0-only
// The steps at which a training pauses by itself.
#include "core/base/error.h"
#include "core/compute/threads.h"
#include "core/inspect/examination.h"
#include "core/runs/run.h"
#include "core/runs/run_folder.h"
#include "core/runs/session.h"
#include "core/runs/stored_training.h"
#include "core/train/breakpoints.h"
#include "core/train/trainer.h"
#include "tests/support/listener.h"
#include "tests/support/tiny.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <filesystem>

using namespace samout;

namespace {

using Kind = Breakpoint::Kind;

StepMetrics step(std::int64_t number, double norm = 1, std::vector<float> alphas = {0.5F, 0.5F})
{
    StepMetrics metrics;
    metrics.step = number;
    metrics.loss = 1;
    metrics.gradientNorm = norm;
    metrics.layerGradientNorms = {0.25F, 0.75F};
    metrics.alphas = std::move(alphas);
    return metrics;
}

StepMetrics measured(std::int64_t number, double heldOut)
{
    StepMetrics metrics = step(number);
    metrics.heldOutLoss = heldOut;
    return metrics;
}

BreakpointWatch watching(const Breakpoint &breakpoint)
{
    BreakpointWatch watch;
    watch.set({breakpoint});
    return watch;
}

std::string sentenceOf(const std::string &text)
{
    try {
        parseBreakpoint(text);
    } catch (const Error &error) {
        return error.what();
    }
    return {};
}

} // namespace

class BreakpointsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { computeOnThreads(1); }

    void aStep()
    {
        auto watch = watching({.kind = Kind::Step, .value = 3});
        QVERIFY(watch.after(step(2)).empty());
        const auto hits = watch.after(step(3));
        QCOMPARE(hits.size(), 1U);
        QCOMPARE(hits[0].step, 3);
        QCOMPARE(hits[0].layer, -1);
        QCOMPARE(hits[0].sentence.english(), std::string("Breakpoint: step 3 is made."));
        QVERIFY(watch.after(step(4)).empty());
    }

    void aGradientBreaksWhenItBecomesLarge()
    {
        auto watch = watching({.kind = Kind::Gradient, .value = 10});
        QVERIFY(watch.after(step(119, 10)).empty());
        const auto hits = watch.after(step(120, 14.2));
        QCOMPARE(hits.size(), 1U);
        QCOMPARE(hits[0].layer, 1);
        QCOMPARE(hits[0].sentence.english(),
                 std::string("Breakpoint: the gradient norm of step 120 is 14.2, above 10; the largest part of a "
                             "layer in it is that of layer 1."));
        QVERIFY(watch.after(step(121, 15)).empty()); // still above
        QVERIFY(watch.after(step(122, 9)).empty());
        QCOMPARE(watch.after(step(123, 11)).size(), 1U);
    }

    void theHeldOutLossRisesInARow()
    {
        auto watch = watching({.kind = Kind::HeldOut, .value = 2});
        QVERIFY(watch.after(measured(5, 3)).empty());
        QVERIFY(watch.after(measured(10, 3.5)).empty());
        QVERIFY(watch.after(measured(15, 3.4)).empty());
        QVERIFY(watch.after(measured(20, 3.6)).empty());
        QVERIFY(watch.after(step(21)).empty()); // not measured
        const auto hits = watch.after(measured(25, 3.7));
        QCOMPARE(hits.size(), 1U);
        QCOMPARE(hits[0].sentence.english(),
                 std::string("Breakpoint: the held-out loss rose 2 times in a row; after step 25 it is 3.7."));
        QVERIFY(watch.after(measured(30, 3.8)).empty());
        QVERIFY(watch.after(measured(35, 3.8)).empty()); // no rise
        QVERIFY(watch.after(measured(40, NAN)).empty());
    }

    void anAlphaCrosses()
    {
        auto watch = watching({.kind = Kind::Alpha, .value = 0.4, .layer = 1});
        QVERIFY(watch.after(step(1, 1, {0.3F, 0.5F})).empty());
        QVERIFY(watch.after(step(2, 1, {0.5F, 0.45F})).empty()); // the other layer
        const auto hits = watch.after(step(3, 1, {0.5F, 0.35F}));
        QCOMPARE(hits.size(), 1U);
        QCOMPARE(hits[0].layer, 1);
        QCOMPARE(hits[0].sentence.english(),
                 std::string("Breakpoint: the alpha of layer 1 went from 0.45 to 0.35 in step 3, across 0.4."));
        QVERIFY(watch.after(step(4, 1, {0.5F, 0.3F})).empty());
        watch.set({{.kind = Kind::Alpha, .value = 0.4, .layer = 1}});
        QCOMPARE(watch.after(step(5, 1, {0.5F, 0.41F})).size(), 1U);  // crosses back
        watch.set({{.kind = Kind::Alpha, .value = 0.4, .layer = 7}}); // no such layer
        QVERIFY(watch.after(step(6)).empty());
    }

    void statesChangeRarely()
    {
        auto watch = watching({.kind = Kind::Changes, .value = 0.5});
        QVERIFY(watch.wantsStateChanges(20));
        QVERIFY(!watch.wantsStateChanges(21));
        QVERIFY(!watching({.kind = Kind::Step, .value = 1}).wantsStateChanges(20));
        QVERIFY(watch.after(step(20), {0.9F, 0.51F}).empty());
        QVERIFY(watch.after(step(21)).empty());
        const auto hits = watch.after(step(40), {0.9F, 0.4F});
        QCOMPARE(hits.size(), 1U);
        QCOMPARE(hits[0].layer, 1);
        QCOMPARE(hits[0].sentence.english(),
                 std::string("Breakpoint: after step 40 the states of layer 1 change 0.4 times as "
                             "often as 1/(t+1), more rarely than 0.5."));
    }

    void settingOthersKeepsWhatWasSeen()
    {
        auto watch = watching({.kind = Kind::Gradient, .value = 10});
        QCOMPARE(watch.after(step(1, 20)).size(), 1U);
        watch.set({{.kind = Kind::Step, .value = 9}, {.kind = Kind::Gradient, .value = 10}});
        QVERIFY(watch.after(step(2, 20)).empty());
        watch.set({{.kind = Kind::Gradient, .value = 11}});
        QCOMPARE(watch.after(step(3, 20)).size(), 1U);
        watch.restart();
        QCOMPARE(watch.after(step(1, 20)).size(), 1U);
    }

    void textsReadBack()
    {
        for (const char *text : {"step=100", "held-out=3", "alpha.1=0.4", "gradient=10", "changes=0.5"})
            QCOMPARE(breakpointText(parseBreakpoint(text)), std::string(text));
        QCOMPARE(parseBreakpoint("alpha.3=-0.25").layer, 3);
        for (const char *text : {"", "=", "step", "step=x", "step=1x", "alpha=0.4", "alpha.x=0.4", "loss=3"})
            QVERIFY2(sentenceOf(text).find("is no breakpoint; it should be step=N") != std::string::npos, text);
        for (const char *text : {"step=0", "step=1.5", "held-out=0", "gradient=0", "gradient=nan", "gradient=inf",
                                 "changes=-1", "alpha.0=nan", "alpha.-1=0.5"})
            QVERIFY2(!sentenceOf(text).empty(), text);
    }

    void stateChangesAreCounted()
    {
        TrainingOptions options = tiny::training();
        options.data.seed = options.seed;
        const auto data = openDataset(options.data);
        const Trainer trainer(options, data);
        const auto rates = trainer.stateChanges(3);
        QCOMPARE(rates.size(), 2U);
        // The slow way: the states of each text on its own, compared one by one.
        const Batch &batch = data->heldOut();
        const auto snapshot = trainer.snapshot();
        for (int layer = 0; layer < 2; ++layer) {
            double changes = 0, expected = 0;
            for (std::int64_t text = 0; text < 3; ++text) {
                Question question;
                question.snapshot = snapshot;
                question.tokens.assign(batch.inputs.begin() + text * batch.time,
                                       batch.inputs.begin() + (text + 1) * batch.time);
                question.layers = {layer};
                question.sites = {Site::State};
                const auto answer = examine(question);
                const Grid &states = *answer->find(layer, Site::State);
                for (int t = 1; t < batch.time; ++t) {
                    if (question.tokens[static_cast<std::size_t>(t)] == *usualSpecialTokens.padding)
                        continue;
                    expected += 1.0 / (t + 1);
                    for (int channel = 0; channel < 12; ++channel)
                        changes += (states.at(t, channel) > states.at(t - 1, channel)) / 12.0;
                }
            }
            QVERIFY2(std::abs(rates[static_cast<std::size_t>(layer)] - changes / expected) < 1e-4,
                     std::to_string(changes / expected).c_str());
        }
    }

    void aSessionPausesAndGoesOn()
    {
        Listener listener;
        Session session(listener.onEvent());
        session.send(
            SetBreakpoints{.breakpoints = {{.kind = Kind::Step, .value = 4}, {.kind = Kind::Gradient, .value = 1e-9}}});
        session.send(StartTraining{.options = tiny::training(12)});
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        QCOMPARE(listener.stepCount(), 1U);
        QCOMPARE(listener.hits.size(), 1U);
        QCOMPARE(listener.hits[0].breakpoint->kind, Kind::Gradient);
        QCOMPARE(listener.reasons.back(), listener.hits[0].sentence.english());
        session.send(GoOn{});
        QVERIFY(listener.waitFor([&] { return listener.hits.size() == 2; }));
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        QCOMPARE(listener.stepCount(), 4U);
        QCOMPARE(listener.reasons.back(), std::string("Breakpoint: step 4 is made."));
        session.send(SetBreakpoints{.breakpoints = {{.kind = Kind::Step, .value = 6}}});
        session.send(GoOn{});
        QVERIFY(listener.waitFor([&] { return listener.hits.size() == 3; }));
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        QCOMPARE(listener.stepCount(), 6U);
        session.send(SetBreakpoints{});
        session.send(GoOn{});
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        QCOMPARE(listener.steps.size(), 12U);
        QCOMPARE(listener.hits.size(), 3U);
        QVERIFY_THROWS_EXCEPTION(Error,
                                 session.send(SetBreakpoints{.breakpoints = {{.kind = Kind::Gradient, .value = -1}}}));
    }

    void breakpointsChangeNoNumber()
    {
        std::vector<double> plain, broken;
        for (auto *losses : {&plain, &broken}) {
            Listener listener;
            Session session(listener.onEvent());
            if (losses == &broken)
                session.send(SetBreakpoints{.breakpoints = {{.kind = Kind::Changes, .value = 1000}}});
            session.send(StartTraining{.options = tiny::training(30)});
            if (losses == &broken) {
                QVERIFY(listener.waitForStatus(SessionStatus::Paused));
                QCOMPARE(listener.stepCount(), 20U);
                QVERIFY(listener.hits[0].layer >= 0);
                session.send(GoOn{});
            }
            QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
            for (const StepMetrics &metrics : listener.steps)
                losses->push_back(metrics.loss);
        }
        QCOMPARE(plain.size(), 30U);
        QCOMPARE(plain, broken);
    }

    void aStepThatIsNotFiniteIsPassedOverWhereThatIsWanted()
    {
        QTemporaryDir home;
        const std::string folder = home.filePath(QStringLiteral("run")).toStdString();
        {
            Listener listener;
            Session session(listener.onEvent());
            session.send(SetBreakpoints{.breakpoints = {{.kind = Kind::Step, .value = 3}}, .atNotFinite = false});
            session.send(StartTraining{.options = tiny::training(12), .plan = {.folder = folder}});
            QVERIFY(listener.waitForStatus(SessionStatus::Paused));
            // With this alpha no number is finite.
            session.send(Edit(HoldAlpha{.layer = 0, .alpha = 3e38}));
            session.send(SetBreakpoints{.breakpoints = {{.kind = Kind::Step, .value = 6}}, .atNotFinite = false});
            session.send(GoOn{});
            QVERIFY(listener.waitFor([&] { return listener.hits.size() == 2; }));
            QVERIFY(listener.waitForStatus(SessionStatus::Paused));
            QCOMPARE(listener.stepCount(), 6U);
            QCOMPARE(listener.remarks.size(), 1U); // one remark for three rejected steps in a row
            QVERIFY(listener.remarks[0].starts_with("Step 4 was not made"));
            session.send(Edit(HoldAlpha{.layer = 0, .alpha = 0.5}));
            session.send(GoOn{});
            QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
            QCOMPARE(listener.stepCount(), 12U);
            QCOMPARE(listener.hits.size(), 2U);
            for (const StepMetrics &metrics : listener.steps) {
                QCOMPARE(metrics.made(), metrics.step < 4 || metrics.step > 6);
                QCOMPARE(metrics.stepsMade(), metrics.step);
            }
        }
        const Run run(folder);
        const auto before = run.snapshot(3), after = run.snapshot(6);
        int changed = 0;
        for (std::size_t i = 0; i < before->weights().size(); ++i)
            changed += before->weights()[i] != after->weights()[i];
        QCOMPARE(changed, 1); // the alpha
        QVERIFY(std::isnan(run.metrics(4, 1).front().loss));
        QVERIFY(std::isnan(run.metrics(4, 1).front().gradientNorm));

        QVERIFY(run.passedOver() == (std::set<std::int64_t>{4, 5, 6}));

        // Replay makes the stored run again to the same bits, also if a breakpoint was met at a rejected step.
        const ReplayResult result = replay(run);
        QVERIFY2(!result.firstDifference, result.what.english().c_str());
        QCOMPARE(result.steps, 12);
        QVERIFY(std::ranges::equal(rebuildSnapshot(run, 7)->weights(), run.snapshot(7)->weights()));
        for (const StoredFile &checkpoint : run.checkpoints()) // as if the run had been killed
            std::filesystem::remove(checkpointPath(run.folder(), checkpoint.step));
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.plan = {.folder = folder, .resume = true, .steps = 14}});
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        QCOMPARE(listener.stepCount(), 14U);
        QVERIFY(listener.hits.empty());
        for (const std::string &remark : listener.remarks)
            QVERIFY2(remark.find("differs") == remark.npos && remark.find("passed") == remark.npos, remark.c_str());
    }

    void aStoredStepIsPassedOverOnlyWhereItWas()
    {
        const TrainingOptions options = tiny::training(0);
        Trainer trainer(options, openDataset(options.data));
        trainer.step();
        trainer.apply(HoldAlpha{.layer = 0, .alpha = 3e38});
        QVERIFY_THROWS_EXCEPTION(NotFinite, trainer.stepAgain(false));
        QCOMPARE(trainer.stepsDone(), 1);
        trainer.stepAgain(true);
        QCOMPARE(trainer.stepsDone(), 2);
    }

    void aGradientThatIsNotFiniteIsPassedOverToo()
    {
        const TrainingOptions options = tiny::training(0);
        Trainer trainer(options, openDataset(options.data));
        trainer.step();
        const auto before = trainer.checkpoint();
        StepMetrics attempt = step(2, INFINITY);
        attempt.again = true;
        const StepMetrics metrics = trainer.passOver(NotFinite(Text(), attempt, 0));
        QVERIFY(!metrics.again);
        QCOMPARE(metrics.gradientNorm, double(INFINITY));
        QCOMPARE(trainer.stepsDone(), 2);
        const auto after = trainer.checkpoint();
        QCOMPARE(after->snapshot->step(), 2);
        QVERIFY(std::ranges::equal(after->snapshot->weights(), before->snapshot->weights()));
        QCOMPARE(after->firstMoment, before->firstMoment);
        // Like a training that goes on from its checkpoint.
        Trainer other(options, openDataset(options.data));
        other.restore(*after);
        QCOMPARE(differenceOf(other.step(), trainer.step()), Text());
        QVERIFY(std::ranges::equal(other.snapshot()->weights(), trainer.snapshot()->weights()));
    }

    void aLossThatIsNotFiniteBreaks()
    {
        Listener listener;
        Session session(listener.onEvent());
        TrainingOptions options = tiny::training(0);
        options.learningRate = 1e30;
        session.send(StartTraining{.options = options});
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        QCOMPARE(listener.hits.size(), 1U);
        QVERIFY(!listener.hits[0].breakpoint);
        QVERIFY(listener.hits[0].layer >= 0);
        QVERIFY(listener.hits[0].sentence.english().find("in layer " + std::to_string(listener.hits[0].layer)) !=
                std::string::npos);
    }
};

QTEST_GUILESS_MAIN(BreakpointsTest)
#include "breakpoints_test.moc"
