// SPDX-License-Identifier: GPL-3.0-only
// Linear probes on states, and the labelled sentences that they are tested on.
#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/data/sentences.h"
#include "core/inspect/comparison.h"
#include "core/inspect/examination.h"
#include "core/inspect/linear_probe.h"
#include "core/inspect/recoverability.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

using namespace samout;

namespace {

/// Solves a x = b by Gaussian elimination; a is [n, n], b is [n, m].
std::vector<std::vector<double>> solve(std::vector<std::vector<double>> a, std::vector<std::vector<double>> b)
{
    const std::size_t n = a.size();
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t pivot = i;
        for (std::size_t r = i; r < n; ++r)
            if (std::abs(a[r][i]) > std::abs(a[pivot][i]))
                pivot = r;
        std::swap(a[i], a[pivot]);
        std::swap(b[i], b[pivot]);
        for (std::size_t r = 0; r < n; ++r) {
            if (r == i)
                continue;
            const double factor = a[r][i] / a[i][i];
            for (std::size_t c = 0; c < n; ++c)
                a[r][c] -= factor * a[i][c];
            for (std::size_t c = 0; c < b[r].size(); ++c)
                b[r][c] -= factor * b[i][c];
        }
    }
    for (std::size_t i = 0; i < n; ++i)
        for (double &value : b[i])
            value /= a[i][i];
    return b;
}

/// The header's formula, word for word.
std::vector<int> slowProbe(const Grid &train, const std::vector<int> &labels, int classes, const Grid &test)
{
    const auto n = static_cast<double>(train.rows);
    const auto d = static_cast<std::size_t>(train.cols);
    std::vector<double> mean(d), deviation(d), shares(static_cast<std::size_t>(classes));
    for (int r = 0; r < train.rows; ++r)
        for (std::size_t c = 0; c < d; ++c)
            mean[c] += train.at(r, static_cast<int>(c)) / n;
    for (int r = 0; r < train.rows; ++r)
        for (std::size_t c = 0; c < d; ++c)
            deviation[c] += std::pow(train.at(r, static_cast<int>(c)) - mean[c], 2) / n;
    const auto z = [&](const Grid &grid, int r, std::size_t c) {
        return deviation[c] > 1e-18 * mean[c] * mean[c]
                   ? (grid.at(r, static_cast<int>(c)) - mean[c]) / std::sqrt(deviation[c])
                   : 0;
    };
    for (const int label : labels)
        shares[static_cast<std::size_t>(label)] += 1 / n;
    std::vector<std::vector<double>> a(d, std::vector<double>(d)), b(d, std::vector<double>(shares.size()));
    for (std::size_t i = 0; i < d; ++i) {
        for (int r = 0; r < train.rows; ++r) {
            for (std::size_t j = 0; j < d; ++j)
                a[i][j] += z(train, r, i) * z(train, r, j) / n;
            for (std::size_t k = 0; k < shares.size(); ++k)
                b[i][k] +=
                    z(train, r, i) * ((labels[static_cast<std::size_t>(r)] == static_cast<int>(k)) - shares[k]) / n;
        }
        a[i][i] += 0.01;
    }
    const auto weights = solve(a, b);
    std::vector<int> read;
    for (int r = 0; r < test.rows; ++r) {
        std::vector<double> outputs = shares;
        for (std::size_t i = 0; i < d; ++i)
            for (std::size_t k = 0; k < outputs.size(); ++k)
                outputs[k] += z(test, r, i) * weights[i][k];
        read.push_back(static_cast<int>(std::ranges::max_element(outputs) - outputs.begin()));
    }
    return read;
}

/// Random vectors around one point per class.
Grid clouds(int rows, int cols, const std::vector<int> &labels, double noise, std::uint64_t seed)
{
    Grid grid(rows, cols);
    RandomStream random(seed, Purpose::Sampling, 1);
    for (int r = 0; r < rows; ++r)
        for (int c = 0; c < cols; ++c)
            grid.at(r, c) = static_cast<float>((c % 5 == labels[static_cast<std::size_t>(r)] ? 1.0 : 0.0) + 7 +
                                               noise * (random.uniform() - 0.5));
    return grid;
}

std::vector<int> someLabels(int count, int classes, std::uint64_t seed)
{
    RandomStream random(seed, Purpose::Sampling, 2);
    std::vector<int> labels;
    for (int i = 0; i < count; ++i)
        labels.push_back(static_cast<int>(random.below(classes)));
    return labels;
}

std::shared_ptr<const Dataset> sentences(const std::string &source)
{
    DataOptions options;
    options.source = source;
    options.batch = 4;
    options.sequenceLength = 64;
    return openDataset(options);
}

