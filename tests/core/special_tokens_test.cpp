// SPDX-License-Identifier: GPL-3.0-only
// The vocabulary decides which tokens are padding, unknown, begin and end, and whether they exist.
#include "core/compute/threads.h"
#include "core/files/model_file.h"
#include "core/infer/generator.h"
#include "core/inspect/effects.h"
#include "core/inspect/examination.h"
#include "core/inspect/measuring_data.h"
#include "core/runs/open_model.h"
#include "core/runs/run.h"
#include "core/runs/run_writer.h"
#include "core/train/trainer.h"
#include "tests/support/files.h"
#include "tests/support/golden.h"

#include <QTemporaryDir>

#include <algorithm>

using namespace samout;

using Tokens = std::vector<std::int64_t>;

class SpecialTokensTest : public QObject {
    Q_OBJECT

    static std::vector<std::string> letters() { return {"a", "b", "c", "d", "e", "f", "g", "<|end|>"}; }

    /// Rows of different lengths over the tokens 0 to 7.
    static std::vector<Tokens> someRows()
    {
        return {{1, 0, 3, 5, 3, 6, 7}, {2, 3, 0, 3, 1}, {4, 6, 2}, {5, 7, 1, 0, 0}, {6, 1, 3, 4, 2, 0}};
    }

    static TrainingOptions options()
    {
        TrainingOptions options;
        options.hiddenSize = 12;
        options.numHeads = 3;
        options.numLayers = 2;
        options.learningRate = 0.01;
        options.device = "cpu";
        return options;
    }

private Q_SLOTS:
    void initTestCase() { computeOnThreads(1); }

    void rowsArePaddedWithWhatTheVocabularyHas()
    {
        const std::vector<Tokens> rows{{5, 0, 3}, {4, 6}};
        const Batch zero = shiftedBatch(rows, 0), none = shiftedBatch(rows, std::nullopt);
        for (const Batch &batch : {zero, none}) {
            QVERIFY(batch.inputs == (Tokens{5, 0, 4, 6}));
            QVERIFY(batch.targets == (Tokens{0, 3, 6, 0}));
        }
        QVERIFY(zero.weights == (std::vector<float>{0, 1, 1, 0}));
        QVERIFY(none.weights == (std::vector<float>{1, 1, 1, 0}));
    }

    void trainsSavesAndOpens_data()
    {
        QTest::addColumn<Vocabulary>("vocabulary");
        QTest::newRow("numbers, padding 0") << Vocabulary::ofNumbers(8, {.padding = 0});
        QTest::newRow("numbers, nothing special") << Vocabulary::ofNumbers(8, {});
        QTest::newRow("numbers, as usual") << Vocabulary::ofNumbers(8);
        QTest::newRow("symbols, padding 0")
            << Vocabulary::ofSymbols(letters(), {.unknown = 1, .begin = 2, .end = 7, .padding = 0});
        QTest::newRow("symbols, one token begins and ends") << Vocabulary::ofSymbols(letters(), {.begin = 7, .end = 7});
        QTest::newRow("symbols, as usual") << Vocabulary::ofSymbols(letters());
    }
    void trainsSavesAndOpens()
    {
        QFETCH(Vocabulary, vocabulary);
        const std::optional<std::int64_t> padding = vocabulary.special().padding;
        const auto data = std::make_shared<golden::FixedData>(someRows(), vocabulary);
        Trainer trainer(options(), data);
        QVERIFY(trainer.config().paddingId == padding);
        const auto start = trainer.snapshot();
        const double before = trainer.step().loss;
        for (int i = 0; i < 60; ++i)
            trainer.step();
        QVERIFY(trainer.step().loss < 0.5 * before);

        // The embedding of padding stays 0; all others occur in the data and are learnt.
        const auto snapshot = trainer.snapshot();
        for (std::int64_t token = 0; token < 8; ++token) {
            const auto row = [&](const Snapshot &of) {
                return of.parameter("em.weight").subspan(static_cast<std::size_t>(token) * 12, 12);
            };
            const bool isZero = std::ranges::all_of(row(*snapshot), [](float number) { return number == 0; });
            QCOMPARE(isZero, token == padding);
            QCOMPARE(std::ranges::equal(row(*snapshot), row(*start)), token == padding);
        }

        QTemporaryDir folder;
        for (const char *name : {"x.safetensors", "x.pth"}) {
            const std::string path = folder.filePath(name).toStdString();
            saveModel(path, *snapshot);
            const auto opened = openModel(path);
            QVERIFY(std::ranges::equal(opened->weights(), snapshot->weights()));
            if (path.ends_with(".pth")) // a .pth holds the weights alone
                continue;
            QVERIFY(opened->vocabulary() == vocabulary);
            QVERIFY(opened->config() == snapshot->config());
            QCOMPARE(evaluate(*opened, data->trainingBatch(1)), evaluate(*snapshot, data->trainingBatch(1)));
        }

        RunFacts facts;
        facts.options = options();
        facts.config = trainer.config();
        facts.vocabulary = vocabulary;
        const std::filesystem::path run = folder.filePath("run").toStdString();
        createRun(run, facts, {});
        QVERIFY(Run(run).facts().vocabulary == vocabulary);
        QVERIFY(Run(run).facts().config == trainer.config());
    }

