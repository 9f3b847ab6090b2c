// SPDX-License-Identifier: GPL-3.0-only
#include "core/data/dataset.h"
#include "tests/support/files.h"

#include <QTemporaryDir>

#include <cmath>
#include <set>

using namespace samout;

using Tokens = std::vector<std::int64_t>;

class DatasetTest : public QObject {
    Q_OBJECT

    static DataOptions named(const std::string &source)
    {
        DataOptions options;
        options.source = source;
        options.batch = 16;
        return options;
    }

    static std::set<Tokens> rowsOf(const Batch &batch)
    {
        std::set<Tokens> rows;
        for (std::int64_t row = 0; row < batch.count; ++row) {
            const auto begin = batch.inputs.begin() + row * batch.time;
            rows.emplace(begin, begin + batch.time);
        }
        return rows;
    }

    static bool same(const Batch &a, const Batch &b)
    {
        return a.count == b.count && a.time == b.time && a.inputs == b.inputs && a.targets == b.targets &&
               a.weights == b.weights;
    }

private Q_SLOTS:
    void targetsAreTheNextTokens()
    {
        const Batch batch = shiftedBatch({{5, 6, 7}, {8, 9}, {4}}, 3);
        QCOMPARE(batch.count, std::int64_t{3});
        QCOMPARE(batch.time, std::int64_t{2});
        QVERIFY(batch.inputs == (Tokens{5, 6, 8, 9, 4, 3}));
        QVERIFY(batch.targets == (Tokens{6, 7, 9, 3, 3, 3}));
        QVERIFY(batch.weights == (std::vector<float>{1, 1, 1, 0, 0, 0}));
        QCOMPARE(batch.countedTargets(), std::int64_t{3});
        QCOMPARE(batch.totalWeight(), 3.0);
        QCOMPARE(batch.rowLength(0), std::int64_t{2});
        QCOMPARE(batch.rowLength(1), std::int64_t{1});
        QCOMPARE(batch.rowLength(2), std::int64_t{0});
        QVERIFY(
            same(batch.rows(1, 2),
                 {.count = 2, .time = 2, .inputs = {8, 9, 4, 3}, .targets = {9, 3, 3, 3}, .weights = {1, 0, 0, 0}}));
        VERIFY_ERROR(shiftedBatch({{5}, {6}}, 3), "no sequence has two tokens");
        VERIFY_ERROR(shiftedBatch({}, 3), "no sequence has two tokens");
    }

    void everyKindOpensAndIsAFunctionOfItsStep()
    {
        std::set<std::string> names;
        for (const DataKind &kind : dataKinds()) {
            QVERIFY2(names.insert(kind.name).second, kind.name.c_str());
            QVERIFY2(!kind.teaches.empty(), kind.name.c_str());
            DataOptions options = named(kind.name);
            options.sequenceLength = 64;
            const auto data = openDataset(options);
            const auto again = openDataset(options);
            QCOMPARE(data->name(), kind.name);
            QVERIFY(data->chanceLoss() == std::log(static_cast<double>(data->vocabulary().size())));
            QVERIFY(data->bigramLoss() && std::isfinite(*data->bigramLoss()) && *data->bigramLoss() > 0);
            QVERIFY(same(data->heldOut(), again->heldOut()));
            QVERIFY(data->heldOut().count >= 64);
            const std::set<Tokens> heldOut = rowsOf(data->heldOut());
            for (const std::int64_t step : {1, 2, 1000000}) {
                const Batch batch = data->trainingBatch(step);
                QVERIFY(same(batch, again->trainingBatch(step)));
                QCOMPARE(batch.count, std::int64_t{16});
                QVERIFY(batch.time + 1 <= data->sequenceLength());
                QVERIFY(batch.countedTargets() > 0);
                for (const std::int64_t token : batch.inputs)
                    QVERIFY(token >= 0 && token < data->vocabulary().size());
            }
            QVERIFY2(!data->vocabulary().encode(data->examplePrompt()).empty(), kind.name.c_str());
            QVERIFY2(data->exampleText().starts_with(data->examplePrompt()), kind.name.c_str());
            for (const std::int64_t token : data->vocabulary().encode(data->exampleText()))
                QVERIFY(data->vocabulary().isNumbers() || token != *usualSpecialTokens.unknown);
            options.seed = 1;
            QVERIFY(!same(openDataset(options)->trainingBatch(1), data->trainingBatch(1)));
        }
    }

