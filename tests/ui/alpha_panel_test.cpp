// SPDX-License-Identifier: GPL-3.0-only
#include "ui/models/workspace.h"
#include "ui/panels/watch/alpha_panel.h"
#include "ui/widgets/layer_bars.h"

#include <QSignalSpy>
#include <QtTest>

using namespace samout;

namespace {

TrainingFacts factsOf(int layers)
{
    TrainingFacts facts;
    facts.config.numLayers = layers;
    return facts;
}

StepMetrics stepOf(qint64 step, std::vector<float> alphas)
{
    StepMetrics metrics;
    metrics.step = step;
    metrics.alphas = std::move(alphas);
    return metrics;
}

/// Two layers whose weights are all `value`, alphas included.
std::shared_ptr<const Examination> examinationOf(qint64 step, float value, std::vector<float> shares)
{
    ModelConfig config;
    config.vocabSize = 4;
    config.hiddenSize = 4;
    config.numHeads = 1;
    config.numLayers = 2;
    const auto size = static_cast<std::size_t>(arenaSize(config));
    auto examination = std::make_shared<Examination>();
    examination->snapshot =
        std::make_shared<const Snapshot>(config, Vocabulary::ofNumbers(4), step, std::vector<float>(size, value));
    examination->shares = std::move(shares);
    return examination;
}

} // namespace

/// The alpha panel: the newest alphas on an axis fitted to them, the shares beside them, and the curves.
class AlphaPanelTest : public QObject {
    Q_OBJECT

private slots:
    void axisIsFittedToTheBars();
    void newestStepAndShares();
    void otherWeightsShowTheirOwnAlphas();
    void wishesOnlyWhileShown();
    void whatIsChangedIsShown();
    void readsOutExactNumbers();
    void table();
};

void AlphaPanelTest::axisIsFittedToTheBars()
{
    LayerBars bars("alpha", 0.5);
    bars.resize(180, 120);
    bars.show();
    bars.setValues({0.5012, 0.5003, 0.4996});
    QVERIFY(bars.low() <= 0.4996 && bars.low() > 0.49);
    QVERIFY(bars.high() >= 0.5012 && bars.high() < 0.51);
    bars.setValues({0.7, 0.9});
    QVERIFY(bars.low() <= 0.5 && bars.high() >= 0.9 && bars.high() <= 1.2);
    LayerBars fixed("share", {});
    fixed.setFixedRange(0, 100);
    fixed.show();
    fixed.setValues({3, 4});
    QCOMPARE(fixed.low(), 0.0);
    QCOMPARE(fixed.high(), 100.0);
}

void AlphaPanelTest::newestStepAndShares()
{
    Workspace workspace;
    AlphaPanel panel(&workspace);
    QVERIFY(panel.isEmpty());
    panel.show();
    panel.setTraining(factsOf(2));
    QVERIFY(!panel.isEmpty());
    panel.addSteps({stepOf(1, {0.25F, 0.5F}), stepOf(2, {0.125F, 0.75F})});
    QTRY_COMPARE(panel.alphaBars()->values(), (QVector<double>{0.125, 0.75}));
    panel.setExamination(examinationOf(0, 0.5F, {0.25F, 0.5F}));
    QCOMPARE(panel.shareBars()->values(), (QVector<double>{25, 50}));
    panel.plot()->refresh();
    QVERIFY(panel.plot()->xRange().upper >= 2);
    QVERIFY(panel.plot()->yRange().lower <= 0.125 && panel.plot()->yRange().upper >= 0.75);
}

void AlphaPanelTest::otherWeightsShowTheirOwnAlphas()
{
    Workspace workspace;
    AlphaPanel panel(&workspace);
    panel.show();
    panel.setTraining(factsOf(2));
    panel.addSteps({stepOf(1, {0.25F, 0.25F}), stepOf(2, {0.75F, 0.75F})});
    // Weights of this training's first step: the newest alphas are shown.
    panel.setExamination(examinationOf(1, 0.25F, {0.5F, 0.5F}));
    QCOMPARE(panel.alphaBars()->values(), (QVector<double>{0.75, 0.75}));
    panel.setExamination(examinationOf(1, 0.375F, {0.5F, 0.5F}));
    QCOMPARE(panel.alphaBars()->values(), (QVector<double>{0.375, 0.375}));
}

