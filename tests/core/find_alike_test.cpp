// SPDX-License-Identifier: GPL-3.0-only
// Passages in the data where channels are held together, against a slow obvious search.
#include "core/base/error.h"
#include "core/data/dataset.h"
#include "core/inspect/examination.h"
#include "core/inspect/find_alike.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <algorithm>
#include <map>
#include <numeric>

using namespace samout;

namespace {

Passages somePassages(std::int64_t count, std::int64_t vocabulary, std::uint64_t seed = 5)
{
    RandomStream random(seed, Purpose::Sampling, 0);
    Passages passages;
    for (std::int64_t i = 0; i < count; ++i) {
        std::vector<std::int64_t> tokens(static_cast<std::size_t>(1 + random.below(30)));
        for (std::int64_t &token : tokens)
            token = 4 + random.below(vocabulary - 4);
        passages.add(tokens);
    }
    return passages;
}

std::shared_ptr<const Examination> read(const std::shared_ptr<const Snapshot> &snapshot,
                                        std::span<const std::int32_t> passage)
{
    Question question{
        .snapshot = snapshot, .tokens = {passage.begin(), passage.end()}, .sites = {Site::State}, .winners = true};
    for (int layer = 0; layer < snapshot->config().numLayers; ++layer)
        question.layers.push_back(layer);
    return examine(question);
}

/// A network with random weights whose symbols are no text.
std::shared_ptr<const Snapshot> randomNetwork(const ModelConfig &config)
{
    std::vector<std::string> symbols;
    for (std::int64_t i = 0; i < config.vocabSize; ++i)
        symbols.push_back("s" + std::to_string(i));
    std::vector<float> weights(static_cast<std::size_t>(arenaSize(config)));
    RandomStream random(1, Purpose::InitialWeights, 0);
    for (const Parameter &parameter : parameterLayout(config))
        for (std::int64_t i = 0; i < parameter.count(); ++i)
            weights[static_cast<std::size_t>(parameter.offset + i)] = 0.2F * static_cast<float>(random.uniform() - 0.5);
    return std::make_shared<const Snapshot>(config, Vocabulary::ofSymbols(symbols), 0, weights);
}

/// The definition, word for word.
double scoreAt(const ChangeIndex &index, const AlikeQuestion &question, std::int64_t end, std::int64_t place)
{
    std::int64_t held = 0;
    for (const int channel : question.channels) {
        if (!index.changed(place, question.layer, channel))
            continue;
        std::int64_t tokens = 1;
        while (tokens < question.length && place + tokens < end &&
               !index.changed(place + tokens, question.layer, channel))
            ++tokens;
        held += tokens;
    }
    return static_cast<double>(held) /
           static_cast<double>(question.length * static_cast<std::int64_t>(question.channels.size()));
}

} // namespace

class FindAlikeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bitsAreTheExaminationsChanges()
    {
        const auto snapshot = tiny::snapshot();
        const auto index = ChangeIndex::make(snapshot, somePassages(40, snapshot->config().vocabSize));
        const Passages &passages = index->passages();
        const auto hidden = static_cast<int>(snapshot->config().hiddenSize);
        int changes = 0, ties = 0;
        for (std::int64_t i = 0; i < passages.count(); ++i) {
            const auto answer = read(snapshot, passages.at(i));
            for (int layer = 0; layer < 2; ++layer)
                for (std::size_t t = 0; t < answer->tokens.size(); ++t)
                    for (int c = 0; c < hidden; ++c) {
                        const bool changed = answer->findWinners(layer)->since[t * hidden + c] == static_cast<int>(t);
                        changes += changed;
                        if (index->changed(passages.begins[i] + static_cast<std::int64_t>(t), layer, c) == changed)
                            continue;
                        // The fast forward pass rounds differently: if a token comes again, its candidate is the state
                        // that is held, or the next number above it.
                        const Grid &states = *answer->find(layer, Site::State);
                        const int row = static_cast<int>(t);
                        QVERIFY(t > 0 && std::abs(states.at(row, c) - states.at(row - 1, c)) < 1e-6F);
                        ++ties;
                    }
        }
        QVERIFY(changes > 500 && ties < changes / 20);
    }

    void findsWhatASlowSearchFinds()
    {
        const auto snapshot = tiny::snapshot();
        const auto index = ChangeIndex::make(snapshot, somePassages(200, snapshot->config().vocabSize));
        const Passages &passages = index->passages();
        int asked = 0;
        for (const int layer : {0, 1})
            for (const std::vector<int> &channels : {std::vector<int>{3}, {0, 1, 2, 3}, {1, 5, 7, 9, 11}})
                for (const std::int64_t length : {1, 4, 40})
                    for (const bool fromBeginning : {false, true}) {
                        const AlikeQuestion question{.layer = layer,
                                                     .channels = channels,
                                                     .length = length,
                                                     .fromBeginning = fromBeginning,
                                                     .count = 25};
                        std::vector<AlikePlace> all;
                        double sum = 0;
                        std::int64_t complete = 0;
                        for (std::int64_t i = 0; i < passages.count(); ++i) {
                            const std::int64_t begin = passages.begins[i], end = passages.begins[i + 1];
                            AlikePlace best{.passage = i};
                            for (std::int64_t place = begin; place < end; ++place) {
                                if ((place == begin) != fromBeginning)
                                    continue;
                                const double score = scoreAt(*index, question, end, place);
                                if (score > best.score)
                                    best = {i, place - begin, score};
                            }
                            sum += best.score;
                            complete += best.score == 1;
                            if (best.score > 0)
                                all.push_back(best);
                        }
                        std::ranges::stable_sort(all, std::greater(), &AlikePlace::score);
                        all.resize(std::min<std::size_t>(all.size(), 25));
                        const AlikeAnswer answer = findAlike(*index, question);
                        QVERIFY(answer.best == all);
                        QCOMPARE(answer.complete, complete);
                        QVERIFY(std::abs(answer.meanScore - sum / static_cast<double>(passages.count())) < 1e-12);
                        asked += !all.empty();
                    }
        QVERIFY(asked > 30);
    }

    /// From the definition of held states alone: every passage is examined, no index.
    void findsWhatReadingEveryPassageFinds()
    {
        // A layer begins and ends within words of 64 channels.
        const auto snapshot = randomNetwork({.vocabSize = 40, .hiddenSize = 80, .numHeads = 5, .numLayers = 3});
        Passages passages;
        RandomStream random(8, Purpose::Sampling, 0);
        for (int i = 0; i < 80; ++i) {
            // No token twice: if a token comes again, the last bit decides whether a state changes.
            std::vector<std::int64_t> tokens(36);
            std::iota(tokens.begin(), tokens.end(), 4);
            for (std::size_t t = 35; t > 0; --t)
                std::swap(tokens[t], tokens[static_cast<std::size_t>(random.below(static_cast<std::int64_t>(t) + 1))]);
            tokens.resize(static_cast<std::size_t>(1 + random.below(30)));
            passages.add(tokens);
            passages.times.back() = 1 + random.below(3);
        }
        std::vector<std::shared_ptr<const Examination>> texts;
        for (std::int64_t i = 0; i < passages.count(); ++i)
            texts.push_back(read(snapshot, passages.at(i)));
        const auto index = ChangeIndex::make(snapshot, passages);

        const auto bestOf = [&](const AlikeQuestion &question, std::int64_t passage) {
            const auto &text = texts[static_cast<std::size_t>(passage)];
            const auto &since = text->findWinners(question.layer)->since;
            const auto length = static_cast<std::int64_t>(text->tokens.size());
            AlikePlace best{.passage = passage};
            for (std::int64_t begin = 0; begin < length; ++begin) {
                if ((begin == 0) != question.fromBeginning)
                    continue;
                int held = 0;
                for (std::int64_t t = begin; t < std::min(length, begin + question.length); ++t)
                    for (const int channel : question.channels)
                        held += since[static_cast<std::size_t>(t * 80 + channel)] == begin;
                const double score =
                    static_cast<double>(held) / static_cast<double>(question.length * std::ssize(question.channels));
                if (score > best.score)
                    best = {passage, begin, score};
            }
            return best;
        };
        std::vector<int> all(80);
        std::iota(all.begin(), all.end(), 0);
        int byFrequency = 0;
        for (const int layer : {0, 1, 2})
            for (const std::vector<int> &channels : {std::vector<int>{47}, {46, 47, 48, 49}, {0, 16, 32, 48, 79}, all})
                for (const std::int64_t length : {1, 3, 12})
                    for (const bool fromBeginning : {false, true}) {
                        const AlikeQuestion question{.layer = layer,
                                                     .channels = channels,
                                                     .length = length,
                                                     .fromBeginning = fromBeginning,
                                                     .count = 30};
                        std::vector<AlikePlace> found;
                        for (std::int64_t i = 0; i < passages.count(); ++i)
                            if (const AlikePlace best = bestOf(question, i); best.score > 0)
                                found.push_back(best);
                        const auto times = [&](const AlikePlace &place) {
                            return passages.times[static_cast<std::size_t>(place.passage)];
                        };
                        std::ranges::stable_sort(found, [&](const AlikePlace &a, const AlikePlace &b) {
                            return a.score != b.score ? a.score > b.score : times(a) > times(b);
                        });
                        found.resize(std::min<std::size_t>(found.size(), 30));
                        QVERIFY(found.size() > 10);
                        QVERIFY(findAlike(*index, question).best == found);
                        byFrequency += !std::ranges::is_sorted(found, [](const AlikePlace &a, const AlikePlace &b) {
                            return a.score != b.score ? a.score > b.score : a.passage < b.passage;
                        });
                    }
        QVERIFY(byFrequency > 10);
    }

    void aStretchOfTheDataFindsItself()
    {
        const auto snapshot = tiny::snapshot();
        const auto index = ChangeIndex::make(snapshot, somePassages(100, snapshot->config().vocabSize));
        for (std::int64_t i = 0; i < index->passages().count(); ++i) {
            const auto answer = read(snapshot, index->passages().at(i));
            const auto last = answer->tokens.size() - 1;
            // The channels that hold the same token at the end.
            std::map<int, std::vector<int>> groups;
            for (int c = 0; c < 12; ++c)
                groups[answer->findWinners(1)->since[last * 12 + c]].push_back(c);
            for (const auto &[since, channels] : groups) {
                const AlikeAnswer found = findAlike(*index, {.layer = 1,
                                                             .channels = channels,
                                                             .length = static_cast<std::int64_t>(last) + 1 - since,
                                                             .fromBeginning = since == 0,
                                                             .count = 1000});
                const auto self = std::ranges::find(found.best, i, &AlikePlace::passage);
                QVERIFY(self != found.best.end());
                QCOMPARE(self->score, 1.0);
                QVERIFY(found.complete >= 1);
            }
        }
    }

    void readsTheDataOnce()
    {
        TrainingOptions options = tiny::training();
        const auto data = openDataset(options.data);
        const Passages passages = readPassages(*data, 2000);
        QVERIFY(static_cast<std::int64_t>(passages.tokens.size()) >= 2000);
        // Against the training's own batches.
        std::map<std::vector<std::int32_t>, std::int64_t> times;
        std::int64_t tokens = 0;
        for (std::int64_t step = 1; tokens < 2000; ++step) {
            const Batch batch = data->trainingBatch(step);
            for (std::int64_t row = 0; row < batch.count; ++row) {
                std::vector<std::int32_t> sequence;
                for (std::int64_t t = 0; t < batch.time; ++t)
                    sequence.push_back(static_cast<std::int32_t>(batch.inputs[row * batch.time + t]));
                sequence.push_back(static_cast<std::int32_t>(batch.targets[(row + 1) * batch.time - 1]));
                while (sequence.back() == *usualSpecialTokens.padding)
                    sequence.pop_back();
                if (++times[sequence] == 1)
                    tokens += static_cast<std::int64_t>(sequence.size());
            }
        }
        QCOMPARE(passages.count(), static_cast<std::int64_t>(times.size()));
        for (std::int64_t i = 0; i < passages.count(); ++i) {
            const auto passage = passages.at(i);
            QCOMPARE(passages.times[i], times.at({passage.begin(), passage.end()}));
        }
        // Article has only a hundred sequences: reading ends with fewer tokens than were asked for.
        options.data.source = "article";
        options.data.batch = 0;
        options.data.sequenceLength = 50;
        const Passages few = readPassages(*openDataset(options.data), 100'000);
        QVERIFY(few.tokens.size() < 100'000 && few.count() >= 100);
    }

    void whatCannotBeIsASentence()
    {
        const auto snapshot = tiny::snapshot();
        const auto index = ChangeIndex::make(snapshot, somePassages(4, snapshot->config().vocabSize));
        QVERIFY_THROWS_EXCEPTION(Error, findAlike(*index, {.layer = 2, .channels = {0}}));
        QVERIFY_THROWS_EXCEPTION(Error, findAlike(*index, {.layer = 0, .channels = {12}}));
        QVERIFY_THROWS_EXCEPTION(Error, findAlike(*index, {.layer = 0, .channels = {}}));
        QVERIFY_THROWS_EXCEPTION(Error, findAlike(*index, {.layer = 0, .channels = {1}, .length = 0}));
        Passages foreign;
        foreign.add(std::vector<std::int64_t>{999});
        QVERIFY_THROWS_EXCEPTION(Error, ChangeIndex::make(snapshot, foreign));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY(!ChangeIndex::make(snapshot, somePassages(4, snapshot->config().vocabSize), {}, stop.get_token()));
        QCOMPARE(ChangeIndex::make(snapshot, {})->passages().count(), std::int64_t{0});
    }

    /// An index has one bit per channel and token: a million tokens at Classroom's size are 48 MB.
    void anIndexIsABitOfEveryChannelAndToken()
    {
        Passages passages;
        while (passages.tokens.size() < 20'000)
            passages.add(std::vector<std::int64_t>(63, 5));
        const auto tokens = static_cast<std::int64_t>(passages.tokens.size());
        const auto index = ChangeIndex::make(
            randomNetwork({.vocabSize = 40, .hiddenSize = 96, .numHeads = 6, .numLayers = 4}), std::move(passages));
        QCOMPARE(index->bytes() / tokens, std::int64_t{4 * 96 / 8});
    }
};

QTEST_GUILESS_MAIN(FindAlikeTest)
#include "find_alike_test.moc"
