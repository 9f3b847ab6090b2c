// SPDX-License-Identifier: GPL-3.0-only
#include "ui/models/workspace.h"
#include "ui/panels/watch/loss_panel.h"

#include <QClipboard>
#include <QMimeData>
#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using namespace samout;

namespace {

class SmallData : public Dataset {
public:
    SmallData(std::optional<double> bigram, std::optional<double> entropy)
    {
        m_vocabulary = Vocabulary::ofNumbers(128);
        m_bigramLoss = bigram;
        m_entropy = entropy;
    }
    Batch trainingBatch(std::int64_t) const override { return {}; }
};

TrainingFacts factsOf(std::optional<double> bigram, std::optional<double> entropy)
{
    TrainingFacts facts;
    facts.data = std::make_shared<SmallData>(bigram, entropy);
    facts.config.vocabSize = 128;
    return facts;
}

StepMetrics stepOf(qint64 step, double loss, std::optional<double> heldOut = {})
{
    StepMetrics metrics;
    metrics.step = step;
    metrics.loss = loss;
    metrics.heldOutLoss = heldOut;
    metrics.seconds = 0.5;
    metrics.tokens = 100;
    return metrics;
}

} // namespace

/// The loss panel, without its plot.
class LossPanelTest : public QObject {
    Q_OBJECT

private slots:
    void emptyUntilATrainingBegins();
    void linesOfTheData();
    void curvesByStepTokensAndTime();
    void hoverReadsOutExactNumbers();
    void nanIsAGap();
    void copiesPictureAndTable();

private:
    static void show(LossPanel &panel)
    {
        panel.resize(560, 260);
        panel.show();
        panel.plot()->refresh();
        QCoreApplication::processEvents();
    }
};

void LossPanelTest::emptyUntilATrainingBegins()
{
    Workspace workspace;
    LossPanel panel(&workspace);
    QVERIFY(panel.isEmpty());
    panel.setTraining(factsOf({}, {}));
    QVERIFY(!panel.isEmpty());
}

void LossPanelTest::linesOfTheData()
{
    Workspace workspace;
    LossPanel panel(&workspace);
    panel.setTraining(factsOf({}, {}));
    QCOMPARE(panel.plot()->lineLabels(), QStringList{"Chance: ln 128 = 4.852"});
    panel.setTraining(factsOf(2.5, 0.75));
    QCOMPARE(panel.plot()->lineLabels(),
             (QStringList{"Chance: ln 128 = 4.852", "Bigram model: 2.5", "Generator's entropy: 0.75"}));
    show(panel);
    QVERIFY(panel.plot()->yRange().lower < 0.75 && panel.plot()->yRange().upper > 4.852);
}

void LossPanelTest::curvesByStepTokensAndTime()
{
    Workspace workspace;
    LossPanel panel(&workspace);
    panel.setTraining(factsOf({}, {}));
    panel.addSteps({stepOf(1, 4), stepOf(2, 3, 3.5), stepOf(3, 2), stepOf(4, 1, 2.5)});
    show(panel);
    QVERIFY(panel.plot()->xRange().upper > 4 && panel.plot()->xRange().upper < 5);
    panel.setAxis(LossPanel::Axis::Tokens);
    QVERIFY(panel.plot()->xRange().upper > 400 && panel.plot()->xRange().upper < 450);
    panel.setAxis(LossPanel::Axis::Time);
    QVERIFY(panel.plot()->xRange().upper > 2 && panel.plot()->xRange().upper < 2.5);
    // A new training starts an empty plot.
    panel.setTraining(factsOf({}, {}));
    panel.addSteps({stepOf(1, 4)});
    QCOMPARE(panel.table().count('\n'), 2);
}

void LossPanelTest::hoverReadsOutExactNumbers()
{
    Workspace workspace;
    LossPanel panel(&workspace);
    panel.setTraining(factsOf({}, {}));
    panel.addSteps({stepOf(1, 4), stepOf(2, 3.1234567890123, 3.5), stepOf(3, 2)});
    QSignalSpy readout(&workspace, &Workspace::readout);
    emit panel.plot()->hovered(2, 1);
    QCOMPARE(workspace.cursorStep(), 2);
    const QString text = readout.last().first().toString();
    QVERIFY2(text.contains("3.1234567890123,") && text.contains("held-out loss 3.5"), qPrintable(text));
    emit panel.plot()->hovered(3, 1);
    QVERIFY(!readout.last().first().toString().contains("held-out"));
    emit panel.plot()->unhovered();
    QCOMPARE(workspace.cursorStep(), 0);
    QCOMPARE(readout.last().first().toString(), QString());
}

void LossPanelTest::nanIsAGap()
{
    Workspace workspace;
    LossPanel panel(&workspace);
    panel.addSteps({stepOf(1, 4), stepOf(2, std::nan("")), stepOf(3, 2)});
    QSignalSpy readout(&workspace, &Workspace::readout);
    emit panel.plot()->hovered(2, -1);
    QVERIFY(readout.last().first().toString().contains("NaN"));
    // Training loss, as drawn on top, is the second curve.
    QCOMPARE(panel.plot()->gaps(1), QVector<double>{2});
}

void LossPanelTest::copiesPictureAndTable()
{
    Workspace workspace;
    LossPanel panel(&workspace);
    panel.setTraining(factsOf({}, {}));
    panel.addSteps({stepOf(1, 4), stepOf(2, 0.1, 3.5)});
    show(panel);
    panel.copyToClipboard();
    const QMimeData *copied = QGuiApplication::clipboard()->mimeData();
    QVERIFY(copied->hasImage());
    const QStringList lines = copied->text().split('\n');
    QCOMPARE(lines[0], "step\ttokens\tseconds\ttraining loss\tsmoothed\theld-out loss");
    QCOMPARE(lines[1], "1\t100\t0.5\t4\t4\t");
    QCOMPARE(lines[2], "2\t200\t1\t0.1\t0.1\t3.5");
}

QTEST_MAIN(LossPanelTest)
#include "loss_panel_test.moc"
