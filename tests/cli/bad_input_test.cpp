// SPDX-License-Identifier: GPL-3.0-only
#include "tests/cli/running.h"

#include <QDir>

#include <unistd.h>

using namespace samout;

class BadInputTest : public CliFixture {
    Q_OBJECT

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void wrongUsage_data();
    void wrongUsage();
    void badInput_data();
    void badInput();
    void truncatedModel();
    void unwritableFolder();
    void fullDisk();
    void closedOutput();
};

void BadInputTest::wrongUsage_data()
{
    QTest::addColumn<QStringList>("arguments");
    const auto row = [](const char *name, const QStringList &arguments) { QTest::newRow(name) << arguments; };
    row("nothing", {});
    row("bench of something else", {"bench", "coffee"});
    row("no rounds", {"bench", "train", "--rounds", "0"});
    row("too many texts", {"generate", m_model, "--tokens", "4", "--length", "3", "--texts", "1000000000"});
    row("bench on no threads", {"bench", "train", "--threads", "-1"});
    row("a peer without a name", {"bench", "train", "--peer", ""});
    row("no texts", {"generate", m_model, "--tokens", "4", "--length", "3", "--texts", "0"});
    row("unknown command", {"learn"});
    row("unknown option", {"train", "--lerning-rate", "1"});
    row("option without value", {"train", "--steps"});
    row("steps are no number", {"train", "--steps", "many"});
    row("learning rate is no number", {"train", "--learning-rate", "fast"});
    row("negative seed", {"train", "--seed", "-1"});
    row("unknown preset", {"train", "--preset", "university"});
    row("batch of 0", {"train", "--batch", "0"});
    row("batch is a word", {"train", "--batch", "some"});
    row("sizes and init", {"train", "--init", m_model, "--hidden", "12"});
    row("stray word", {"train", "article"});
    row("no model", {"evaluate", "--tokens", m_rows});
    row("no tokens", {"evaluate", m_model});
    row("no prompt", {"generate", m_model, "--length", "3"});
    row("two prompts", {"generate", m_model, "--length", "3", "--prompt", "5", "--tokens", "5"});
    row("no length", {"generate", m_model, "--prompt", "5"});
    row("negative length", {"generate", m_model, "--prompt", "5", "--length", "-1"});
    row("two memories", {"generate", m_model, "--prompt", "5", "--length", "1", "--context", "4", "--clear-at", "5"});
    row("context of 0", {"generate", m_model, "--prompt", "5", "--length", "1", "--context", "0"});
    row("tokens are words", {"inspect", m_model, "--tokens", "a,b", "--out", "/nowhere/x.safetensors"});
    row("no token", {"inspect", m_model, "--tokens", "", "--out", "/nowhere/x.safetensors"});
    row("no text", {"inspect", m_model});
    row("text and tokens", {"inspect", m_model, "--text", "5", "--tokens", "5"});
    row("half an intervention", {"inspect", m_model, "--tokens", "5", "--silence", "1."});
    row("an empty list of heads", {"inspect", m_model, "--tokens", "5", "--silence", ""});
    row("a list of heads that ends in a comma", {"inspect", m_model, "--tokens", "5", "--silence", "0.1,"});
    row("a layer of many digits", {"inspect", m_model, "--tokens", "5", "--silence", "99999999999.0"});
    row("an alpha without value", {"inspect", m_model, "--tokens", "5", "--alpha", "1"});
    row("a state without position", {"inspect", m_model, "--tokens", "5", "--set", "1.2=3"});
    row("an unknown question", {"examine", "everything", m_model});
    row("a question of nothing", {"examine", "surprise"});
    row("a comparison of one", {"examine", "compare", m_model});
    row("a surprise of two", {"examine", "surprise", m_model, m_model});
    row("a word that is none", {"examine", "transfer", m_model, "--word", "verb"});
    row("an option of another question", {"examine", "transfer", m_model, "--text", "5"});
    row("two ways to write", {"examine", "surprise", m_model, "--json", "--csv", "/nowhere/x.csv"});
    row("half an intervention in a question", {"examine", "surprise", m_model, "--silence", "1."});
    row("one file to convert", {"convert", m_model});
}

