// SPDX-License-Identifier: GPL-3.0-only
#include "core/infer/sampling.h"
#include "core/inspect/next_token.h"
#include "tests/support/examined.h"
#include "ui/models/workspace.h"
#include "ui/panels/inside/reading_panel.h"
#include "ui/plots/color_map.h"
#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/alternatives_chart.h"
#include "ui/widgets/reading_table.h"
#include "ui/widgets/token_view.h"

#include <QSignalSpy>
#include <QtTest>

#include <algorithm>
#include <limits>

using namespace samout;

/// The reading panel: the head's reading of every layer, its colours, and the reading of a chosen cell.
class ReadingPanelTest : public QObject {
    Q_OBJECT

private slots:
    void wishesAllLayers();
    void cellsHaveTheColourOfTheNextToken();
    void aCellShowsItsLikeliest();
    void changedCellsAreMarked();
    void aThinnedTextHasTheRealNextTokens();
    void oddTextsAndWeights();
};

void ReadingPanelTest::wishesAllLayers()
{
    Workspace workspace;
    ReadingPanel panel(&workspace);
    Question question{.snapshot = tiny::snapshot()};
    panel.ask(question);
    QVERIFY(!question.readings && question.layers.empty());
    panel.show();
    question.layers = {1};
    panel.ask(question);
    QVERIFY(question.readings);
    QCOMPARE(question.layers, (std::vector<int>{1, 0}));
    // Without weights the panel still asks for readings.
    Question early;
    panel.ask(early);
    QVERIFY(early.readings);
    // An answer without all layers was not meant for this panel.
    panel.setExamination(examine({.snapshot = tiny::snapshot(), .tokens = {4}, .layers = {1}, .readings = true}));
    QVERIFY(panel.isEmpty());
}

void ReadingPanelTest::cellsHaveTheColourOfTheNextToken()
{
    Workspace workspace;
    ReadingPanel panel(&workspace);
    panel.resize(700, 400);
    panel.show();
    const auto answer = examined(panel);
    panel.setExamination(answer);
    QCoreApplication::processEvents();
    auto *viewport = panel.readings()->viewport();
    const QImage image = viewport->grab().toImage();
    for (const int layer : {0, 1})
        for (int t = 0; t < 13; ++t) {
            const NextToken said = nextToken(*answer, *answer->findReading(layer), t);
            // Away from the letter and the outline.
            const QPoint corner = panel.readings()->cellRect(layer, t).bottomLeft() + QPoint(3, -3);
            QVERIFY(viewport->rect().contains(corner));
            QCOMPARE(image.pixelColor(corner).rgb(), TokenView::ground(said.nextProbability).rgb());
        }
}

void ReadingPanelTest::aCellShowsItsLikeliest()
{
    Workspace workspace;
    ReadingPanel panel(&workspace);
    panel.resize(700, 400);
    panel.show();
    const auto answer = examined(panel);
    panel.setExamination(answer);
    const QPoint cell = panel.readings()->cellRect(0, 4).center();
    QTest::mouseClick(panel.readings()->viewport(), Qt::LeftButton, {}, cell);
    QCOMPARE(workspace.cursorToken(), 4);
    const Grid &logits = *answer->findReading(0);
    const std::vector<float> row(logits.values.begin() + 4 * logits.cols, logits.values.begin() + 5 * logits.cols);
    const auto best = likeliest(probabilities(row), 10);
    const auto &bars = panel.chart()->bars();
    QCOMPARE(bars.size(), 10);
    for (qsizetype i = 0; i < bars.size(); ++i) {
        const TokenProbability &one = best[static_cast<std::size_t>(i)];
        QCOMPARE(bars[i].probability, static_cast<double>(one.probability));
        QCOMPARE(bars[i].drawn, one.token == answer->tokens[5]);
    }
    const NextToken said = nextToken(*answer, logits, 4);
    QVERIFY(panel.sentence().startsWith("After “q” (4), layer 0 would say"));
    QVERIFY(panel.sentence().contains(QStringLiteral("“u” comes next: rank %1,").arg(said.rank)));
    // The token after the last one is not known.
    panel.choose(1, 13);
    QVERIFY(!panel.sentence().contains("comes next"));
    QVERIFY(panel.table().contains("0\t4\tq\t"));
    QVERIFY(panel.table().contains(exactNumber(said.nextProbability)));

    QSignalSpy readout(&workspace, &Workspace::readout);
    QTest::mouseMove(panel.readings()->viewport(), panel.readings()->cellRect(1, 2).center());
    QTRY_VERIFY(!readout.isEmpty());
    QVERIFY(readout.last().first().toString().startsWith("After “e” (2), layer 1 would say"));
}

