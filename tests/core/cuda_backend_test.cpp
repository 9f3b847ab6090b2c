// SPDX-License-Identifier: GPL-3.0-only
// The GPU's backend on the CPU, where its kernels run as loops: buffers, masks, orders, and whether a recording may be
// repeated. `samout verify --device cuda` tests streams and graphs.
#define SAMOUT_CUDA_ON_CPU
#include "core/compute/cuda/cuda_backend.cpp"
#include "core/compute/cuda/kernels.cu"

#include "core/compute/fast_network.h"
#include "core/compute/threads.h"

#include <QTest>

using namespace samout;

namespace {

struct Counts {
    int recorded = 0, alive = 0, replayed = 0;
    bool same = true;
    bool canRecord = true;
};

/// Repeats the work, and checks that the launches get the same arguments as when they were recorded.
class RecordedOnCpu : public Recorded {
public:
    explicit RecordedOnCpu(Counts *counts) : m_counts(counts)
    {
        ++counts->recorded;
        ++counts->alive;
    }
    ~RecordedOnCpu() override { --m_counts->alive; }

    void replay(const std::function<void()> &work) override
    {
        std::vector<std::byte> launches;
        launchLog = &launches;
        work();
        launchLog = nullptr;
        if (m_launches.empty())
            m_launches = launches;
        m_counts->same = m_counts->same && launches == m_launches && !launches.empty();
        ++m_counts->replayed;
    }

private:
    Counts *m_counts;
    std::vector<std::byte> m_launches;
};

class CpuLauncher : public Launcher {
public:
    explicit CpuLauncher(Counts *counts) : m_counts(counts) {}
    void *stream() override { return nullptr; }
    std::unique_ptr<Recorded> record(const std::function<void()> &) override
    {
        return m_counts->canRecord ? std::make_unique<RecordedOnCpu>(m_counts) : nullptr;
    }

private:
    Counts *m_counts;
};

/// The same weights twice: for the CPU's and for the GPU's backend.
struct Twins {
    torch::Tensor expectedGradients, gradients;
    SamOut expectedNetwork, network;
    FastNetwork expected;
    Counts counts;
    FastNetwork fused;

    explicit Twins(const ModelConfig &config)
        : expectedGradients(torch::zeros({arenaSize(config)})), gradients(torch::zeros({arenaSize(config)})),
          expectedNetwork(config, SamOut::initialArena(config, 5), expectedGradients),
          network(config, SamOut::initialArena(config, 5), gradients), expected(expectedNetwork),
          fused(network, makeCudaBackend(std::make_unique<CpuLauncher>(&counts), false))
    {
    }

    /// Whether a step on a random batch gives the same loss and gradients.
    bool agreeOn(int batch, int time, std::int64_t step, double dropout = 0, bool withState = false)
    {
        const ModelConfig &config = network.config();
        torch::manual_seed(step);
        const auto tokens = torch::randint(config.vocabSize, {batch, time}, torch::kInt64);
        const auto targets = torch::randint(4, config.vocabSize, {batch, time}, torch::kInt64);
        const auto weights = torch::rand({batch, time});
        const auto state = withState ? torch::randn({config.numLayers, batch, config.hiddenSize}) : torch::Tensor();
        const Dropout mask{.share = dropout, .seed = 3, .step = step};
        const double loss = expected.loss(tokens, targets, weights, mask, state);
        expected.backward();
        const double got = fused.loss(tokens, targets, weights, mask, state);
        fused.backward();
        const double difference = ((gradients - expectedGradients).norm() / expectedGradients.norm()).item<double>();
        return std::abs(got - loss) < 1e-5 && difference < 1e-4;
    }
};

ModelConfig config(int vocabulary, int hidden, int layers)
{
    return {.vocabSize = vocabulary, .hiddenSize = hidden, .numHeads = 1, .numLayers = layers, .paddingId = 3};
}

} // namespace

class CudaBackendTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { computeOnThreads(1); }

    void stepsAreThoseOfTheCpu_data()
    {
        QTest::addColumn<int>("vocabulary");
        QTest::addColumn<double>("dropout");
        QTest::addColumn<bool>("withState");
        QTest::newRow("table of the vocabulary") << 7 << 0.0 << false;
        QTest::newRow("no table") << 40 << 0.0 << false;
        QTest::newRow("dropout, another every step") << 7 << 0.3 << false;
        QTest::newRow("incoming state") << 40 << 0.1 << true;
    }
    void stepsAreThoseOfTheCpu()
    {
        QFETCH(int, vocabulary);
        QFETCH(double, dropout);
        QFETCH(bool, withState);
        Twins twins(config(vocabulary, 6, 2));
        for (int step = 1; step <= 5; ++step)
            QVERIFY2(twins.agreeOn(2, 9, step, dropout, withState), qPrintable(QString::number(step)));
        QVERIFY(twins.counts.same);
        QCOMPARE(twins.counts.recorded, 2); // forward with the loss, and backward
        QVERIFY(twins.counts.replayed >= 4);
    }

    void anotherShapeInBetweenChangesNothing()
    {
        Twins twins(config(7, 6, 2));
        for (int step = 1; step <= 12; ++step)
            QVERIFY2(step % 3 == 0 ? twins.agreeOn(3, 13, step, 0.2) : twins.agreeOn(2, 9, step, 0.2),
                     qPrintable(QString::number(step)));
        QVERIFY(twins.counts.same);
        QVERIFY(twins.counts.replayed > 4);
    }

    void changedWeightsAreFoldedAnew()
    {
        Twins twins(config(7, 6, 2));
        for (int step = 1; step <= 4; ++step) {
            const torch::NoGradGuard noGrad;
            twins.network.arena().mul_(1.1);
            twins.expectedNetwork.arena().mul_(1.1);
            twins.fused.weightsChanged();
            twins.expected.weightsChanged();
            QVERIFY(twins.agreeOn(2, 5, step));
        }
    }

    void whatCannotBeRecordedIsDoneAgain()
    {
        Twins twins(config(7, 6, 1));
        twins.counts.canRecord = false;
        for (int step = 1; step <= 5; ++step)
            QVERIFY(twins.agreeOn(2, 5, step));
        QCOMPARE(twins.counts.replayed, 0);
    }

    void oldRecordingsGoAndUsedOnesStay()
    {
        // The longest shape first, so that no buffer grows later, which would discard all recordings.
        Twins twins(config(7, 4, 1));
        for (int step = 1; step <= 4; ++step)
            QVERIFY(twins.agreeOn(1, 16, step));
        const int first = twins.counts.recorded;
        for (int time = 15; time > 6; --time) {
            for (int step = 1; step <= 3; ++step)
                QVERIFY(twins.agreeOn(1, time, step));
            QVERIFY(twins.agreeOn(1, 16, time));
        }
        QVERIFY(twins.counts.same);
        QVERIFY(twins.counts.alive <= 16);
        QCOMPARE(twins.counts.recorded, first + 9 * 2); // the first shape was not recorded again
    }
};

QTEST_GUILESS_MAIN(CudaBackendTest)
#include "cuda_backend_test.moc"
