// SPDX-License-Identifier: GPL-3.0-only
// influence(): which tokens matter to which predictions.
#include "core/base/error.h"
#include "core/inspect/examination.h"
#include "core/inspect/influence.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace samout;

namespace {

/// KL(p || q) of a position's logits, the obvious way.
double slowDivergence(const Grid &with, const Grid &without, int t)
{
    const auto softmax = [t](const Grid &logits) {
        std::vector<double> result;
        double sum = 0;
        for (int v = 0; v < logits.cols; ++v)
            sum += std::exp(double(logits.at(t, v)));
        for (int v = 0; v < logits.cols; ++v)
            result.push_back(std::exp(double(logits.at(t, v))) / sum);
        return result;
    };
    const auto p = softmax(with), q = softmax(without);
    double sum = 0;
    for (std::size_t v = 0; v < p.size(); ++v)
        sum += p[v] * std::log(p[v] / q[v]);
    return sum;
}

/// Random weights with an output head that is sure of its predictions, so that hiding a token can move them.
std::shared_ptr<const Snapshot> sure()
{
    const auto snapshot = tiny::snapshot();
    std::vector<float> weights(snapshot->weights().begin(), snapshot->weights().end());
    for (const Parameter &parameter : snapshot->parameters())
        if (parameter.name == "head.weight")
            for (std::int64_t i = 0; i < parameter.count(); ++i)
                weights[static_cast<std::size_t>(parameter.offset + i)] *= 8;
    return std::make_shared<const Snapshot>(snapshot->config(), snapshot->vocabulary(), 0, weights);
}

void compareWithOneAtATime(const std::shared_ptr<const Snapshot> &snapshot, const std::vector<std::int64_t> &tokens,
                           const Interventions &interventions)
{
    const auto result = influence(snapshot, tokens, interventions);
    QVERIFY(result);
    const auto time = static_cast<int>(tokens.size());
    QCOMPARE(result->rows, time);
    QCOMPARE(result->cols, time);
    const auto with = examine({.snapshot = snapshot, .tokens = tokens, .logits = true, .interventions = interventions});
    double most = 0;
    for (int j = 0; j < time; ++j) {
        Interventions hiding = interventions;
        hiding.hidden.push_back(j);
        const auto without = examine({.snapshot = snapshot, .tokens = tokens, .logits = true, .interventions = hiding});
        for (int t = 0; t < time; ++t) {
            const double expected = slowDivergence(with->logits, without->logits, t);
            const auto measured = static_cast<double>(result->at(t, j));
            if (t <= j)
                QCOMPARE(measured, 0.0);
            QVERIFY2(
                std::abs(measured - expected) < 1e-6 + 1e-3 * expected,
                qPrintable(QStringLiteral("row %1, column %2: %3, not %4").arg(t).arg(j).arg(measured).arg(expected)));
            most = std::max(most, expected);
        }
    }
    QVERIFY(most > 1e-2);
}

} // namespace

class InfluenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isEveryTokenHiddenOneAtATime()
    {
        const auto snapshot = sure();
        // Longer than two batches of hidden tokens.
        const auto tokens = snapshot->vocabulary().encode("the quick brown fox took the box\nthe fox");
        QVERIFY(tokens.size() > 32);
        compareWithOneAtATime(snapshot, tokens, {});
    }

    void whatIsChangedStaysChanged()
    {
        const auto snapshot = sure();
        Interventions interventions;
        interventions.silencedHeads = {{.layer = 1, .head = 2}};
        interventions.alphas = {{.layer = 0, .value = 0.9F}};
        interventions.states = {{.layer = 0, .position = 3, .channel = 2, .values = {0.5F, 1}},
                                {.layer = 1, .position = 20, .channel = 0, .values = {2}}};
        interventions.hidden = {1, 18};
        compareWithOneAtATime(snapshot, snapshot->vocabulary().encode("the quick brown fox took it"), interventions);
    }

    void oneTokenHasNone()
    {
        const auto snapshot = tiny::snapshot();
        const auto result = influence(snapshot, {4});
        QCOMPARE(result->values, std::vector<float>{0});
    }

    void notANumberStaysOne()
    {
        const auto good = tiny::snapshot();
        std::vector<float> weights(good->weights().begin(), good->weights().end());
        std::ranges::fill(weights, std::numeric_limits<float>::quiet_NaN());
        const auto bad = std::make_shared<const Snapshot>(good->config(), good->vocabulary(), 0, weights);
        const auto result = influence(bad, {4, 5, 6});
        QVERIFY(std::isnan(result->at(2, 0)));
        QCOMPARE(result->at(0, 2), 0.0F);
    }

    void badQuestionsAreSentencesAndStopStops()
    {
        const auto snapshot = tiny::snapshot();
        QVERIFY_THROWS_EXCEPTION(Error, influence(snapshot, {}));
        QVERIFY_THROWS_EXCEPTION(Error, influence(snapshot, {99}));
        QVERIFY_THROWS_EXCEPTION(Error, influence(nullptr, {4}));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!influence(snapshot, {4, 5}, {}, stop.get_token()));
        std::vector<double> told;
        QVERIFY(influence(snapshot, std::vector<std::int64_t>(40, 4), {}, {},
                          [&](double share) { told.push_back(share); }));
        QVERIFY(told.size() == 3 && std::ranges::is_sorted(told) && told.back() == 1);
    }
};

QTEST_APPLESS_MAIN(InfluenceTest)
#include "influence_test.moc"
