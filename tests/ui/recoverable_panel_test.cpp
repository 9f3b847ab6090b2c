// SPDX-License-Identifier: GPL-3.0-only
// The Recoverable panel: it shows the result of recoverable(), and can be stopped.
#include "tests/support/tiny.h"
#include "ui/models/workspace.h"
#include "ui/panels/inside/recoverable_panel.h"
#include "ui/plots/heatmap.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <cmath>
#include <limits>

using namespace samout;

namespace {

TrainingFacts factsOf(const std::string &source)
{
    TrainingFacts facts;
    facts.options = tiny::training();
    facts.options.data.source = source;
    facts.options.data.sequenceLength = 64;
    facts.data = openDataset(facts.options.data);
    return facts;
}

std::shared_ptr<const Snapshot> networkFor(const Dataset &data, float factor = 1)
{
    ModelConfig config{.vocabSize = data.vocabulary().size(), .hiddenSize = 12, .numHeads = 3, .numLayers = 2};
    std::vector<float> weights(static_cast<std::size_t>(arenaSize(config)));
    RandomStream random(7, Purpose::InitialWeights, 0);
    for (float &weight : weights)
        weight = factor * static_cast<float>(random.uniform() - 0.5);
    return std::make_shared<const Snapshot>(config, data.vocabulary(), 3, std::move(weights));
}

} // namespace

class RecoverablePanelTest : public QObject {
    Q_OBJECT

private slots:
    void showsWhatIsMeasured()
    {
        Workspace workspace;
        RecoverablePanel panel(&workspace);
        QVERIFY(panel.isEmpty() && !panel.measureButton()->isEnabled());
        const TrainingFacts facts = factsOf("sentences");
        workspace.setTraining(facts);
        QVERIFY(panel.measureButton()->isEnabled());
        QCOMPARE(panel.kindChooser()->count(), 3);
        const auto snapshot = networkFor(*facts.data, 0.2F);
        workspace.setSnapshot(snapshot);
        panel.resize(700, 400);
        panel.show();
        QSignalSpy shown(&panel, &MeasuringPanel::measured);
        panel.kindChooser()->setCurrentIndex(1);
        panel.measureButton()->click();
        QVERIFY(panel.job()->running() && !panel.measureButton()->isEnabled());
        QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, 120'000);
        QVERIFY(!panel.isEmpty() && panel.measureButton()->isEnabled());

        RecoverQuestion question{.snapshot = snapshot};
        question.data = labelledSentences("sentences", "beast", snapshot->vocabulary(), 1800, 64);
        const auto expected = recoverable(question);
        Heatmap &map = *panel.map();
        QCOMPARE(map.rows(), 4); // two layers, the network, guessing
        int known = 0;
        for (int k = 0; k < map.cols(); ++k) {
            for (int layer = 0; layer < 2; ++layer) {
                const float share = expected->accuracy.at(layer, k);
                QCOMPARE(map.value(layer, k), std::isnan(share) ? -2 : share);
                known += !std::isnan(share);
            }
            const float chance = expected->chance[static_cast<std::size_t>(k)];
            QCOMPARE(map.value(3, k), std::isnan(chance) ? -2 : chance);
        }
        for (const auto &recall : expected->recalls)
            QVERIFY(map.value(2, recall.distance) == recall.right); // exactly: both may be near 0
        QVERIFY(known > 10);
        QSignalSpy readout(&workspace, &Workspace::readout);
        for (int row = 0; row < 4; ++row)
            emit map.hovered(row, 2);
        QCOMPARE(readout.size(), 4);
        QVERIFY(readout[0][0].toString().startsWith(QStringLiteral("Layer 0, 2 letters after the word")));
        QCOMPARE(panel.table().count(QLatin1Char('\n')), 1 + 32);
        QVERIFY(panel.note().startsWith(QStringLiteral("Step 3")));
        panel.grab();
    }

