// SPDX-License-Identifier: GPL-3.0-only
// Runs at the terminal: killed, on a full disk, locked, watched, exported.
#include "core/base/error.h"
#include "core/runs/run.h"
#include "core/runs/run_folder.h"
#include "tests/cli/running.h"

#include <QElapsedTimer>
#include <QRandomGenerator>
#include <QStandardPaths>

#include <csignal>
#include <sys/mount.h>
#include <unistd.h>

using namespace samout;
namespace fs = std::filesystem;

class RunsTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    QString at(const QString &name) const { return m_folder.filePath(name); }

    static QStringList small(int steps)
    {
        return {"--data",  "sentences", "--hidden",         "24", "--heads",   "2", "--layers", "2",
                "--batch", "4",         "--held-out-every", "50", "--threads", "1", "--steps",  QString::number(steps)};
    }
    /// The exported points without their seconds.
    QByteArray pointsOf(const QString &run)
    {
        const QString file = at("points.csv");
        QFile::remove(file);
        const Outcome outcome = samoutCli({"export", run, "--csv", file});
        if (outcome.code != 0)
            return outcome.err;
        QByteArray all;
        const QList<QByteArray> lines = contents(file).split('\n');
        for (const QByteArray &line : lines) {
            QList<QByteArray> cells = line.split(',');
            if (cells.size() > 5)
                cells.removeAt(5);
            all += cells.join(',') + '\n';
        }
        return all;
    }
    static QJsonObject show(const QString &run) { return samoutCli({"show", run, "--json"}).objects().value(0); }
    /// Every file listed in the run is whole.
    static void requireWhole(const QString &folder)
    {
        const Run run(folder.toStdString());
        for (const StoredFile &file : run.snapshots())
            QCOMPARE(run.snapshot(file.step)->step(), file.step);
        for (const StoredFile &file : run.checkpoints())
            QCOMPARE(run.checkpoint(file.step)->snapshot->step(), file.step);
    }

