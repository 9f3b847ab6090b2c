// SPDX-License-Identifier: GPL-3.0-only
// samout-studio --do and --commands, run as a person runs them.
#include <QFile>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QtTest>

#include <memory>

namespace {

struct Outcome {
    int code = -1;
    QString out, err;
};

/// A training whose steps take about a millisecond.
const QString tiny = QStringLiteral(
    R"("hidden": 12, "heads": 3, "layers": 2, "batch": 4, "sequence-length": 24, "threads": 1, "device": "cpu")");

/// The program's own lines; Qt says more.
QString said(const QString &text)
{
    return text.split(QLatin1Char('\n')).filter(QStringLiteral("samout-studio: ")).join(QLatin1Char('\n'));
}

} // namespace

class DoTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    QString file(const QString &name) const { return m_folder->filePath(name); }
    QString write(const QString &name, const QByteArray &text) const
    {
        QFile list(file(name));
        if (!list.open(QIODevice::WriteOnly) || list.write(text) != text.size())
            qFatal("the list cannot be written");
        return list.fileName();
    }
    std::unique_ptr<QProcess> start(const QStringList &arguments) const
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("SAMOUT_RUNS"), file(QStringLiteral("runs")));
        environment.insert(QStringLiteral("XDG_CONFIG_HOME"), file(QStringLiteral("config")));
        environment.insert(QStringLiteral("LANG"), QStringLiteral("C.UTF-8"));
        process->setProcessEnvironment(environment);
        process->setWorkingDirectory(m_folder->path());
        process->start(QStringLiteral(SAMOUT_STUDIO_BINARY), arguments);
        return process;
    }
    Outcome studio(const QStringList &arguments) const
    {
        const auto process = start(arguments);
        if (!process->waitForFinished(300'000))
            qFatal("samout-studio does not end");
        return {.code = process->exitStatus() == QProcess::NormalExit ? process->exitCode() : -1,
                .out = QString::fromUtf8(process->readAllStandardOutput()),
                .err = said(QString::fromUtf8(process->readAllStandardError()))};
    }
    Outcome carryOut(const QString &list, const QStringList &more = {}) const
    {
        return studio(QStringList{QStringLiteral("--do"), write(QStringLiteral("list.json"), list.toUtf8())} + more);
    }

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void trainsTakesAPictureAndQuits()
    {
        const Outcome outcome = carryOut(
            QStringLiteral(R"([{"command": "training.start", "preset": "classroom", "steps": 12, %1},)"
                           R"( {"command": "training.wait", "step": 12},)"
                           R"( {"command": "window.picture", "file": "w.png"},)"
                           R"( {"command": "window.picture", "file": "loss.png", "panel": "loss"},)"
                           R"( {"command": "window.size", "width": 1500, "height": 950},)"
                           R"( {"command": "window.picture", "file": "larger.png"},)"
                           R"( {"command": "window.quit"}])")
                .arg(tiny),
            {QStringLiteral("--size"), QStringLiteral("1300x900"), QStringLiteral("--theme"), QStringLiteral("dark")});
        QCOMPARE(outcome.err, QString());
        QCOMPARE(outcome.code, 0);
        const QImage picture(file(QStringLiteral("w.png")));
        QCOMPARE(picture.size(), QSize(1300, 900));
        QVERIFY(picture.pixelColor(5, 5).lightness() < 128);
        QVERIFY(QImage(file(QStringLiteral("loss.png"))).width() < 1300);
        QCOMPARE(QImage(file(QStringLiteral("larger.png"))).size(), QSize(1500, 950));
        QCOMPARE(QDir(file(QStringLiteral("runs"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
        // A start of this kind keeps nothing for the next one.
        QVERIFY(!QFile::exists(file(QStringLiteral("config"))));
    }

    void looksIntoARun()
    {
        const QString train = QStringLiteral(R"([{"command": "training.start", "steps": 12, %1},
            {"command": "training.wait", "step": 12}, {"command": "training.wait", "step": 3},
            {"command": "window.quit"}])");
        QCOMPARE(carryOut(train.arg(tiny)).code, 0);
        const QString run = QDir(file(QStringLiteral("runs"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot).value(0);
        const QByteArray list = QStringLiteral("- command: run.show\n"
                                               "  run: %1\n"
                                               "- {command: training.wait, step: 12}\n"
                                               "- {command: step.show, step: 5}\n"
                                               "- {command: text.set, text: the cat}\n"
                                               "- {command: pin.set, layer: 1, channel: 7, position: 3}\n"
                                               "- {command: layer.show, layer: 0}\n"
                                               "- {command: intervention.add, kind: head, layer: 0, head: 2}\n"
                                               "- {command: intervention.add, kind: alpha, layer: 1, value: 0.25}\n"
                                               "- {command: intervention.add, kind: states, layer: 0, channel: 1, "
                                               "position: 2, value: -1.5}\n"
                                               "- {command: side.show, value: difference}\n"
                                               "- {command: intervention.save, file: changes.json}\n"
                                               "- {command: intervention.clear}\n"
                                               "- {command: intervention.open, file: changes.json}\n"
                                               "- {command: prompt.set, text: the }\n"
                                               "- {command: generation.start}\n"
                                               "- {command: snapshot.save, file: step5.safetensors}\n"
                                               "- {command: model.open, file: step5.safetensors}\n"
                                               "- {command: panel.show, panel: weights}\n"
                                               "- {command: panel.measure, panel: statistics}\n"
                                               "- {command: window.theme, value: light}\n"
                                               "- {command: window.language, value: zh}\n"
                                               "- {command: window.picture, file: w.png}\n"
                                               "- {command: window.quit}\n")
                                    .arg(run)
                                    .toUtf8();
        const Outcome outcome = studio({QStringLiteral("--do"), write(QStringLiteral("list.yaml"), list)});
        QCOMPARE(outcome.err, QString());
        QCOMPARE(outcome.code, 0);
        for (const char *name : {"changes.json", "step5.safetensors", "w.png"})
            QVERIFY2(QFile::exists(file(QLatin1String(name))), name);
    }

    void whatCannotBeDone_data()
    {
        QTest::addColumn<QString>("list");
        QTest::addColumn<QString>("number");
        const auto row = [](const char *name, const char *list, const char *number) {
            QTest::newRow(name) << QString::fromUtf8(list) << QString::fromLatin1(number);
        };
        row("unknown", R"([{"command": "window.size", "width": 900, "height": 900}, {"command": "window.close"}])",
            "Command 2, window.close: ");
        row("wrong argument", R"([{"command": "training.wait", "step": "many"}])", "Command 1, training.wait: ");
        row("no training to pause", R"([{"command": "training.pause"}])", "Command 1, training.pause: ");
        row("no weights", R"([{"command": "generation.start"}])", "Command 1, generation.start: ");
        row("no run", R"([{"command": "run.show", "run": "nowhere"}])", "Command 1, run.show: ");
        row("no model", R"([{"command": "model.open", "file": "nowhere.safetensors"}])", "Command 1, model.open: ");
        row("no panel", R"([{"command": "panel.show", "panel": "kitchen"}])", "Command 1, panel.show: ");
        row("no folder", R"([{"command": "window.picture", "file": "no/such/w.png"}])", "Command 1, window.picture: ");
        row("no button", R"([{"command": "step.back"}])", "Command 1, step.back: ");
        row("settings that do not go together", R"([{"command": "training.start", "hidden": 12, "heads": 5}])",
            "Command 1, training.start: ");
        row("no data", R"([{"command": "training.start", "data": "nowhere.txt"}])", "Command 1, training.start: ");
        const QString trained =
            QStringLiteral(
                R"([{"command": "training.start", "steps": 4, %1}, {"command": "training.wait", "step": 4}, )")
                .arg(tiny);
        const auto after = [&](const char *name, const char *list, const char *number) {
            QTest::newRow(name) << trained + QString::fromUtf8(list) + QLatin1Char(']') << QString::fromLatin1(number);
        };
        after("a step that never comes", R"({"command": "training.wait", "step": 5})", "Command 3, training.wait: ");
        after("a step that is not there", R"({"command": "step.show", "step": 5})", "Command 3, step.show: ");
        after("no layer", R"({"command": "layer.show", "layer": 2})", "Command 3, layer.show: ");
        after("no head", R"({"command": "intervention.add", "kind": "head", "layer": 0, "head": 3})",
              "Command 3, intervention.add: ");
        after("no position", R"({"command": "pin.set", "layer": 0, "channel": 0, "position": 5000})",
              "Command 3, pin.set: ");
    }

    void whatCannotBeDone()
    {
        QFETCH(QString, list);
        QFETCH(QString, number);
        const Outcome outcome = carryOut(list);
        QVERIFY2(outcome.err.startsWith(QStringLiteral("samout-studio: ") + number), qPrintable(outcome.err));
        QVERIFY(!outcome.err.contains(QLatin1Char('\n')));
        QCOMPARE(outcome.code, 1);
    }

    void listsThatCannotBeRead()
    {
        for (const QByteArray &text : {QByteArray(), QByteArray("nothing"), QByteArray("\x00\x01\xff\xfe", 4)}) {
            const Outcome outcome = studio({QStringLiteral("--do"), write(QStringLiteral("odd"), text)});
            QCOMPARE(outcome.code, 1);
            QVERIFY(outcome.err.contains(QStringLiteral("odd")));
        }
        QCOMPARE(studio({QStringLiteral("--do"), file(QStringLiteral("missing"))}).code, 1);
        // What does not go with a list is wrong usage.
        const QString list = write(QStringLiteral("list.json"), "[]");
        QCOMPARE(studio({QStringLiteral("--do"), list, QStringLiteral("--start")}).code, 2);
        QCOMPARE(studio({QStringLiteral("--do"), list, QStringLiteral("--steps"), QStringLiteral("5")}).code, 2);
        QCOMPARE(studio({QStringLiteral("--do"), list, QStringLiteral("model.safetensors")}).code, 2);
    }

    void quitStopsATraining()
    {
        const Outcome outcome = carryOut(QStringLiteral(R"([{"command": "training.start", "steps": 0, %1},
            {"command": "training.wait", "step": 3}, {"command": "training.pause"}, {"command": "training.step"},
            {"command": "training.edit", "kind": "learning_rate", "value": 0.01}, {"command": "training.go_on"},
            {"command": "training.checkpoint"}, {"command": "window.quit"}])")
                                             .arg(tiny));
        QCOMPARE(outcome.err, QString());
        QCOMPARE(outcome.code, 0);
    }

    void withoutQuitTheWindowStays()
    {
        const auto process =
            start({QStringLiteral("--do"),
                   write(QStringLiteral("list.json"), R"([{"command": "window.picture", "file": "w.png"}])")});
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(file(QStringLiteral("w.png"))), 60'000);
        QVERIFY(!process->waitForFinished(2'000));
        process->terminate();
        QVERIFY(process->waitForFinished());
    }

    void printsTheTable()
    {
        const Outcome outcome = studio({QStringLiteral("--commands")});
        QCOMPARE(outcome.code, 0);
        const QJsonArray table = QJsonDocument::fromJson(outcome.out.toUtf8()).array();
        QVERIFY(table.size() > 50);
        for (const QJsonValue &command : table)
            for (const char *key : {"id", "title", "arguments", "lesson", "recorded"})
                QVERIFY2(command.toObject().contains(QLatin1String(key)), key);
    }
};

QTEST_GUILESS_MAIN(DoTest)
#include "do_test.moc"
