// SPDX-License-Identifier: GPL-3.0-only
// The statistics of a network's states, against slow obvious counts.
#include "core/base/error.h"
#include "core/infer/generator.h"
#include "core/inspect/examination.h"
#include "core/inspect/measuring_data.h"
#include "core/inspect/position_loss.h"
#include "core/inspect/statistics.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <cmath>
#include <numeric>

using namespace samout;

namespace {

using Rows = std::vector<std::vector<std::int64_t>>;

Rows someRows(const Snapshot &snapshot)
{
    Rows rows;
    for (const char *text : {"the quick brown fox\n", "the box took the fox\n", "brown fox", "too\n", "the root of it"})
        rows.push_back(snapshot.vocabulary().encode(text));
    return rows;
}

Question statesOf(const std::shared_ptr<const Snapshot> &snapshot, std::vector<std::int64_t> tokens)
{
    Question question{.snapshot = snapshot, .tokens = std::move(tokens), .layers = {0, 1}};
    question.sites = {Site::State, Site::Gate, Site::Norm, Site::Residual};
    question.winners = true;
    return question;
}

bool near(double a, double b) { return std::abs(a - b) < 1e-5 * std::max(1.0, std::abs(b)); }

std::vector<double> chances(const Grid &logits, int row)
{
    const auto cols = static_cast<std::size_t>(logits.cols);
    const std::vector<float> p =
        probabilities(std::span(logits.values).subspan(static_cast<std::size_t>(row) * cols, cols));
    return {p.begin(), p.end()};
}

} // namespace

class StatisticsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void statesAreCountedAsTheyAreHeld()
    {
        const auto snapshot = tiny::snapshot();
        const Rows rows = someRows(*snapshot);
        const Batch batch = shiftedBatch(rows, 3);
        const auto statistics = measureStatistics(snapshot, batch, 0);
        std::int64_t tokens = 0;
        for (int layer = 0; layer < 2; ++layer)
            for (int head = 0; head < 3; ++head) {
                std::vector<double> changes(static_cast<std::size_t>(batch.time)), ages = changes, seen = changes;
                double held = 0, norm = 0, residual = 0, positions = 0;
                std::vector<bool> open(12);
                for (std::vector<std::int64_t> row : rows) {
                    row.pop_back(); // the last token is only a target
                    const auto answer = examine(statesOf(snapshot, row));
                    const Winners &winners = *answer->findWinners(layer);
                    for (int t = 0; t < static_cast<int>(row.size()); ++t) {
                        for (int c = 4 * head; c < 4 * head + 4; ++c) {
                            const int since = winners.since[static_cast<std::size_t>(t * 12 + c)];
                            ++ages[static_cast<std::size_t>(t - since)];
                            changes[static_cast<std::size_t>(t)] += since == t;
                            ++held;
                        }
                        ++seen[static_cast<std::size_t>(t)];
                        ++positions;
                        double squares = 0, all = 0;
                        for (int c = 0; c < 12; ++c) {
                            squares += std::pow(static_cast<double>(answer->find(layer, Site::Norm)->at(t, c)), 2);
                            all += std::pow(static_cast<double>(answer->find(layer, Site::Residual)->at(t, c)), 2);
                            if (answer->find(layer, Site::Gate)->at(t, c) > 0)
                                open[static_cast<std::size_t>(c)] = true;
                        }
                        norm += std::sqrt(squares);
                        residual += std::sqrt(all);
                    }
                }
                tokens = static_cast<std::int64_t>(positions);
                const LayerStatistics &got = statistics->layers[static_cast<std::size_t>(layer)];
                const HeadStatistics &gotHead = got.heads[static_cast<std::size_t>(head)];
                double byChance = 0, changed = 0, meanAge = 0;
                for (std::size_t t = 0; t < changes.size(); ++t) {
                    QVERIFY(near(gotHead.changes[t], changes[t] / (4 * seen[t])));
                    QVERIFY(near(gotHead.ages[t], ages[t] / held));
                    meanAge += static_cast<double>(t) * ages[t] / held;
                    byChance += t > 0 ? 4 * seen[t] / static_cast<double>(t + 1) : 0;
                    changed += t > 0 ? changes[t] : 0;
                }
                QCOMPARE(gotHead.changes[0], 1.0);
                QVERIFY(near(gotHead.meanAge, meanAge));
                QVERIFY(near(gotHead.changesBesideChance, changed / byChance));
                QVERIFY(near(std::accumulate(gotHead.ages.begin(), gotHead.ages.end(), 0.0), 1));
                QVERIFY(near(got.normSize, norm / positions));
                QVERIFY(near(got.residualSize, residual / positions));
                QVERIFY(near(got.neverOpen, static_cast<double>(std::ranges::count(open, false)) / 12));
            }
        QCOMPARE(statistics->tokens, tokens);
    }

    void influenceIsThatOfHiddenTokens()
    {
        const auto snapshot = tiny::snapshot();
        const Rows rows = someRows(*snapshot);
        const Batch batch = shiftedBatch(rows, 3);
        const auto statistics = measureStatistics(snapshot, batch, 2);
        std::vector<double> sums(static_cast<std::size_t>(batch.time)), counts = sums;
        for (int row = 0; row < 2; ++row) {
            auto tokens = rows[static_cast<std::size_t>(row)];
            tokens.pop_back();
            Question question{.snapshot = snapshot, .tokens = tokens};
            const auto plain = examine(question);
            for (int hidden = 0; hidden + 1 < static_cast<int>(tokens.size()); ++hidden) {
                question.interventions.hidden = {hidden};
                const auto changed = examine(question);
                for (int t = hidden + 1; t < static_cast<int>(tokens.size()); ++t) {
                    const auto p = chances(plain->logits, t), q = chances(changed->logits, t);
                    for (std::size_t i = 0; i < p.size(); ++i)
                        sums[static_cast<std::size_t>(t - hidden)] += p[i] * std::log(p[i] / q[i]);
                    ++counts[static_cast<std::size_t>(t - hidden)];
                }
            }
        }
        QVERIFY(std::isnan(statistics->influence[0]));
        double all = 0, until = 0;
        for (std::size_t d = 1; d < sums.size(); ++d)
            if (counts[d] > 0) {
                QVERIFY(std::abs(statistics->influence[d] - sums[d] / counts[d]) < 1e-5);
                all += sums[d] / counts[d];
            } else {
                QVERIFY(std::isnan(statistics->influence[d]));
            }
        std::size_t length = 0;
        while (until < 0.9 * all) {
            ++length;
            until += sums[length] / counts[length];
        }
        QCOMPARE(statistics->memoryLength, static_cast<double>(length));
    }

    void stopsTellsAndRefuses()
    {
        const auto snapshot = tiny::snapshot();
        const Batch batch = shiftedBatch(someRows(*snapshot), 3);
        double share = 0;
        QVERIFY(measureStatistics(snapshot, batch, 3, [&](double now) {
            QVERIFY(now >= share && now <= 1);
            share = now;
        }));
        QVERIFY(near(share, 1));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!measureStatistics(snapshot, batch, 3, {}, stop.get_token()));
        QVERIFY_THROWS_EXCEPTION(Error, measureStatistics(snapshot, {}, 3));
    }

    void aNetworkOfNaNsIsCounted()
    {
        const auto whole = tiny::snapshot();
        const auto broken = std::make_shared<const Snapshot>(
            whole->config(), whole->vocabulary(), 0, std::vector<float>(whole->weights().size(), std::nanf("")));
        const auto statistics = measureStatistics(broken, shiftedBatch(someRows(*whole), 3), 2);
        QCOMPARE(statistics->layers[0].heads[0].changes[1], 0.0);
        QCOMPARE(statistics->layers[0].neverOpen, 1.0);
        QVERIFY(std::isnan(statistics->layers[0].normSize));
        QCOMPARE(statistics->memoryLength, 0.0);
    }

    void rowsAreJoinedToTexts()
    {
        const Batch rows = shiftedBatch({{5, 6, 7, 5}, {5, 8, 5}, {5, 9, 9, 5}}, 3);
        const Batch texts = joinedTexts(rows, 3, 2);
        QCOMPARE(texts.count, 2);
        QVERIFY(texts.inputs == (std::vector<std::int64_t>{5, 6, 7, 5, 8, 5}));
        QVERIFY(texts.targets == (std::vector<std::int64_t>{6, 7, 5, 8, 5, 9}));
        QVERIFY_THROWS_EXCEPTION(Error, joinedTexts(rows, 100, 1));
    }

    void lossByPositionIsAGenerators()
    {
        const auto snapshot = tiny::snapshot();
        const Vocabulary &vocabulary = snapshot->vocabulary();
        Rows rows;
        for (const char *text :
             {"\nthe fox\n", "\nbrown\n", "\nthe quick box\n", "\nit is thick\n", "\na\n", "\nthe root\n"})
            rows.push_back(vocabulary.encode(text));
        const std::int64_t length = 16, context = 5, lineEnd = vocabulary.find("\n");
        const Batch texts = joinedTexts(shiftedBatch(rows, 3), length, 2);
        QCOMPARE(texts.count, 2);
        const auto all = lossByPosition(*snapshot, texts, lineEnd, context, 2);
        QCOMPARE(all.size(), 3U);
        for (const PositionLoss &loss : all)
            for (std::int64_t t = 0; t < length; ++t) {
                if (loss.memory == Memory::Recompute && t >= context && (t - context) % 2 != 0) {
                    QVERIFY(std::isnan(loss.losses[static_cast<std::size_t>(t)]));
                    continue;
                }
                double sum = 0;
                for (std::int64_t text = 0; text < 2; ++text) {
                    GenerationOptions options;
                    options.memory = loss.memory;
                    options.clearAt = loss.memory == Memory::ClearAt ? lineEnd : -1;
                    options.context = loss.memory == Memory::Recompute ? context : 0;
                    const std::span<const std::int64_t> tokens(texts.inputs.data() + text * length,
                                                               static_cast<std::size_t>(t + 1));
                    const Generator generator(snapshot, options, tokens);
                    const auto p = probabilities(generator.logits());
                    const auto target = texts.targets[static_cast<std::size_t>(text * length + t)];
                    sum -= std::log(static_cast<double>(p[static_cast<std::size_t>(target)]));
                }
                QVERIFY2(std::abs(loss.losses[static_cast<std::size_t>(t)] - sum / 2) < 1e-5,
                         qPrintable(QString("memory %1, position %2").arg(static_cast<int>(loss.memory)).arg(t)));
            }
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(lossByPosition(*snapshot, texts, {}, context, 2, {}, stop.get_token()).empty());
        QCOMPARE(lossByPosition(*snapshot, texts, {}, context, 2).size(), 2U);
    }
};

QTEST_APPLESS_MAIN(StatisticsTest)
#include "statistics_test.moc"
