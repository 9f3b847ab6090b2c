// SPDX-License-Identifier: GPL-3.0-only
#include "core/data/dataset.h"
#include "tests/support/files.h"

#include <QTemporaryDir>

#include <cmath>
#include <set>

using namespace samout;

using Tokens = std::vector<std::int64_t>;

class DataFilesTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string write(const QString &name, const std::string &content)
    {
        const std::string path = m_folder.filePath(name).toStdString();
        std::ofstream(path, std::ios::binary | std::ios::trunc) << content;
        return path;
    }

    static DataOptions named(const std::string &source)
    {
        DataOptions options;
        options.source = source;
        options.batch = 8;
        options.sequenceLength = 20;
        return options;
    }

    static std::set<std::string> textsOf(const Dataset &data, const Batch &batch)
    {
        std::set<std::string> texts;
        for (std::int64_t row = 0; row < batch.count; ++row) {
            const auto begin = static_cast<std::size_t>(row * batch.time);
            texts.insert(data.vocabulary().decode(std::span(batch.inputs).subspan(begin, 1)) +
                         data.vocabulary().decode(
                             std::span(batch.targets).subspan(begin, static_cast<std::size_t>(batch.time))));
        }
        return texts;
    }

    /// 40 lines "word 10" to "word 49".
    static std::string lines()
    {
        std::string text;
        for (int i = 10; i < 50; ++i)
            text += "word " + std::to_string(i) + "\n";
        return text;
    }