void AlphaPanelTest::wishesOnlyWhileShown()
{
    Workspace workspace;
    AlphaPanel panel(&workspace);
    Question question;
    panel.ask(question);
    QVERIFY(!question.shares);
    QSignalSpy changed(&panel, &AlphaPanel::questionChanged);
    panel.show();
    QCOMPARE(changed.size(), 1);
    panel.ask(question);
    QVERIFY(question.shares);
}

void AlphaPanelTest::whatIsChangedIsShown()
{
    Workspace workspace;
    AlphaPanel panel(&workspace);
    panel.show();
    auto changed = std::make_shared<Examination>(*examinationOf(5, 0.25F, {0.5F, 0.75F}));
    changed->interventions.alphas = {{.layer = 1, .value = 1.25F}};
    panel.take(changed);
    QCOMPARE(panel.alphaBars()->values(), (QVector<double>{0.25, 1.25}));
    QCOMPARE(panel.note(), QStringLiteral("as changed"));
    QSignalSpy readout(&workspace, &Workspace::readout);
    emit panel.alphaBars()->hovered(1);
    QVERIFY(readout.last().first().toString().contains(QStringLiteral("1.25 (changed)")));
    changed->trained = examinationOf(5, 0.25F, {0.25F, 0.875F});
    panel.take(changed);
    QCOMPARE(panel.alphaBars()->values(), (QVector<double>{0, 1}));
    QCOMPARE(panel.shareBars()->values(), (QVector<double>{25, -12.5}));
    QVERIFY(panel.shareBars()->low() < -12.5 && panel.shareBars()->high() > 25);
    QCOMPARE(panel.note(), QStringLiteral("difference"));
    panel.take(examinationOf(5, 0.25F, {0.5F, 0.75F}));
    QCOMPARE(panel.alphaBars()->values(), (QVector<double>{0.25, 0.25}));
    QCOMPARE(panel.shareBars()->high(), 100.0);
    QCOMPARE(panel.note(), QString());
}

void AlphaPanelTest::readsOutExactNumbers()
{
    Workspace workspace;
    AlphaPanel panel(&workspace);
    panel.show();
    panel.setTraining(factsOf(2));
    panel.addSteps({stepOf(1, {0.50012345F, 0.5F})});
    QSignalSpy readout(&workspace, &Workspace::readout);
    emit panel.plot()->hovered(1, 0);
    QCOMPARE(readout.last().first().toString(), "step 1, layer 0: alpha 0.50012344");
    QCOMPARE(workspace.cursorStep(), 1);
    panel.setExamination(examinationOf(2, 0.5F, {0.25F, 0.5F}));
    emit panel.shareBars()->hovered(1);
    QCOMPARE(readout.last().first().toString(), "layer 1: alpha 0.5, share of the new 50 %");
}

void AlphaPanelTest::table()
{
    Workspace workspace;
    AlphaPanel panel(&workspace);
    panel.show();
    panel.setTraining(factsOf(2));
    panel.addSteps({stepOf(1, {0.25F, 0.5F}), stepOf(2, {0.1F, 0.75F})});
    QTRY_COMPARE(panel.alphaBars()->values().size(), 2);
    QTRY_VERIFY(panel.alphaBars()->values()[1] == 0.75);
    panel.plot()->refresh();
    const QStringList lines = panel.table().split('\n');
    QCOMPARE(lines[0], "layer\talpha\tshare of the new (%)");
    QCOMPARE(lines[1], "0\t0.1\t");
    QVERIFY(lines.contains("1\t0.25\t0.5"));
    QVERIFY(lines.contains("2\t0.1\t0.75"));
}

QTEST_MAIN(AlphaPanelTest)
#include "alpha_panel_test.moc"
