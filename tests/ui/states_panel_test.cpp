// SPDX-License-Identifier: GPL-3.0-only
#include "ui/models/workspace.h"
#include "ui/panels/inside/states_panel.h"

#include <QSignalSpy>
#include <QtTest>

#include <algorithm>
#include <limits>

using namespace samout;

namespace {

constexpr int hidden = 4;
constexpr int layers = 3;

std::shared_ptr<const Snapshot> makeSnapshot()
{
    ModelConfig config;
    config.vocabSize = 6;
    config.hiddenSize = hidden;
    config.numHeads = 2;
    config.numLayers = layers;
    const auto size = static_cast<std::size_t>(arenaSize(config));
    return std::make_shared<const Snapshot>(config, Vocabulary::ofSymbols({"?", "<", ">", "_", "The", "apple"}), 7,
                                            std::vector<float>(size, 0.5F));
}

/// An examination of the text "The apple The", computed by hand. Channels 0 and 1 are head 0, 2 and 3 head 1.
std::shared_ptr<const Examination> makeExamination(int layer, float factor = 1)
{
    auto examination = std::make_shared<Examination>();
    examination->snapshot = makeSnapshot();
    examination->tokens = {4, 5, 4};
    Grid state(3, hidden);
    state.values = {1, 2, 3, 4, 1, 2.5F, 3, 4, 6, 2.5F, 3, 4};
    Grid mixed(3, hidden);
    mixed.values = {1, -3, 0, 5, 1, 3, 0, -5, 1, 3, 0, 5};
    for (float &value : state.values)
        value *= factor;
    examination->sites = {{layer, Site::State, state}, {layer, Site::Mixed, mixed}};
    Winners winners;
    winners.layer = layer;
    winners.winner = {0, 0, 0, 0, 0, 1, 1, 0, 2, 1, 2, 0};
    winners.since = {0, 0, 0, 0, 0, 1, 0, 0, 2, 1, 0, 0};
    examination->winners = {winners};
    return examination;
}

} // namespace

/// The states panel: its wishes, the order of its rows, the range of its colours and its read-out.
class StatesPanelTest : public QObject {
    Q_OBJECT

private slots:
    void sentenceOfACell();
    void orders();
    void changesAreStrictRises();
    void rangesOfSites();
    void wishesFollowTheControls();
    void showsOneHeatmapAHead();
    void hoverReadsOutAndMovesTheCursor();
    void keysMoveTheCursor();
    void fittedAndLocked();
    void hiddenDrawsNothingAndCatchesUp();
    void table();
    void manyHeadsWrap();
};

void StatesPanelTest::sentenceOfACell()
{
    const auto examination = makeExamination(1);
    QCOMPARE(cellSentence(*examination, 1, Site::State, 2, 1),
             "layer 1, head 1, channel 0, \"apple\" (1): 3, held since \"The\" (0), winner \"apple\" (1)");
    QCOMPARE(cellSentence(*examination, 1, Site::State, 1, 2),
             "layer 1, head 0, channel 1, \"The\" (2): 2.5, held since \"apple\" (1), winner \"apple\" (1)");
    QCOMPARE(
        cellSentence(*examination, 1, Site::Mixed, 3, 1),
        "layer 1, head 1, channel 1, \"apple\" (1): mixed -5; its state is held since \"The\" (0), winner \"The\" (0)");
    Examination thinned = *examination;
    thinned.every = 10;
    QCOMPARE(cellSentence(thinned, 1, Site::State, 2, 1),
             "layer 1, head 1, channel 0, \"apple\" (10): 3, held since \"The\" (0), winner a token after \"The\" (0), "
             "up to \"apple\" (10)");
    QCOMPARE(cellSentence(*examination, 0, Site::State, 0, 0), QString());
    QCOMPARE(cellSentence(*examination, 1, Site::State, hidden, 0), QString());
}

