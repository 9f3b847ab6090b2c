// SPDX-License-Identifier: GPL-3.0-only
// Two networks on the same text.
#include "core/inspect/comparison.h"

#include "core/infer/generator.h"
#include "tests/support/tiny.h"

#include <QTest>

using namespace samout;

class ComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void lossesAreThoseOfTheEvaluation()
    {
        const auto snapshot = tiny::snapshot();
        const std::vector<std::int64_t> tokens{5, 7, 4, 8, 5, 5};
        const auto examination = examine({.snapshot = snapshot, .tokens = tokens, .layers = {}, .sites = {}});
        const std::vector<float> losses = tokenLosses(*examination);
        QCOMPARE(losses.size(), tokens.size());
        QVERIFY(std::isnan(losses[0]));
        double sum = 0;
        for (std::size_t i = 1; i < losses.size(); ++i)
            sum += static_cast<double>(losses[i]);
        QVERIFY(std::abs(sum / 5 - evaluate(*snapshot, shiftedBatch({tokens}, 3))) < 1e-5);
    }

    void aNetworkIsNoDifferentFromItself()
    {
        const auto snapshot = tiny::snapshot();
        const auto compared = compare({.one = snapshot, .other = snapshot, .text = "the ", .prompt = "t"});
        QVERIFY(std::ranges::all_of(compared->stateDifference.values, [](float value) { return value == 0; }));
        QCOMPARE(compared->one.losses.size(), 4U);
        QCOMPARE(compared->one.written.size(), 60U);
        QVERIFY(!compared->firstDifference);
    }

    void aSideIsChangedAlone()
    {
        const auto one = tiny::snapshot();
        const Interventions change{.silencedHeads = {{.layer = 0, .head = 0}}, .alphas = {{.layer = 1, .value = 2}}};
        const auto byHand = changedWeights(one, change);
        const auto compared =
            compare({.one = one, .other = one, .otherChanged = change, .text = "the ", .prompt = "t"});
        const auto expected = compare({.one = one, .other = byHand, .text = "the ", .prompt = "t"});
        QVERIFY(compared->one.written == expected->one.written && compared->other.written == expected->other.written);
        QVERIFY(compared->stateDifference.values == expected->stateDifference.values);
        QCOMPARE(compared->other.alphas[1], 2.0F);
        QVERIFY(std::equal(compared->other.losses.begin() + 1, compared->other.losses.end(),
                           expected->other.losses.begin() + 1));
        QVERIFY(compared->firstDifference == expected->firstDifference);
    }

    void aLongTextIsComparedUpToAToken()
    {
        const auto snapshot = tiny::snapshot();
        const Interventions here{.states = {{.layer = 0, .position = 3, .channel = 1, .values = {2}}}};
        Interventions both = here;
        both.states.push_back({.layer = 0, .position = 12, .channel = 1, .values = {3}});
        const auto compared = compare({.one = snapshot,
                                       .other = snapshot,
                                       .otherChanged = both,
                                       .text = "the quick brown fox",
                                       .prompt = "t",
                                       .mostTokens = 9});
        const auto expected =
            compare({.one = snapshot, .other = snapshot, .otherChanged = here, .text = "the quick", .prompt = "t"});
        QVERIFY(compared->one.cut && !expected->one.cut);
        QVERIFY(compared->stateDifference.values == expected->stateDifference.values);
        QCOMPARE(compared->other.losses.size(), 9U);
    }

    void differencesAreThoseOfTwoExaminations()
    {
        const auto one = tiny::snapshot();
        std::vector<float> weights(one->weights().begin(), one->weights().end());
        for (float &weight : weights)
            weight *= 1.5F;
        const auto other = std::make_shared<Snapshot>(one->config(), one->vocabulary(), 3, weights);
        const auto compared =
            compare({.one = one, .other = other, .text = "the ", .prompt = "th", .layer = 99, .temperature = 1});
        const int last = static_cast<int>(one->config().numLayers) - 1;
        const auto state = [&](const std::shared_ptr<const Snapshot> &snapshot) {
            return *examine({.snapshot = snapshot,
                             .tokens = one->vocabulary().encode("the "),
                             .layers = {last},
                             .sites = {Site::State}})
                        ->find(last, Site::State);
        };
        const Grid a = state(one), b = state(other);
        for (std::size_t i = 0; i < a.values.size(); ++i)
            QCOMPARE(compared->stateDifference.values[i], b.values[i] - a.values[i]);
        QCOMPARE(compared->other.alphas, other->alphas());
        const auto &left = compared->one.written, &right = compared->other.written;
        const auto at = *compared->firstDifference;
        QVERIFY(std::equal(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(at), right.begin()));
        QVERIFY(left[at] != right[at]);
    }
};

QTEST_GUILESS_MAIN(ComparisonTest)
#include "comparison_test.moc"
