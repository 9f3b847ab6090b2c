// SPDX-License-Identifier: GPL-3.0-only
// Reading one token at a time against the definition, SamOut::forward over the whole text.
#include "core/compute/cpu/product.h"
#include "core/compute/fast_network.h"
#include "core/compute/threads.h"

#include "core/model/samout.h"

#include <QTest>

#include <limits>

using namespace samout;
using torch::Tensor;

namespace {

constexpr float fresh = -std::numeric_limits<float>::infinity();

std::shared_ptr<const Snapshot> network(int hidden, int layers, int vocabulary = 23)
{
    const ModelConfig config{
        .vocabSize = vocabulary, .hiddenSize = hidden, .numHeads = 1, .numLayers = layers, .paddingId = 3};
    const torch::NoGradGuard noGrad;
    torch::manual_seed(4);
    Tensor arena = SamOut::initialArena(config, 9);
    const SamOut weights(config, arena);
    for (const auto &[name, weight] : weights.parameters())
        Tensor(weight).add_(0.1 * torch::randn(weight.sizes()));
    return std::make_shared<Snapshot>(
        config, Vocabulary::ofNumbers(vocabulary), 0,
        std::vector<float>(arena.const_data_ptr<float>(), arena.const_data_ptr<float>() + arena.numel()));
}

} // namespace

class ReadTokensTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { computeOnThreads(0); }
    void cleanup() { kernels::useVectors(kernels::vectorWidths().front()); }

    void agreesWithTheDefinition_data()
    {
        QTest::addColumn<int>("hidden");
        QTest::addColumn<int>("layers");
        QTest::addColumn<int>("texts");
        QTest::newRow("one text") << 64 << 3 << 1;
        QTest::newRow("texts") << 64 << 3 << 5;
        QTest::newRow("hidden 1") << 1 << 2 << 2;
        QTest::newRow("hidden 27") << 27 << 2 << 3;
        QTest::newRow("one layer") << 40 << 1 << 1;
    }
    void agreesWithTheDefinition()
    {
        QFETCH(int, hidden);
        QFETCH(int, layers);
        QFETCH(int, texts);
        for (const int bits : kernels::vectorWidths()) {
            kernels::useVectors(bits);
            agree(hidden, layers, texts);
        }
    }

    void aTextsBitsDoNotDependOnTheOthers()
    {
        constexpr std::int64_t hidden = 300;
        const auto snapshot = network(hidden, 2);
        const SamOut weights(*snapshot);
        FastNetwork reader(weights);
        std::vector<float> alone(2 * hidden, fresh), together(3 * 2 * hidden, fresh), logits(23), allLogits(3 * 23);
        for (const std::int64_t token : {4, 9, 1, 1, 20}) {
            reader.read(std::vector<std::int64_t>{token}, alone, logits);
            reader.read(std::vector<std::int64_t>{7, token, 2}, together, allLogits);
        }
        QCOMPARE(std::vector<float>(together.begin() + 2 * hidden, together.begin() + 4 * hidden), alone);
        QCOMPARE(std::vector<float>(allLogits.begin() + 23, allLogits.begin() + 46), logits);
    }

    /// Reading token by token or as one text gives the same bits in every state and logit.
    void tokenByTokenIsTheWholeText()
    {
        constexpr std::int64_t hidden = 80, layers = 3, time = 200, vocabulary = 23;
        const auto snapshot = network(hidden, layers);
        const SamOut weights(*snapshot);
        FastNetwork whole(weights), reader(weights);
        torch::manual_seed(5);
        const Tensor tokens = torch::randint(vocabulary, {1, time}, torch::kInt64);
        const torch::NoGradGuard noGrad;
        Tensor state = weights.freshState(1).numbers();
        const Tensor expected = whole.forward(tokens, &state);
        std::vector<float> states(layers * hidden, fresh), logits(vocabulary);
        for (std::int64_t t = 0; t < time; ++t) {
            reader.read({tokens.const_data_ptr<std::int64_t>() + t, 1}, states, logits);
            QVERIFY(torch::equal(torch::tensor(logits), expected[0][t]) || !kernels::multipliesFast());
        }
        QVERIFY(torch::equal(torch::tensor(states).view({layers, 1, hidden}), state) || !kernels::multipliesFast());
    }

    void aRepeatedTokenChangesNothing()
    {
        const auto snapshot = network(48, 2);
        const SamOut weights(*snapshot);
        FastNetwork reader(weights);
        std::vector<float> states(96, fresh), first(23), second(23);
        reader.read(std::vector<std::int64_t>{8}, states, first);
        const std::vector<float> before = states;
        reader.read(std::vector<std::int64_t>{8}, states, second);
        QCOMPARE(first, second);
        QCOMPARE(states, before);
    }

private:
    void agree(int hidden, int layers, int texts)
    {
        const auto snapshot = network(hidden, layers);
        torch::manual_seed(1);
        const Tensor tokens = torch::randint(23, {texts, 30}, torch::kInt64);
        const torch::NoGradGuard noGrad;
        const SamOut definition(*snapshot);
        Tensor expectedState = definition.freshState(texts).numbers();
        const Tensor expected = definition.forward(tokens, expectedState);

        const SamOut weights(*snapshot);
        FastNetwork reader(weights);
        std::vector<float> states(static_cast<std::size_t>(texts * layers * hidden), fresh);
        std::vector<float> logits(static_cast<std::size_t>(texts * 23));
        for (int t = 0; t < 30; ++t) {
            const Tensor column = tokens.select(1, t).contiguous();
            reader.read({column.const_data_ptr<std::int64_t>(), static_cast<std::size_t>(texts)}, states, logits);
            QVERIFY(torch::allclose(torch::tensor(logits).view({texts, 23}), expected.select(1, t), 1e-3, 1e-4));
        }
        const Tensor state = torch::tensor(states).view({texts, layers, hidden}).transpose(0, 1);
        QVERIFY(torch::allclose(state, expectedState, 1e-3, 1e-4));
    }
};

QTEST_GUILESS_MAIN(ReadTokensTest)
#include "read_tokens_test.moc"