void StatesPanelTest::orders()
{
    const auto examination = makeExamination(0);
    using Rows = std::vector<int>;
    QCOMPARE(rowOrder(RowOrder::Stored, *examination, 0, 1), (Rows{2, 3}));
    // Root mean squares of mixed: 1, 3, 0, 5.
    QCOMPARE(rowOrder(RowOrder::ByEffect, *examination, 0, 0), (Rows{1, 0}));
    QCOMPARE(rowOrder(RowOrder::ByEffect, *examination, 0, 1), (Rows{3, 2}));
    // Winners at the last token: 2, 1, 2, 0.
    QCOMPARE(rowOrder(RowOrder::ByWinner, *examination, 0, 0), (Rows{1, 0}));
    QCOMPARE(rowOrder(RowOrder::ByWinner, *examination, 0, 1), (Rows{3, 2}));
    // A layer that was not examined keeps the stored order.
    QCOMPARE(rowOrder(RowOrder::ByWinner, *examination, 2, 0), (Rows{0, 1}));
    QCOMPARE(rowsOf(*examination->find(0, Site::State), {1, 0}), (std::vector<float>{2, 2.5F, 2.5F, 1, 1, 6}));
}

void StatesPanelTest::changesAreStrictRises()
{
    const auto examination = makeExamination(0);
    // Channel 2's winner moves on a tie: no change.
    QCOMPARE(changesOf(*examination->findWinners(0), hidden, {0, 1, 2, 3}),
             (std::vector<std::uint8_t>{0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0, 0}));
}

void StatesPanelTest::rangesOfSites()
{
    Grid values(1, 1000);
    for (int i = 0; i < 1000; ++i)
        values.at(0, i) = static_cast<float>(i) - 100;
    values.at(0, 3) = std::numeric_limits<float>::quiet_NaN();
    const ValueRange state = fittingRange(values, Site::State);
    QVERIFY(state.low > -95 && state.low < -85);
    QVERIFY(state.high > 885 && state.high < 895);
    const ValueRange candidate = fittingRange(values, Site::Candidate);
    QCOMPARE(candidate.low, -candidate.high);
    QVERIFY(siteColors(Site::Candidate).diverging);
    QVERIFY(siteColors(Site::Out).scale == Heatmap::Scale::SignedLog);
    QVERIFY(!siteColors(Site::State).diverging);
}

void StatesPanelTest::wishesFollowTheControls()
{
    Workspace workspace;
    StatesPanel panel(&workspace);
    Question hiddenQuestion;
    panel.ask(hiddenQuestion);
    QVERIFY(hiddenQuestion.layers.empty() && hiddenQuestion.sites.empty() && !hiddenQuestion.winners);

    QSignalSpy changed(&panel, &StatesPanel::questionChanged);
    panel.show();
    QCOMPARE(changed.size(), 1);
    workspace.setLayer(2);
    panel.setSite(Site::Gate);
    panel.setRowOrder(RowOrder::ByEffect);
    QCOMPARE(changed.size(), 4);
    Question question;
    question.layers = {2};
    panel.ask(question);
    QCOMPARE(question.layers, std::vector<int>{2});
    QCOMPARE(question.sites, (std::vector<Site>{Site::Gate, Site::Mixed}));
    QVERIFY(question.winners);
}

void StatesPanelTest::showsOneHeatmapAHead()
{
    Workspace workspace;
    StatesPanel panel(&workspace);
    panel.resize(560, 260);
    panel.show();
    QVERIFY(panel.isEmpty());
    panel.setExamination(makeExamination(0));
    QVERIFY(!panel.isEmpty());
    QCOMPARE(panel.heatmaps().size(), 2u);
    const Heatmap *second = panel.heatmaps()[1];
    QCOMPARE(second->rows(), 2);
    QCOMPARE(second->cols(), 3);
    QCOMPARE(second->value(1, 0), 4.0F);
    panel.setRowOrder(RowOrder::ByEffect);
    QCOMPARE(second->value(0, 0), 4.0F);
    QCOMPARE(panel.channelAt(1, 0), 3);
    QCOMPARE(panel.channelAt(1, 2), -1);
    // Until the answer for another layer comes, the old layer stays, and the read-out still names it.
    workspace.setLayer(1);
    panel.setExamination(makeExamination(0));
    QCOMPARE(second->value(0, 0), 4.0F);
}

void StatesPanelTest::hoverReadsOutAndMovesTheCursor()
{
    Workspace workspace;
    StatesPanel panel(&workspace);
    panel.show();
    panel.setExamination(makeExamination(0));
    QSignalSpy readout(&workspace, &Workspace::readout);
    emit panel.heatmaps()[1]->hovered(1, 2);
    QCOMPARE(workspace.cursorToken(), 2);
    QCOMPARE(workspace.cursorChannel(), 3);
    QCOMPARE(readout.last().first().toString(),
             "layer 0, head 1, channel 1, \"The\" (2): 4, held since \"The\" (0), winner \"The\" (0)");
    // New weights under a resting pointer are read out too.
    panel.setExamination(makeExamination(0, 2));
    QVERIFY(readout.last().first().toString().contains(": 8,"));
    emit panel.heatmaps()[1]->hovered(-1, -1);
    QCOMPARE(workspace.cursorToken(), -1);
    QCOMPARE(readout.last().first().toString(), QString());
}