void BadInputTest::wrongUsage()
{
    QFETCH(QStringList, arguments);
    const Outcome outcome = samoutCli(arguments);
    QCOMPARE(outcome.code, 2);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY2(outcome.err.startsWith("samout: "), outcome.err.constData());
    QCOMPARE(outcome.err.count('\n'), 2);
    QVERIFY2(outcome.err.contains("--help"), outcome.err.constData());
}

void BadInputTest::badInput_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("named");
    // FILE holds `bytes`; OUT must not exist afterwards.
    const auto row = [](const char *name, const QByteArray &bytes, const QStringList &arguments,
                        const QString &named = "FILE") { QTest::newRow(name) << bytes << arguments << named; };
    const QStringList evaluate = {"evaluate", "FILE.safetensors", "--tokens", m_rows, "--logits", "OUT.safetensors"};
    const QStringList rows = {"evaluate", m_model, "--tokens", "FILE.jsonl", "--logits", "OUT.safetensors"};
    const QStringList text = {"train",   "--data", "FILE.txt", "--hidden",       "12",
                              "--steps", "1",      "--save",   "OUT.safetensors"};
    const QStringList trainRows = {"train", "--init",  m_model, "--data", "FILE.jsonl",     "--batch",
                                   "all",   "--steps", "1",     "--save", "OUT.safetensors"};
    const QByteArray good = contents(m_model);

    row("missing model", {}, {"evaluate", "NONE.safetensors", "--tokens", m_rows}, "NONE");
    row("missing rows", {}, {"evaluate", m_model, "--tokens", "NONE.jsonl"}, "NONE");
    row("missing data", {}, {"train", "--data", "NONE.txt", "--save", "OUT.safetensors"}, "NONE");
    row("missing init", {}, {"train", "--init", "NONE.safetensors", "--save", "OUT.safetensors"}, "NONE");
    row("missing input", {}, {"convert", "NONE.pth", "OUT.safetensors"}, "NONE");
    row("empty model", {}, evaluate);
    row("half a model", good.left(good.size() / 2), evaluate);
    row("over-long model", good + QByteArray(8, '\0'), evaluate);
    row("header of terabytes", QByteArray("\0\0\0\0\0\1\0\0{}", 10), evaluate);
    row("not a model", "Once upon a time there was a model, and it was none.\n", evaluate);
    row("renamed tensor", QByteArray(good).replace("em.weight", "em.wieght"), evaluate);
    row("code in a .pth", "cos\nsystem\n(S'touch OUT.safetensors'\ntR.", {"convert", "FILE.pth", "OUT.safetensors"});
    row("other ending of a model", good, {"convert", "FILE.bin", "OUT.safetensors"});
    row("other ending of a result", good, {"convert", "FILE.safetensors", "OUT.onnx"}, "OUT");
    row("folder as a result", good, {"convert", "FILE.safetensors", "/"}, "/");

    row("empty rows", {}, rows);
    row("rows of one token", "[5]\n[6]\n", rows);
    row("rows are no JSON", "[5,6\n", rows);
    row("rows hold words", "[5,6]\n[\"a\",\"b\"]\n", rows);
    row("rows hold fractions", "[5,6]\n[1.5,2]\n", rows);
    row("token not in the model", "[5,6]\n[5,17]\n", rows);
    row("negative token", "[5,6]\n[5,-1]\n", rows);
    row("only padding", "[5,3,3]\n", rows);
    row("training token not in the model", "[5,6]\n[5,17]\n", trainRows);
    row("training rows are no JSON", "{\n", trainRows);

    row("text that is not UTF-8", "abc \xff\xfe def\n", text);
    row("empty text", {}, text);
    row("text of one character", "a", text);
    row("text shorter than a sequence", "a b c", text);

    const QStringList train = {"train", "--steps", "1", "--save", "OUT.safetensors"};
    row("unknown task", {}, train + QStringList{"--data", "knitting"}, "knitting");
    row("heads that do not divide", {}, train + QStringList{"--hidden", "10", "--heads", "3"}, "10");
    row("learning rate 0", {}, train + QStringList{"--learning-rate", "0"}, "learning rate");
    row("learning rate negative", {}, train + QStringList{"--learning-rate", "-1"}, "learning rate");
    row("learning rate NaN", {}, train + QStringList{"--learning-rate", "nan"}, "learning rate");
    row("learning rate infinite", {}, train + QStringList{"--learning-rate", "inf"}, "learning rate");
    row("negative steps", {}, {"train", "--steps", "-1", "--save", "OUT.safetensors"}, "steps");
    row("dropout of 1", {}, train + QStringList{"--dropout", "1"}, "dropout");
    row("held out everything", {}, train + QStringList{"--data", "sentences", "--held-out", "1"}, "held-out");
    row("unknown device", {}, train + QStringList{"--device", "tpu"}, "tpu");
    row("device that is not there", {}, train + QStringList{"--device", "cuda:63"}, "cuda:63");
    row("bfloat16 on the processor", {}, train + QStringList{"--device", "cpu", "--bfloat16"}, "bfloat16");
    row("a peer that is not there", {}, {"bench", "train", "--peer", "/nowhere/python"}, "/nowhere/python");
    row("a peer that is no Python", {}, {"bench", "train", "--peer", "/bin/cat"}, "/bin/cat");
    row("a device to bench that is not there", {}, {"bench", "train", "--device", "banana"}, "banana");
    row("a device to verify that is not there", {}, {"verify", "--device", "cuda:63"}, "cuda:63");
    row("all of an endless task", {}, train + QStringList{"--data", "sentences", "--batch", "all"}, "sentences");

    const QStringList generate = {"generate", m_model, "--length", "3"};
    row("prompt not in the vocabulary", {}, generate + QStringList{"--prompt", "5 17"}, "17");
    row("prompt token not in the vocabulary", {}, generate + QStringList{"--tokens", "17"}, "17");
    row("negative temperature", {}, generate + QStringList{"--prompt", "5", "--temperature", "-1"}, "temperature");
    row("top-p of 0", {}, generate + QStringList{"--prompt", "5", "--top-p", "0"}, "top-p");
    row("negative top-k", {}, generate + QStringList{"--prompt", "5", "--top-k", "-1"}, "top-k");
    row("inspect token not in the vocabulary", {}, {"inspect", m_model, "--tokens", "17", "--out", "OUT.safetensors"},
        "17");
    row("a question about a missing model", {}, {"examine", "surprise", "NONE.safetensors"}, "NONE");
    row("a table in a missing folder", {}, {"examine", "surprise", m_model, "--csv", "NOFOLDER/OUT.csv"}, "NOFOLDER");
    row("text not in the vocabulary", {}, {"examine", "surprise", m_model, "--text", "5 17"}, "17");
    row("a layer of channels that is not there", {},
        {"examine", "effects", m_model, "--data", m_rows, "--channels", "7"}, "7");
    row("folder that is not there", {}, {"inspect", m_model, "--tokens", "5", "--out", "NOFOLDER/OUT.safetensors"},
        "NOFOLDER");
}