std::shared_ptr<const Snapshot> sentenceNetwork()
{
    const auto data = sentences("sentences");
    std::string text;
    for (const std::string &symbol : data->vocabulary().symbols())
        text += symbol.size() == 1 ? symbol : std::string();
    return tiny::snapshot(text);
}

} // namespace

class RecoverabilityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void probeIsTheFormula()
    {
        for (const double noise : {0.5, 4.0, 12.0}) {
            const auto labels = someLabels(160, 5, 1), others = someLabels(90, 5, 2);
            Grid train = clouds(160, 11, labels, noise, 3), test = clouds(90, 11, others, noise, 4);
            for (int r = 0; r < train.rows; ++r)
                train.at(r, 10) = 2; // a constant tells nothing
            const LinearProbe probe(train, labels, 5);
            QCOMPARE(probe.read(test), slowProbe(train, labels, 5, test));
            if (noise == 0.5)
                QCOMPARE(probe.read(test), others);
        }
    }

    void probeRefuses()
    {
        Grid grid(2, 2);
        QVERIFY_THROWS_EXCEPTION(Error, LinearProbe(grid, {0}, 2));
        QVERIFY_THROWS_EXCEPTION(Error, LinearProbe(grid, {0, 2}, 2));
        QVERIFY_THROWS_EXCEPTION(Error, LinearProbe(Grid(), {}, 2));
        grid.at(0, 0) = std::numeric_limits<float>::quiet_NaN();
        QVERIFY_THROWS_EXCEPTION(Error, LinearProbe(grid, {0, 1}, 2));
    }

    void labelsAreTheWords_data()
    {
        QTest::addColumn<QString>("source");
        for (const char *source : {"sentences", "sentences-double", "sentences-zh"})
            QTest::newRow(source) << source;
    }
    void labelsAreTheWords()
    {
        QFETCH(QString, source);
        const std::string name = source.toStdString();
        const auto data = sentences(name);
        for (const LabelledKind &kind : labelledKinds(name)) {
            const LabelledSentences labelled = labelledSentences(name, kind.list, data->vocabulary(), 400, 64);
            QVERIFY(labelled.words.size() > 4);
            QVERIFY(labelled.sentences.size() > 100);
            const auto textOf = [&](const LabelledSentence &sentence, std::int64_t begin, std::int64_t end) {
                return data->vocabulary().decode(
                    std::span(sentence.tokens)
                        .subspan(static_cast<std::size_t>(begin), static_cast<std::size_t>(end - begin)));
            };
            std::set<std::vector<std::int64_t>> different;
            int again = 0;
            for (const LabelledSentence &sentence : labelled.sentences) {
                different.insert(sentence.tokens);
                QVERIFY(sentence.tokens.size() <= 64);
                const std::string &word = labelled.words[static_cast<std::size_t>(sentence.label)];
                QVERIFY(textOf(sentence, 0, sentence.end + 1).ends_with(word));
                if (sentence.again < 0)
                    continue;
                ++again;
                QCOMPARE(textOf(sentence, sentence.again, sentence.againEnd), word);
                QVERIFY(sentence.again > sentence.end);
            }
            QCOMPARE(different.size(), labelled.sentences.size());
            // The Chinese grammar has each animal once, after its measure word.
            QCOMPARE(again >= 50, kind.list != "兽");
        }
        QVERIFY_THROWS_EXCEPTION(Error, labelledSentences(name, "no such list", data->vocabulary(), 10, 64));
        QVERIFY(labelledKinds("article").empty());
        QVERIFY_THROWS_EXCEPTION(Error, labelledSentences("article", "one", data->vocabulary(), 10, 64));
    }

    /// Compares with the whole measurement done by examine(), one sentence after the other.
    void measuresWhatASlowOneMeasures()
    {
        const auto snapshot = sentenceNetwork();
        RecoverQuestion question{.snapshot = snapshot, .distances = 12};
        question.data = labelledSentences("sentences", "beast", snapshot->vocabulary(), 500, 64);
        double share = 0;
        const auto result = recoverable(question, [&](double done) {
            QVERIFY(done >= share && done <= 1);
            share = done;
        });
        QVERIFY(result && share == 1);
        QCOMPARE(result->accuracy.rows, 2);
        QCOMPARE(result->accuracy.cols, 12);
        struct Split {
            Grid states[2];
            std::vector<int> labels[2];
        };
        std::map<std::pair<int, int>, Split> splits;
        int asked = 0;
        double right = 0, probability = 0;
        for (std::size_t i = 0; i < question.data.sentences.size(); ++i) {
            const LabelledSentence &sentence = question.data.sentences[i];
            const auto answer =
                examine({.snapshot = snapshot, .tokens = sentence.tokens, .layers = {0, 1}, .sites = {Site::State}});
            for (int layer = 0; layer < 2; ++layer)
                for (int k = 0; k < 12; ++k) {
                    const std::int64_t t = sentence.end + k;
                    if (t >= static_cast<std::int64_t>(sentence.tokens.size()) ||
                        (sentence.again >= 0 && t >= sentence.again))
                        continue;
                    Split &split = splits[{layer, k}];
                    const int side = i % 3 == 2;
                    Grid &states = split.states[side];
                    const Grid &all = *answer->find(layer, Site::State);
                    states.cols = 12;
                    ++states.rows;
                    for (int c = 0; c < 12; ++c)
                        states.values.push_back(all.at(static_cast<int>(t), c));
                    split.labels[side].push_back(sentence.label);
                }
            if (sentence.again < 0)
                continue;
            ++asked;
            const std::vector<float> losses = tokenLosses(*answer);
            double loss = 0;
            bool all = true;
            for (std::int64_t t = sentence.again; t < sentence.againEnd; ++t) {
                loss += losses[static_cast<std::size_t>(t)];
                const float *row = answer->logits.values.data() + (t - 1) * answer->logits.cols;
                all = all && std::max_element(row, row + answer->logits.cols) - row ==
                                 sentence.tokens[static_cast<std::size_t>(t)];
            }
            right += all;
            probability += std::exp(-loss);
        }
        int measured = 0;
        for (auto &[place, split] : splits) {
            const float found = result->accuracy.at(place.first, place.second);
            const auto tested = split.labels[1].size();
            QCOMPARE(result->tested[static_cast<std::size_t>(place.second)], static_cast<int>(tested));
            if (tested < 30) {
                QVERIFY(std::isnan(found));
                continue;
            }
            ++measured;
            const auto read = slowProbe(split.states[0], split.labels[0], 8, split.states[1]);
            int good = 0;
            for (std::size_t i = 0; i < tested; ++i)
                good += read[i] == split.labels[1][i];
            // The fast forward pass rounds differently: a case at the border may fall on the other side.
            QVERIFY(std::abs(found - static_cast<float>(good) / static_cast<float>(tested)) <
                    1.5F / static_cast<float>(tested));
            std::vector<int> counts(8);
            for (const int label : split.labels[0])
                ++counts[static_cast<std::size_t>(label)];
            const auto likeliest = static_cast<int>(std::ranges::max_element(counts) - counts.begin());
            QCOMPARE(result->chance[static_cast<std::size_t>(place.second)],
                     static_cast<float>(std::ranges::count(split.labels[1], likeliest)) / static_cast<float>(tested));
        }
        QVERIFY(measured > 8);
        // Right after the word the states hold its last letters, even in a network that has learnt nothing.
        QVERIFY(result->accuracy.at(0, 0) > result->chance[0] + 0.2F);
        QVERIFY(asked > 50);
        QCOMPARE(result->all.sentences, asked);
        QVERIFY(std::abs(result->all.right - right / asked) < 0.03);
        QVERIFY(std::abs(result->all.probability - probability / asked) < 1e-5);
        int sum = 0;
        for (const auto &recall : result->recalls)
            sum += recall.sentences;
        QCOMPARE(sum, asked);
        // The same every time.
        const auto twice = recoverable(question);
        for (std::size_t i = 0; i < twice->accuracy.values.size(); ++i)
            QVERIFY(twice->accuracy.values[i] == result->accuracy.values[i] || std::isnan(twice->accuracy.values[i]));
    }

    void stopsAndRefuses()
    {
        const auto snapshot = sentenceNetwork();
        RecoverQuestion question{.snapshot = snapshot};
        QVERIFY_THROWS_EXCEPTION(Error, recoverable(question));
        question.data = labelledSentences("sentences", "one", snapshot->vocabulary(), 100, 64);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!recoverable(question, {}, stop.get_token()));
        question.snapshot = tiny::snapshot("ab\n"); // a smaller vocabulary
        QVERIFY_THROWS_EXCEPTION(Error, recoverable(question));
        std::vector<float> weights(snapshot->weights().begin(), snapshot->weights().end());
        std::ranges::fill(weights, std::numeric_limits<float>::quiet_NaN());
        question.snapshot =
            std::make_shared<const Snapshot>(snapshot->config(), snapshot->vocabulary(), 1, std::move(weights));
        QVERIFY_THROWS_EXCEPTION(Error, recoverable(question));
    }
};

QTEST_GUILESS_MAIN(RecoverabilityTest)
#include "recoverability_test.moc"
