// SPDX-License-Identifier: GPL-3.0-only
// nextToken(): the prediction of the token that comes next.
#include "core/inspect/comparison.h"
#include "core/inspect/next_token.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <array>
#include <cmath>
#include <limits>

using namespace samout;

class NextTokenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void byHand()
    {
        Grid logits(3, 3);
        const float two = std::log(2.0F);
        // Shares 1/4, 1/2, 1/4; then 0.2, 0.4, 0.4; then a token that is certain.
        logits.values = {0, two, 0, 0, two, two, -1000, -1000, 0};
        Examination text;
        text.next = {0, 2, -1};
        const std::array said{nextToken(text, logits, 0), nextToken(text, logits, 1), nextToken(text, logits, 2)};
        QCOMPARE(said[0].likeliest, 1);
        QVERIFY(std::abs(said[0].probability - 0.5) < 1e-6);
        QCOMPARE(said[0].next, 0);
        QVERIFY(std::abs(said[0].nextProbability - 0.25) < 1e-6);
        // A tie is no worse rank: one token is likelier.
        QCOMPARE(said[0].rank, 2);
        QCOMPARE(said[1].next, 2);
        QCOMPARE(said[1].rank, 1);
        QVERIFY(std::abs(said[1].nextProbability - 0.4) < 1e-6);
        QCOMPARE(said[2].next, -1);
        QCOMPARE(said[2].rank, 0);
        QCOMPARE(said[2].probability, 1.0F);
        QVERIFY(std::isnan(said[2].nextProbability));
    }

    void agreesWithTheLosses()
    {
        const auto snapshot = tiny::snapshot();
        const auto tokens = snapshot->vocabulary().encode("the quick fox\n");
        const auto answer = examine({.snapshot = snapshot, .tokens = tokens, .layers = {0, 1}, .readings = true});
        const auto losses = tokenLosses(*answer);
        for (std::size_t t = 0; t + 1 < tokens.size(); ++t) {
            const NextToken said = nextToken(*answer, answer->logits, static_cast<int>(t));
            QVERIFY(std::abs(-std::log(said.nextProbability) - losses[t + 1]) < 1e-5);
        }
        // The reading of the last layer is the network's prediction.
        QCOMPARE(answer->findReading(1)->values, answer->logits.values);
    }

    void ofAThinnedTextTheRealNextOne()
    {
        const auto snapshot = tiny::snapshot();
        const auto tokens = snapshot->vocabulary().encode("the quick brown fox, the quick fox");
        Question question{.snapshot = snapshot, .tokens = tokens, .layers = {0}, .readings = true};
        const auto whole = examine(question);
        const auto all = tokenLosses(*whole);
        for (const std::int64_t most : {9, 12}) { // 34 tokens: the last one is not kept, and kept
            question.mostRows = most;
            const auto thinned = examine(question);
            const auto losses = nextLosses(*thinned);
            QCOMPARE(losses.size(), thinned->tokens.size());
            const auto every = static_cast<std::size_t>(thinned->every);
            for (std::size_t row = 0; row < losses.size(); ++row) {
                const std::size_t at = row * every;
                if (at + 1 == tokens.size()) {
                    QCOMPARE(thinned->next[row], -1);
                    QVERIFY(std::isnan(losses[row]));
                    continue;
                }
                QCOMPARE(losses[row], all[at + 1]);
                const auto of = [](const Examination &text, std::size_t t) {
                    return nextToken(text, *text.findReading(0), static_cast<int>(t));
                };
                QCOMPARE(of(*thinned, row).next, tokens[at + 1]);
                QCOMPARE(of(*thinned, row).rank, of(*whole, at).rank);
                QCOMPARE(of(*thinned, row).nextProbability, of(*whole, at).nextProbability);
            }
        }
    }

    void notANumberHasNoProbability()
    {
        Grid logits(2, 2);
        logits.values.assign(4, std::numeric_limits<float>::quiet_NaN());
        Examination text;
        text.next = {1, -1};
        const NextToken said = nextToken(text, logits, 0);
        QVERIFY(std::isnan(said.probability) && std::isnan(said.nextProbability));
    }
};

QTEST_APPLESS_MAIN(NextTokenTest)
#include "next_token_test.moc"
