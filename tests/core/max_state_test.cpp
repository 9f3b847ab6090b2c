// SPDX-License-Identifier: GPL-3.0-only
// The recurrence: its values, its gradients, and that nothing else crosses time.
#include "core/files/safetensors.h"
#include "core/model/max_state.h"
#include "core/model/samout.h"

#include <QTemporaryDir>
#include <QTest>

#include <limits>

using namespace samout;
using torch::Tensor;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();

/// Candidates of few different values, so that there are many ties.
Tensor candidatesWithTies(torch::Dtype type = torch::kFloat64)
{
    torch::manual_seed(7);
    return torch::randint(-3, 4, {3, 11, 5}, torch::TensorOptions().dtype(type));
}

ModelConfig smallConfig() { return {.vocabSize = 11, .hiddenSize = 10, .numHeads = 2, .numLayers = 3, .paddingId = 3}; }

SamOut smallNetwork() { return SamOut(smallConfig(), SamOut::initialArena(smallConfig(), 5)); }

} // namespace

class MaxStateTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void isARunningMaximum()
    {
        const Tensor candidates = candidatesWithTies();
        QVERIFY(torch::equal(maxState(candidates), std::get<0>(candidates.cummax(1))));
    }

    void gradientGoesToTheLastOfATie()
    {
        Tensor ours = candidatesWithTies().requires_grad_();
        Tensor theirs = ours.detach().clone().requires_grad_();
        const Tensor weights = torch::rand({3, 11, 5}, torch::kFloat64);
        (maxState(ours) * weights).sum().backward();
        (std::get<0>(theirs.cummax(1)) * weights).sum().backward();
        QVERIFY(torch::allclose(ours.grad(), theirs.grad(), 1e-12, 1e-12));
    }

    void incomingStateIsTheFirstCandidate()
    {
        Tensor candidates = candidatesWithTies().requires_grad_();
        Tensor incoming = torch::randint(-1, 3, {3, 5}, torch::kFloat64).requires_grad_();
        Tensor joined = torch::cat({incoming.detach().unsqueeze(1), candidates.detach()}, 1).requires_grad_();
        const Tensor weights = torch::rand({3, 11, 5}, torch::kFloat64);
        const Tensor ours = maxState(candidates, incoming);
        const Tensor theirs = std::get<0>(joined.cummax(1)).slice(1, 1);
        QVERIFY(torch::equal(ours, theirs));
        (ours * weights).sum().backward();
        (theirs * weights).sum().backward();
        QVERIFY(torch::allclose(candidates.grad(), joined.grad().slice(1, 1), 1e-12, 1e-12));
        QVERIFY(torch::allclose(incoming.grad(), joined.grad().select(1, 0), 1e-12, 1e-12));
    }

    void notANumberStays()
    {
        const Tensor candidates = torch::tensor({1.0F, notANumber, 2.0F, infinity}).view({1, 4, 1});
        const Tensor state = maxState(candidates).view(-1);
        QCOMPARE(state[0].item<float>(), 1.0F);
        for (int t = 1; t < 4; ++t)
            QVERIFY(std::isnan(state[t].item<float>()));
    }

    void infinitiesAreHeldAsNumbers()
    {
        const Tensor candidates = torch::tensor({-infinity, -1.0F, infinity, 3.0F}).view({1, 4, 1}).requires_grad_();
        const Tensor state = maxState(candidates);
        QVERIFY(torch::equal(state.view(-1), torch::tensor({-infinity, -1.0F, infinity, infinity})));
        state.slice(1, 3).sum().backward();
        QVERIFY(torch::equal(candidates.grad().view(-1), torch::tensor({0.0F, 0.0F, 1.0F, 0.0F})));
    }

    void anySplitGivesTheSameLogits_data()
    {
        QTest::addColumn<std::vector<std::int64_t>>("pieces");
        QTest::newRow("one token at a time") << std::vector<std::int64_t>(12, 1);
        QTest::newRow("in the middle") << std::vector<std::int64_t>{6, 6};
        QTest::newRow("first alone") << std::vector<std::int64_t>{1, 11};
        QTest::newRow("last alone") << std::vector<std::int64_t>{11, 1};
        QTest::newRow("uneven") << std::vector<std::int64_t>{2, 5, 1, 4};
    }
    void anySplitGivesTheSameLogits()
    {
        QFETCH(std::vector<std::int64_t>, pieces);
        const torch::NoGradGuard noGrad;
        const SamOut network = smallNetwork();
        torch::manual_seed(1);
        const Tensor tokens = torch::randint(0, 11, {2, 12});
        const Tensor whole = network.forward(tokens);
        State state = network.freshState(2);
        std::vector<Tensor> parts;
        std::int64_t begin = 0;
        for (const auto length : pieces) {
            parts.push_back(network.forward(tokens.slice(1, begin, begin + length), &state));
            begin += length;
        }
        QVERIFY((torch::cat(parts, 1) - whole).abs().max().item<double>() < 1e-4);
    }

    void startsAtMinusInfinity()
    {
        const Tensor state = smallNetwork().freshState(4).numbers();
        QCOMPARE(state.sizes().vec(), (std::vector<std::int64_t>{3, 4, 10}));
        QVERIFY(torch::isneginf(state).all().item<bool>());
    }

    void canBeSavedAndPutBack()
    {
        const torch::NoGradGuard noGrad;
        const SamOut network = smallNetwork();
        const Tensor tokens = torch::tensor({{1, 5, 7, 2, 9, 4}});
        Tensor state = network.freshState(1).numbers();
        network.forward(tokens.slice(1, 0, 3), state);

        QTemporaryDir folder;
        const auto path = folder.filePath(QStringLiteral("state.safetensors")).toStdString();
        TensorFile file;
        file.tensors["state"] = StoredTensor::ofFloats(state.sizes().vec(), state.contiguous().const_data_ptr<float>());
        writeSafetensors(path, file);
        const StoredTensor stored = readSafetensors(path).tensors.at("state");
        Tensor restored = torch::tensor(stored.floats()).view(stored.shape);

        const Tensor rest = tokens.slice(1, 3);
        QVERIFY(torch::equal(network.forward(rest, state), network.forward(rest, restored)));
        QVERIFY(torch::equal(state, restored));
    }

    void stateIsUsed()
    {
        const torch::NoGradGuard noGrad;
        const SamOut network = smallNetwork();
        const Tensor token = torch::tensor({{4}});
        State afterOther = network.freshState(1), fresh = network.freshState(1);
        network.forward(torch::tensor({{7, 8}}), &afterOther);
        QVERIFY(!torch::allclose(network.forward(token, &afterOther), network.forward(token, &fresh)));
    }

    void repeatedTokenChangesNothing()
    {
        const torch::NoGradGuard noGrad;
        const SamOut network = smallNetwork();
        const Tensor logits = network.forward(torch::tensor({{5, 6, 7, 7, 7}}))[0];
        QVERIFY((logits[3] - logits[2]).abs().max().item<double>() < 1e-5);
        QVERIFY((logits[4] - logits[2]).abs().max().item<double>() < 1e-5);
    }
};

QTEST_APPLESS_MAIN(MaxStateTest)
#include "max_state_test.moc"