void BadInputTest::badInput()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QStringList, arguments);
    QFETCH(QString, named);
    for (QString &argument : arguments) {
        if (argument.startsWith("FILE."))
            write(at(argument), bytes);
        if (argument.startsWith("FILE.") || argument.startsWith("OUT.") || argument.startsWith("NO"))
            argument = at(argument);
    }
    const QStringList before = QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden);
    const Outcome outcome = samoutCli(arguments);
    QVERIFY2(outcome.code == 1, outcome.out + outcome.err);
    QVERIFY2(outcome.out.isEmpty(), outcome.out.constData());
    const QByteArray sentence = outcome.err.trimmed().split('\n').back();
    QVERIFY2(sentence.startsWith("samout: ") && sentence.endsWith('.'), outcome.err.constData());
    QVERIFY2(QString::fromUtf8(sentence).contains(named, Qt::CaseInsensitive), outcome.err.constData());
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden), before);
}

void BadInputTest::truncatedModel()
{
    const QByteArray good = contents(m_model);
    for (qsizetype size = 0; size < good.size(); size += 1 + good.size() / 12) {
        write(at("cut.safetensors"), good.left(size));
        const Outcome outcome = samoutCli({"evaluate", at("cut.safetensors"), "--tokens", m_rows});
        QCOMPARE(outcome.code, 1);
        QVERIFY2(outcome.err.contains("cut.safetensors"), outcome.err.constData());
    }
}