void StatesPanelTest::keysMoveTheCursor()
{
    Workspace workspace;
    StatesPanel panel(&workspace);
    panel.show();
    panel.setExamination(makeExamination(0));
    workspace.setCursor(1, 1);
    QTest::keyClick(&panel, Qt::Key_Right);
    QCOMPARE(workspace.cursorToken(), 2);
    QTest::keyClick(&panel, Qt::Key_Right);
    QCOMPARE(workspace.cursorToken(), 2);
    QTest::keyClick(&panel, Qt::Key_Home);
    QCOMPARE(workspace.cursorToken(), 0);
    QTest::keyClick(&panel, Qt::Key_Down);
    QCOMPARE(workspace.cursorChannel(), 2);
    QTest::keyClick(&panel, Qt::Key_Up);
    QCOMPARE(workspace.cursorChannel(), 1);
}

void StatesPanelTest::fittedAndLocked()
{
    Workspace workspace;
    StatesPanel panel(&workspace);
    panel.show();
    panel.setExamination(makeExamination(0));
    const float first = panel.range().high;
    panel.setExamination(makeExamination(0, 10));
    QCOMPARE(panel.range().high, 10 * first);
    panel.setExamination(makeExamination(0));
    QCOMPARE(panel.range().high, 10 * first - 0.9F * first);
    panel.setRangeLocked(true);
    const float locked = panel.range().high;
    panel.setExamination(makeExamination(0, 100));
    QCOMPARE(panel.range().high, locked);
    workspace.setLayer(1);
    panel.setExamination(makeExamination(1, 100));
    QCOMPARE(panel.range().high, locked);
    panel.setRangeLocked(false);
    QCOMPARE(panel.range().high, 100 * first);
    // Another layer gets a new range.
    workspace.setLayer(2);
    panel.setExamination(makeExamination(2));
    QCOMPARE(panel.range().high, first);
}

void StatesPanelTest::hiddenDrawsNothingAndCatchesUp()
{
    Workspace workspace;
    StatesPanel panel(&workspace);
    panel.setExamination(makeExamination(0));
    QVERIFY(panel.heatmaps().empty());
    panel.show();
    QCOMPARE(panel.heatmaps().size(), 2u);
}

void StatesPanelTest::table()
{
    Workspace workspace;
    StatesPanel panel(&workspace);
    panel.show();
    panel.setExamination(makeExamination(0));
    const QStringList lines = panel.table().split('\n');
    QCOMPARE(lines[0], "layer\thead\tchannel\t0 The\t1 apple\t2 The");
    QCOMPARE(lines[2], "0\t0\t1\t2\t2.5\t2.5");
    QCOMPARE(lines[4], "0\t1\t1\t4\t4\t4");
}

void StatesPanelTest::manyHeadsWrap()
{
    ModelConfig config;
    config.vocabSize = 6;
    config.hiddenSize = 64;
    config.numHeads = 64;
    config.numLayers = 1;
    auto examination = std::make_shared<Examination>();
    examination->snapshot = std::make_shared<const Snapshot>(
        config, Vocabulary::ofNumbers(6), 0, std::vector<float>(static_cast<std::size_t>(arenaSize(config))));
    examination->tokens = {1, 2};
    examination->sites = {{0, Site::State, Grid(2, 64)}};
    Workspace workspace;
    StatesPanel panel(&workspace);
    panel.resize(560, 260);
    panel.show();
    panel.setExamination(examination);
    QCOMPARE(panel.heatmaps().size(), 64u);
    const QWidget *sheet = panel.heatmaps().back()->parentWidget();
    for (const Heatmap *heatmap : panel.heatmaps()) {
        QTRY_VERIFY(heatmap->width() >= 48 && heatmap->height() >= 72);
        QVERIFY(sheet->rect().contains(heatmap->geometry()));
    }
}

QTEST_MAIN(StatesPanelTest)
#include "states_panel_test.moc"