void ReadingPanelTest::changedCellsAreMarked()
{
    Workspace workspace;
    ReadingPanel panel(&workspace);
    panel.resize(700, 400);
    panel.show();
    Interventions interventions;
    interventions.alphas = {{.layer = 1, .value = 1}};
    interventions.silencedMixers = {1};
    const auto answer = examined(panel, tiny::snapshot(), "the quick fox\n", interventions, true);
    panel.setExamination(answer);
    int changed = 0;
    for (const int layer : {0, 1})
        for (int t = 0; t < 14; ++t) {
            const bool other = nextToken(*answer, *answer->findReading(layer), t).likeliest !=
                               nextToken(*answer->trained, *answer->trained->findReading(layer), t).likeliest;
            QCOMPARE(panel.readings()->isChanged(layer, t), other);
            QVERIFY(layer == 1 || !other);
            changed += other;
        }
    QVERIFY(changed > 0);
    QVERIFY(panel.sentence().contains("As trained:"));
    // The ground shows how far the probability of the next token moves, on a map symmetric about 0.
    QVERIFY(panel.readings()->largestChange() > 0);
    const ColorMap &map = ColorMap::diverging(PlotTheme::of(panel).dark);
    const QImage picture = panel.readings()->viewport()->grab().toImage();
    int ends = 0;
    for (int t = 0; t < 13; ++t) {
        const double change =
            static_cast<double>(nextToken(*answer, *answer->findReading(1), t).nextProbability -
                                nextToken(*answer->trained, *answer->trained->findReading(1), t).nextProbability);
        QVERIFY(std::abs(change) <= panel.readings()->largestChange());
        const QRgb ground = picture.pixel(panel.readings()->cellRect(1, t).bottomLeft() + QPoint(1, -1));
        QCOMPARE(picture.pixel(panel.readings()->cellRect(0, t).bottomLeft() + QPoint(1, -1)), map.colors[128]);
        if (std::abs(change) == panel.readings()->largestChange()) {
            QCOMPARE(ground, map.colors[change > 0 ? 255 : 0]);
            ++ends;
        }
    }
    QVERIFY(ends > 0);
}

void ReadingPanelTest::aThinnedTextHasTheRealNextTokens()
{
    Workspace workspace;
    ReadingPanel panel(&workspace);
    panel.resize(700, 400);
    panel.show();
    QVERIFY(panel.showsThinned());
    const auto whole = examined(panel);
    const auto answer = examined(panel, tiny::snapshot(), "the quick fox\n", {}, false, 5);
    panel.setExamination(answer);
    QCoreApplication::processEvents();
    auto *viewport = panel.readings()->viewport();
    const QImage image = viewport->grab().toImage();
    for (int row = 0; row < 5; ++row) {
        const NextToken said = nextToken(*whole, *whole->findReading(0), row * 3);
        const QPoint corner = panel.readings()->cellRect(0, row).bottomLeft() + QPoint(3, -3);
        QCOMPARE(image.pixelColor(corner).rgb(), TokenView::ground(said.nextProbability).rgb());
    }
    panel.choose(0, 2);
    const NextToken said = nextToken(*whole, *whole->findReading(0), 6);
    QVERIFY(panel.sentence().startsWith("After “i” (6), layer 0 would say"));
    QVERIFY(panel.sentence().contains(QStringLiteral("“c” comes next: rank %1,").arg(said.rank)));
    QVERIFY(panel.sentence().endsWith(" One token of every 3 is shown."));
    QVERIFY(std::ranges::any_of(panel.chart()->bars(), [&](const auto &bar) { return bar.drawn; }) ==
            (said.rank <= 10));
    QVERIFY(panel.table().contains("0\t6\ti\t"));
}

void ReadingPanelTest::oddTextsAndWeights()
{
    const auto good = tiny::snapshot();
    Workspace workspace;
    ReadingPanel panel(&workspace);
    panel.resize(500, 300);
    panel.show();
    panel.setExamination(examined(panel, good, "t"));
    panel.grab();
    std::vector<float> weights(good->weights().begin(), good->weights().end());
    std::ranges::fill(weights, std::numeric_limits<float>::quiet_NaN());
    panel.setExamination(
        examined(panel, std::make_shared<const Snapshot>(good->config(), good->vocabulary(), 0, std::move(weights))));
    QVERIFY(panel.chart()->bars().isEmpty());
    panel.grab();
    ModelConfig config = good->config();
    config.vocabSize = 16;
    panel.setExamination(examined(
        panel,
        std::make_shared<const Snapshot>(config, Vocabulary::ofNumbers(16), 0,
                                         std::vector<float>(static_cast<std::size_t>(arenaSize(config)), 0.1F)),
        "4 5 6 4"));
    QCOMPARE(panel.chart()->bars().size(), 10);
    panel.grab();
}

QTEST_MAIN(ReadingPanelTest)
#include "reading_panel_test.moc"