    void articleIsDrawnOnceAsPublished()
    {
        DataOptions options;
        options.batch = 0;
        const auto data = openDataset(options);
        const Batch batch = data->trainingBatch(1);
        QCOMPARE(batch.count, std::int64_t{100});
        QCOMPARE(batch.time, std::int64_t{49});
        QCOMPARE(data->vocabulary().size(), std::int64_t{128});
        QVERIFY(same(batch, data->trainingBatch(10)));
        QCOMPARE(data->heldOut().count, std::int64_t{100});
        QVERIFY(!same(batch, data->heldOut()));
        QVERIFY(std::abs(data->chanceLoss() - 4.852) < 1e-3);
        QVERIFY(!data->entropy());
        QVERIFY(!data->lineEnd());

        // A share of (1 - 1/128)^50 of 20,000 sequences of 50 uniform tokens has no token 3; a tenth of all sequences
        // gets one.
        options.batch = 20000;
        const Batch many = openDataset(options)->trainingBatch(1);
        std::int64_t with = 0;
        std::vector<int> counts(128);
        for (std::int64_t row = 0; row < many.count; ++row) {
            bool has = false;
            for (std::int64_t t = 0; t < many.time; ++t) {
                const std::int64_t token = many.inputs[static_cast<std::size_t>(row * many.time + t)];
                ++counts[static_cast<std::size_t>(token)];
                has = has || token == *usualSpecialTokens.padding;
            }
            with += has;
        }
        const double expected = 1 - std::pow(127.0 / 128, 49) * (1 - 0.1 * 49 / 50);
        QVERIFY(std::abs(static_cast<double>(with) / 20000 - expected) < 0.015);
        for (std::size_t token = 0; token < counts.size(); ++token)
            QVERIFY(token == 3 || std::abs(counts[token] - 7640) < 500);
    }

    void tasksAskWhatCanBeKnown()
    {
        for (const DataKind &kind : dataKinds()) {
            const auto data = openDataset(named(kind.name));
            if (kind.name == "article" || kind.name.starts_with("sentences"))
                continue;
            QCOMPARE(data->heldOut().count, std::int64_t{64});
            QCOMPARE(*data->entropy(), 0.0);
            QVERIFY(data->sequenceLength() <= 25);
            const std::set<Tokens> heldOut = rowsOf(data->heldOut());
            // The text up to a question has the same answer in all batches.
            std::map<Tokens, std::int64_t> answers;
            for (std::int64_t step = 1; step <= 200; ++step) {
                const Batch batch = data->trainingBatch(step);
                for (std::int64_t row = 0; row < batch.count; ++row) {
                    Tokens read;
                    for (std::int64_t t = 0; t < batch.time; ++t) {
                        read.push_back(batch.inputs[static_cast<std::size_t>(row * batch.time + t)]);
                        const std::int64_t target = batch.targets[static_cast<std::size_t>(row * batch.time + t)];
                        if (batch.weights[static_cast<std::size_t>(row * batch.time + t)] != 0)
                            QCOMPARE(answers.emplace(read, target).first->second, target);
                    }
                }
            }
        }
    }

    void tasksMeanWhatTheySay_data()
    {
        QTest::addColumn<QString>("task");
        for (const char *task : {"running-maximum", "copy-first", "key-recall", "contains", "balanced-parentheses",
                                 "copy-last", "count-run"})
            QTest::newRow(task) << task;
    }

