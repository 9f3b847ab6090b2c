// SPDX-License-Identifier: GPL-3.0-only
// The effect of changing one alpha, one cell or a whole state, against the same change by hand.
#include "core/base/error.h"
#include "core/inspect/alpha_sweep.h"
#include "core/inspect/cell_effects.h"
#include "core/inspect/examination.h"
#include "core/inspect/state_transfer.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <limits>

using namespace samout;

namespace {

std::vector<std::int64_t> foxes() { return tiny::snapshot()->vocabulary().encode("the quick brown fox\n"); }

/// By the definition: the mean and the last KL divergence of two examinations' predictions, from a position on.
std::pair<double, double> moved(const Examination &one, const Examination &other, int from)
{
    double mean = 0, last = 0;
    for (int t = from; t < one.logits.rows; ++t) {
        const auto logs = [t](const Grid &logits) {
            double sum = 0;
            for (int v = 0; v < logits.cols; ++v)
                sum += std::exp(static_cast<double>(logits.at(t, v)));
            std::vector<double> result;
            for (int v = 0; v < logits.cols; ++v)
                result.push_back(static_cast<double>(logits.at(t, v)) - std::log(sum));
            return result;
        };
        const auto p = logs(one.logits), q = logs(other.logits);
        last = 0;
        for (std::size_t v = 0; v < p.size(); ++v)
            last += std::exp(p[v]) * (p[v] - q[v]);
        mean += last;
    }
    return {mean / (one.logits.rows - from), last};
}

} // namespace

class WhatIfTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSweepIsTheLossOfEditedWeights()
    {
        const auto snapshot = tiny::snapshot();
        auto longer = foxes();
        longer.insert(longer.end(), longer.begin(), longer.end());
        const Batch batch = shiftedBatch({longer, foxes(), {5, 6, 7}}, 3);
        const std::vector<float> alphas{-0.5F, 0, 0.5F, 1, 1.5F};
        for (const int layer : {0, 1}) {
            double told = 0;
            const auto sweep = alphaSweep(*snapshot, batch, layer, alphas, {}, [&](double share) {
                QVERIFY(share >= told && share <= 1);
                told = share;
            });
            QCOMPARE(told, 1.0);
            QCOMPARE(sweep->losses.size(), alphas.size());
            for (std::size_t i = 0; i < alphas.size(); ++i) {
                const auto byHand = changedWeights(snapshot, {.alphas = {{.layer = layer, .value = alphas[i]}}});
                QVERIFY(std::abs(sweep->losses[i] - evaluate(*byHand, batch)) < 1e-5);
            }
            QVERIFY(std::abs(sweep->losses[0] - sweep->losses[4]) > 1e-4);
        }
    }

    void aSweepStopsAndRefuses()
    {
        const auto snapshot = tiny::snapshot();
        const Batch batch = shiftedBatch({foxes()}, 3);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!alphaSweep(*snapshot, batch, 0, {0.5F}, stop.get_token()));
        QVERIFY_THROWS_EXCEPTION(Error, alphaSweep(*snapshot, batch, 2, {0.5F}));
        QVERIFY_THROWS_EXCEPTION(Error, alphaSweep(*snapshot, batch, 0, {std::nanf("")}));
        QVERIFY_THROWS_EXCEPTION(Error, alphaSweep(*snapshot, shiftedBatch({{5, 3, 3}}, 3), 0, {0.5F}));
    }

    void cellEffectsAreThoseOfSettingEachCell_data()
    {
        QTest::addColumn<int>("layer");
        QTest::addColumn<int>("position");
        QTest::addColumn<Interventions>("interventions");
        QTest::newRow("first") << 0 << 0 << Interventions();
        QTest::newRow("within") << 0 << 7 << Interventions();
        QTest::newRow("last") << 1 << 19 << Interventions();
        QTest::newRow("beside others") << 1 << 5
                                       << Interventions{
                                              .silencedHeads = {{.layer = 0, .head = 1}},
                                              .alphas = {{.layer = 1, .value = 0.75F}},
                                              .states = {{.layer = 0, .position = 3, .channel = 2, .values = {2}},
                                                         {.layer = 1, .position = 9, .channel = 1, .values = {-1, 2}}},
                                              .hidden = {6}};
    }
    void cellEffectsAreThoseOfSettingEachCell()
    {
        QFETCH(int, layer);
        QFETCH(int, position);
        QFETCH(Interventions, interventions);
        const auto snapshot = tiny::snapshot();
        Question plain{.snapshot = snapshot, .tokens = foxes(), .layers = {layer}, .sites = {Site::State}};
        plain.interventions = interventions;
        const auto before = examine(plain);
        const auto effects = *cellEffects({.snapshot = snapshot,
                                           .tokens = foxes(),
                                           .layer = layer,
                                           .position = position,
                                           .interventions = interventions});
        QCOMPARE(effects.size(), 12U);
        const Grid &held = *before->find(layer, Site::State);
        double largest = 0;
        for (std::size_t i = 0; i < effects.size(); ++i) {
            const CellEffect &effect = effects[i];
            QVERIFY(i == 0 || effects[i - 1].mean >= effect.mean);
            QCOMPARE(effect.state, held.at(position, effect.channel));
            // Computes both ends of the head by hand; the larger effect is reported.
            const int head = effect.channel / 4 * 4;
            float low = held.at(position, head), high = low;
            for (int c = head; c < head + 4; ++c) {
                low = std::min(low, held.at(position, c));
                high = std::max(high, held.at(position, c));
            }
            double most = 0;
            for (const float value : {low, high}) {
                Question changed = plain;
                changed.interventions.states.push_back(
                    {.layer = layer, .position = position, .channel = effect.channel, .values = {value}});
                const auto [mean, last] = moved(*before, *examine(changed), position);
                most = std::max(most, mean);
                if (value == effect.value) {
                    QVERIFY(std::abs(mean - effect.mean) < 1e-7);
                    QVERIFY(std::abs(last - effect.last) < 1e-7);
                }
            }
            QVERIFY(std::abs(most - effect.mean) < 1e-7);
            largest = std::max(largest, most);
        }
        QVERIFY(largest > 1e-6);
    }

    void cellEffectsReachSoFar()
    {
        const auto snapshot = tiny::snapshot();
        std::vector<std::int64_t> shorter = foxes();
        shorter.resize(9);
        const auto reached =
            *cellEffects({.snapshot = snapshot, .tokens = foxes(), .layer = 0, .position = 5, .reach = 4});
        const auto whole = *cellEffects({.snapshot = snapshot, .tokens = shorter, .layer = 0, .position = 5});
        QCOMPARE(reached.size(), whole.size());
        for (std::size_t i = 0; i < whole.size(); ++i) {
            QCOMPARE(reached[i].channel, whole[i].channel);
            QCOMPARE(reached[i].mean, whole[i].mean);
            QCOMPARE(reached[i].last, whole[i].last);
        }
        QVERIFY(whole.front().mean > 1e-6);
    }

    void farIntoALongText()
    {
        const auto snapshot = tiny::snapshot();
        std::vector<std::int64_t> tokens;
        while (tokens.size() < 3000)
            for (const std::int64_t token : foxes())
                tokens.push_back(token);
        constexpr std::int64_t position = 2500;
        const Question plain{.snapshot = snapshot, .tokens = tokens, .layers = {0, 1}, .sites = {Site::State}};
        const auto before = examine(plain);
        const CellEffect first =
            cellEffects({.snapshot = snapshot, .tokens = tokens, .layer = 1, .position = position})->front();
        QCOMPARE(first.state, before->find(1, Site::State)->at(position, first.channel));
        Question changed = plain;
        changed.interventions.states = {
            {.layer = 1, .position = position, .channel = first.channel, .values = {first.value}}};
        QVERIFY(std::abs(moved(*before, *examine(changed), position).first - first.mean) < 1e-7);
        const auto edits =
            transferredStates({.snapshot = snapshot, .tokens = tokens, .from = position, .layers = {1}, .to = 2});
        for (int c = 0; c < 12; ++c)
            QCOMPARE(edits[0].values[static_cast<std::size_t>(c)], before->find(1, Site::State)->at(position, c));
    }

    void cellEffectsOfNothing()
    {
        const auto snapshot = tiny::snapshot();
        QVERIFY_THROWS_EXCEPTION(Error, cellEffects({.snapshot = snapshot, .tokens = {}}));
        QVERIFY_THROWS_EXCEPTION(Error, cellEffects({.snapshot = snapshot, .tokens = {4}, .layer = 0, .position = 1}));
        QVERIFY_THROWS_EXCEPTION(Error, cellEffects({.snapshot = snapshot, .tokens = {4}, .layer = 5}));
        QCOMPARE(cellEffects({.snapshot = snapshot, .tokens = {4}})->size(), 12U);
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!cellEffects({.snapshot = snapshot, .tokens = {4}}, stop.get_token()));
        const std::vector<float> nan(snapshot->weights().size(), std::nanf(""));
        const auto broken = std::make_shared<Snapshot>(snapshot->config(), snapshot->vocabulary(), 1, nan);
        QCOMPARE(cellEffects({.snapshot = broken, .tokens = {4, 5}})->size(), 12U);
    }

    void aStateComesFromTheOtherText()
    {
        const auto snapshot = tiny::snapshot();
        const auto other = snapshot->vocabulary().encode("fox quick");
        const auto edits =
            transferredStates({.snapshot = snapshot, .tokens = other, .from = 4, .layers = {0, 1}, .to = 2});
        QCOMPARE(edits.size(), 2U);
        const auto there = examine({.snapshot = snapshot, .tokens = other, .layers = {0, 1}, .sites = {Site::State}});
        Question question{.snapshot = snapshot, .tokens = foxes(), .layers = {0, 1}, .sites = {Site::State}};
        question.interventions.states = edits;
        const auto here = examine(question);
        for (const int layer : {0, 1})
            for (int c = 0; c < 12; ++c)
                QCOMPARE(here->find(layer, Site::State)->at(2, c), there->find(layer, Site::State)->at(4, c));
        QVERIFY_THROWS_EXCEPTION(Error,
                                 transferredStates({.snapshot = snapshot, .tokens = other, .from = 9, .layers = {0}}));
        QVERIFY_THROWS_EXCEPTION(Error, transferredStates({.snapshot = snapshot, .tokens = {}, .layers = {0}}));
    }
};

QTEST_APPLESS_MAIN(WhatIfTest)
#include "what_if_test.moc"
