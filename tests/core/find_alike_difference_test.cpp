// SPDX-License-Identifier: GPL-3.0-only
// Passages in which two networks hold channels differently, against a slow obvious search.
#include "core/base/error.h"
#include "core/inspect/find_alike.h"
#include "core/model/interventions.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace samout;

namespace {

/// Passages of few symbols, so that many channels are held; some passages occur several times.
Passages somePassages(std::uint64_t seed = 5)
{
    RandomStream random(seed, Purpose::Sampling, 0);
    Passages passages;
    for (int i = 0; i < 300; ++i) {
        std::vector<std::int64_t> tokens(static_cast<std::size_t>(1 + random.below(12)));
        for (std::int64_t &token : tokens)
            token = 4 + random.below(14);
        passages.add(tokens);
        passages.times.back() = 1 + random.below(3);
    }
    return passages;
}

/// The best place of a passage, by the definition.
AlikePlace bestPlace(const ChangeIndex &index, const AlikeQuestion &question, std::int64_t passage)
{
    const std::int64_t begin = index.passages().begins[passage], end = index.passages().begins[passage + 1];
    AlikePlace best{.passage = passage};
    for (std::int64_t place = begin; place < end; ++place) {
        if ((place == begin) != question.fromBeginning)
            continue;
        int held = 0;
        for (const int channel : question.channels)
            for (std::int64_t t = place;
                 index.changed(place, question.layer, channel) && t < end && t < place + question.length &&
                 (t == place || !index.changed(t, question.layer, channel));
                 ++t)
                ++held;
        const double score =
            static_cast<double>(held) / static_cast<double>(question.length * question.channels.size());
        if (score > best.score)
            best = {passage, place - begin, score};
    }
    return best;
}

std::shared_ptr<const Snapshot> changed(const std::shared_ptr<const Snapshot> &snapshot)
{
    return changedWeights(snapshot, {.silencedHeads = {{.layer = 0, .head = 1}}, .alphas = {{.layer = 0, .value = 1}}});
}

} // namespace

class FindAlikeDifferenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsWhatOneAloneFinds()
    {
        const auto trained = tiny::snapshot();
        const auto one = ChangeIndex::make(changed(trained), somePassages());
        const auto other = ChangeIndex::make(trained, somePassages());
        std::int64_t onlyOnes = 0, onlyOthers = 0;
        for (const std::vector<int> &channels : {std::vector<int>{3}, {4, 5}, {0, 1, 2, 3}, {1, 5, 7, 9, 11}})
            for (const std::int64_t length : {1, 3, 8})
                for (const bool fromBeginning : {false, true})
                    for (const int count : {1000, 7}) {
                        const AlikeQuestion question{.layer = 1,
                                                     .channels = channels,
                                                     .length = length,
                                                     .fromBeginning = fromBeginning,
                                                     .count = count};
                        // By hand: every passage in turn, then the first of each direction.
                        std::vector<AlikePair> more, less;
                        std::int64_t both = 0, onlyOne = 0, onlyOther = 0;
                        double sumOne = 0, sumOther = 0;
                        for (std::int64_t i = 0; i < one->passages().count(); ++i) {
                            const AlikePair pair{bestPlace(*one, question, i), bestPlace(*other, question, i)};
                            sumOne += pair.one.score;
                            sumOther += pair.other.score;
                            if (pair.one.score == 1 && pair.other.score == 1)
                                ++both;
                            else if (pair.one.score == 1)
                                ++onlyOne;
                            else if (pair.other.score == 1)
                                ++onlyOther;
                            if (pair.one.score > pair.other.score)
                                more.push_back(pair);
                            if (pair.one.score < pair.other.score)
                                less.push_back(pair);
                        }
                        const auto before = [&](const AlikePair &a, const AlikePair &b) {
                            const double sizeA = std::abs(a.one.score - a.other.score);
                            const double sizeB = std::abs(b.one.score - b.other.score);
                            if (std::abs(sizeA - sizeB) > 1e-9)
                                return sizeA > sizeB;
                            const double bestA = std::max(a.one.score, a.other.score);
                            const double bestB = std::max(b.one.score, b.other.score);
                            if (bestA != bestB)
                                return bestA > bestB;
                            // Ties stay in the order of the passages, because the sort is stable.
                            return one->passages().times[a.one.passage] > one->passages().times[b.one.passage];
                        };
                        std::vector<AlikePair> expected;
                        for (std::vector<AlikePair> *way : {&more, &less}) {
                            std::ranges::stable_sort(*way, before);
                            way->resize(std::min(way->size(), static_cast<std::size_t>(count)));
                            expected.insert(expected.end(), way->begin(), way->end());
                        }
                        std::ranges::sort(expected, {}, [](const AlikePair &pair) { return pair.one.passage; });
                        std::ranges::stable_sort(expected, before);

                        const AlikeDifference found = findAlikeDifference(*one, *other, question);
                        QVERIFY(found.largest == expected);
                        QCOMPARE(found.both, both);
                        QCOMPARE(found.onlyOne, onlyOne);
                        QCOMPARE(found.onlyOther, onlyOther);
                        const auto passages = static_cast<double>(one->passages().count());
                        QVERIFY(std::abs(found.meanOne - sumOne / passages) < 1e-12);
                        QVERIFY(std::abs(found.meanOther - sumOther / passages) < 1e-12);
                        // Each network's own search says the same.
                        QCOMPARE(findAlike(*one, question).complete, both + onlyOne);
                        QCOMPARE(findAlike(*other, question).complete, both + onlyOther);
                        onlyOnes += onlyOne;
                        onlyOthers += onlyOther;
                    }
        QVERIFY(onlyOnes > 100 && onlyOthers > 100);
    }

    /// A layer's state depends on the layer's input, so a change in a layer shows from the next layer on.
    void nothingIsDifferentBeforeTheChange()
    {
        const auto trained = tiny::snapshot();
        const auto one = ChangeIndex::make(changed(trained), somePassages());
        const auto other = ChangeIndex::make(trained, somePassages());
        const AlikeDifference found = findAlikeDifference(*one, *other, {.layer = 0, .channels = {1, 4}, .length = 2});
        QVERIFY(found.largest.empty());
        QVERIFY(found.both > 0 && found.onlyOne == 0 && found.onlyOther == 0);
        QCOMPARE(found.meanOne, found.meanOther);
    }

    void whatCannotBeIsASentence()
    {
        const auto snapshot = tiny::snapshot();
        const auto one = ChangeIndex::make(snapshot, somePassages());
        const auto other = ChangeIndex::make(snapshot, somePassages(6));
        QVERIFY_THROWS_EXCEPTION(Error, findAlikeDifference(*one, *other, {.layer = 0, .channels = {1}}));
        QVERIFY_THROWS_EXCEPTION(Error, findAlikeDifference(*one, *one, {.layer = 0, .channels = {}}));
        QVERIFY(findAlikeDifference(*one, *one, {.layer = 0, .channels = {1}}).largest.empty());
    }
};

QTEST_GUILESS_MAIN(FindAlikeDifferenceTest)
#include "find_alike_difference_test.moc"
