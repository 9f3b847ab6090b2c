// SPDX-License-Identifier: GPL-3.0-only
// Runs of the first version open for ever, and a run's metadata is stored where the format's page says.
#include "core/base/error.h"
#include "core/compute/devices.h"
#include "core/runs/options_json.h"
#include "core/runs/run.h"
#include "core/runs/run_database.h"
#include "core/runs/session.h"
#include "core/runs/stored_training.h"

#include "tests/support/files.h"
#include "tests/support/listener.h"
#include "tests/support/tiny.h"

#include <QTemporaryDir>
#include <QTest>
#include <SQLiteCpp/SQLiteCpp.h>

using namespace samout;
namespace fs = std::filesystem;

class RunFormatTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path in(const char *name) const { return fs::path(m_folder.path().toStdString()) / name; }

    /// A copy of the run that SamOut Studio 0.1.0 made: 30 steps on a text, with edits of every kind.
    fs::path firstEdition(const char *name) const
    {
        fs::copy(files::golden("run_format_1"), in(name), fs::copy_options::recursive);
        return in(name);
    }

    static void trainOn(const fs::path &run, std::int64_t steps, SessionStatus ending = SessionStatus::Stopped)
    {
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.plan = {.folder = run, .resume = true, .steps = steps}});
        QVERIFY(listener.waitForStatus(ending));
    }

    void train(const char *name) const
    {
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.options = tiny::training(3), .plan = {.folder = in(name)}});
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
    }

    void setFact(const char *name, const char *key, const char *value) const
    {
        SQLite::Database database((in(name) / "run.db").string(), SQLite::OPEN_READWRITE);
        SQLite::Statement update(database, "UPDATE run SET value = ? WHERE key = ?");
        update.bind(1, value);
        update.bind(2, key);
        QCOMPARE(update.exec(), 1);
    }

private Q_SLOTS:
    void theFirstEditionOpens()
    {
        const Run run(firstEdition("opens"));
        const RunFacts facts = run.facts();
        QCOMPARE(facts.name, std::string("the first edition"));
        QCOMPARE(facts.note, std::string("Made by SamOut Studio 0.1.0."));
        TrainingOptions options = classroomPreset();
        options.data.source = "words.txt";
        options.data.batch = 4;
        options.data.sequenceLength = 24;
        options.data.heldOut = 0.2;
        options.data.seed = options.seed = 7;
        options.hiddenSize = 4;
        options.numHeads = options.numLayers = 2;
        options.steps = 20;
        options.warmupSteps = 3;
        options.heldOutEvery = 5;
        options.threads = 1;
        options.device = "cpu";
        QVERIFY(facts.options == options);
        QCOMPARE(facts.config.vocabSize, 20);
        QCOMPARE(facts.losses, std::vector<std::string>{"cross_entropy"});
        QCOMPARE(facts.shards, 1);
        QCOMPARE(facts.arithmetic, 1);
        QVERIFY(!facts.split);
        QCOMPARE(run.lastStep(), 30);
        QCOMPARE(run.goal(), 30);
        QCOMPARE(run.metrics().size(), 30U);
        QCOMPARE(run.edits().size(), 12U);
        QCOMPARE(run.samples().size(), 2U);
        for (const StoredFile &file : run.snapshots())
            QCOMPARE(run.snapshot(file.step)->step(), file.step);
        QCOMPARE(run.checkpoint(30)->snapshot->step(), 30);
    }

    void everyOptionSaysSinceWhichFormatItIs()
    {
        SQLite::Database database((firstEdition("since") / "run.db").string(), SQLite::OPEN_READONLY);
        const std::string first = database.execAndGet("SELECT value FROM run WHERE key = 'options'").getString();
        for (const TrainingOption &option : trainingOptions) {
            std::string name = option.name;
            std::ranges::replace(name, '-', '_');
            QVERIFY2((option.since == 1) == (first.find("\"" + name + "\":") != std::string::npos), option.name);
            QVERIFY2(option.since <= runFormat, option.name);
        }
    }

    void theFirstEditionGoesOn()
    {
        const fs::path folder = firstEdition("goes on");
        trainOn(folder, 34);
        const Run run(folder);
        QCOMPARE(run.lastStep(), 34);
        QCOMPARE(run.facts().name, std::string("the first edition"));
        // Replay gives the same bits on the kind of machine that made the run.
        if (run.facts().fingerprint == fingerprint(findDevice("cpu")))
            QVERIFY(!replay(run).firstDifference);
    }

    void aNewRunNamesItsFacts()
    {
        train("new");
        SQLite::Database database((in("new") / "run.db").string(), SQLite::OPEN_READONLY);
        const auto fact = [&](const char *key) {
            SQLite::Statement row(database, "SELECT value FROM run WHERE key = ?");
            row.bind(1, key);
            return row.executeStep() ? row.getColumn(0).getString() : std::string("missing");
        };
        QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 2);
        QCOMPARE(fact("mixer"), std::string("v8"));
        QCOMPARE(fact("losses"), std::string(R"(["cross_entropy"])"));
        QCOMPARE(fact("shards"), std::string("1"));
        QCOMPARE(fact("vocabulary_files"), std::string("[]"));
        QCOMPARE(fact("split"), std::string(R"({"rule":"drawn","share":0.0})"));
        QCOMPARE(fact("arithmetic"), std::string("1"));
        QVERIFY(fact("options").find("\"sequence-length\":24") != std::string::npos);
        QVERIFY(Run(in("new")).facts().split == DataSplit());
    }

    void whatThisVersionCannotTrainIsOnlyLookedAt_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("losses") << QByteArray("losses") << QByteArray(R"(["cross_entropy","state_penalty"])");
        QTest::newRow("shards") << QByteArray("shards") << QByteArray("4");
        QTest::newRow("split") << QByteArray("split") << QByteArray(R"({"rule":"end","share":0.5})");
        QTest::newRow("vocabulary files")
            << QByteArray("vocabulary_files") << QByteArray(R"([{"file":"run.db","sha256":"0"}])");
    }

    void whatThisVersionCannotTrainIsOnlyLookedAt()
    {
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, value);
        const QByteArray name = QByteArray("other ") + key;
        train(name.constData());
        setFact(name.constData(), key.constData(), value.constData());
        QCOMPARE(Run(in(name.constData())).snapshot(3)->step(), 3);
        trainOn(in(name.constData()), 6, SessionStatus::Failed);
        QCOMPARE(Run(in(name.constData())).lastStep(), 3);
    }

    void optionsAreReadWithTheirOldNames()
    {
        TrainingOptions options = articlePreset();
        options.learningRate = 0.25;
        options.data.heldOut = 0.5;
        options.cosine = true;
        options.data.seed = options.seed = UINT64_MAX;
        const std::string now = jsonOf(options);
        QVERIFY(now.find("\"learning-rate\":0.25") != std::string::npos);
        QVERIFY(optionsOfJson(now, Text::verbatim("now")) == options);
        std::string before = now;
        for (const TrainingOption &option : trainingOptions) {
            std::string old = option.name;
            std::ranges::replace(old, '-', '_');
            before.replace(before.find(std::string("\"") + option.name + "\""), old.size() + 2, "\"" + old + "\"");
        }
        QVERIFY(before.find("\"learning_rate\":0.25") != std::string::npos);
        QVERIFY(optionsOfJson(before, Text::verbatim("before")) == options);
    }
};

QTEST_GUILESS_MAIN(RunFormatTest)
#include "run_format_test.moc"
