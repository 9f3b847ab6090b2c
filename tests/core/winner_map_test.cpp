// SPDX-License-Identifier: GPL-3.0-only
// winnerMaps(): since when states are held, as shares of a head's channels.
#include "core/base/error.h"
#include "core/inspect/winner_map.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <cmath>

using namespace samout;

namespace {

const std::string text = "the quick brown fox the quick fox\n";

std::shared_ptr<const Examination> examined(const Interventions &interventions = {})
{
    const auto snapshot = tiny::snapshot();
    Question question{
        .snapshot = snapshot, .tokens = snapshot->vocabulary().encode(text), .layers = {0, 1}, .winners = true};
    question.sites = {Site::Candidate};
    question.interventions = interventions;
    return examine(question);
}

/// Slow and obvious: since when the maximum of the candidates up to t is held.
float slowShare(const Grid &candidates, int head, int size, int t, int j)
{
    int held = 0;
    for (int c = head * size; c < (head + 1) * size; ++c) {
        float largest = candidates.at(0, c);
        for (int s = 1; s <= t; ++s)
            largest = std::max(largest, candidates.at(s, c));
        int first = 0;
        while (candidates.at(first, c) != largest)
            ++first;
        held += first == j;
    }
    return static_cast<float>(held) / static_cast<float>(size);
}

void verifyRowsSumToOne(const std::vector<Grid> &maps)
{
    for (const Grid &map : maps)
        for (int t = 0; t < map.rows; ++t) {
            double sum = 0;
            for (int j = 0; j < map.cols; ++j)
                sum += map.at(t, j);
            QVERIFY2(std::abs(sum - 1) < 1e-6, qPrintable(QString::number(sum)));
        }
}

} // namespace

class WinnerMapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isTheShareOfTheHeadsChannels()
    {
        const auto answer = examined();
        for (const int layer : {0, 1}) {
            const Grid &candidates = *answer->find(layer, Site::Candidate);
            const auto maps = winnerMaps(*answer->findWinners(layer), 12, 3, false);
            QCOMPARE(maps.size(), 3U);
            for (int head = 0; head < 3; ++head)
                for (int t = 0; t < candidates.rows; ++t)
                    for (int j = 0; j < candidates.rows; ++j)
                        QCOMPARE(maps[static_cast<std::size_t>(head)].at(t, j),
                                 j > t ? 0 : slowShare(candidates, head, 4, t, j));
            verifyRowsSumToOne(maps);
        }
    }

    void whatIsHeldSinceAnEditHasAColumn()
    {
        Interventions interventions;
        interventions.states = {{.layer = 0, .position = 5, .channel = 0, .values = {100, 100, -100}}};
        interventions.hidden = {0, 9};
        const auto answer = examined(interventions);
        const Winners &winners = *answer->findWinners(0);
        QVERIFY(hasEdited(winners));
        const auto maps = winnerMaps(winners, 12, 3, true);
        verifyRowsSumToOne(maps);
        QCOMPARE(maps[0].cols, maps[0].rows + 1);
        QCOMPARE(maps[0].at(4, 0), 0.0F);
        // Two channels hold 100 for good; the third holds -100 for its own position.
        QCOMPARE(maps[0].at(5, 0), 0.75F);
        QCOMPARE(maps[0].at(6, 0), 0.5F);
        QCOMPARE(maps[0].at(maps[0].rows - 1, 0), 0.5F);
        // A hidden token is held at its own position alone.
        for (int t = 1; t < maps[0].rows; ++t)
            QCOMPARE(maps[0].at(t, 1), 0.0F);
        // The other layer's states were not edited, but its input changed.
        QVERIFY(!hasEdited(*answer->findWinners(1)));
        verifyRowsSumToOne(winnerMaps(*answer->findWinners(1), 12, 3, false));
        verifyRowsSumToOne(winnerMaps(*answer->findWinners(1), 12, 3, true));
    }

    void headsHaveToShareTheChannels()
    {
        const auto answer = examined();
        QVERIFY_THROWS_EXCEPTION(Error, winnerMaps(*answer->findWinners(0), 12, 5, false));
        QVERIFY_THROWS_EXCEPTION(Error, winnerMaps(*answer->findWinners(0), 0, 1, false));
    }
};

QTEST_APPLESS_MAIN(WinnerMapTest)
#include "winner_map_test.moc"