private Q_SLOTS:
    void shortLinesAreSequences()
    {
        const auto data = openDataset(named(write("lines.txt", lines())));
        QCOMPARE(data->name(), std::string("lines.txt"));
        QCOMPARE(data->vocabulary().label(*data->lineEnd()), std::string("⏎"));
        QVERIFY(data->exampleText().starts_with(data->examplePrompt()));
        QCOMPARE(data->heldOut().count, std::int64_t{4});
        const std::set<std::string> heldOut = textsOf(*data, data->heldOut());
        QVERIFY(heldOut.contains("\nword 19\n"));
        std::set<std::string> seen;
        for (std::int64_t step = 1; step <= 100; ++step)
            seen.merge(textsOf(*data, data->trainingBatch(step)));
        QCOMPARE(seen.size(), std::size_t{36});
        for (const std::string &line : seen)
            QVERIFY(!heldOut.contains(line) && line.starts_with("\nword ") && line.ends_with("\n"));
    }

    void repeatedLinesAreNotBothHeldOutAndTrainedOn()
    {
        std::string text;
        for (int i = 0; i < 40; ++i)
            text += i % 2 == 0 ? "even\n" : "odd\n";
        const auto data = openDataset(named(write("repeated.txt", text)));
        QVERIFY(textsOf(*data, data->heldOut()) == std::set<std::string>{"\nodd\n"});
        for (std::int64_t step = 1; step <= 20; ++step)
            QVERIFY(textsOf(*data, data->trainingBatch(step)) == std::set<std::string>{"\neven\n"});
        VERIFY_ERROR(openDataset(named(write("equal.txt",
                                             [] {
                                                 std::string same;
                                                 for (int i = 0; i < 40; ++i)
                                                     same += "same\n";
                                                 return same;
                                             }()))),
                     "to train on");
    }

    void lineEndsAndMarksOfOtherSystemsAreRead()
    {
        std::string text = "\xEF\xBB\xBF";
        for (int i = 10; i < 50; ++i)
            text += "word " + std::to_string(i) + "\r\n\r\n";
        const auto data = openDataset(named(write("windows.txt", text)));
        const auto plain = openDataset(named(write("lines.txt", lines())));
        QVERIFY(data->vocabulary() == plain->vocabulary());
        QVERIFY(data->trainingBatch(3).inputs == plain->trainingBatch(3).inputs);
    }

    void longTextIsCutAnywhere()
    {
        std::string text;
        for (int i = 0; i < 300; ++i)
            text += "小猫" + std::to_string(i);
        const auto data = openDataset(named(write("long.md", text)));
        QVERIFY(!data->lineEnd());
        QCOMPARE(data->sequenceLength(), std::int64_t{20});
        QVERIFY(!data->entropy());
        const std::string characters = data->vocabulary().decode(data->vocabulary().encode(text));
        QCOMPARE(characters, text);
        std::set<std::string> seen;
        for (std::int64_t step = 1; step <= 100; ++step) {
            const Batch batch = data->trainingBatch(step);
            QCOMPARE(batch.time, std::int64_t{19});
            seen.merge(textsOf(*data, batch));
        }
        QVERIFY(seen.size() > 500);
        // The last tenth of 1,390 characters is held out.
        const Tokens tokens = data->vocabulary().encode(text);
        QCOMPARE(tokens.size(), std::size_t{1390});
        const std::size_t border = data->vocabulary().decode(std::span(tokens).first(1251)).size();
        for (const std::string &window : seen)
            QVERIFY(text.find(window) + window.size() <= border);
        QCOMPARE(data->heldOut().count, std::int64_t{6});
        for (const std::string &window : textsOf(*data, data->heldOut()))
            QVERIFY(text.find(window) != std::string::npos && text.find(window) >= border);
    }

    void theHeldOutShareCanBeChosen()
    {
        DataOptions options = named(write("lines.txt", lines()));
        options.heldOut = 0.5;
        QCOMPARE(openDataset(options)->heldOut().count, std::int64_t{20});
        options.heldOut = 0.0;
        const auto all = openDataset(options);
        QCOMPARE(all->heldOut().count, std::int64_t{0});
        QVERIFY(all->bigramLoss() && std::isfinite(*all->bigramLoss()));
        options.heldOut = 0.001;
        VERIFY_ERROR(openDataset(options), "lines.txt");
        options.heldOut = 1.0;
        VERIFY_ERROR(openDataset(options), "below 1");
        options = named(write("long.txt", std::string(90, 'a') + "bcdefghijk"));
        options.heldOut = 0.001;
        VERIFY_ERROR(openDataset(options), "to hold out");
    }

    void aNetworksCharactersAreKept()
    {
        DataOptions options = named(write("lines.txt", lines()));
        options.vocabulary = Vocabulary::ofText("\nword 0123");
        const auto data = openDataset(options);
        QVERIFY(data->vocabulary() == *options.vocabulary);
        const Batch batch = data->trainingBatch(1);
        QVERIFY(std::find(batch.inputs.begin(), batch.inputs.end(), *usualSpecialTokens.unknown) != batch.inputs.end());
        options.vocabulary = Vocabulary::ofText("小猫");
        VERIFY_ERROR(openDataset(options), "less than half");
    }

    void textsThatCannotBeAreNamed_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::addColumn<QString>("reason");
        QTest::newRow("empty") << QByteArray() << "is empty";
        QTest::newRow("one character") << QByteArray("a") << "1 character;";
        QTest::newRow("one Chinese character") << QByteArray("猫") << "1 character;";
        QTest::newRow("only a mark") << QByteArray("\xEF\xBB\xBF") << "0 characters";
        QTest::newRow("not UTF-8") << QByteArray("plain text, then \xFF") << "position 17 ";
        QTest::newRow("too short") << QByteArray("nineteen characters") << "a sequence takes 20";
        QTest::newRow("too short to hold out") << QByteArray("twenty characters...") << "18 are to train on";
    }

    void textsThatCannotBeAreNamed()
    {
        QFETCH(QByteArray, content);
        QFETCH(QString, reason);
        const std::string path = write("bad.txt", content.toStdString());
        VERIFY_ERROR(openDataset(named(path)), path.c_str());
        VERIFY_ERROR(openDataset(named(path)), reason.toUtf8().constData());
    }

    void filesThatAreNoneAreNamed()
    {
        const std::string folder = m_folder.path().toStdString();
        for (const char *name : {"/missing.txt", "/missing.jsonl"})
            VERIFY_ERROR(openDataset(named(folder + name)), "does not exist");
        VERIFY_ERROR(openDataset(named(folder)), "is a folder");
        DataOptions options = named(write("lines.txt", lines()));
        options.batch = 0;
        VERIFY_ERROR(openDataset(options), "lines.txt");
    }

    void rowsAreTakenAsTheyAre()
    {
        const std::string path = write("rows.jsonl", "[5, 6, 7]\n\n[ 9,3 ]\r\n[4]");
        QVERIFY(readTokenRows(path) == (std::vector<Tokens>{{5, 6, 7}, {9, 3}, {4}}));
        DataOptions options = named(path);
        options.batch = 0;
        const auto data = openDataset(options);
        QVERIFY(data->vocabulary() == Vocabulary::ofNumbers(10));
        const Batch batch = data->trainingBatch(7);
        QVERIFY(batch.inputs == (Tokens{5, 6, 9, 3, 4, 3}));
        QVERIFY(batch.targets == (Tokens{6, 7, 3, 3, 3, 3}));
        QCOMPARE(data->heldOut().count, std::int64_t{0});
        QVERIFY(std::isfinite(*data->bigramLoss()));
        options.batch = 2;
        const auto drawn = openDataset(options);
        std::set<Tokens> seen;
        for (std::int64_t step = 1; step <= 50; ++step) {
            QCOMPARE(drawn->trainingBatch(step).count, std::int64_t{2});
            seen.insert(drawn->trainingBatch(step).inputs);
        }
        QVERIFY(seen.size() > 3);
        QVERIFY(openDataset(named(write("small.jsonl", "[0, 1]")))->vocabulary() == Vocabulary::ofNumbers(4));
    }

    void rowsAreHeldOutWhereAsked()
    {
        std::string text;
        for (int i = 10; i < 30; ++i)
            text += "[1, " + std::to_string(i) + "]\n";
        DataOptions options = named(write("twenty.jsonl", text));
        options.batch = 0;
        options.heldOut = 0.25;
        const auto data = openDataset(options);
        QVERIFY(data->heldOut().targets == (Tokens{13, 17, 21, 25, 29}));
        QCOMPARE(data->trainingBatch(1).count, std::int64_t{15});
        options.heldOut = 0.01;
        VERIFY_ERROR(openDataset(options), "to hold out");
        options = named(write("twenty.jsonl", text));
        options.vocabulary = Vocabulary::ofNumbers(40);
        QCOMPARE(openDataset(options)->vocabulary().size(), std::int64_t{40});
        options.vocabulary = Vocabulary::ofNumbers(20);
        VERIFY_ERROR(openDataset(options), "token 29");
    }

    void rowsThatCannotBeAreNamedByTheirLine_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("negative") << QByteArray("[1, -2]");
        QTest::newRow("fraction") << QByteArray("[1, 2.5]");
        QTest::newRow("word") << QByteArray("[1, \"a\"]");
        QTest::newRow("nested") << QByteArray("[1, [2]]");
        QTest::newRow("too large") << QByteArray("[1, 2147483648]");
        QTest::newRow("far too large") << QByteArray("[1, 18446744073709551615]");
        QTest::newRow("past every number") << QByteArray("[1, 99999999999999999999999]");
        QTest::newRow("cut short") << QByteArray("[1, 2");
        QTest::newRow("no array") << QByteArray("{\"tokens\": [1, 2]}");
        QTest::newRow("no JSON") << QByteArray("1 2 3");
        QTest::newRow("not UTF-8") << QByteArray("[1, \"\xFF\"]");
        QTest::newRow("empty") << QByteArray("[]");
    }

    void rowsThatCannotBeAreNamedByTheirLine()
    {
        QFETCH(QByteArray, line);
        const std::string path = write("bad.jsonl", "[1, 2]\n\n" + line.toStdString() + "\n[3, 4]\n");
        VERIFY_ERROR(readTokenRows(path), "bad.jsonl\", line 3: ");
        VERIFY_ERROR(openDataset(named(path)), "line 3: ");
    }

    void rowsWithNothingToPredictAreNamed()
    {
        VERIFY_ERROR(readTokenRows(write("none.jsonl", "\n \n")), "no rows");
        VERIFY_ERROR(readTokenRows(write("empty.jsonl", "")), "is empty");
        VERIFY_ERROR(readTokenRows(write("single.jsonl", "[1]\n[2]\n")), "nothing to predict");
    }

    void rowsSurviveEveryDamage()
    {
        const std::string text = "[1, 22, 3]\n[4, 5]\n";
        std::vector<std::byte> bytes(text.size());
        std::memcpy(bytes.data(), text.data(), text.size());
        const std::string path = m_folder.filePath("damaged.jsonl").toStdString();
        const auto open = [&](const std::vector<std::byte> &damaged, std::size_t) {
            files::writeContent(path, damaged);
            files::errorOf([&] { openDataset(named(path)); });
        };
        files::forEveryTruncation(bytes, open);
        files::forEveryMutation(bytes, open);
    }
};

QTEST_APPLESS_MAIN(DataFilesTest)
#include "data_files_test.moc"
