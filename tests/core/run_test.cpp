// SPDX-License-Identifier: GPL-3.0-only
// Runs on disk: everything is stored, going on ends in the same bits, and no damaged file is loaded.
#include "core/base/error.h"
#include "core/base/text_form.h"
#include "core/runs/run.h"
#include "core/runs/run_export.h"
#include "core/runs/run_folder.h"
#include "core/runs/run_writer.h"
#include "core/runs/session.h"
#include "core/runs/stored_training.h"
#include "core/runs/thinning.h"

#include "tests/support/listener.h"
#include "tests/support/tiny.h"

#include <QTemporaryDir>
#include <QTest>
#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>

using namespace samout;
namespace fs = std::filesystem;

namespace {

/// Trains to the end; returns the session's last status and reason.
std::pair<SessionStatus, std::string> trainRun(const TrainingOptions &options, const RunPlan &plan,
                                               const std::function<void(Session &, Listener &)> &meanwhile = {})
{
    Listener listener;
    Session session(listener.onEvent());
    session.send(StartTraining{.options = options, .plan = plan});
    if (meanwhile)
        meanwhile(session, listener);
    if (!listener.waitFor([&] { return !listener.statuses.empty() && !isActive(listener.statuses.back()); }))
        return {SessionStatus::Running, "it never ended"};
    return {listener.statuses.back(), listener.reasons.back()};
}

/// Everything that a run records, except the seconds, as readable text for comparison.
std::string story(const fs::path &folder)
{
    const Run run(folder);
    std::string text;
    for (const StepMetrics &m : run.metrics()) {
        text += std::to_string(m.step) + " " + numberText(m.loss) + " " +
                (m.heldOutLoss ? numberText(*m.heldOutLoss) : "-") + " " + numberText(m.gradientNorm) + " " +
                numberText(m.learningRate) + " " + std::to_string(m.tokens);
        for (const std::vector<float> *numbers : {&m.alphas, &m.layerGradientNorms})
            for (const float number : *numbers)
                text += " " + numberText(static_cast<double>(number));
        text += "\n";
    }
    for (const RunSample &sample : run.samples())
        text += std::to_string(sample.step) + " " + sample.prompt + "|" + sample.drawn + "|" + sample.greedy + "\n";
    return text;
}

void requireSameEnd(const fs::path &a, const fs::path &b, std::int64_t step)
{
    const auto one = Run(a).checkpoint(step), other = Run(b).checkpoint(step);
    QVERIFY(std::ranges::equal(one->snapshot->weights(), other->snapshot->weights()));
    QCOMPARE(one->firstMoment, other->firstMoment);
    QCOMPARE(one->secondMoment, other->secondMoment);
    QCOMPARE(story(a), story(b));
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

} // namespace

class RunTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    fs::path in(const char *name) const { return fs::path(m_folder.path().toStdString()) / name; }

private Q_SLOTS:
    void keepsEveryStepAndItsEnd()
    {
        QCOMPARE(trainRun(tiny::training(60), {.folder = in("whole")}).first, SessionStatus::Stopped);
        const Run run(in("whole"));
        QCOMPARE(run.state(), RunState::Stopped);
        QCOMPARE(run.lastStep(), 60);
        const auto metrics = run.metrics();
        QCOMPARE(metrics.size(), 60U);
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            QCOMPARE(metrics[i].step, static_cast<std::int64_t>(i + 1));
            QCOMPARE(metrics[i].heldOutLoss.has_value(), i == 0 || (i + 1) % 5 == 0);
            QCOMPARE(metrics[i].alphas.size(), 2U);
            QCOMPARE(metrics[i].layerGradientNorms.size(), 2U);
        }
        std::vector<std::int64_t> sampled;
        for (const RunSample &sample : run.samples())
            sampled.push_back(sample.step);
        QCOMPARE(sampled, (std::vector<std::int64_t>{10, 25, 50}));
        std::vector<std::int64_t> steps;
        for (const StoredFile &file : run.snapshots()) {
            steps.push_back(file.step);
            QCOMPARE(run.snapshot(file.step)->step(), file.step);
        }
        QCOMPARE(steps.front(), 0);
        QCOMPARE(steps.back(), 60);
        QVERIFY(steps.size() >= 5);
        QCOMPARE(run.checkpoints().back().step, 60);
        const RunFacts facts = run.facts();
        QCOMPARE(facts.name, std::string("whole"));
        QCOMPARE(facts.options.hiddenSize, 12);
        QVERIFY(!facts.fingerprint.empty());
        QVERIFY(!facts.vocabulary.isNumbers());
    }

    void goesOnToTheSameBits()
    {
        trainRun(tiny::training(60), {.folder = in("straight")});
        trainRun(tiny::training(23), {.folder = in("resumed")});
        for (const std::int64_t steps : {41, 60})
            QCOMPARE(trainRun({}, {.folder = in("resumed"), .resume = true, .steps = steps}).first,
                     SessionStatus::Stopped);
        requireSameEnd(in("straight"), in("resumed"), 60);
    }

    void stepsAfterTheCheckpointAreMadeAgainAndCompared()
    {
        trainRun(tiny::training(40), {.folder = in("again")});
        const std::string before = story(in("again"));
        // The run without checkpoints begins again, and says so.
        fs::remove_all(in("again") / "checkpoints");
        fs::create_directory(in("again") / "checkpoints");
        Listener listener;
        {
            Session session(listener.onEvent());
            session.send(StartTraining{.plan = {.folder = in("again"), .resume = true}});
            QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        }
        QCOMPARE(listener.steps.size(), 40U);
        QCOMPARE(listener.remarks.size(), 1U);
        QVERIFY2(listener.remarks[0].find("checkpoint of step 40 is damaged; the run goes on from step 0") !=
                     std::string::npos,
                 listener.remarks[0].c_str());
        QCOMPARE(story(in("again")), before);

        SQLite::Database((in("again") / "run.db").string(), SQLite::OPEN_READWRITE)
            .exec("UPDATE metrics SET loss = loss + 1e-9 WHERE step = 17");
        fs::remove_all(in("again") / "checkpoints");
        fs::create_directory(in("again") / "checkpoints");
        {
            Session session(listener.onEvent());
            session.send(StartTraining{.plan = {.folder = in("again"), .resume = true}});
            QVERIFY(listener.waitFor([&] { return listener.remarks.size() == 3; }));
        }
        QVERIFY2(listener.remarks.back().find("Step 17 ") == 0, listener.remarks.back().c_str());
    }

    void editsAreReplayedAtTheirSteps()
    {
        const auto change = [](Session &session, Listener &listener) {
            listener.waitForSteps(5);
            session.send(Edit(SetLearningRate{0.01}));
            listener.waitForSteps(12);
            session.send(Edit(SetLearningRate{0.003}));
        };
        trainRun(tiny::training(400), {.folder = in("edited")}, change);
        const Run run(in("edited"));
        QCOMPARE(run.edits().size(), 2U);
        const ReplayResult same = replay(run);
        QVERIFY2(!same.firstDifference, same.what.english().c_str());
        QCOMPARE(same.steps, 400);

        const std::int64_t second = run.edits()[1].step;
        SQLite::Database((in("edited") / "run.db").string(), SQLite::OPEN_READWRITE)
            .exec("DELETE FROM edits WHERE step = " + std::to_string(second));
        const ReplayResult other = replay(run);
        QVERIFY(other.firstDifference.has_value());
        QCOMPARE(*other.firstDifference, second + 1);
        QCOMPARE(other.what.english(), std::string("learning rate"));
        for (const char *step : {"NULL", "'soon'", "-3", "1.5"}) {
            SQLite::Database((in("edited") / "run.db").string(), SQLite::OPEN_READWRITE)
                .exec(std::string("UPDATE edits SET step = ") + step);
            const std::string sentence = sentenceOf([&] { run.edits(); });
            QVERIFY2(sentence.find("as its step; it should be a whole number") != std::string::npos, sentence.c_str());
        }
    }

    void anEditWhereARunGoesOnReplacesTheOneBefore()
    {
        // One rate is set at the last step of the first part, another before the first step of the second.
        {
            Listener listener;
            Session session(listener.onEvent());
            session.send(StartTraining{.options = tiny::training(0), .paused = true, .plan = {.folder = in("border")}});
            QVERIFY(listener.waitForStatus(SessionStatus::Paused));
            session.send(StepOnce{});
            QVERIFY(listener.waitForSteps(1));
            QVERIFY(listener.waitForStatus(SessionStatus::Paused));
            session.send(Edit(SetLearningRate{0.02}));
            session.send(StopTraining{});
            QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        }
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.paused = true, .plan = {.folder = in("border"), .resume = true, .steps = 4}});
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        session.send(Edit(SetLearningRate{0.0001}));
        session.send(GoOn{});
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        QCOMPARE(listener.steps.size(), 3U);
        QCOMPARE(listener.steps.front().learningRate, 0.0001);
        const ReplayResult same = replay(Run(in("border")));
        QVERIFY2(!same.firstDifference, same.what.english().c_str());
    }

    void aStepBetweenSnapshotsIsRebuilt()
    {
        trainRun(tiny::training(30), {.folder = in("full")});
        trainRun(tiny::training(60), {.folder = in("longer")});
        const auto rebuilt = rebuildSnapshot(Run(in("longer")), 30);
        QCOMPARE(rebuilt->step(), 30);
        QVERIFY(std::ranges::equal(rebuilt->weights(), Run(in("full")).snapshot(30)->weights()));
    }

    void aTextIsKeptWithItsRun()
    {
        const fs::path text = in("book.txt");
        {
            std::ofstream file(text);
            for (int i = 0; i < 200; ++i)
                file << "line " << i * 7919 % 100 << " says so\n";
        }
        TrainingOptions options = tiny::training(12);
        options.data.source = text.string();
        QCOMPARE(trainRun(options, {.folder = in("text")}).first, SessionStatus::Stopped);
        fs::remove(text);
        QCOMPARE(trainRun({}, {.folder = in("text"), .resume = true, .steps = 20}).first, SessionStatus::Stopped);
        QCOMPARE(Run(in("text")).lastStep(), 20);

        std::ofstream(in("text") / "data" / "book.txt", std::ios::app) << "more\n";
        const auto [status, reason] = trainRun({}, {.folder = in("text"), .resume = true, .steps = 30});
        QCOMPARE(status, SessionStatus::Failed);
        QVERIFY2(reason.find("was changed since the run began") != std::string::npos, reason.c_str());
        QCOMPARE(Run(in("text")).lastStep(), 20);
    }

    void aCheckpointThatWasAskedForStays()
    {
        trainRun(tiny::training(0), {.folder = in("asked")}, [](Session &session, Listener &listener) {
            listener.waitForSteps(3);
            session.send(TakeCheckpoint{});
            listener.waitForSteps(200);
            session.send(StopTraining{});
        });
        for (const std::int64_t more : {1, 2, 3})
            trainRun({}, {.folder = in("asked"), .resume = true, .steps = Run(in("asked")).lastStep() + more});
        const auto files = Run(in("asked")).checkpoints();
        QCOMPARE(files.size(), 3U); // the kept checkpoint, and the newest two
        QVERIFY(files.front().kept);
        QVERIFY(!files.back().kept);
    }

    void aSecondWriterIsRefused()
    {
        trainRun(tiny::training(5), {.folder = in("locked")});
        const RunWriter writer(in("locked"));
        QCOMPARE(Run(in("locked")).state(), RunState::Running);
        const std::string sentence = sentenceOf([&] { const RunWriter other(in("locked")); });
        QVERIFY2(sentence.find("is being trained by another program") != std::string::npos, sentence.c_str());
        const auto [status, reason] = trainRun({}, {.folder = in("locked"), .resume = true, .steps = 9});
        QCOMPARE(status, SessionStatus::Failed);
        QCOMPARE(Run(in("locked")).lastStep(), 5);
    }

    void aNewRunNeedsANewFolder()
    {
        trainRun(tiny::training(3), {.folder = in("taken")});
        const std::string before = story(in("taken"));
        const auto [status, reason] = trainRun(tiny::training(4), {.folder = in("taken")});
        QCOMPARE(status, SessionStatus::Failed);
        QVERIFY2(reason.find("There is something at") == 0, reason.c_str());
        QCOMPARE(story(in("taken")), before);
    }

    void aSnapshotCutShortAnywhereIsNotLoaded()
    {
        trainRun(tiny::training(8), {.folder = in("torn")});
        const fs::path file = snapshotPath(in("torn"), 5);
        const auto size = fs::file_size(file);
        // Every byte with SAMOUT_EVERY_BYTE=1; always every byte of the header, which is parsed.
        const bool all = std::getenv("SAMOUT_EVERY_BYTE");
        std::uintmax_t step = all ? 1 : 97;
        for (std::uintmax_t length = size; length-- > 0; length -= std::min<std::uintmax_t>(length, step)) {
            fs::resize_file(file, length);
            if (length < 4096)
                step = 1;
            const Run run(in("torn"));
            const std::string sentence = sentenceOf([&] { run.snapshot(5); });
            QVERIFY2(sentence.find("step-5.safetensors") != std::string::npos, sentence.c_str());
        }
        QCOMPARE(Run(in("torn")).snapshot(6)->step(), 6);
        QVERIFY(fs::exists(file));
    }

    void aDamagedDatabaseIsTold()
    {
        trainRun(tiny::training(30), {.folder = in("damaged")});
        const fs::path file = in("damaged") / "run.db";
        std::ifstream in_(file, std::ios::binary);
        const std::string whole{std::istreambuf_iterator<char>(in_), {}};
        int opened = 0;
        for (std::size_t at = 0; at < whole.size(); at += 211) {
            std::string bytes = whole;
            for (std::size_t i = at; i < std::min(at + 64, bytes.size()); ++i)
                bytes[i] = static_cast<char>(~bytes[i]);
            std::ofstream(file, std::ios::binary | std::ios::trunc) << bytes;
            // Whichever byte was changed: a sentence or an answer, never a crash.
            sentenceOf([&] {
                const Run run(in("damaged"));
                ++opened;
                run.metrics();
                run.samples();
                run.snapshots();
            });
        }
        std::ofstream(file, std::ios::binary | std::ios::trunc) << whole.substr(0, whole.size() / 2);
        const std::string sentence = sentenceOf([&] { Run(in("damaged")).metrics(); });
        QVERIFY2(sentence.find("run.db is damaged") != std::string::npos, sentence.c_str());
        QVERIFY(opened > 0);
        std::ofstream(file, std::ios::binary | std::ios::trunc) << whole.substr(0, whole.size() - 100);
        const std::string tooShort = sentenceOf([&] { Run(in("damaged")); });
        QVERIFY2(tooShort.find("run.db is damaged: it has") != std::string::npos, tooShort.c_str());
        std::ofstream(file, std::ios::binary | std::ios::trunc) << whole;
        QCOMPARE(Run(in("damaged")).lastStep(), 30);
    }

    void aNewerFormatIsRefused()
    {
        trainRun(tiny::training(3), {.folder = in("newer")});
        SQLite::Database((in("newer") / "run.db").string(), SQLite::OPEN_READWRITE).exec("PRAGMA user_version = 3");
        const std::string sentence = sentenceOf([&] { Run(in("newer")); });
        QVERIFY2(sentence.find("newer version of SamOut Studio") != std::string::npos, sentence.c_str());
    }

    void aDeletedFolderPausesTheTraining()
    {
        Listener listener;
        Session session(listener.onEvent());
        session.send(StartTraining{.options = tiny::training(0), .plan = {.folder = in("gone")}});
        QVERIFY(listener.waitForSteps(5));
        fs::rename(in("gone"), in("moved"));
        QVERIFY(listener.waitForStatus(SessionStatus::Paused));
        QVERIFY2(listener.reasons.back().find("was deleted or moved away") != std::string::npos,
                 listener.reasons.back().c_str());
        const auto made = listener.stepCount();
        fs::rename(in("moved"), in("gone"));
        session.send(GoOn{});
        QVERIFY(listener.waitForSteps(made + 5));
        session.send(StopTraining{});
        QVERIFY(listener.waitForStatus(SessionStatus::Stopped));
        QCOMPARE(Run(in("gone")).metrics().size(), listener.stepCount());
    }

    void startsAnewFromAStepOfAnother()
    {
        trainRun(tiny::training(10), {.folder = in("parent")});
        TrainingOptions options = tiny::training(4);
        options.init = snapshotPath(in("parent"), 6).string();
        trainRun(options, {.folder = in("child")});
        const Run child(in("child"));
        QCOMPARE(child.facts().parent, std::string("parent"));
        QCOMPARE(child.facts().parentStep, 6);
        QVERIFY(std::ranges::equal(child.snapshot(0)->weights(), Run(in("parent")).snapshot(6)->weights()));
        // The child goes on although its parent is gone.
        fs::remove_all(in("parent"));
        QCOMPARE(trainRun({}, {.folder = in("child"), .resume = true, .steps = 8}).first, SessionStatus::Stopped);
        QVERIFY(!replay(child).firstDifference);
    }

    void namesNotesAndStarsAreKept()
    {
        trainRun(tiny::training(5), {.folder = in("named")});
        renameRun(in("named"), "Grüße, 世界");
        noteRun(in("named"), "the note");
        starRun(in("named"), true);
        starSnapshot(in("named"), 3, true);
        const Run run(in("named"));
        QCOMPARE(run.facts().name, std::string("Grüße, 世界"));
        QCOMPARE(run.facts().note, std::string("the note"));
        QVERIFY(run.facts().starred);
        QVERIFY(run.snapshots()[3].kept);
    }

    void thinsToTheBudget_data()
    {
        QTest::addColumn<qint64>("budget");
        QTest::newRow("half") << qint64(500);
        QTest::newRow("a tenth") << qint64(100);
        QTest::newRow("nothing") << qint64(0);
    }

    void thinsToTheBudget()
    {
        QFETCH(qint64, budget);
        std::vector<StoredFile> files;
        for (int i = 0; i < 100; ++i)
            files.push_back({.step = i * 10, .bytes = 10, .kept = i == 37});
        const auto steps = snapshotsToThin(files, budget);
        for (const std::int64_t never : {0, 370, 990})
            QVERIFY(std::ranges::find(steps, never) == steps.end());
        QCOMPARE(static_cast<std::int64_t>(steps.size()), std::min<std::int64_t>(97, 100 - budget / 10));
        // Denser early: half of the remaining snapshots lie in the first fifth.
        if (budget == 500)
            QVERIFY(std::ranges::count_if(steps, [](std::int64_t step) { return step > 500; }) >
                    2 * std::ranges::count_if(steps, [](std::int64_t step) { return step < 500; }));
    }

    void aRunKeepsToItsBudget()
    {
        TrainingOptions options = tiny::training(400);
        options.hiddenSize = 96; // a snapshot takes half a megabyte
        options.snapshotMegabytes = 2;
        trainRun(options, {.folder = in("budget")});
        const auto files = Run(in("budget")).snapshots();
        std::int64_t bytes = 0;
        for (const StoredFile &file : files)
            bytes += file.bytes;
        QVERIFY(bytes <= 2 << 20);
        QVERIFY(files.size() >= 3);
        QCOMPARE(files.front().step, 0);
        QCOMPARE(files.back().step, 400);
        QCOMPARE(static_cast<std::size_t>(std::distance(fs::directory_iterator(in("budget") / "snapshots"), {})),
                 files.size());
    }

    void isReadAsItsPageSays()
    {
        trainRun(tiny::training(25), {.folder = in("page")});
        SQLite::Database database((in("page") / "run.db").string(), SQLite::OPEN_READONLY);
        QCOMPARE(database.execAndGet("PRAGMA user_version").getInt(), 2);
        QCOMPARE(database
                     .execAndGet("SELECT count(*) FROM (SELECT step, loss, held_out_loss, learning_rate, "
                                 "gradient_norm, seconds, tokens, alpha_0, alpha_1, gradient_norm_0, "
                                 "gradient_norm_1 FROM metrics JOIN layers USING (step))")
                     .getInt(),
                 25);
        QCOMPARE(database.execAndGet("SELECT count(*) FROM samples WHERE prompt != '' AND drawn IS NOT NULL").getInt(),
                 2);
        QCOMPARE(database.execAndGet("SELECT json_extract(value, '$.hidden') FROM run WHERE key = 'options'").getInt(),
                 12);
        SQLite::Statement files(database,
                                "SELECT file, bytes FROM snapshots UNION SELECT file, bytes FROM checkpoints");
        int count = 0;
        for (; files.executeStep(); ++count)
            QCOMPARE(fs::file_size(in("page") / files.getColumn(0).getString()),
                     static_cast<std::uintmax_t>(files.getColumn(1).getInt64()));
        QVERIFY(count > 5);
    }

    void exportsEveryPoint()
    {
        trainRun(tiny::training(25), {.folder = in("export")});
        exportCsv(Run(in("export")), in("points.csv"));
        std::ifstream file(in("points.csv"));
        std::string line;
        std::getline(file, line);
        QVERIFY2(line.starts_with("step,loss,held_out_loss,") && line.ends_with(",gradient_norm_1"), line.c_str());
        int lines = 0;
        while (std::getline(file, line)) {
            QCOMPARE(std::ranges::count(line, ','), 10);
            QVERIFY(line.starts_with(std::to_string(++lines) + ","));
        }
        QCOMPARE(lines, 25);
    }
};

QTEST_GUILESS_MAIN(RunTest)
#include "run_test.moc"
