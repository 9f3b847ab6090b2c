// SPDX-License-Identifier: GPL-3.0-only
// Edits of a running training: which numbers move, which stay, and whether the run can be replayed.
#include "core/base/error.h"
#include "core/base/random.h"
#include "core/compute/threads.h"
#include "core/runs/run.h"
#include "core/runs/session.h"
#include "core/runs/stored_training.h"
#include "core/train/edit_text.h"
#include "core/train/trainer.h"
#include "tests/support/listener.h"
#include "tests/support/tiny.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace samout;

namespace {

namespace fs = std::filesystem;

Edit edit(const std::string &kind, const std::string &value) { return parseEdit(kind, value); }

std::unique_ptr<Trainer> newTrainer(TrainingOptions options = tiny::training())
{
    options.dropout = 0.1;
    options.weightDecay = 0.01; // moves even weights without a gradient
    options.data.seed = options.seed;
    return std::make_unique<Trainer>(options, openDataset(options.data));
}

void train(Trainer &trainer, int steps)
{
    for (int i = 0; i < steps; ++i)
        trainer.step();
}

/// The places of a head in the arena, counted row by row from the published matrix.
std::set<std::int64_t> placesOfHead(const ModelConfig &config, int layer, int head)
{
    std::set<std::int64_t> places;
    for (const Parameter &parameter : parameterLayout(config))
        if (parameter.name == "decoder_layers." + std::to_string(layer) + ".self_attention.combined.weight")
            for (std::int64_t row = 0; row < 4 * config.hiddenSize; ++row)
                for (std::int64_t column = 0; column < config.hiddenSize; ++column)
                    if (row % config.hiddenSize / config.headSize() == head)
                        places.insert(parameter.offset + row * config.hiddenSize + column);
    return places;
}

std::set<std::int64_t> placesOfLayer(const ModelConfig &config, int layer)
{
    std::set<std::int64_t> places;
    for (const Parameter &parameter : parameterLayout(config))
        if (parameter.name.find("decoder_layers." + std::to_string(layer) + ".") == 0)
            for (std::int64_t i = 0; i < parameter.count(); ++i)
                places.insert(parameter.offset + i);
    return places;
}

/// Exactly these places have the same bits, in the weights and in both moments; most others differ.
void requireFixed(const Checkpoint &before, const Checkpoint &after, const std::set<std::int64_t> &places)
{
    std::int64_t moved = 0;
    const auto compare = [&](std::span<const float> a, std::span<const float> b) {
        for (std::size_t i = 0; i < a.size(); ++i)
            if (places.contains(static_cast<std::int64_t>(i)))
                QVERIFY2(a[i] == b[i], std::to_string(i).c_str());
            else
                moved += a[i] != b[i];
    };
    compare(before.snapshot->weights(), after.snapshot->weights());
    compare(before.firstMoment, after.firstMoment);
    compare(before.secondMoment, after.secondMoment);
    const std::int64_t free =
        3 * (parameterCount(before.snapshot->config()) - static_cast<std::int64_t>(places.size()));
    QVERIFY(moved > free / 2);
    QVERIFY(!places.empty());
}

std::string sentenceOf(const std::function<void()> &work)
{
    try {
        work();
    } catch (const Error &error) {
        return error.what();
    }
    return {};
}

void waitForPause(Session &session, Listener &listener)
{
    QVERIFY(listener.waitForStatus(SessionStatus::Paused));
    QCOMPARE(session.status(), SessionStatus::Paused);
}

/// Edits of every kind, by the step after which they are made.
const std::vector<std::pair<std::int64_t, std::vector<Edit>>> &plan()
{
    static const std::vector<std::pair<std::int64_t, std::vector<Edit>>> all{
        {2, {edit("freeze_head", "0.1"), edit("hold_alpha", "1=0.25")}},
        {4, {edit("learning_rate", "0.01"), edit("zero_head", "1.2"), edit("reinitialise_head", "1.0")}},
        {6, {edit("freeze_layer", "1"), edit("unfreeze_head", "0.1"), edit("reinitialise_head", "0.2")}},
        // Several edits of the same part: the last one counts, however often they are made.
        {8,
         {edit("zero_head", "0.0"), edit("reinitialise_head", "0.0"), edit("hold_alpha", "0=0.75"),
          edit("release_alpha", "0"), edit("unfreeze_layer", "1")}},
        {10, {edit("release_alpha", "1"), edit("freeze_head", "0.2"), edit("steps", "16")}},
    };
    return all;
}

/// Trains a run with the plan's edits; `stops`: the steps at which the training stops and goes on.
void trainEdited(const fs::path &folder, const std::set<std::int64_t> &stops)
{
    TrainingOptions options = tiny::training(40);
    options.weightDecay = 0.01;
    bool resume = false;
    std::int64_t done = 0;
    for (bool whole = false; !whole;) {
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.options = options, .paused = true, .plan = {.folder = folder, .resume = resume}});
        waitForPause(session, listener);
        resume = true;
        for (;;) {
            for (const auto &[step, edits] : plan())
                if (step == done) {
                    for (const Edit &change : edits)
                        session.send(change);
                    const std::size_t sent = edits.size();
                    QVERIFY(listener.waitFor([&] { return listener.edits.size() >= sent; }));
                    listener.edits.clear();
                }
            if (done == 12) { // the rest without a pause
                session.send(GoOn{});
                QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
                whole = true;
                break;
            }
            const std::size_t before = listener.stepCount();
            session.send(StepOnce{});
            QVERIFY(listener.waitForSteps(before + 1));
            waitForPause(session, listener);
            ++done;
            if (stops.contains(done)) {
                session.send(StopTraining{});
                QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
                break;
            }
        }
    }
}

} // namespace

class EditsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path in(const char *name) const { return fs::path(m_folder.path().toStdString()) / name; }

private Q_SLOTS:
    void initTestCase() { computeOnThreads(1); }

    void aFrozenHeadStaysWithItsMoments()
    {
        const auto trainer = newTrainer();
        train(*trainer, 3);
        trainer->apply(edit("freeze_head", "1.2"));
        const auto before = trainer->checkpoint();
        train(*trainer, 5);
        requireFixed(*before, *trainer->checkpoint(), placesOfHead(trainer->config(), 1, 2));

        trainer->apply(edit("unfreeze_head", "1.2"));
        train(*trainer, 1);
        const auto after = trainer->snapshot();
        for (const std::int64_t place : placesOfHead(trainer->config(), 1, 2))
            QVERIFY(after->weights()[static_cast<std::size_t>(place)] !=
                    before->snapshot->weights()[static_cast<std::size_t>(place)]);
    }

    void aFrozenLayerStaysWithItsMoments()
    {
        const auto trainer = newTrainer();
        train(*trainer, 3);
        trainer->apply(edit("freeze_layer", "0"));
        trainer->apply(edit("freeze_head", "0.1")); // frozen already
        const auto before = trainer->checkpoint();
        train(*trainer, 5);
        requireFixed(*before, *trainer->checkpoint(), placesOfLayer(trainer->config(), 0));
        trainer->apply(edit("unfreeze_layer", "0"));
        train(*trainer, 2);
        requireFixed(*before, *trainer->checkpoint(), placesOfHead(trainer->config(), 0, 1));
    }

    void freezingLeavesTheRestOfAStepAsItWas()
    {
        const auto free = newTrainer(), frozen = newTrainer();
        train(*free, 2);
        train(*frozen, 2);
        frozen->apply(edit("freeze_head", "0.0"));
        const StepMetrics a = free->step(), b = frozen->step();
        QVERIFY(a.loss == b.loss);
        QVERIFY(a.gradientNorm == b.gradientNorm);
        const auto fixed = placesOfHead(free->config(), 0, 0);
        const auto one = free->snapshot(), other = frozen->snapshot();
        for (std::size_t i = 0; i < one->weights().size(); ++i)
            if (!fixed.contains(static_cast<std::int64_t>(i)))
                QVERIFY(one->weights()[i] == other->weights()[i]); // the same bits; QCOMPARE would allow a difference
    }

    void aHeldAlphaStaysAtItsValue()
    {
        const auto trainer = newTrainer();
        train(*trainer, 3);
        trainer->apply(edit("hold_alpha", "1=0.125"));
        QCOMPARE(trainer->snapshot()->alphas()[1], 0.125F);
        float other = trainer->snapshot()->alphas()[0];
        for (int i = 0; i < 5; ++i) {
            const StepMetrics metrics = trainer->step();
            QCOMPARE(metrics.alphas[1], 0.125F);
            QVERIFY(metrics.alphas[0] != std::exchange(other, metrics.alphas[0]));
        }
        trainer->apply(edit("release_alpha", "1"));
        QVERIFY(trainer->step().alphas[1] != 0.125F);
    }

    void aZeroedHeadIsZeroAndStaysSo()
    {
        const auto trainer = newTrainer();
        train(*trainer, 3);
        const auto before = trainer->snapshot();
        trainer->apply(edit("zero_head", "0.1"));
        const auto places = placesOfHead(trainer->config(), 0, 1);
        const auto after = trainer->snapshot();
        for (std::size_t i = 0; i < before->weights().size(); ++i)
            QVERIFY(after->weights()[i] ==
                    (places.contains(static_cast<std::int64_t>(i)) ? 0.0F : before->weights()[i]));
        // (base * state + shift) * state has no gradient if all three are 0.
        train(*trainer, 5);
        const auto later = trainer->checkpoint();
        for (const std::int64_t place : places) {
            QCOMPARE(later->snapshot->weights()[static_cast<std::size_t>(place)], 0.0F);
            QCOMPARE(later->firstMoment[static_cast<std::size_t>(place)], 0.0F);
        }
    }

    void aReinitialisedHeadIsOfItsSeedAndStep()
    {
        const auto trainer = newTrainer();
        train(*trainer, 3);
        const auto before = trainer->checkpoint();
        trainer->apply(edit("reinitialise_head", "1.1"));
        const auto after = trainer->checkpoint();
        const auto places = placesOfHead(trainer->config(), 1, 1);
        const double bound = 1 / std::sqrt(12.0);
        for (std::size_t i = 0; i < before->snapshot->weights().size(); ++i) {
            const float weight = after->snapshot->weights()[i];
            if (!places.contains(static_cast<std::int64_t>(i))) {
                QVERIFY(weight == before->snapshot->weights()[i]);
                continue;
            }
            const auto bits = randomBits(trainer->options().seed, Purpose::NewHead, 3, i);
            QCOMPARE(weight,
                     static_cast<float>((2 * (static_cast<double>(bits >> 11) / 9007199254740992.0) - 1) * bound));
            QCOMPARE(after->firstMoment[i], 0.0F);
            QCOMPARE(after->secondMoment[i], 0.0F);
        }
        train(*trainer, 1);
        trainer->apply(edit("reinitialise_head", "1.1"));
        const auto later = trainer->snapshot();
        std::int64_t same = 0;
        for (const std::int64_t place : places)
            same += later->weights()[static_cast<std::size_t>(place)] ==
                    after->snapshot->weights()[static_cast<std::size_t>(place)];
        QVERIFY(same < 3);
    }

    /// Runs of every version hold these texts.
    void everyEditHasItsText()
    {
        const std::vector<std::pair<Edit, EditText>> all{
            {SetLearningRate{.rate = 0.001}, {"learning_rate", "0.001"}},
            {SetSteps{.steps = 800}, {"steps", "800"}},
            {FreezeHead{.layer = 1, .head = 2}, {"freeze_head", "1.2"}},
            {UnfreezeHead{.layer = 0, .head = 2}, {"unfreeze_head", "0.2"}},
            {ZeroHead{.layer = 1, .head = 0}, {"zero_head", "1.0"}},
            {ReinitialiseHead{.layer = 11, .head = 5}, {"reinitialise_head", "11.5"}},
            {FreezeLayer{.layer = 3}, {"freeze_layer", "3"}},
            {UnfreezeLayer{.layer = 0}, {"unfreeze_layer", "0"}},
            {HoldAlpha{.layer = 1, .alpha = -0.1}, {"hold_alpha", "1=-0.1"}},
            {ReleaseAlpha{.layer = 1}, {"release_alpha", "1"}},
        };
        QCOMPARE(all.size(), std::variant_size_v<Edit> - 1);
        for (const auto &[edit, text] : all) {
            QVERIFY2(textOf(edit) == text, text.kind.c_str());
            QVERIFY2(parseEdit(text.kind, text.value) == edit, text.kind.c_str());
            QVERIFY2(storedEdit(text.kind, text.value) == edit, text.kind.c_str());
        }
    }

    void anUnknownEditIsKeptAsItIsStored()
    {
        trainEdited(in("newer"), {});
        SQLite::Database(in("newer") / "run.db", SQLite::OPEN_READWRITE)
            .exec("INSERT INTO edits (step, kind, value) VALUES (15, 'forget_head', '0.7'), (16, 'steps', 'all')");
        const Run run(in("newer"));
        const std::vector<AppliedEdit> edits = run.edits();
        QVERIFY((edits.end()[-2] == AppliedEdit{15, UnknownEdit{.kind = "forget_head", .value = "0.7"}}));
        QVERIFY((textOf(edits.back().edit) == EditText{"steps", "all"}));
        QCOMPARE(run.goal(), 16);
        const std::string sentence = sentenceOf([&] { trainerBefore(run, openRunData(run), 16); });
        QVERIFY2(sentence.find("There is no edit \"forget_head\"") != std::string::npos, sentence.c_str());
    }

    void whatIsNotThereIsRefused()
    {
        const auto trainer = newTrainer();
        const auto before = trainer->snapshot();
        const auto refused = [&](const char *kind, const char *value, const char *because) {
            const std::string sentence = sentenceOf([&] { trainer->apply(edit(kind, value)); });
            QVERIFY2(sentence.find(because) != std::string::npos, (sentence + " / " + kind + " " + value).c_str());
        };
        refused("freeze_head", "2.0", "names layer 2, which the network does not have; it should be 0 to 1");
        refused("zero_head", "0.3", "names head 3, which the network does not have; it should be 0 to 2");
        refused("freeze_head", "1", "it should be layer.head");
        refused("freeze_head", "-1.0", "it should be layer.head");
        refused("freeze_head", "0.1.2", "it should be layer.head");
        refused("unfreeze_layer", "1.5", "it should be a layer");
        refused("freeze_layer", "", "it should be a layer");
        refused("hold_alpha", "1", "it should be layer=alpha");
        refused("hold_alpha", "1=nan", "it should be a finite number");
        refused("hold_alpha", "1=1e300", "it should be a finite number");
        refused("hold_alpha", "9=0.5", "names layer 9");
        refused("release_alpha", "x", "it should be a layer");
        refused("forget_head", "0.0", "There is no edit");
        QVERIFY(std::ranges::equal(before->weights(), trainer->snapshot()->weights()));
    }

    void aSessionRefusesWhatIsNotThere()
    {
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.options = tiny::training(3), .paused = true});
        session.send(edit("freeze_head", "7.0")); // whether the network is known by then or not
        waitForPause(session, listener);
        QVERIFY(!sentenceOf([&] { session.send(edit("freeze_head", "7.0")); }).empty());
        session.send(edit("freeze_head", "1.0"));
        QVERIFY(listener.waitFor([&] { return listener.edits.size() == 1; }));
        session.send(GoOn{});
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
    }

    void aRunWithEveryKindIsReplayed()
    {
        trainEdited(in("whole"), {});
        const Run run(in("whole"));
        QCOMPARE(run.lastStep(), 16);
        std::size_t edits = 0;
        for (const auto &[step, some] : plan())
            edits += some.size();
        QCOMPARE(run.edits().size(), edits);
        const ReplayResult same = replay(run);
        QVERIFY2(!same.firstDifference,
                 (same.what.english() + " " + std::to_string(same.firstDifference.value_or(0))).c_str());
        QCOMPARE(same.steps, 16);
        for (const StepMetrics &metrics : run.metrics()) {
            if (metrics.step > 2 && metrics.step <= 10)
                QCOMPARE(metrics.alphas[1], 0.25F);
            if (metrics.step > 10)
                QVERIFY(metrics.alphas[1] != 0.25F);
        }
        QVERIFY(std::ranges::equal(rebuildSnapshot(run, 7)->weights(), run.snapshot(7)->weights()));
    }

    void anEditThatCannotBeEndsNoRunWrongly()
    {
        trainEdited(in("spoilt"), {});
        SQLite::Database(in("spoilt") / "run.db", SQLite::OPEN_READWRITE)
            .exec("INSERT INTO edits (step, kind, value) VALUES (2, 'freeze_head', '0.7')");
        const Run run(in("spoilt"));
        const std::string sentence = sentenceOf([&] { trainerBefore(run, openRunData(run), 16); });
        QVERIFY2(sentence.find("head 7") != std::string::npos, sentence.c_str());
    }

    void aRunThatStoppedEndsInTheSameBits()
    {
        trainEdited(in("straight"), {});
        // Stops while parts are fixed, and at the steps of edits.
        trainEdited(in("stopped"), {3, 4, 7, 8, 9, 11});
        const auto one = Run(in("straight")).checkpoint(16), other = Run(in("stopped")).checkpoint(16);
        QVERIFY(std::ranges::equal(one->snapshot->weights(), other->snapshot->weights()));
        QCOMPARE(one->firstMoment, other->firstMoment);
        QCOMPARE(one->secondMoment, other->secondMoment);
        const auto losses = [](const Run &run) {
            std::vector<double> all;
            for (const StepMetrics &metrics : run.metrics())
                all.push_back(metrics.loss);
            return all;
        };
        QCOMPARE(losses(Run(in("straight"))), losses(Run(in("stopped"))));
        QVERIFY(!replay(Run(in("stopped"))).firstDifference);
    }

    void whatIsFixedFollowsTheEdits()
    {
        std::vector<AppliedEdit> edits;
        for (const auto &[step, some] : plan())
            for (const Edit &change : some)
                edits.push_back({.step = step, .edit = change});
        FixedParts early;
        early.heads = {{0, 1}};
        early.alphas = {{1, 0.25}};
        QCOMPARE(fixedParts(edits, 6), early);
        FixedParts end;
        end.heads = {{0, 2}};
        QCOMPARE(fixedParts(edits), end);
        QVERIFY(fixedParts(edits, 2).empty());
    }
};

QTEST_GUILESS_MAIN(EditsTest)
#include "edits_test.moc"