void BadInputTest::unwritableFolder()
{
    QString folder = at("locked");
    QVERIFY(QDir().mkdir(folder));
    QVERIFY(QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::ExeOwner));
    if (geteuid() == 0)
        folder = "/sys"; // root may write everywhere else
    // Reported before the first step, or an hour of training would be lost. Without an end, the training would not
    // return.
    const Outcome outcome = samoutCli({"train", "--steps", "0", "--save", folder + "/model.safetensors"});
    QCOMPARE(outcome.code, 1);
    QVERIFY2(outcome.err.contains((folder + "/model.safetensors").toUtf8()), outcome.err.constData());
    QCOMPARE(samoutCli({"inspect", m_model, "--tokens", "5", "--out", folder + "/model.safetensors"}).code, 1);
    QCOMPARE(samoutCli({"convert", m_model, folder + "/model.pth"}).code, 1);
}

void BadInputTest::fullDisk()
{
    // Files may not grow over 8 KiB here, so no file that is begun can be finished, as on a full disk.
    write(at("old.safetensors"), "what was there before");
    for (const QString &command :
         {"inspect MODEL --tokens " + QString("5,").repeated(50) + "5 --out OLD", QString("convert MODEL OLD"),
          QString("train --init MODEL --data ROWS --batch all --steps 1 --save OLD")}) {
        QString line = command;
        line.replace("MODEL", m_model).replace("OLD", at("old.safetensors")).replace("ROWS", m_rows);
        const Outcome outcome =
            runProgram("/bin/sh", {"-c", "trap '' XFSZ; ulimit -f 16; exec " SAMOUT_BINARY " " + line});
        QVERIFY2(outcome.code == 1, outcome.err.constData());
        // A training cannot even begin its run.
        QVERIFY2(outcome.err.contains(line.startsWith("train") ? "run.db" : "old.safetensors"),
                 outcome.err.constData());
        QCOMPARE(contents(at("old.safetensors")), QByteArray("what was there before"));
        QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files | QDir::Hidden), QStringList("old.safetensors"));
    }
}

void BadInputTest::closedOutput()
{
    const Outcome full = runProgram("/bin/sh", {"-c", "exec " SAMOUT_BINARY " tasks > /dev/full"});
    QCOMPARE(full.code, 1);
    QVERIFY2(full.err.contains("standard output"), full.err.constData());

    const QString train =
        "--init " + m_model + " --data " + m_rows + " --batch all --steps 0 --json --save " + at("model.safetensors");
    runProgram("/bin/sh", {"-c", SAMOUT_BINARY " train " + train + " | head -n 2"});
    QVERIFY(QFile::exists(at("model.safetensors")));
}

QTEST_GUILESS_MAIN(BadInputTest)
#include "bad_input_test.moc"