private Q_SLOTS:
    /// SAMOUT_KILLS is the number of kills (200 for the full test).
    void killedAtAnyMomentNothingStoredIsLost()
    {
        constexpr int steps = 3000;
        const int kills =
            qEnvironmentVariableIntValue("SAMOUT_KILLS") > 0 ? qEnvironmentVariableIntValue("SAMOUT_KILLS") : 10;
        const QString straight = at("straight"), killed = at("killed");
        QCOMPARE(samoutCli(QStringList{"train", "--run", straight} + small(steps)).code, 0);
        qint64 stored = 0;
        int opened = 0, ended = 0;
        for (int i = 0; i < kills; ++i) {
            const bool begun = QFileInfo::exists(killed);
            QProcess process;
            process.start(SAMOUT_BINARY, begun ? QStringList{"train", "--resume", killed}
                                               : QStringList{"train", "--run", killed} + small(steps));
            if (process.waitForFinished(QRandomGenerator::global()->bounded(30, 900))) {
                ++ended;
                QCOMPARE(process.exitCode(), 0);
            } else {
                ::kill(static_cast<pid_t>(process.processId()), SIGKILL);
                process.waitForFinished();
            }
            if (!QFileInfo::exists(killed))
                continue; // killed before there was a run
            ++opened;
            const QJsonObject told = show(killed);
            QCOMPARE(told["state"].toString(), QString("stopped"));
            QVERIFY2(told["step"].toInteger() >= stored, qPrintable(QString::number(stored)));
            stored = told["step"].toInteger();
            requireWhole(killed);
        }
        QVERIFY(opened > 0);
        QCOMPARE(samoutCli({"train", "--resume", killed}).code, 0);
        QCOMPARE(pointsOf(killed), pointsOf(straight));
        const auto a = Run(killed.toStdString()), b = Run(straight.toStdString());
        QCOMPARE(a.samples(), b.samples());
        QVERIFY(std::ranges::equal(a.checkpoint(steps)->snapshot->weights(), b.checkpoint(steps)->snapshot->weights()));
        QCOMPARE(a.checkpoint(steps)->secondMoment, b.checkpoint(steps)->secondMoment);
        QCOMPARE(QDir(killed + "/snapshots").entryList({".*"}, QDir::Files | QDir::Hidden), QStringList());
        qInfo("kill -9: %d times, %d of them with a run, every one opened and went on to the same bits", kills, opened);
    }

    void aSignalFinishesTheStepAndTakesACheckpoint()
    {
        for (const int signal : {SIGINT, SIGTERM}) {
            const QString run = at("signal" + QString::number(signal));
            QProcess process;
            process.start(SAMOUT_BINARY, QStringList{"train", "--run", run} + small(0));
            QTRY_VERIFY_WITH_TIMEOUT(show(run)["step"].toInteger() > 5, 60'000);
            QCOMPARE(show(run)["state"].toString(), QString("running"));
            const Outcome second = samoutCli({"train", "--resume", run});
            QCOMPARE(second.code, 1);
            QVERIFY2(second.err.contains("is being trained by another program"), second.err.constData());
            ::kill(static_cast<pid_t>(process.processId()), signal);
            QVERIFY(process.waitForFinished(60'000));
            QCOMPARE(process.exitCode(), 0);
            const QJsonObject told = show(run);
            QCOMPARE(told["state"].toString(), QString("stopped"));
            QCOMPARE(told["checkpoints"].toArray().last(), told["step"]);
            QCOMPARE(told["snapshots"].toArray().last(), told["step"]);
        }
    }

    void aBreakpointEndsItAndChangesNothing()
    {
        const QString straight = at("unbroken"), broken = at("broken");
        QCOMPARE(samoutCli(QStringList{"train", "--run", straight} + small(20)).code, 0);
        const Outcome first = samoutCli(QStringList{"train", "--run", broken, "--break", "step=7"} + small(20));
        QCOMPARE(first.code, 1);
        QVERIFY2(first.err.contains("Breakpoint: step 7 is made."), first.err.constData());
        QCOMPARE(show(broken)["step"].toInteger(), 7);
        const Outcome second =
            samoutCli({"train", "--resume", broken, "--break", "gradient=1e9", "--break", "step=11"});
        QCOMPARE(second.code, 1);
        QVERIFY2(second.err.contains("step 11"), second.err.constData());
        const Outcome never = samoutCli({"train", "--resume", broken, "--break", "step=11", "--break", "step=99",
                                         "--break", "held-out=2", "--break", "alpha.9=0.5", "--break", "step=13"});
        QCOMPARE(never.code, 1);
        for (const char *sentence : {"so step=11 is never met", "so step=99 is never met", "so alpha.9=0.5 is never"})
            QVERIFY2(never.err.contains(sentence), never.err.constData());
        QVERIFY2(!never.err.contains("step=13 is never"), never.err.constData());
        QCOMPARE(samoutCli({"train", "--resume", broken}).code, 0);
        QCOMPARE(pointsOf(broken), pointsOf(straight));
        const Outcome wrong = samoutCli({"train", "--break", "loss=3"});
        QCOMPARE(wrong.code, 2);
        QVERIFY2(wrong.err.contains("is no breakpoint; it should be step=N"), wrong.err.constData());
    }

    void editsAreShown()
    {
        const QString run = at("edited");
        QCOMPARE(samoutCli(QStringList{"train", "--run", run} + small(5)).code, 0);
        QCOMPARE(samoutCli({"train", "--resume", run, "--steps", "9"}).code, 0);
        const QJsonArray edits = show(run)["edits"].toArray();
        QCOMPARE(edits.size(), 1);
        QCOMPARE(edits[0].toObject(), (QJsonObject{{"step", 5}, {"kind", "steps"}, {"value", "9"}}));
        const Outcome text = samoutCli({"show", run});
        QVERIFY2(text.out.contains("edit at step 5") && text.out.contains("steps 9"), text.out.constData());
    }

    void aFullDiskIsToldAndKeepsWhatIsThere()
    {
        const QString disk = at("disk");
        QVERIFY(QDir().mkdir(disk));
        if (::mount("none", disk.toUtf8().constData(), "tmpfs", 0, "size=1500k") != 0)
            QSKIP("a small disk cannot be mounted here");
        const Outcome outcome = samoutCli(QStringList{"train", "--run", disk + "/run"} + small(0));
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains("disk is full"), outcome.err.constData());
        const QJsonObject told = show(disk + "/run");
        QCOMPARE(told["state"].toString(), QString("stopped"));
        QVERIFY(told["snapshots"].toArray().size() > 1);
        requireWhole(disk + "/run");
        ::umount(disk.toUtf8().constData());
    }

    void aPlaceThatCannotBeWrittenIsTold()
    {
        const Outcome outcome = samoutCli(QStringList{"train", "--run", "/sys/run"} + small(3));
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains("The run /sys/run cannot be made"), outcome.err.constData());
    }

    void aReadOnlyRunCanBeReadAndNotTrained()
    {
        const QString run = at("readonly");
        QCOMPARE(samoutCli(QStringList{"train", "--run", run} + small(10)).code, 0);
        // Root may write anywhere unless it gives up that right.
        const QStringList unprivileged = {"--bounding-set", "-dac_override,-dac_read_search", "--inh-caps", "-all"};
        const auto samoutAsPerson = [&](const QStringList &arguments) {
            return ::geteuid() == 0 ? runProgram("setpriv", unprivileged + QStringList{SAMOUT_BINARY} + arguments)
                                    : samoutCli(arguments);
        };
        if (::geteuid() == 0 && runProgram("setpriv", unprivileged + QStringList{"true"}).code != 0)
            QSKIP("root cannot give up its rights here");
        fs::permissions(run.toStdString(), fs::perms::owner_write, fs::perm_options::remove);
        fs::permissions(run.toStdString() + "/run.db", fs::perms::owner_write, fs::perm_options::remove);
        fs::permissions(run.toStdString() + "/writer.lock", fs::perms::owner_write, fs::perm_options::remove);
        QCOMPARE(samoutAsPerson({"show", run, "--json"}).objects().value(0)["step"].toInteger(), 10);
        QCOMPARE(samoutAsPerson({"replay", run}).code, 0);
        const Outcome outcome = samoutAsPerson({"train", "--resume", run, "--steps", "20"});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains("cannot be written"), outcome.err.constData());
        QVERIFY2(samoutAsPerson({"train", "--run", run + "/new", "--steps", "1"}).err.contains("cannot be made"), "");
        fs::permissions(run.toStdString(), fs::perms::owner_write, fs::perm_options::add);
        requireWhole(run);
    }

    void trainingsThatBeginTogetherGetAFolderEach()
    {
        constexpr std::size_t count = 3;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert("SAMOUT_RUNS", at("together"));
        QProcess processes[count];
        for (QProcess &process : processes) {
            process.setProcessEnvironment(environment);
            process.start(SAMOUT_BINARY, QStringList{"train"} + small(20));
        }
        for (QProcess &process : processes) {
            QVERIFY(process.waitForFinished(60'000));
            QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
        }
        const QList<QJsonObject> runs = samoutCli({"runs", at("together"), "--json"}).objects();
        QCOMPARE(runs.size(), static_cast<qsizetype>(count));
        for (const QJsonObject &run : runs)
            QCOMPARE(run["step"].toInteger(), 20);
    }

    void theStepToReachIsTheOneThatWasLastSaid()
    {
        QCOMPARE(samoutCli(QStringList{"train", "--run", at("longer")} + small(10)).code, 0);
        QCOMPARE(samoutCli({"train", "--resume", at("longer"), "--steps", "15"}).code, 0);
        QCOMPARE(show(at("longer"))["steps"].toInteger(), 15);
        QVERIFY(samoutCli({"show", at("longer")}).out.contains("15 of 15"));
    }

    void aDamagedRunIsShownAsDamaged()
    {
        QVERIFY(QDir().mkpath(at("damaged")));
        write(at("damaged/run.db"), "no database at all, whatever its name says");
        const QJsonObject told = show(at("damaged"));
        QCOMPARE(told["state"].toString(), QString("damaged"));
        QVERIFY(told["problem"].toString().contains("run.db"));
        QCOMPARE(samoutCli({"show", at("damaged")}).code, 1);
        QCOMPARE(samoutCli({"train", "--resume", at("damaged")}).code, 1);
        QCOMPARE(samoutCli({"show", at("nothing")}).code, 1);
    }

    void listsReplaysAndExports()
    {
        const QString home = at("home");
        QCOMPARE(samoutCli(QStringList{"train", "--run", home + "/one"} + small(30)).code, 0);
        QCOMPARE(samoutCli(QStringList{"train", "--run", home + "/two"} + small(20)).code, 0);
        const Outcome list = samoutCli({"runs", home, "--json"});
        QCOMPARE(list.objects().size(), 2);
        QCOMPARE(list.objects()[0]["step"].toInteger(), 30);
        QCOMPARE(samoutCli({"runs", home}).out.count('\n'), 2);
        const Outcome same = samoutCli({"replay", home + "/one"});
        QCOMPARE(same.code, 0);
        QVERIFY2(same.out.contains("All 30 steps came out the same"), same.out.constData());
        QCOMPARE(samoutCli({"export", home + "/one"}).code, 2);
        QCOMPARE(samoutCli({"train", "--resume", home + "/one", "--hidden", "8"}).code, 2);
    }

    void aRealTensorBoardReadsTheExport()
    {
        const QString python = QStandardPaths::findExecutable("python3");
        if (python.isEmpty() || runProgram(python, {"-c", "import tensorboard"}).code != 0)
            QSKIP("there is no Python with the package tensorboard");
        QCOMPARE(samoutCli(QStringList{"train", "--run", at("board")} + small(60)).code, 0);
        QCOMPARE(samoutCli({"export", at("board"), "--tensorboard", at("events")}).code, 0);
        const Outcome read = runProgram(python, {"-c", R"(
import sys
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
events = EventAccumulator(sys.argv[1], size_guidance={'scalars': 0, 'tensors': 0})
events.Reload()
losses = events.Scalars('loss')
print(len(losses), losses[0].step, losses[-1].step, sorted(events.Tags()['scalars'])[0])
texts = events.Tensors('sample/drawn')
print(len(texts), texts[0].step, len(texts[0].tensor_proto.string_val[0]) > 0)
)",
                                                 at("events")});
        QVERIFY2(read.code == 0, read.err.constData());
        QCOMPARE(read.out, QByteArray("60 1 60 alpha/0\n3 10 True\n"));
    }
};

QTEST_GUILESS_MAIN(RunsTest)
#include "runs_test.moc"
