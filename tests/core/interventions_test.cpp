// SPDX-License-Identifier: GPL-3.0-only
// Interventions in examine() and in generation.
#include "core/base/error.h"
#include "core/infer/generator.h"
#include "core/inspect/examination.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <limits>
#include <numeric>

using namespace samout;

namespace {

Question everything(std::shared_ptr<const Snapshot> snapshot, Interventions interventions = {})
{
    Question question{.snapshot = snapshot, .everySite = true, .winners = true};
    question.tokens = snapshot->vocabulary().encode("the fox took the brown box\n");
    question.layers.resize(static_cast<std::size_t>(snapshot->config().numLayers));
    std::iota(question.layers.begin(), question.layers.end(), 0);
    question.readings = true;
    question.interventions = std::move(interventions);
    return question;
}

/// A parameter's numbers changed by hand.
template <typename Change>
std::shared_ptr<const Snapshot> edited(const Snapshot &snapshot, const std::string &name, Change change)
{
    std::vector<float> weights(snapshot.weights().begin(), snapshot.weights().end());
    for (const Parameter &parameter : snapshot.parameters())
        if (parameter.name == name)
            for (std::int64_t i = 0; i < parameter.count(); ++i)
                change(i, weights[static_cast<std::size_t>(parameter.offset + i)]);
    return std::make_shared<const Snapshot>(snapshot.config(), snapshot.vocabulary(), snapshot.step(), weights);
}

std::vector<std::int64_t> written(const std::shared_ptr<const Snapshot> &snapshot, const Interventions &interventions,
                                  Memory memory = Memory::Carry)
{
    GenerationOptions options;
    options.interventions = interventions;
    options.memory = memory;
    options.context = 12;
    Generator generator(snapshot, options, snapshot->vocabulary().encode("the fox "));
    std::vector<std::int64_t> tokens;
    for (int i = 0; i < 40; ++i)
        tokens.push_back(generator.next().token);
    return tokens;
}

} // namespace

class InterventionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSilencedHeadIsItsOutputRemoved()
    {
        const auto snapshot = tiny::snapshot();
        const auto size = snapshot->config().headSize(), hidden = snapshot->config().hiddenSize;
        const auto remove = [&](std::int64_t i, float &weight) {
            if (i % hidden >= size && i % hidden < 2 * size)
                weight = 0;
        };
        const auto byHand = edited(*edited(*snapshot, "decoder_layers.1.ffn.ffn1.weight", remove),
                                   "decoder_layers.1.ffn.gate.weight", remove);
        const Interventions silenced{.silencedHeads = {{.layer = 1, .head = 1}}};
        const auto answer = examine(everything(snapshot, silenced));
        QVERIFY(answer->logits.values == examine(everything(byHand))->logits.values);
        QVERIFY(answer->logits.values != examine(everything(snapshot))->logits.values);
        QVERIFY(answer->logits.values == examine(everything(changedWeights(snapshot, silenced)))->logits.values);
        const Grid &mixed = *answer->find(1, Site::Mixed);
        for (int t = 0; t < mixed.rows; ++t)
            for (int c = 0; c < mixed.cols; ++c)
                QCOMPARE(mixed.at(t, c) == 0, c >= size && c < 2 * size);
        QVERIFY(written(snapshot, silenced) == written(byHand, {}));
    }

    void anAlphaIsTheWeightInTheFile()
    {
        const auto snapshot = tiny::snapshot();
        const auto byHand =
            edited(*snapshot, "decoder_layers.0.alpha", [](std::int64_t, float &alpha) { alpha = 0.125F; });
        const Interventions change{.alphas = {{.layer = 0, .value = 0.125F}}};
        QVERIFY(examine(everything(snapshot, change))->logits.values == examine(everything(byHand))->logits.values);
        QVERIFY(written(snapshot, change) == written(byHand, {}));
    }

    void silencedPartsAreZero()
    {
        const auto snapshot = tiny::snapshot();
        const Interventions change{
            .silencedChannels = {{.layer = 0, .channel = 3}}, .silencedMixers = {1}, .silencedFeedForwards = {0}};
        const auto answer = examine(everything(snapshot, change));
        for (int t = 0; t < answer->logits.rows; ++t)
            for (int c = 0; c < snapshot->config().hiddenSize; ++c) {
                QCOMPARE(answer->find(1, Site::Mixed)->at(t, c), 0.0F);
                QCOMPARE(answer->find(0, Site::Out)->at(t, c), 0.0F);
                QCOMPARE(answer->find(0, Site::Mixed)->at(t, c) == 0, c == 3);
            }
        QVERIFY(answer->logits.values == examine(everything(changedWeights(snapshot, change)))->logits.values);
    }

    void aSetStateIsHeldUntilSomethingIsLarger()
    {
        const auto snapshot = tiny::snapshot();
        const auto plain = examine(everything(snapshot));
        const int layer = 1, channel = 5, position = 4;
        const Grid &candidates = *plain->find(layer, Site::Candidate);
        // The value lies between the later candidates, so some later candidate exceeds it.
        float largest = -std::numeric_limits<float>::infinity();
        for (int t = position + 1; t < candidates.rows; ++t)
            largest = std::max(largest, candidates.at(t, channel));
        const float value = largest - 1e-3F;
        const Interventions change{
            .states = {{.layer = layer, .position = position, .channel = channel, .values = {value}}}};
        const auto answer = examine(everything(snapshot, change));
        const Grid &states = *answer->find(layer, Site::State);
        float expected = -std::numeric_limits<float>::infinity();
        bool taken = false;
        for (int t = 0; t < states.rows; ++t) {
            const float candidate = answer->find(layer, Site::Candidate)->at(t, channel);
            expected = t == position ? value : std::max(expected, candidate);
            QCOMPARE(states.at(t, channel), expected);
            taken = taken || (t > position && candidate >= expected);
            const auto winner = answer->findWinners(layer)->winner[static_cast<std::size_t>(t * states.cols + channel)];
            QCOMPARE(winner == -1, t >= position && !taken);
        }
        QVERIFY(taken);
        for (int t = 0; t < position; ++t)
            for (int c = 0; c < plain->logits.cols; ++c)
                QCOMPARE(answer->logits.at(t, c), plain->logits.at(t, c));
    }

    void aHiddenTokenIsForgotten()
    {
        const auto snapshot = tiny::snapshot();
        const auto plain = examine(everything(snapshot)), answer = examine(everything(snapshot, {.hidden = {0}}));
        // Without the first token, the state is the same as if the text began after it.
        Question rest = everything(snapshot);
        rest.tokens.erase(rest.tokens.begin());
        const auto shorter = examine(rest);
        for (int c = 0; c < plain->logits.cols; ++c) {
            QCOMPARE(answer->logits.at(0, c), plain->logits.at(0, c));
            for (int t = 0; t < shorter->logits.rows; ++t)
                QVERIFY(std::abs(answer->logits.at(t + 1, c) - shorter->logits.at(t, c)) < 1e-5F);
        }
        for (const std::int32_t winner : std::span(answer->findWinners(1)->winner).subspan(12))
            QVERIFY(winner > 0);
    }

    void generationAndExaminationAgree()
    {
        const auto snapshot = tiny::snapshot();
        const Interventions change{.alphas = {{.layer = 1, .value = 0.9F}},
                                   .states = {{.layer = 0, .position = 3, .channel = 2, .values = {1, 2, 3}},
                                              {.layer = 1, .position = 11, .channel = 0, .values = {5}}},
                                   .hidden = {5, 13}};
        GenerationOptions options{.interventions = change};
        Question question = everything(snapshot, change);
        Generator generator(snapshot, options, std::span(question.tokens).first(8));
        question.tokens.resize(8);
        for (int i = 0; i < 12; ++i) {
            question.tokens.push_back(generator.next().token);
            question.interventions.hidden =
                question.tokens.size() > 13 ? std::vector<std::int64_t>{5, 13} : std::vector<std::int64_t>{5};
            question.interventions.states.resize(question.tokens.size() > 11 ? 2 : 1, change.states.back());
            const auto answer = examine(question);
            for (int c = 0; c < answer->logits.cols; ++c)
                QVERIFY(std::abs(generator.logits()[static_cast<std::size_t>(c)] -
                                 answer->logits.at(answer->logits.rows - 1, c)) < 1e-5F);
        }
        QVERIFY(written(snapshot, change, Memory::Recompute) != written(snapshot, {}, Memory::Recompute));
    }

    void aLongTextIsChangedInItsPlace()
    {
        const auto snapshot = tiny::snapshot();
        Question question =
            everything(snapshot, {.states = {{.layer = 0, .position = 1500, .channel = 1, .values = {9}}},
                                  .hidden = {1023, 1200}});
        const std::vector<std::int64_t> once = question.tokens;
        while (question.tokens.size() < 2100)
            question.tokens.insert(question.tokens.end(), once.begin(), once.end());
        const auto answer = examine(question);
        const Grid &states = *answer->find(0, Site::State), &candidates = *answer->find(0, Site::Candidate);
        float held = -std::numeric_limits<float>::infinity();
        for (int t = 0; t < states.rows; ++t) {
            const float now = t == 1500 ? 9 : std::max(held, candidates.at(t, 1));
            QCOMPARE(states.at(t, 1), now);
            if (t != 1023 && t != 1200)
                held = now;
        }
    }

    void withoutInterventionsAllIsAsBefore()
    {
        const auto snapshot = tiny::snapshot();
        Question question = everything(snapshot, {.silencedHeads = {{.layer = 0, .head = 0}}});
        question.besideTrained = true;
        const auto before = examine(everything(snapshot)), changed = examine(question),
                   after = examine(everything(snapshot));
        for (const auto &same : {after, changed->trained}) {
            QVERIFY(same->logits.values == before->logits.values);
            for (std::size_t i = 0; i < before->sites.size(); ++i)
                QVERIFY(same->sites[i].values.values == before->sites[i].values.values);
        }
        QVERIFY(!after->trained && changed->logits.values != before->logits.values);
        QVERIFY(changedWeights(snapshot, {}) == snapshot);
    }

    void aReadingIsTheHeadOfTheLayersOutput()
    {
        const auto snapshot = tiny::snapshot();
        const auto answer = examine(everything(snapshot));
        QVERIFY(answer->findReading(1)->values == answer->logits.values);
        const auto head = snapshot->parameter("head.weight");
        const Grid &x = *answer->find(0, Site::Residual), &reading = *answer->findReading(0);
        for (int t = 0; t < reading.rows; ++t)
            for (int token = 0; token < reading.cols; ++token) {
                double sum = 0;
                for (int c = 0; c < x.cols; ++c)
                    sum += static_cast<double>(x.at(t, c)) *
                           static_cast<double>(head[static_cast<std::size_t>(token * x.cols + c)]);
                QVERIFY(std::abs(sum - static_cast<double>(reading.at(t, token))) < 1e-5);
            }
    }

    void whatIsNotThereIsSaid_data()
    {
        QTest::addColumn<Interventions>("interventions");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *name, Interventions i, const char *said) {
            QTest::newRow(name) << i << QString(said);
        };
        row("head", {.silencedHeads = {{.layer = 0, .head = 3}}}, "There is no head 3; a layer has the heads 0 to 2.");
        row("layer", {.silencedMixers = {2}}, "There is no layer 2; the network has the layers 0 to 1.");
        row("channel", {.states = {{.layer = 0, .position = 0, .channel = 11, .values = {1, 2}}}},
            "There is no channel 12");
        row("position", {.states = {{.layer = 0, .position = 27, .channel = 0, .values = {1}}}},
            "There is no position 27");
        row("hidden", {.hidden = {-1}}, "There is no position -1");
        row("alpha", {.alphas = {{.layer = 0, .value = std::numeric_limits<float>::infinity()}}}, "not finite");
        row("state", {.states = {{.layer = 0, .position = 0, .channel = 0, .values = {std::nanf("")}}}}, "NaN");
    }
    void whatIsNotThereIsSaid()
    {
        QFETCH(Interventions, interventions);
        QFETCH(QString, said);
        try {
            examine(everything(tiny::snapshot(), interventions));
            QFAIL("taken");
        } catch (const Error &error) {
            QVERIFY2(QString(error.what()).contains(said), error.what());
        }
    }
};

QTEST_APPLESS_MAIN(InterventionsTest)
#include "interventions_test.moc"
