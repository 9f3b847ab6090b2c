// SPDX-License-Identifier: GPL-3.0-only
// The effect of silencing each part of a network on its loss.
#include "core/base/error.h"
#include "core/inspect/effects.h"
#include "core/inspect/examination.h"
#include "core/inspect/measuring_data.h"
#include "core/model/interventions.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <cmath>
#include <set>

using namespace samout;

namespace {

Batch someSequences(const Snapshot &snapshot)
{
    std::vector<std::vector<std::int64_t>> rows;
    for (const char *text : {"the quick brown fox\n", "the box took the fox\n", "brown fox", "too\n", "the root of it"})
        rows.push_back(snapshot.vocabulary().encode(text));
    return shiftedBatch(rows, 3);
}

double lossWith(const std::shared_ptr<const Snapshot> &snapshot, const Batch &batch, const Interventions &change)
{
    return evaluate(*changedWeights(snapshot, change), batch);
}

bool near(double a, double b) { return std::abs(a - b) < 2e-6; }

} // namespace

class EffectsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyPartIsThatOfWeightsWithoutIt()
    {
        const auto snapshot = tiny::snapshot();
        const Batch batch = someSequences(*snapshot);
        const auto table = measureEffects(*snapshot, batch);
        const double loss = evaluate(*snapshot, batch);
        QVERIFY(near(table->loss, loss));
        QCOMPARE(table->tokens, batch.countedTargets());
        QCOMPARE(table->sequences, 5);
        double largest = 0;
        for (int layer = 0; layer < 2; ++layer) {
            const auto at = static_cast<std::size_t>(layer);
            const auto rise = [&](const Interventions &change) { return lossWith(snapshot, batch, change) - loss; };
            QCOMPARE(table->heads[at].size(), 3U);
            for (int head = 0; head < 3; ++head) {
                const double got = table->heads[at][static_cast<std::size_t>(head)].rise;
                QVERIFY(near(got, rise({.silencedHeads = {{.layer = layer, .head = head}}})));
                largest = std::max(largest, std::abs(got));
            }
            QVERIFY(near(table->mixers[at].rise, rise({.silencedMixers = {layer}})));
            QVERIFY(near(table->feedForwards[at].rise, rise({.silencedFeedForwards = {layer}})));
        }
        QVERIFY(largest > 1e-3);
        QCOMPARE(table->groups.size(), 20U);
        double sum = 0, ofLayer = 0;
        for (const EffectTable::Group &group : table->groups) {
            QCOMPARE(group.channels.size(), 4U);
            QCOMPARE(std::set<int>(group.channels.begin(), group.channels.end()).size(), 4U);
            Interventions change;
            for (const int channel : group.channels)
                change.silencedChannels.push_back({.layer = group.layer, .channel = channel});
            QVERIFY(near(group.effect.rise, lossWith(snapshot, batch, change) - loss));
            sum += group.effect.rise;
            ofLayer += group.layer == 1 ? group.effect.rise : 0;
        }
        QVERIFY(near(table->groupMean(), sum / 20));
        QVERIFY(near(table->groupMean(1), ofLayer / 10));
        double squares = 0;
        for (const EffectTable::Group &group : table->groups)
            squares += std::pow(group.effect.rise - sum / 20, 2);
        QVERIFY(near(table->groupSpread(), std::sqrt(squares / 19)));
    }

    void theStandardErrorIsThatOfTheSequences()
    {
        const auto snapshot = tiny::snapshot();
        const Batch batch = someSequences(*snapshot);
        const auto table = measureEffects(*snapshot, batch);
        const Interventions change{.silencedHeads = {{.layer = 0, .head = 2}}};
        std::vector<double> sums, tokens;
        for (std::int64_t row = 0; row < batch.count; ++row) {
            const Batch one = batch.rows(row, 1);
            tokens.push_back(static_cast<double>(one.countedTargets()));
            sums.push_back((lossWith(snapshot, one, change) - evaluate(*snapshot, one)) * tokens.back());
        }
        double all = 0, sum = 0, squares = 0;
        for (std::size_t i = 0; i < sums.size(); ++i) {
            all += tokens[i];
            sum += sums[i];
        }
        for (std::size_t i = 0; i < sums.size(); ++i)
            squares += std::pow(sums[i] - sum / all * tokens[i], 2);
        QVERIFY(near(table->heads[0][2].rise, sum / all));
        QVERIFY(near(table->heads[0][2].error, std::sqrt(squares * 5 / 4) / all));
        QVERIFY(std::isnan(measureEffects(*snapshot, batch.rows(0, 1))->heads[0][0].error));
    }

    void manySequencesGoInPieces()
    {
        const auto snapshot = tiny::snapshot();
        std::vector<std::vector<std::int64_t>> rows;
        const auto text = snapshot->vocabulary().encode("the quick brown fox took the box");
        for (int i = 0; i < 300; ++i)
            rows.emplace_back(text.begin() + i % 20, text.end());
        const Batch batch = shiftedBatch(rows, 3);
        double share = 0;
        const auto table = measureEffects(*snapshot, batch, [&](double now) {
            QVERIFY(now >= share && now <= 1);
            share = now;
        });
        QCOMPARE(share, 1.0);
        const double rise = lossWith(snapshot, batch, {.silencedMixers = {0}}) - evaluate(*snapshot, batch);
        QVERIFY(near(table->mixers[0].rise, rise));
    }

    void channelsAreSortedByTheirEffect()
    {
        const auto snapshot = tiny::snapshot();
        const Batch batch = someSequences(*snapshot);
        const auto channels = measureChannels(*snapshot, batch, 1);
        QCOMPARE(channels.size(), 12U);
        const double loss = evaluate(*snapshot, batch);
        for (std::size_t i = 0; i < channels.size(); ++i) {
            const Interventions change{.silencedChannels = {{.layer = 1, .channel = channels[i].channel}}};
            QVERIFY(near(channels[i].effect.rise, lossWith(snapshot, batch, change) - loss));
            QVERIFY(i == 0 || channels[i].effect.rise <= channels[i - 1].effect.rise);
        }
        QVERIFY_THROWS_EXCEPTION(Error, measureChannels(*snapshot, batch, 2));
    }

    void stopsAndRefuses()
    {
        const auto snapshot = tiny::snapshot();
        Batch batch = someSequences(*snapshot);
        std::stop_source stop;
        QVERIFY(!measureEffects(
            *snapshot, batch, [&](double) { stop.request_stop(); }, stop.get_token()));
        QVERIFY(measureChannels(*snapshot, batch, 0, {}, stop.get_token()).empty());
        batch.inputs[0] = 99;
        QVERIFY_THROWS_EXCEPTION(Error, measureEffects(*snapshot, batch));
        std::ranges::fill(batch.inputs, 4);
        std::ranges::fill(batch.weights, 0.0F);
        QVERIFY_THROWS_EXCEPTION(Error, measureEffects(*snapshot, batch));
    }

    void dataToMeasureOnIsWhatTrainingNeverSaw()
    {
        const auto check = [](const std::string &source, std::int64_t tokens) {
            DataOptions options;
            options.source = source;
            options.batch = 20;
            options.sequenceLength = 64;
            const auto data = openDataset(options);
            const MeasuringData measuring = measuringData(*data, tokens);
            QVERIFY(measuring.batch.countedTargets() >= tokens);
            QVERIFY(measuring.batch.countedTargets() < tokens + measuring.batch.time);
            QCOMPARE(measuring.trainedRows, 0);
            const auto rows = [](const Batch &batch) {
                std::vector<std::vector<std::int64_t>> all;
                for (std::int64_t row = 0; row < batch.count; ++row) {
                    const auto begin = batch.inputs.begin() + row * batch.time;
                    all.emplace_back(begin, begin + batch.rowLength(row));
                }
                return all;
            };
            const auto measured = rows(measuring.batch), heldOut = rows(data->heldOut());
            const auto shared = std::min(measured.size(), heldOut.size());
            QVERIFY(
                std::equal(measured.begin(), measured.begin() + static_cast<std::ptrdiff_t>(shared), heldOut.begin()));
            for (const auto &trained : rows(data->trainingBatch(1)))
                QVERIFY(source != "article" || std::ranges::find(measured, trained) == measured.end());
        };
        check("article", 9000);
        check("article", 700);
        check("sentences", 5000);
        check("running-maximum", 3000);
    }
};

QTEST_APPLESS_MAIN(EffectsTest)
#include "effects_test.moc"