    void tasksMeanWhatTheySay()
    {
        QFETCH(QString, task);
        const auto data = openDataset(named(task.toStdString()));
        DataOptions options = named(task.toStdString());
        options.batch = 512;
        const Batch batch = openDataset(options)->trainingBatch(1);
        int asked = 0;
        std::map<std::string, int> counts;
        for (std::int64_t row = 0; row < batch.count; ++row) {
            std::string read;
            for (std::int64_t t = 0; t < batch.time; ++t) {
                const auto at = static_cast<std::size_t>(row * batch.time + t);
                read += data->vocabulary().decode(std::span(batch.inputs).subspan(at, 1));
                if (batch.weights[at] == 0)
                    continue;
                const std::string answer = data->vocabulary().decode(std::span(batch.targets).subspan(at, 1));
                QVERIFY2(answer == answerOf(task, read), (read + " -> " + answer).c_str());
                ++asked;
                ++counts[answer];
            }
        }
        // Giving always the same answer is often wrong.
        QVERIFY(asked >= 512);
        for (const auto &[answer, count] : counts)
            QVERIFY2(count < 0.6 * asked, answer.c_str());
    }

    void wrongChoicesAreNamed()
    {
        VERIFY_ERROR(openDataset(named("runing-maximum")), "running-maximum");
        VERIFY_ERROR(openDataset(named("")), "article");
        DataOptions options = named("copy-first");
        options.batch = 0;
        VERIFY_ERROR(openDataset(options), "copy-first");
        options.batch = -1;
        VERIFY_ERROR(openDataset(options), "-1");
        options = named("article");
        options.sequenceLength = 1;
        VERIFY_ERROR(openDataset(options), "Sequences of 1");
        for (const double share : {-0.1, 1.0, std::nan("")}) {
            options = named("article");
            options.heldOut = share;
            VERIFY_ERROR(openDataset(options), "held-out share");
        }
        options.heldOut = 0.2;
        VERIFY_ERROR(openDataset(options), "held-out sequences of its own");
    }

    void aNetworksVocabularyIsKept()
    {
        const auto own = openDataset(named("copy-last"));
        DataOptions options = named("copy-last");
        options.vocabulary = Vocabulary::ofText("abcdefABCDEF?!\n");
        const auto given = openDataset(options);
        QVERIFY(given->vocabulary() == *options.vocabulary);
        const Batch a = own->trainingBatch(1);
        const Batch b = given->trainingBatch(1);
        QCOMPARE(own->vocabulary().decode(a.inputs), given->vocabulary().decode(b.inputs));
        options.vocabulary = Vocabulary::ofText("abc\n");
        VERIFY_ERROR(openDataset(options), "lacks");
        options.vocabulary = Vocabulary::ofNumbers(5);
        VERIFY_ERROR(openDataset(options), "only 5");
        options = named("article");
        options.vocabulary = Vocabulary::ofNumbers(17);
        VERIFY_ERROR(openDataset(options), "only 17");
    }

private:
    /// The answer after `read`, computed by the test itself.
    static std::string answerOf(const QString &task, const std::string &read)
    {
        const auto upper = [](char letter) { return std::string(1, static_cast<char>(std::toupper(letter))); };
        if (task == "running-maximum") {
            char largest = 'a';
            for (const char c : read)
                largest = std::islower(c) ? std::max(largest, c) : largest;
            return upper(largest);
        }
        if (task == "copy-first")
            return upper(read[1]);
        if (task == "copy-last")
            return upper(read[read.size() - 2]);
        if (task == "key-recall")
            return read.substr(read.find(static_cast<char>(std::tolower(read.back()))) + 1, 1);
        if (task == "contains")
            return read.find(static_cast<char>(std::tolower(read.back()))) == std::string::npos ? "-" : "+";
        if (task == "count-run") {
            const std::size_t last = read.size() - 2;
            std::size_t begin = last;
            while (read[begin - 1] == read[last])
                --begin;
            return std::to_string(last - begin + 1);
        }
        std::string open;
        for (const char c : read.substr(1, read.size() - 2)) {
            const std::size_t kind = std::string(")]}>").find(c);
            if (kind == std::string::npos)
                open += c;
            else if (!open.empty() && open.back() == "([{<"[kind])
                open.pop_back();
            else
                return "-";
        }
        return open.empty() ? "+" : "-";
    }
};

QTEST_APPLESS_MAIN(DatasetTest)
#include "dataset_test.moc"