    void showsTheSideThatIsChosen()
    {
        Workspace workspace;
        RecoverablePanel panel(&workspace);
        const TrainingFacts facts = factsOf("sentences");
        workspace.setTraining(facts);
        const auto snapshot = networkFor(*facts.data, 0.2F);
        workspace.setSnapshot(snapshot);
        const Interventions change{.silencedMixers = {0}, .silencedFeedForwards = {0}};
        workspace.setInterventions(change);
        RecoverQuestion question{.snapshot = snapshot};
        question.data = labelledSentences("sentences", panel.kindChooser()->currentData().toString().toStdString(),
                                          snapshot->vocabulary(), 1800, 64);
        const auto before = recoverable(question);
        question.snapshot = changedWeights(snapshot, change);
        const auto after = recoverable(question);
        QSignalSpy shown(&panel, &MeasuringPanel::measured);
        int measured = 0, differing = 0;
        for (const auto &[side, mark] : {std::pair(Side::AsTrained, ""), std::pair(Side::AsChanged, "as changed"),
                                         std::pair(Side::Difference, "difference")}) {
            workspace.setSide(side);
            panel.measure();
            ++measured;
            QTRY_COMPARE_WITH_TIMEOUT(shown.size(), measured, 120'000);
            QCOMPARE(panel.mark(), QString::fromLatin1(mark));
            QVERIFY(panel.remark().isEmpty());
            const Heatmap &map = *panel.map();
            QCOMPARE(map.rows(), side == Side::Difference ? 3 : 4); // the difference has no row for guessing
            for (int k = 0; k < map.cols(); ++k) {
                const float one = before->accuracy.at(1, k), other = after->accuracy.at(1, k);
                const float share = side == Side::AsTrained ? one : side == Side::AsChanged ? other : other - one;
                QVERIFY(map.value(1, k) == (std::isnan(share) ? -2 : share)); // exactly: they may be 0
                differing += side == Side::Difference && std::abs(share) > 0;
            }
            for (std::size_t i = 0; i < before->recalls.size(); ++i) {
                const float one = before->recalls[i].right, other = after->recalls[i].right;
                QVERIFY(map.value(2, before->recalls[i].distance) == (side == Side::AsTrained   ? one
                                                                      : side == Side::AsChanged ? other
                                                                                                : other - one));
            }
        }
        QVERIFY(differing > 0);
        QSignalSpy readout(&workspace, &Workspace::readout);
        for (int row = 0; row < 3; ++row)
            emit panel.map()->hovered(row, 2);
        QCOMPARE(readout.size(), 3);
        QVERIFY(readout[1][0].toString().contains(QStringLiteral("as changed minus as trained")));
        panel.resize(500, 300);
        panel.grab();
        workspace.setSide(Side::AsChanged);
        QVERIFY(panel.remark().contains(QStringLiteral("as changed minus as trained")));
        workspace.setTraining(factsOf("sentences"));
        QVERIFY(panel.isEmpty() && panel.mark().isEmpty());
    }

    void stops()
    {
        Workspace workspace;
        const TrainingFacts facts = factsOf("sentences");
        workspace.setTraining(facts);
        workspace.setSnapshot(networkFor(*facts.data));
        RecoverablePanel panel(&workspace);
        QSignalSpy shown(&panel, &MeasuringPanel::measured);
        panel.measure();
        panel.job()->stop();
        QTRY_VERIFY_WITH_TIMEOUT(!panel.job()->running(), 60'000);
        QCOMPARE(shown.size(), 0);
        QVERIFY(panel.isEmpty());
    }

    void whatCannotBeIsASentence()
    {
        Workspace workspace;
        RecoverablePanel panel(&workspace);
        workspace.setTraining(factsOf("article"));
        QVERIFY(!panel.measureButton()->isEnabled());
        QVERIFY(panel.measureButton()->toolTip().contains(QStringLiteral("sentences")));
        const TrainingFacts facts = factsOf("sentences");
        workspace.setTraining(facts);
        workspace.setSnapshot(networkFor(*facts.data, std::numeric_limits<float>::quiet_NaN()));
        panel.measure();
        QTRY_VERIFY_WITH_TIMEOUT(panel.note().contains(QStringLiteral("finite")), 60'000);
        QVERIFY(panel.isEmpty());
    }
};

QTEST_MAIN(RecoverablePanelTest)
#include "recoverable_panel_test.moc"
