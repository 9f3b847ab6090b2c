// SPDX-License-Identifier: GPL-3.0-only
// The arithmetic of the GPU's kernels, run on the CPU and compared with the CPU's own: pieces and parts, their borders
// and the order of sums. `samout verify --device cuda` tests that a GPU computes the same.
#define SAMOUT_CUDA_ON_CPU
#include "core/compute/cuda/kernels.cu"

#include "core/compute/cpu/block_kernels.h"
#include "core/compute/cpu/v8_kernels.h"

#include <QTest>

#include <limits>
#include <random>

using namespace samout;

namespace {

std::vector<float> randomFloats(std::int64_t count, unsigned seed)
{
    std::mt19937 generator(seed);
    std::normal_distribution<float> normal;
    std::vector<float> result(static_cast<std::size_t>(count));
    for (float &value : result)
        value = normal(generator);
    return result;
}

std::vector<std::int64_t> randomTokens(std::int64_t count, std::int64_t vocabulary, unsigned seed)
{
    std::mt19937 generator(seed);
    std::vector<std::int64_t> result(static_cast<std::size_t>(count));
    for (auto &token : result)
        token = static_cast<std::int64_t>(generator() % static_cast<unsigned>(vocabulary));
    return result;
}

template <typename T> std::vector<T> zeros(std::int64_t count)
{
    return std::vector<T>(static_cast<std::size_t>(count));
}

/// The largest difference; infinities and NaNs must be equal.
double difference(const std::vector<float> &a, const std::vector<float> &b)
{
    double largest = a.size() == b.size() ? 0 : std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i)
        if (a[i] != b[i] && !(std::isnan(a[i]) && std::isnan(b[i])))
            largest = std::max(largest, std::isfinite(a[i] - b[i]) ? std::abs(double(a[i]) - double(b[i])) : 1e30);
    return largest;
}

} // namespace

class CudaKernelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scan_data()
    {
        QTest::addColumn<int>("batch");
        QTest::addColumn<int>("time");
        QTest::addColumn<int>("hidden");
        QTest::addColumn<bool>("table");
        QTest::addColumn<bool>("incoming");
        QTest::newRow("one token") << 1 << 1 << 3 << false << false;
        QTest::newRow("one piece") << 2 << 32 << 5 << false << false;
        QTest::newRow("a piece and a bit") << 2 << 33 << 5 << false << true;
        QTest::newRow("many pieces") << 1 << 150 << 7 << false << true;
        QTest::newRow("longer pieces") << 1 << 1100 << 2 << false << true;
        QTest::newRow("a table") << 3 << 70 << 4 << true << false;
        QTest::newRow("two blocks of channels") << 1 << 40 << 140 << false << false;
    }
    void scan()
    {
        QFETCH(int, batch);
        QFETCH(int, time);
        QFETCH(int, hidden);
        QFETCH(bool, table);
        QFETCH(bool, incoming);
        const std::int64_t rows = batch * time, d = hidden, vocabulary = 6;
        const cuda::Shape shape{.batch = batch, .time = time, .hidden = hidden};
        const auto tokens = randomTokens(rows, vocabulary, 1);
        const auto tableValues = randomFloats(vocabulary * 3 * d, 2);
        auto projected = randomFloats(rows * 3 * d, 3);
        projected[static_cast<std::size_t>(2 * d)] = std::numeric_limits<float>::quiet_NaN();
        projected[static_cast<std::size_t>((rows - 1) * 3 * d + 2 * d)] = std::numeric_limits<float>::infinity();
        if (rows > 2) // a tie
            projected[static_cast<std::size_t>(2 * 3 * d + 3 * d - 1)] =
                projected[static_cast<std::size_t>(3 * d + 3 * d - 1)];
        auto state =
            incoming ? randomFloats(batch * d, 4)
                     : std::vector<float>(static_cast<std::size_t>(batch * d), -std::numeric_limits<float>::infinity());
        auto expectedState = state, expectedProjected = projected;
        auto taken = zeros<std::uint8_t>(rows * d), expectedTaken = taken;
        auto mixed = zeros<float>(rows * d), expectedMixed = mixed;
        auto pieces = zeros<float>(2 * batch * cuda::piecesOf(time) * d);

        cuda::scanForward(shape, projected.data(), table ? tableValues.data() : nullptr, tokens.data(), state.data(),
                          taken.data(), mixed.data(), pieces.data(), nullptr);
        for (std::int64_t b = 0; b < batch; ++b)
            kernels::scanForward({.time = time,
                                  .channels = d,
                                  .hidden = d,
                                  .projected = expectedProjected.data() + b * time * 3 * d,
                                  .table = table ? tableValues.data() : nullptr,
                                  .tokens = tokens.data() + b * time,
                                  .state = expectedState.data() + b * d,
                                  .taken = expectedTaken.data() + b * time * d,
                                  .mixed = expectedMixed.data() + b * time * d});
        QCOMPARE(difference(projected, expectedProjected), 0.0);
        QCOMPARE(difference(state, expectedState), 0.0);
        QCOMPARE(taken, expectedTaken);
        QVERIFY(difference(mixed, expectedMixed) < 1e-4);

        for (float &value : projected) // the checks below need finite numbers
            value = std::isfinite(value) ? value : 1.0F;
        expectedProjected = projected;
        const auto toMixed = randomFloats(rows * d, 5);
        cuda::scanBackward(shape, projected.data(), taken.data(), toMixed.data(), pieces.data(), nullptr);
        for (std::int64_t b = 0; b < batch; ++b) {
            auto carried = zeros<float>(d);
            kernels::scanBackward({.time = time,
                                   .channels = d,
                                   .hidden = d,
                                   .projected = expectedProjected.data() + b * time * 3 * d,
                                   .taken = expectedTaken.data() + b * time * d,
                                   .toMixed = toMixed.data() + b * time * d,
                                   .carried = carried.data()});
        }
        QVERIFY(difference(projected, expectedProjected) < 1e-4);
    }

    void gateAndItsGradient()
    {
        const std::int64_t rows = 150, d = 9, parts = cuda::partsOf(rows);
        auto products = randomFloats(rows * 2 * d, 1), expectedProducts = products;
        const auto bias = randomFloats(2 * d, 2), toGated = randomFloats(rows * d, 3);
        auto gated = zeros<float>(rows * d), expectedGated = gated;
        cuda::gateForward(rows, d, products.data(), bias.data(), gated.data(), nullptr);
        kernels::gateForward({rows, d, d, products.data(), bias.data(), expectedGated.data()});
        QVERIFY(difference(gated, expectedGated) < 1e-5);

        auto sums = zeros<float>(parts * 5 * d), toBias = zeros<float>(2 * d), expectedToBias = toBias;
        cuda::gateBackward(rows, d, products.data(), bias.data(), toGated.data(), sums.data(), 5 * d, nullptr);
        for (std::int64_t p = 0; p < parts; ++p)
            for (std::int64_t c = 0; c < 2 * d; ++c)
                toBias[static_cast<std::size_t>(c)] += sums[static_cast<std::size_t>(p * 5 * d + c)];
        kernels::gateBackward({rows, d, expectedProducts.data(), bias.data(), toGated.data(), expectedToBias.data()});
        QVERIFY(difference(products, expectedProducts) < 1e-5);
        QVERIFY(difference(toBias, expectedToBias) < 1e-4);
    }

    void normAndItsGradient_data()
    {
        QTest::addColumn<double>("share");
        QTest::newRow("no dropout") << 0.0;
        QTest::newRow("dropout") << 0.3;
    }
    void normAndItsGradient()
    {
        QFETCH(double, share);
        const std::int64_t rows = 70, d = 45, parts = cuda::partsOf(rows);
        const DropoutMask mask{
            .key = 77, .threshold = static_cast<std::uint32_t>(share * 4294967296.0), .scale = 1 / (1 - share)};
        const auto scale = static_cast<float>(mask.scale);
        const float alpha = 0.4F;
        auto product = randomFloats(rows * d, 1), expectedProduct = product;
        const auto x = randomFloats(rows * d, 2), bias = randomFloats(d, 3), weight = randomFloats(d, 4),
                   normBias = randomFloats(d, 5);
        auto next = zeros<float>(rows * d), expectedNext = next;
        auto mean = zeros<float>(rows), inverse = mean, expectedMean = mean, expectedInverse = mean;
        const cuda::Norm norm{.rows = rows,
                              .hidden = d,
                              .product = product.data(),
                              .x = x.data(),
                              .dropout = {&mask.key, &mask.threshold, &scale},
                              .alpha = &alpha,
                              .bias = bias.data(),
                              .normWeight = weight.data(),
                              .normBias = normBias.data(),
                              .mean = mean.data(),
                              .inverse = inverse.data()};
        cuda::normForward(norm, next.data(), nullptr);
        kernels::normForward({.rows = rows,
                              .hidden = d,
                              .product = expectedProduct.data(),
                              .x = x.data(),
                              .firstRow = 0,
                              .dropout = mask,
                              .alpha = alpha,
                              .bias = bias.data(),
                              .normWeight = weight.data(),
                              .normBias = normBias.data(),
                              .next = expectedNext.data(),
                              .mean = expectedMean.data(),
                              .inverse = expectedInverse.data()});
        QVERIFY(difference(next, expectedNext) < 1e-4);

        auto toX = randomFloats(rows * d, 6), expectedToX = toX;
        auto sums = zeros<float>(parts * 5 * d), ours = zeros<float>(3 * d), expected = ours,
             scratch = zeros<float>(2 * d);
        auto toAlpha = zeros<double>(parts), ofRows = zeros<double>(rows);
        double expectedToAlpha = 0, alphaSum = 0;
        cuda::normBackward(norm, toX.data(), sums.data(), 5 * d, toAlpha.data(), ofRows.data(), nullptr);
        for (std::int64_t p = 0; p < parts; ++p) {
            alphaSum += toAlpha[static_cast<std::size_t>(p)];
            for (std::int64_t c = 0; c < 3 * d; ++c)
                ours[static_cast<std::size_t>(c)] += sums[static_cast<std::size_t>(p * 5 * d + c)];
        }
        kernels::normBackward({.rows = rows,
                               .hidden = d,
                               .product = expectedProduct.data(),
                               .x = x.data(),
                               .firstRow = 0,
                               .dropout = mask,
                               .alpha = alpha,
                               .bias = bias.data(),
                               .normWeight = weight.data(),
                               .mean = expectedMean.data(),
                               .inverse = expectedInverse.data(),
                               .toX = expectedToX.data(),
                               .toBias = expected.data(),
                               .toNormWeight = expected.data() + d,
                               .toNormBias = expected.data() + 2 * d,
                               .toAlpha = &expectedToAlpha,
                               .scratch = scratch.data()});
        QVERIFY(difference(toX, expectedToX) < 1e-4);
        QVERIFY(difference(product, expectedProduct) < 1e-4);
        QVERIFY(difference(ours, expected) < 1e-3);
        QVERIFY(std::abs(alphaSum - expectedToAlpha) < 1e-3);
    }

    void lossAndItsGradient()
    {
        const std::int64_t rows = 70, vocabulary = 41;
        auto logits = randomFloats(rows * vocabulary, 1), expectedLogits = logits;
        const auto targets = randomTokens(rows, vocabulary, 2);
        auto weights = randomFloats(rows, 3);
        for (std::size_t r = 0; r < weights.size(); ++r)
            weights[r] = r % 7 == 0 ? 0 : std::abs(weights[r]);
        const float inverseWeight = 1.0F / 60;
        auto losses = zeros<double>(cuda::partsOf(rows)), ofRows = zeros<double>(rows);
        cuda::loss(rows, vocabulary, logits.data(), targets.data(), weights.data(), &inverseWeight, losses.data(),
                   ofRows.data(), nullptr);
        const double expected =
            kernels::loss({rows, vocabulary, expectedLogits.data(), targets.data(), weights.data(), inverseWeight});
        QVERIFY(std::abs(losses[0] + losses[1] - expected) < 1e-3);
        QVERIFY(difference(logits, expectedLogits) < 1e-6);
    }

    void rowsAreSummedByToken()
    {
        const std::int64_t rows = 50, width = 131, vocabulary = 7;
        const auto from = randomFloats(rows * width, 1);
        const auto tokens = randomTokens(rows, vocabulary - 1, 2); // the last never occurs
        std::vector<std::int64_t> order, starts{0};
        for (std::int64_t v = 0; v < vocabulary; ++v) {
            for (std::int64_t r = 0; r < rows; ++r)
                if (tokens[static_cast<std::size_t>(r)] == v)
                    order.push_back(r);
            starts.push_back(static_cast<std::int64_t>(order.size()));
        }
        auto to = randomFloats(vocabulary * width, 3), expected = to;
        cuda::sumByToken(vocabulary, width, from.data(), order.data(), starts.data(), to.data(), nullptr);
        kernels::sumByToken({rows, width, width, from.data(), tokens.data(), expected.data()});
        QVERIFY(difference(to, expected) < 1e-5);
    }
};

QTEST_GUILESS_MAIN(CudaKernelsTest)
#include "cuda_kernels_test.moc"
