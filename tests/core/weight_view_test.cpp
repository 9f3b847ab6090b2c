// SPDX-License-Identifier: GPL-3.0-only
// A parameter as a picture, a histogram and a few numbers.
#include "core/base/error.h"
#include "core/inspect/weight_view.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <numeric>

using namespace samout;

namespace {

std::shared_ptr<const Snapshot> withNumbers(const Snapshot &snapshot, const auto &change)
{
    std::vector<float> weights(snapshot.weights().begin(), snapshot.weights().end());
    for (const Parameter &parameter : snapshot.parameters())
        for (std::int64_t i = 0; i < parameter.count(); ++i)
            change(parameter.name, i, weights[static_cast<std::size_t>(parameter.offset + i)]);
    return std::make_shared<const Snapshot>(snapshot.config(), snapshot.vocabulary(), 9, std::move(weights));
}

} // namespace

class WeightViewTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyParameterInFull()
    {
        const auto snapshot = tiny::snapshot();
        for (const Parameter &parameter : snapshot->parameters()) {
            const std::span<const float> numbers = snapshot->parameter(parameter.name);
            const WeightView view = viewWeights(*snapshot, {.parameter = parameter.name});
            QCOMPARE(view.rows, parameter.shape.size() < 2 ? 1 : static_cast<int>(parameter.shape[0]));
            QCOMPARE(static_cast<std::int64_t>(view.rows) * view.cols, parameter.count());
            QCOMPARE(view.picture.values, std::vector<float>(numbers.begin(), numbers.end()));
            double sum = 0, squares = 0;
            for (const float number : numbers) {
                sum += number;
                squares += static_cast<double>(number) * number;
            }
            const double mean = sum / static_cast<double>(numbers.size());
            QVERIFY(std::abs(view.mean - mean) < 1e-9);
            QVERIFY(std::abs(view.norm - std::sqrt(squares)) < 1e-9);
            QVERIFY(std::abs(view.deviation * view.deviation -
                             (squares / static_cast<double>(numbers.size()) - mean * mean)) < 1e-9);
            QCOMPARE(view.smallest, *std::ranges::min_element(numbers));
            QCOMPARE(view.largest, *std::ranges::max_element(numbers));
            QCOMPARE(std::accumulate(view.counts.begin(), view.counts.end(), std::int64_t{0}), parameter.count());
            for (int bin = 0; bin < 64; ++bin) {
                const double width = (static_cast<double>(view.high) - view.low) / 64;
                std::int64_t count = 0;
                for (const float number : numbers) {
                    const double place = width > 0 ? (static_cast<double>(number) - view.low) / width : 0;
                    count += std::min(static_cast<int>(place), 63) == bin;
                }
                QCOMPARE(view.counts[static_cast<std::size_t>(bin)], count);
            }
        }
    }

    void thinnedKeepsWhatStandsOut()
    {
        const auto snapshot = tiny::snapshot();
        const std::string name = "decoder_layers.1.self_attention.combined.weight"; // 48 x 12
        const WeightView view = viewWeights(*snapshot, {.parameter = name, .mostRows = 10, .mostCols = 5});
        QCOMPARE(view.rowsInCell, 5);
        QCOMPARE(view.colsInCell, 3);
        QCOMPARE(view.picture.rows, 10);
        QCOMPARE(view.picture.cols, 4);
        const std::span<const float> numbers = snapshot->parameter(name);
        for (int r = 0; r < 10; ++r)
            for (int c = 0; c < 4; ++c) {
                float most = 0;
                for (int i = r * 5; i < std::min(48, r * 5 + 5); ++i)
                    for (int j = c * 3; j < std::min(12, c * 3 + 3); ++j)
                        if (std::abs(numbers[static_cast<std::size_t>(i * 12 + j)]) > std::abs(most))
                            most = numbers[static_cast<std::size_t>(i * 12 + j)];
                QCOMPARE(view.picture.at(r, c), most);
            }
    }

    void changeIsNowMinusThen()
    {
        const auto then = tiny::snapshot();
        const auto now = withNumbers(*then, [](const std::string &name, std::int64_t i, float &number) {
            if (name == "head.weight")
                number += static_cast<float>(i % 7);
        });
        const WeightView head = viewWeights(*now, {.parameter = "head.weight", .since = then});
        const std::span<const float> a = then->parameter("head.weight"), b = now->parameter("head.weight");
        for (std::size_t i = 0; i < a.size(); ++i)
            QCOMPARE(head.picture.values[i], b[i] - a[i]);
        const WeightView rest = viewWeights(*now, {.parameter = "em.weight", .since = then});
        QCOMPARE(rest.norm, 0.0);
        QCOMPARE(rest.counts[0], static_cast<std::int64_t>(rest.rows) * rest.cols);
        QVERIFY_THROWS_EXCEPTION(
            Error, viewWeights(*now, {.parameter = "em.weight", .since = tiny::snapshot("another vocabulary")}));
        QVERIFY_THROWS_EXCEPTION(Error, viewWeights(*now, {.parameter = "no.such"}));
    }

    void numbersThatAreNone()
    {
        const auto good = tiny::snapshot();
        QVERIFY(!notFinite(*good));
        const auto bad = withNumbers(*good, [](const std::string &name, std::int64_t i, float &number) {
            if (name == "decoder_layers.1.ffn.ffn1.weight" && i == 5)
                number = std::numeric_limits<float>::quiet_NaN();
            if (name == "decoder_layers.1.ffn.ffn1.bias")
                number = std::numeric_limits<float>::infinity();
        });
        QCOMPARE(*notFinite(*bad), std::string("decoder_layers.1.ffn.ffn1.weight"));
        const WeightView view =
            viewWeights(*bad, {.parameter = "decoder_layers.1.ffn.ffn1.weight", .mostRows = 3, .mostCols = 3});
        QVERIFY(std::isnan(view.picture.at(0, 1)));
        QVERIFY(!std::isnan(view.picture.at(2, 2)));
        QCOMPARE(view.finite, std::int64_t{143});
        QVERIFY(std::isfinite(view.mean) && std::isfinite(view.norm));
        const WeightView none = viewWeights(*bad, {.parameter = "decoder_layers.1.ffn.ffn1.bias"});
        QCOMPARE(none.finite, std::int64_t{0});
        QCOMPARE(none.norm, 0.0);
    }
};

QTEST_GUILESS_MAIN(WeightViewTest)
#include "weight_view_test.moc"
