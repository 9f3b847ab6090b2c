// SPDX-License-Identifier: GPL-3.0-only
// cellAt(): the computation of one channel of one layer at one position.
#include "core/inspect/cell.h"
#include "core/model/mixer.h"
#include "tests/support/tiny.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace samout;

namespace {

std::shared_ptr<const Examination> examined(const Interventions &interventions = {})
{
    const auto snapshot = tiny::snapshot();
    Question question{.snapshot = snapshot, .tokens = snapshot->vocabulary().encode("the fox took the brown box\n")};
    askForCells(question, 0);
    askForCells(question, 1);
    question.interventions = interventions;
    return examine(question);
}

bool near(double one, double other) { return std::abs(one - other) < 1e-5 * (1 + std::abs(other)); }

#define NEAR(one, other)                                                                                               \
    QVERIFY2(near(one, other), qPrintable(QStringLiteral("%1, not %2").arg(double(one)).arg(double(other))))

/// Computes every number of the cells again from the weights and the layer's input, by the definition.
void verifyDefinition(const Examination &examination)
{
    const Snapshot &snapshot = *examination.snapshot;
    const auto hidden = static_cast<int>(snapshot.config().hiddenSize);
    const auto vocabulary = snapshot.parameter("em.weight");
    for (int layer = 0; layer < snapshot.config().numLayers; ++layer) {
        const std::string prefix = "decoder_layers." + std::to_string(layer) + ".";
        const auto weight = [&](const char *name) { return snapshot.parameter(prefix + name); };
        const auto product = [&](const char *name, int row, auto input) {
            double sum = 0;
            for (int i = 0; i < hidden; ++i)
                sum += double(weight(name)[static_cast<std::size_t>(row * hidden + i)]) * input(i);
            return sum;
        };
        for (int t = 0; t < static_cast<int>(examination.tokens.size()); ++t) {
            const auto cell = [&](int c) { return cellAt(examination, layer, c, t).value(); };
            for (int c = 0; c < hidden; ++c) {
                const Cell one = cell(c);
                const auto x = [&](int i) { return double(examination.findInput(layer)->at(t, i)); };
                QCOMPARE(one.x, examination.findInput(layer)->at(t, c));
                if (layer == 0) {
                    const auto token = static_cast<int>(examination.tokens[static_cast<std::size_t>(t)]);
                    QCOMPARE(one.x, vocabulary[static_cast<std::size_t>(token * hidden + c)]);
                } else {
                    QCOMPARE(one.x, cellAt(examination, layer - 1, c, t)->at(Site::Residual));
                }
                const char *combined = "self_attention.combined.weight";
                NEAR(one.at(Site("base")), product(combined, c, x) + product(combined, hidden + c, x));
                NEAR(one.at(Site("shift")), product(combined, 2 * hidden + c, x));
                NEAR(one.at(Site::Candidate), product(combined, 3 * hidden + c, x));
                if (!one.edited)
                    QCOMPARE(one.at(Site::State), std::max(one.before, one.at(Site::Candidate)));
                const float mixed =
                    (one.at(Site("base")) * one.at(Site::State) + one.at(Site("shift"))) * one.at(Site::State);
                QCOMPARE(one.at(Site::Mixed), one.mixedSilenced ? 0 : mixed);
                const auto mixedAt = [&](int i) { return double(examination.find(layer, Site::Mixed)->at(t, i)); };
                const auto own = static_cast<std::size_t>(c);
                NEAR(one.at(Site::Value), product("ffn.ffn1.weight", c, mixedAt) + weight("ffn.ffn1.bias")[own]);
                NEAR(one.gateSum, product("ffn.gate.weight", c, mixedAt) + weight("ffn.gate.bias")[own]);
                NEAR(one.at(Site::Gate), std::max(0.0, one.gateSum));
                const auto gated = [&](int i) {
                    return double(examination.find(layer, Site::Value)->at(t, i)) *
                           examination.find(layer, Site::Gate)->at(t, i);
                };
                NEAR(one.at(Site::Out),
                     one.outSilenced ? 0 : product("ffn.ffn2.weight", c, gated) + weight("ffn.ffn2.bias")[own]);
                NEAR(one.blend, one.alpha * one.at(Site::Out) + (1 - one.alpha) * one.x);
                NEAR(one.at(Site::Norm), (one.blend - one.mean) / one.deviation * one.scale + one.offset);
                QCOMPARE(one.at(Site::Residual), one.at(Site::Norm) + one.x);
                // The grids hold the model's own numbers.
                QCOMPARE(one.numbers.size(), std::size_t{10});
                for (const auto &[site, number] : one.numbers)
                    QCOMPARE(number, examination.find(layer, site)->at(t, c));
            }
        }
    }
}

} // namespace

class CellTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyNumberIsTheModels()
    {
        const auto answer = examined();
        verifyDefinition(*answer);
        const Cell first = cellAt(*answer, 0, 3, 0).value();
        QCOMPARE(first.before, -std::numeric_limits<float>::infinity());
        QCOMPARE(first.winner, 0);
        const Cell later = cellAt(*answer, 0, 3, 5).value();
        QCOMPARE(later.before, answer->find(0, Site::State)->at(4, 3));
        QCOMPARE(later.since, answer->findWinners(0)->since[5 * 12 + 3]);
        QVERIFY(!later.edited && !later.mixedSilenced && !later.outSilenced && !later.otherAlpha);
    }

    void whatIsChangedIsThere()
    {
        Interventions interventions;
        interventions.silencedHeads = {{.layer = 0, .head = 1}};
        interventions.silencedFeedForwards = {1};
        interventions.alphas = {{.layer = 0, .value = -0.25F}};
        interventions.states = {{.layer = 0, .position = 4, .channel = 2, .values = {3}}};
        interventions.hidden = {0, 4, 5};
        const auto answer = examined(interventions);
        verifyDefinition(*answer);
        QCOMPARE(cellAt(*answer, 0, 0, 0)->alpha, -0.25F);
        QVERIFY(cellAt(*answer, 0, 0, 0)->otherAlpha && !cellAt(*answer, 1, 0, 0)->otherAlpha);
        QVERIFY(cellAt(*answer, 0, 4, 1)->mixedSilenced && !cellAt(*answer, 0, 3, 1)->mixedSilenced);
        QVERIFY(cellAt(*answer, 1, 4, 1)->outSilenced);
        // The first token is hidden, so nothing comes before the second.
        QCOMPARE(cellAt(*answer, 0, 0, 1)->before, -std::numeric_limits<float>::infinity());
        // A set state stays, even if the token's own candidates are forgotten.
        QVERIFY(cellAt(*answer, 0, 2, 4)->edited);
        QCOMPARE(cellAt(*answer, 0, 2, 5)->before, 3.0F);
        QCOMPARE(cellAt(*answer, 0, 3, 6)->before, answer->find(0, Site::State)->at(3, 3));
    }

    void onlyWhatIsThere()
    {
        const auto answer = examined();
        QVERIFY(!cellAt(*answer, 0, 12, 0) && !cellAt(*answer, 0, -1, 0) && !cellAt(*answer, 0, 0, 99));
        QVERIFY(!cellAt(*answer, 2, 0, 0));
        const auto less = examine({.snapshot = answer->snapshot, .tokens = {4}, .layers = {0}, .winners = true});
        QVERIFY(!cellAt(*less, 0, 0, 0));
    }
};

QTEST_APPLESS_MAIN(CellTest)
#include "cell_test.moc"
