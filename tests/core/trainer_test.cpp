// SPDX-License-Identifier: GPL-3.0-only
// One training step: the numbers it changes, the input it ignores, and the input it refuses.
#include "core/compute/threads.h"
#include "core/train/trainer.h"
#include "tests/support/golden.h"

#include <limits>

using namespace samout;

namespace {

TrainingOptions smallOptions()
{
    TrainingOptions options;
    options.hiddenSize = 12;
    options.numHeads = 3;
    options.numLayers = 2;
    options.dropout = 0.2;
    options.seed = 4;
    options.device = "cpu";
    return options;
}

std::shared_ptr<const Dataset> smallData()
{
    std::vector<std::vector<std::int64_t>> sequences;
    RandomStream random(1, Purpose::TrainingData, 0);
    for (int i = 0; i < 6; ++i) {
        auto &sequence = sequences.emplace_back();
        for (int t = 0; t < 9; ++t)
            sequence.push_back(random.below(17));
    }
    return std::make_shared<golden::FixedData>(sequences, 17);
}

std::vector<float> floats(const Snapshot &snapshot) { return {snapshot.weights().begin(), snapshot.weights().end()}; }

std::shared_ptr<const Snapshot> poisoned(const std::string &parameter)
{
    const auto start = Trainer(smallOptions(), smallData()).snapshot();
    auto weights = floats(*start);
    for (const Parameter &p : start->parameters())
        if (p.name == parameter)
            weights[static_cast<std::size_t>(p.offset) + 1] = std::numeric_limits<float>::quiet_NaN();
    return std::make_shared<Snapshot>(start->config(), start->vocabulary(), 0, weights);
}

} // namespace

class TrainerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { computeOnThreads(0); }

    void sameSeedGivesTheSameBits()
    {
        Trainer one(smallOptions(), smallData()), two(smallOptions(), smallData());
        for (int i = 0; i < 5; ++i)
            QCOMPARE(one.step().loss, two.step().loss);
        QCOMPARE(floats(*one.snapshot()), floats(*two.snapshot()));
    }

    void theDefinitionComputesNothingInATraining()
    {
        Trainer trainer(smallOptions(), smallData());
        const std::int64_t before = SamOut::layersComputed();
        for (int i = 0; i < 3; ++i)
            trainer.step();
        trainer.heldOutLoss();
        QCOMPARE(SamOut::layersComputed(), before);
        SamOut(*trainer.snapshot()).forward(torch::tensor({{4, 5}}));
        QCOMPARE(SamOut::layersComputed(), before + 2);
    }

    void otherSeedGivesOtherWeights()
    {
        TrainingOptions other = smallOptions();
        other.seed = 5;
        QVERIFY(floats(*Trainer(smallOptions(), smallData()).snapshot()) !=
                floats(*Trainer(other, smallData()).snapshot()));
    }

    void startsAsPyTorchDoes()
    {
        TrainingOptions options = smallOptions();
        options.hiddenSize = 96;
        const auto start = Trainer(options, smallData()).snapshot();
        const auto tensor = [&](const char *name) {
            return torch::tensor(std::vector<float>(start->parameter(name).begin(), start->parameter(name).end()));
        };
        const double bound = 1 / std::sqrt(96.0);
        for (const char *name : {"decoder_layers.0.self_attention.combined.weight", "decoder_layers.1.ffn.gate.weight",
                                 "decoder_layers.1.ffn.ffn2.bias", "head.weight"}) {
            const auto values = tensor(name);
            QVERIFY(values.abs().max().item<double>() <= bound);
            QVERIFY(values.abs().max().item<double>() > 0.9 * bound);
            QVERIFY(std::abs(values.mean().item<double>()) < 0.2 * bound);
        }
        const auto embedding = tensor("em.weight").view({17, 96});
        QVERIFY(std::abs(embedding.std().item<double>() - 1) < 0.1);
        QVERIFY(torch::equal(embedding[3], torch::zeros(96)));
        QVERIFY(torch::equal(tensor("decoder_layers.0.layer_norm.weight"), torch::ones(96)));
        QCOMPARE(start->alphas(), std::vector<float>(2, 0.5F));
    }

    void paddingIsNeitherLearntNorATarget()
    {
        // The same sequences, with padding appended: no difference but rounding.
        std::vector<std::vector<std::int64_t>> sequences{{5, 6, 7, 8, 9}, {9, 8, 7, 6, 5}}, padded = sequences;
        for (auto &sequence : padded)
            sequence.insert(sequence.end(), 4, 3);
        TrainingOptions options = smallOptions();
        options.dropout = 0;
        Trainer plain(options, std::make_shared<golden::FixedData>(sequences, 17));
        Trainer withPadding(options, std::make_shared<golden::FixedData>(padded, 17));
        for (int i = 0; i < 3; ++i) {
            const StepMetrics a = plain.step(), b = withPadding.step();
            QCOMPARE(a.tokens, 8);
            QCOMPARE(b.tokens, 8);
            QVERIFY(std::abs(a.loss - b.loss) < 1e-5);
        }
        const auto after = withPadding.snapshot();
        const auto row = after->parameter("em.weight").subspan(3 * 12, 12);
        QVERIFY(std::all_of(row.begin(), row.end(), [](float x) { return x == 0; }));
    }

    void everyParameterLearns()
    {
        Trainer trainer(smallOptions(), smallData());
        const auto before = trainer.snapshot();
        trainer.step();
        const auto after = trainer.snapshot();
        for (const Parameter &parameter : before->parameters()) {
            const auto a = before->parameter(parameter.name), b = after->parameter(parameter.name);
            QVERIFY2(!std::equal(a.begin(), a.end(), b.begin()), parameter.name.c_str());
        }
        QCOMPARE(before->step(), 0);
        QCOMPARE(after->step(), 1);
    }

    void dropoutIsUnbiasedAndOfItsStep()
    {
        const auto ones = torch::ones({100, 100});
        const Dropout dropout{.share = 0.3, .seed = 1, .step = 2};
        const auto masked = dropout.apply(ones, 0);
        QVERIFY(std::abs(masked.eq(0).to(torch::kFloat).mean().item<double>() - 0.3) < 0.02);
        QVERIFY(std::abs(masked.mean().item<double>() - 1) < 0.03);
        QVERIFY(torch::equal(masked, dropout.apply(ones, 0)));
        QVERIFY(!torch::equal(masked, dropout.apply(ones, 1)));
        QVERIFY(!torch::equal(masked, Dropout{.share = 0.3, .seed = 1, .step = 3}.apply(ones, 0)));
        QVERIFY(!torch::equal(masked, Dropout{.share = 0.3, .seed = 2, .step = 2}.apply(ones, 0)));
    }

    void clippingBoundsTheStep()
    {
        TrainingOptions options = smallOptions();
        Trainer free(options, smallData());
        const double norm = free.step().gradientNorm;
        options.clipNorm = norm / 100;
        Trainer clipped(options, smallData());
        QCOMPARE(clipped.step().gradientNorm, norm);
        free.step();
        clipped.step();
        QVERIFY(floats(*free.snapshot()) != floats(*clipped.snapshot()));
    }

    void learningRateFollowsItsSchedule()
    {
        TrainingOptions options;
        options.learningRate = 1;
        options.steps = 110;
        QCOMPARE(options.learningRateAt(57), 1.0);
        options.warmupSteps = 10;
        QCOMPARE(options.learningRateAt(1), 0.1);
        QCOMPARE(options.learningRateAt(10), 1.0);
        options.cosine = true;
        QVERIFY(std::abs(options.learningRateAt(60) - 0.5) < 1e-12);
        QVERIFY(std::abs(options.learningRateAt(110)) < 1e-12);
    }

    void weightDecayShrinks()
    {
        TrainingOptions options = smallOptions();
        Trainer plain(options, smallData());
        options.weightDecay = 10;
        Trainer decayed(options, smallData());
        plain.step();
        decayed.step();
        const auto norm = [](const Snapshot &s) { return torch::tensor(floats(s)).norm().item<double>(); };
        QVERIFY(norm(*decayed.snapshot()) < norm(*plain.snapshot()));
    }

    void notFiniteIsFoundBeforeTheUpdate_data()
    {
        QTest::addColumn<QString>("parameter");
        QTest::addColumn<QString>("place");
        QTest::newRow("candidate") << "decoder_layers.1.self_attention.combined.weight"
                                   << "layer 1, in base";
        QTest::newRow("gate") << "decoder_layers.0.ffn.gate.bias"
                              << "layer 0, in gate";
        QTest::newRow("norm") << "decoder_layers.1.layer_norm.weight"
                              << "layer 1, in norm";
        QTest::newRow("head") << "head.weight"
                              << "in the head";
    }
    void notFiniteIsFoundBeforeTheUpdate()
    {
        QFETCH(QString, parameter);
        QFETCH(QString, place);
        const auto start = poisoned(parameter.toStdString());
        TrainingOptions options = smallOptions();
        options.dropout = 0;
        Trainer trainer(options, smallData(), start);
        try {
            trainer.step();
            QFAIL("the step was made");
        } catch (const NotFinite &error) {
            const QString text = QString::fromUtf8(error.what());
            QVERIFY2(text.contains(place) && text.contains("Step 1 "), qPrintable(text));
        }
        QCOMPARE(trainer.stepsDone(), 0);
        const auto after = trainer.snapshot();
        QCOMPARE(std::memcmp(after->weights().data(), start->weights().data(), start->weights().size_bytes()), 0);
    }

    void tokensOutsideTheVocabularyAreRefused()
    {
        const auto start = Trainer(smallOptions(), smallData()).snapshot();
        const auto data = std::make_shared<golden::FixedData>(std::vector<std::vector<std::int64_t>>{{5, 6, 17}}, 18);
        Trainer trainer(smallOptions(), data, start);
        QVERIFY_THROWS_EXCEPTION(Error, trainer.step());
    }

    void optionsThatCannotBeAreRefused_data()
    {
        QTest::addColumn<TrainingOptions>("options");
        const auto with = [](auto change) {
            TrainingOptions options;
            change(options);
            return options;
        };
        const double nan = std::numeric_limits<double>::quiet_NaN();
        QTest::newRow("rate 0") << with([](auto &o) { o.learningRate = 0; });
        QTest::newRow("rate negative") << with([](auto &o) { o.learningRate = -1; });
        QTest::newRow("rate NaN") << with([&](auto &o) { o.learningRate = nan; });
        QTest::newRow("rate infinite") << with([](auto &o) { o.learningRate = INFINITY; });
        QTest::newRow("dropout 1") << with([](auto &o) { o.dropout = 1; });
        QTest::newRow("dropout NaN") << with([&](auto &o) { o.dropout = nan; });
        QTest::newRow("heads do not divide") << with([](auto &o) { o.numHeads = 7; });
        QTest::newRow("no layers") << with([](auto &o) { o.numLayers = 0; });
        QTest::newRow("steps negative") << with([](auto &o) { o.steps = -1; });
        QTest::newRow("cosine without end") << with([](auto &o) {
            o.steps = 0;
            o.cosine = true;
        });
        QTest::newRow("sequence of one") << with([](auto &o) { o.data.sequenceLength = 1; });
        QTest::newRow("held out all") << with([](auto &o) { o.data.heldOut = 1.0; });
        QTest::newRow("decay negative") << with([](auto &o) { o.weightDecay = -0.1; });
        QTest::newRow("threads") << with([](auto &o) { o.threads = -1; });
    }
    void optionsThatCannotBeAreRefused()
    {
        QFETCH(TrainingOptions, options);
        QVERIFY_THROWS_EXCEPTION(Error, options.check());
    }
};

QTEST_APPLESS_MAIN(TrainerTest)
#include "trainer_test.moc"