    void whatIsMeasuredCountsTheSameTargets()
    {
        // Token 0 within rows: if padding is 0, it is no target; without padding it is.
        for (const std::optional<std::int64_t> padding : {std::optional<std::int64_t>(0), {}}) {
            const Vocabulary vocabulary = Vocabulary::ofNumbers(8, {.padding = padding});
            const auto data = std::make_shared<golden::FixedData>(someRows(), vocabulary);
            const auto snapshot = Trainer(options(), data).snapshot();
            const Batch batch = measuringData(*data, 21).batch;
            QCOMPARE(batch.countedTargets(), padding ? 16 : 21);
            const auto table = measureEffects(*snapshot, batch);
            QCOMPARE(table->tokens, batch.countedTargets());
            QVERIFY(std::abs(table->loss - evaluate(*snapshot, batch)) < 1e-5);
        }
    }

    void filesThatDoNotTellHaveTheUsualOnes()
    {
        TensorFile file = tensorFileOf(*tiny());
        QVERIFY(!file.metadata.contains("unknown_id"));
        QCOMPARE(file.metadata.at("padding_id"), std::string("3"));
        QVERIFY(snapshotOf(file, "x")->vocabulary().special() == usualSpecialTokens);
        file.metadata.erase("padding_id");
        QVERIFY(snapshotOf(file, "x")->vocabulary().special() == usualSpecialTokens);
        file.metadata.erase("vocabulary");
        const SpecialTokens numbers = snapshotOf(file, "x")->vocabulary().special();
        QVERIFY(numbers == (SpecialTokens{.begin = 1, .padding = 3}));

        file.metadata["padding_id"] = "none";
        QVERIFY(!snapshotOf(file, "x")->vocabulary().special().padding);
        QVERIFY(!snapshotOf(file, "x")->config().paddingId);
        file.metadata["end_id"] = "8";
        VERIFY_ERROR(snapshotOf(file, "x"), "from 0 to 7");
        file.metadata["end_id"] = "-1";
        VERIFY_ERROR(snapshotOf(file, "x"), "\"-1\" as end_id");
    }

    void aNetworkAndItsVocabularyHaveTheSamePadding()
    {
        const auto snapshot = tiny();
        VERIFY_ERROR(Snapshot(snapshot->config(), Vocabulary::ofSymbols(letters(), {}), 0,
                              {snapshot->weights().begin(), snapshot->weights().end()}),
                     "another padding token");
    }

    void textsAreReadByTheirOwnSpecialTokens()
    {
        const Vocabulary none = Vocabulary::ofSymbols(letters(), {.begin = 7, .end = 7});
        QVERIFY(none.encode("abc") == (Tokens{0, 1, 2}));
        VERIFY_ERROR(none.encode("abx"), "no \"x\"");
        QCOMPARE(none.decode(Tokens{7, 0, 3, 7}), std::string("ad"));
        QCOMPARE(none.label(7), std::string("<|end|>"));
        QCOMPARE(none.start(), std::int64_t{7});
        QCOMPARE(none.filler(), std::int64_t{0});
        const Vocabulary other = Vocabulary::ofSymbols(letters(), {.unknown = 6, .end = 5, .padding = 4});
        QVERIFY(other.encode("abxefg") == (Tokens{0, 1, 6, 6, 6, 6}));
        QCOMPARE(other.start(), std::int64_t{5});
        QCOMPARE(other.filler(), std::int64_t{4});
        QVERIFY(!(other == none));
        VERIFY_ERROR(Vocabulary::ofSymbols(letters(), {.padding = 8}), "from 0 to 7");
        VERIFY_ERROR(Vocabulary::ofNumbers(8, {.unknown = -1}), "special token -1");
        QVERIFY(Vocabulary::ofNumbers(2).special() == (SpecialTokens{.begin = 1}));
    }

    void anEmptyPromptIsTheVocabularysBegin()
    {
        const auto data =
            std::make_shared<golden::FixedData>(someRows(), Vocabulary::ofSymbols(letters(), {.begin = 7, .end = 7}));
        const auto snapshot = Trainer(options(), data).snapshot();
        const Tokens begin{7};
        const Generator empty(snapshot, {}, {}), told(snapshot, {}, begin);
        QVERIFY(std::ranges::equal(empty.logits(), told.logits()));
    }

private:
    static std::shared_ptr<const Snapshot> tiny()
    {
        const auto data = std::make_shared<golden::FixedData>(someRows(), Vocabulary::ofSymbols(letters()));
        return Trainer(options(), data).snapshot();
    }
};

QTEST_APPLESS_MAIN(SpecialTokensTest)
#include "special_tokens_test.moc"
