// SPDX-License-Identifier: GPL-3.0-only
// The fused network against its definition, SamOut::forward with autograd.
#include "core/compute/fast_network.h"
#include "core/compute/threads.h"

#include <QTest>

#include <limits>

using namespace samout;
using torch::Tensor;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct Network {
    Tensor gradients;
    SamOut model;

    explicit Network(const ModelConfig &config, torch::Dtype type = torch::kFloat64)
        : gradients(torch::full({arenaSize(config)}, 7, type)), model(config, randomArena(config, type), gradients)
    {
    }

    /// All parameters differ from their initial values, so that no gradient is hidden by a 0 or a 1.
    static Tensor randomArena(const ModelConfig &config, torch::Dtype type)
    {
        torch::manual_seed(3);
        Tensor arena = SamOut::initialArena(config, 5).to(type);
        arena += 0.1 * torch::randn(arena.sizes(), arena.options());
        return arena;
    }
};

/// The weights of the targets: 0 for padding, else 1.
Tensor countedIn(const Tensor &targets) { return targets.ne(3).to(torch::kFloat32); }

/// By the definition: returns the loss, and sets the gradients of all parameters.
double definition(const Network &network, const Tensor &tokens, const Tensor &targets, const Tensor &weights,
                  const Dropout &dropout, const Tensor &state)
{
    network.gradients.zero_();
    State carried = state.defined() ? State::ofNumbers(state) : State();
    const Tensor logits = network.model.forward(tokens, state.defined() ? &carried : nullptr, nullptr, &dropout);
    const Tensor loss = meanLoss(logits, targets, weights);
    loss.backward();
    return loss.item<double>();
}

double largestDifference(const Network &a, const Network &b, QString *where)
{
    double largest = 0;
    for (std::size_t i = 0; i < a.model.parameters().size(); ++i) {
        const Tensor one = a.model.parameters()[i].second.grad(), other = b.model.parameters()[i].second.grad();
        const double difference = ((one - other).abs().max() / other.abs().max().clamp_min(1e-3)).item<double>();
        if (difference > largest) {
            largest = difference;
            *where = QString::fromStdString(a.model.parameters()[i].first);
        }
    }
    return largest;
}

/// The distance between the gradients of all parameters.
double distance(const Network &a, const Network &b)
{
    double squares = 0;
    for (std::size_t i = 0; i < a.model.parameters().size(); ++i)
        squares += (a.model.parameters()[i].second.grad() - b.model.parameters()[i].second.grad())
                       .square()
                       .sum()
                       .item<double>();
    return std::sqrt(squares);
}

} // namespace

class FastNetworkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { computeOnThreads(0); }

    void agreesWithTheDefinition_data()
    {
        QTest::addColumn<ModelConfig>("config");
        QTest::addColumn<int>("batch");
        QTest::addColumn<int>("time");
        QTest::addColumn<double>("dropout");
        QTest::addColumn<bool>("withState");
        const auto config = [](int vocabulary, int hidden, int heads, int layers) {
            return ModelConfig{
                .vocabSize = vocabulary, .hiddenSize = hidden, .numHeads = heads, .numLayers = layers, .paddingId = 3};
        };
        QTest::newRow("table of the vocabulary") << config(11, 32, 2, 3) << 4 << 9 << 0.0 << false;
        QTest::newRow("no table") << config(50, 32, 2, 3) << 3 << 7 << 0.0 << false;
        QTest::newRow("dropout") << config(11, 32, 2, 3) << 4 << 9 << 0.3 << false;
        QTest::newRow("hidden not a multiple of 16") << config(13, 27, 3, 2) << 3 << 8 << 0.1 << false;
        QTest::newRow("hidden 1") << config(13, 1, 1, 2) << 3 << 8 << 0.1 << false;
        QTest::newRow("one head") << config(13, 20, 1, 2) << 3 << 8 << 0.0 << false;
        QTest::newRow("time 1") << config(13, 20, 2, 2) << 5 << 1 << 0.0 << false;
        QTest::newRow("batch 1") << config(13, 40, 2, 2) << 1 << 30 << 0.0 << false;
        QTest::newRow("one token") << config(13, 40, 2, 2) << 1 << 1 << 0.0 << false;
        QTest::newRow("one layer") << config(13, 20, 2, 1) << 3 << 8 << 0.1 << false;
        QTest::newRow("incoming state") << config(13, 20, 2, 3) << 3 << 8 << 0.0 << true;
        QTest::newRow("incoming state, batch 1") << config(130, 40, 2, 3) << 1 << 8 << 0.1 << true;
        QTest::newRow("many rows") << config(13, 48, 2, 2) << 40 << 33 << 0.1 << false;
    }
    void agreesWithTheDefinition()
    {
        QFETCH(ModelConfig, config);
        QFETCH(int, batch);
        QFETCH(int, time);
        QFETCH(double, dropout);
        QFETCH(bool, withState);
        const Network expected(config), network(config);
        torch::manual_seed(1);
        const Tensor tokens = torch::randint(config.vocabSize, {batch, time}, torch::kInt64);
        Tensor targets = torch::randint(config.vocabSize, {batch, time}, torch::kInt64);
        targets[0][0] = 4;
        Tensor state;
        if (withState)
            state = torch::randn({config.numLayers, batch, config.hiddenSize}, torch::kFloat64);
        const Dropout mask{.share = dropout, .seed = 3, .step = 2};

        const double loss = definition(expected, tokens, targets, countedIn(targets), mask, state);
        FastNetwork fused(network.model);
        QVERIFY(std::abs(fused.loss(tokens, targets, countedIn(targets), mask, state) - loss) < 1e-12 * loss);
        fused.backward();
        QString where;
        const double difference = largestDifference(network, expected, &where);
        QVERIFY2(difference < 1e-9, qPrintable(QString("%1: %2").arg(where).arg(difference)));

        Tensor carried = withState ? state : network.model.freshState(batch).numbers(), expectedCarried = carried;
        const Tensor logits = fused.forward(tokens, &carried);
        const torch::NoGradGuard noGrad;
        QVERIFY(torch::allclose(logits, expected.model.forward(tokens, expectedCarried), 1e-10, 1e-10));
        QVERIFY(torch::allclose(carried, expectedCarried, 1e-12, 1e-12));
    }

    void aSequenceOfPaddingDoesNotCount()
    {
        const ModelConfig config{.vocabSize = 9, .hiddenSize = 16, .numHeads = 2, .numLayers = 2, .paddingId = 3};
        const Network expected(config), network(config);
        torch::manual_seed(1);
        Tensor tokens = torch::randint(9, {3, 6}, torch::kInt64), targets = torch::randint(9, {3, 6}, torch::kInt64);
        tokens[1].fill_(3);
        targets[1].fill_(3);
        const double loss = definition(expected, tokens, targets, countedIn(targets), {}, {});
        FastNetwork fused(network.model);
        QVERIFY(std::abs(fused.loss(tokens, targets, countedIn(targets), {}) - loss) < 1e-12);
        fused.backward();
        QString where;
        QVERIFY2(largestDifference(network, expected, &where) < 1e-9, qPrintable(where));
        QVERIFY(std::isnan(fused.loss(tokens[1].unsqueeze(0), targets[1].unsqueeze(0), torch::zeros({1, 6}), {})));
    }

    void everyTargetHasItsWeight_data()
    {
        QTest::addColumn<int>("vocabulary");
        QTest::newRow("table of the vocabulary") << 9;
        QTest::newRow("no table") << 90;
    }
    void everyTargetHasItsWeight()
    {
        QFETCH(int, vocabulary);
        const ModelConfig config{
            .vocabSize = vocabulary, .hiddenSize = 16, .numHeads = 2, .numLayers = 2, .paddingId = 3};
        const Network expected(config), network(config);
        torch::manual_seed(1);
        const Tensor tokens = torch::randint(vocabulary, {4, 7}, torch::kInt64);
        const Tensor targets = torch::randint(vocabulary, {4, 7}, torch::kInt64);
        Tensor weights = torch::rand({4, 7}, torch::kFloat64) * 3;
        weights[1][2] = 0;
        weights[3].fill_(0);

        // By hand, and not by meanLoss: sum(weight * loss) / sum(weight).
        expected.gradients.zero_();
        const Tensor right = torch::log_softmax(expected.model.forward(tokens), 2).gather(2, targets.unsqueeze(2));
        const Tensor loss = -(right.squeeze(2) * weights).sum() / weights.sum();
        loss.backward();
        const Tensor gradients = expected.gradients.clone();
        QVERIFY(std::abs(definition(expected, tokens, targets, weights, {}, {}) - loss.item<double>()) < 1e-12);
        QVERIFY(torch::allclose(expected.gradients, gradients, 1e-9, 1e-12));

        FastNetwork fused(network.model);
        QVERIFY(std::abs(fused.loss(tokens, targets, weights, {}) - loss.item<double>()) < 1e-12);
        fused.backward();
        QString where;
        QVERIFY2(largestDifference(network, expected, &where) < 1e-9, qPrintable(where));

        // Only the ratios of the weights matter.
        const double twice = fused.loss(tokens, targets, weights * 2, {});
        QVERIFY(std::abs(twice - loss.item<double>()) < 1e-12);
    }

    /// Two tokens with the same embedding tie in layer 0, and the last wins: only its embedding gets the gradient.
    void tiesGoToTheLast()
    {
        const ModelConfig config{.vocabSize = 5, .hiddenSize = 24, .numHeads = 2, .numLayers = 2, .paddingId = 3};
        const Network expected(config), network(config);
        for (const Network *each : {&expected, &network}) {
            const torch::NoGradGuard noGrad;
            each->model.embedding()[2].copy_(each->model.embedding()[1]);
        }
        const Tensor tokens = torch::tensor({{0, 1, 2, 0, 1, 1, 0, 2}, {2, 1, 2, 2, 1, 1, 0, 1}}, torch::kInt64);
        const Tensor targets = tokens.roll(-1, 1).contiguous();
        definition(expected, tokens, targets, countedIn(targets), {}, {});
        FastNetwork fused(network.model);
        fused.loss(tokens, targets, countedIn(targets), {});
        fused.backward();
        QString where;
        QVERIFY2(largestDifference(network, expected, &where) < 1e-9, qPrintable(where));
    }

    void infinitiesAndNaNsGoThrough_data()
    {
        QTest::addColumn<double>("value");
        QTest::newRow("infinity") << infinity;
        QTest::newRow("minus infinity") << -infinity;
        QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN();
    }
    void infinitiesAndNaNsGoThrough()
    {
        QFETCH(double, value);
        const ModelConfig config{.vocabSize = 7, .hiddenSize = 8, .numHeads = 2, .numLayers = 2, .paddingId = 3};
        const Network network(config);
        {
            const torch::NoGradGuard noGrad;
            network.model.embedding()[5][2] = value;
        }
        const Tensor tokens = torch::tensor({{0, 1, 5, 2, 1}, {1, 2, 0, 4, 4}}, torch::kInt64);
        FastNetwork fused(network.model);
        const torch::NoGradGuard noGrad;
        const Tensor ours = fused.forward(tokens), theirs = network.model.forward(tokens);
        QVERIFY(torch::allclose(ours, theirs, 1e-10, 1e-10, /*equal_nan=*/true));
        QVERIFY(!torch::isfinite(ours[0][2]).any().item<bool>());
        QVERIFY(torch::isfinite(ours[1]).all().item<bool>());
        const Tensor targets = tokens.roll(-1, 1).contiguous();
        QVERIFY(!std::isfinite(fused.loss(tokens, targets, countedIn(targets), {})));
    }

    /// No candidate exceeds an incoming state of infinity.
    void takesAnInfiniteState()
    {
        const ModelConfig config{.vocabSize = 7, .hiddenSize = 8, .numHeads = 2, .numLayers = 2, .paddingId = 3};
        const Network network(config);
        Tensor state = network.model.freshState(1).numbers(), expectedState = state;
        state[0][0][3] = infinity;
        expectedState = state.clone();
        FastNetwork fused(network.model);
        const torch::NoGradGuard noGrad;
        const Tensor tokens = torch::tensor({{0, 1, 5}}, torch::kInt64);
        const Tensor ours = fused.forward(tokens, &state), theirs = network.model.forward(tokens, expectedState);
        QVERIFY(torch::allclose(ours, theirs, 1e-10, 1e-10, true));
        QVERIFY(torch::equal(state[0], expectedState[0]));
    }

    /// In float32 two correct programs differ if a last bit flips a maximum, so each is compared with float64.
    void inFloat32IsAsCloseToFloat64AsTheDefinitionIs()
    {
        const ModelConfig config{.vocabSize = 40, .hiddenSize = 96, .numHeads = 2, .numLayers = 4, .paddingId = 3};
        const Network exact(config), readable(config, torch::kFloat32), network(config, torch::kFloat32);
        torch::manual_seed(2);
        const Tensor tokens = torch::randint(40, {16, 40}, torch::kInt64);
        const Tensor targets = torch::randint(4, 40, {16, 40}, torch::kInt64);
        {
            const torch::NoGradGuard noGrad;
            Tensor(exact.model.arena()).copy_(network.model.arena());
        }
        const Dropout mask{.share = 0.05, .seed = 3, .step = 2};
        definition(exact, tokens, targets, countedIn(targets), mask, {});
        definition(readable, tokens, targets, countedIn(targets), mask, {});
        FastNetwork fused(network.model);
        fused.loss(tokens, targets, countedIn(targets), mask);
        fused.backward();
        const double definitionError = distance(readable, exact), error = distance(network, exact);
        QVERIFY2(error < 3 * definitionError + 1e-6,
                 qPrintable(QString("%1 against %2").arg(error).arg(definitionError)));
    }

    void shapesMayChangeFromBatchToBatch()
    {
        const ModelConfig config{.vocabSize = 12, .hiddenSize = 16, .numHeads = 2, .numLayers = 2, .paddingId = 3};
        const Network expected(config), network(config);
        FastNetwork fused(network.model);
        torch::manual_seed(1);
        for (const auto &[batch, time] : {std::pair{4, 9}, {1, 3}, {2, 40}, {4, 9}}) {
            const Tensor tokens = torch::randint(12, {batch, time}, torch::kInt64);
            const Tensor targets = torch::randint(4, 12, {batch, time}, torch::kInt64);
            definition(expected, tokens, targets, countedIn(targets), {}, {});
            fused.loss(tokens, targets, countedIn(targets), {});
            fused.backward();
            QString where;
            QVERIFY2(largestDifference(network, expected, &where) < 1e-9, qPrintable(where));
        }
    }

    void followsTheWeights()
    {
        const ModelConfig config{.vocabSize = 12, .hiddenSize = 16, .numHeads = 2, .numLayers = 2, .paddingId = 3};
        const Network network(config);
        FastNetwork fused(network.model);
        const torch::NoGradGuard noGrad;
        const Tensor tokens = torch::tensor({{0, 1, 5}}, torch::kInt64);
        Tensor(network.model.arena()).mul_(1.5);
        fused.weightsChanged();
        QVERIFY(torch::allclose(fused.forward(tokens), network.model.forward(tokens), 1e-10, 1e-10));
    }
};

QTEST_GUILESS_MAIN(FastNetworkTest)
#include "fast_network_test.moc"
