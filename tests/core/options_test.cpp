// SPDX-License-Identifier: GPL-3.0-only
// The option table: one row reads, writes, limits and names every option.
#include "core/base/error.h"
#include "core/train/options.h"

#include <QTest>

#include <set>

using namespace samout;

namespace {

const TrainingOption &optionNamed(std::string_view name)
{
    for (const TrainingOption &option : trainingOptions)
        if (option.name == name)
            return option;
    qFatal("there is no such option");
}

std::string problemOf(const TrainingOptions &options)
{
    try {
        options.check();
    } catch (const Error &error) {
        return error.what();
    }
    return {};
}

} // namespace

class OptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowHasANameOfItsOwnAndTexts()
    {
        std::set<std::string> names, titles;
        for (const TrainingOption &option : trainingOptions) {
            const std::string name = option.name;
            QVERIFY2(names.insert(name).second, option.name);
            QVERIFY2(titles.insert(option.title.english()).second, option.name);
            QVERIFY2(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == name.npos, option.name);
            QVERIFY2(std::string(option.help.english()).size() > 20, option.name);
            QVERIFY2(option.since >= 1, option.name);
        }
    }

    void everyValueIsReadAsItIsWritten()
    {
        TrainingOptions changed;
        for (const TrainingOption &option : trainingOptions) {
            const std::string text = option.isFlag()                ? "true"
                                     : option.read("0.25", changed) ? "0.25"
                                     : option.read("18", changed)   ? "18"
                                                                    : "";
            QVERIFY2(option.read(text, changed), option.name);
            QCOMPARE(option.text(changed), text);
            QVERIFY2(option.text(changed) != option.text(TrainingOptions()), option.name);
            TrainingOptions back = changed;
            QVERIFY2(option.read(option.text(TrainingOptions()), back), option.name);
            QCOMPARE(option.text(back), option.text(TrainingOptions()));
        }
        QVERIFY(changed.cosine && changed.bfloat16);
        QCOMPARE(changed.learningRate, 0.25);
        QCOMPARE(changed.data.sequenceLength, 18);
        QCOMPARE(changed.seed, 18U);
    }

    void whatCannotBeReadChangesNothing_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("text");
        const auto row = [](const char *name, const char *text) {
            QTest::addRow("%s of \"%s\"", name, text) << QByteArray(name) << QByteArray(text);
        };
        row("learning-rate", "fast");
        row("learning-rate", "");
        row("learning-rate", "0.1x");
        row("steps", "1.5");
        row("steps", "99999999999999999999");
        row("seed", "-1");
        row("threads", "3000000000");
        row("batch", "some");
        row("held-out", "half");
        row("cosine", "maybe");
    }

    void whatCannotBeReadChangesNothing()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, text);
        TrainingOptions options = classroomPreset();
        QVERIFY(!optionNamed(name.toStdString()).read(text.toStdString(), options));
        QVERIFY(options == classroomPreset());
    }

    void wordsAndOpenValues()
    {
        TrainingOptions options;
        QVERIFY(optionNamed("batch").read("all", options));
        QCOMPARE(options.data.batch, 0);
        QVERIFY(optionNamed("held-out").read(" ", options));
        QVERIFY(!options.data.heldOut);
        QVERIFY(optionNamed("seed").read(" 18446744073709551615 ", options));
        QCOMPARE(options.seed, UINT64_MAX);
        QVERIFY(optionNamed("learning-rate").read("+1e-3", options));
        QCOMPARE(options.learningRate, 1e-3);
        QCOMPARE(optionNamed("learning-rate").text(options), std::string("0.001"));
    }

    void rangesAreKept_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<QByteArray>("bad");
        QTest::addColumn<QByteArray>("good");
        QTest::addColumn<QByteArray>("sentence");
        const auto row = [](const char *name, const char *bad, const char *good, const char *sentence) {
            QTest::addRow("%s of %s", name, bad)
                << QByteArray(name) << QByteArray(bad) << QByteArray(good) << QByteArray(sentence);
        };
        row("learning-rate", "0", "1e-9", "The learning rate is 0; it should be above 0, as 0.001.");
        row("learning-rate", "inf", "1e9", "The learning rate is inf; it should be above 0, as 0.001.");
        row("learning-rate", "nan", "1", "The learning rate is nan; it should be above 0, as 0.001.");
        row("dropout", "1", "0.999", "The dropout is 1; it should be at least 0 and below 1.");
        row("dropout", "-0.1", "0", "The dropout is -0.1; it should be at least 0 and below 1.");
        row("held-out", "1", "", "The held-out share is 1; it should be at least 0 and below 1.");
        row("threads", "1025", "1024",
            "The number of threads is 1025; it should be from 1 to 1024, or 0 for one a core.");
        row("sequence-length", "1", "2", "The sequence length is 1; it should be at least 2 tokens.");
        row("hidden", "0", "6", "The hidden size is 0; it should be 1 or more.");
        row("heads", "5", "3",
            "The hidden size 384 cannot be divided into 5 heads; it should be a multiple of the number of heads.");
    }

    void rangesAreKept()
    {
        QFETCH(QByteArray, name);
        QFETCH(QByteArray, bad);
        QFETCH(QByteArray, good);
        QFETCH(QByteArray, sentence);
        const TrainingOption &option = optionNamed(name.toStdString());
        TrainingOptions options;
        QVERIFY(option.read(bad.toStdString(), options));
        QCOMPARE(problemOf(options), sentence.toStdString());
        QVERIFY(option.read(good.toStdString(), options));
        QCOMPARE(problemOf(options), std::string());
    }

    void sizesAreNotLookedAtWithGivenWeights()
    {
        TrainingOptions options;
        options.hiddenSize = 0;
        options.numHeads = 7;
        QVERIFY(!problemOf(options).empty());
        options.init = "model.safetensors";
        QCOMPARE(problemOf(options), std::string());
        options.steps = 0;
        options.cosine = true;
        QVERIFY(problemOf(options).find("cosine") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(OptionsTest)
#include "options_test.moc"
