// SPDX-License-Identifier: GPL-3.0-only
// The weights panel: it shows the result of viewWeights() for the network to look at, and only while it is visible.
#include "core/model/interventions.h"
#include "tests/support/tiny.h"
#include "ui/models/workspace.h"
#include "ui/panels/inside/weights_panel.h"
#include "ui/plots/heatmap.h"
#include "ui/plots/histogram.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

#include <limits>

using namespace samout;

namespace {

std::shared_ptr<const Snapshot> later(const Snapshot &snapshot, float factor)
{
    std::vector<float> weights(snapshot.weights().begin(), snapshot.weights().end());
    for (float &weight : weights)
        weight *= factor;
    return std::make_shared<Snapshot>(snapshot.config(), snapshot.vocabulary(), 9, weights);
}

void wait(QSignalSpy &shown, int count) { QTRY_COMPARE_WITH_TIMEOUT(shown.size(), count, 60'000); }

} // namespace

class WeightsPanelTest : public QObject {
    Q_OBJECT

private slots:
    void showsTheNumbersOfTheParameter()
    {
        Workspace workspace;
        WeightsPanel panel(&workspace);
        QSignalSpy shown(&panel, &WeightsPanel::shown);
        panel.resize(700, 400);
        panel.show();
        QVERIFY(panel.isEmpty());
        const auto snapshot = tiny::snapshot();
        workspace.setSnapshot(snapshot);
        wait(shown, 1);
        QVERIFY(!panel.isEmpty());
        panel.setParameter(QStringLiteral("decoder_layers.1.ffn.ffn1.weight"));
        wait(shown, 2);
        const auto numbers = snapshot->parameter("decoder_layers.1.ffn.ffn1.weight");
        QCOMPARE(panel.heatmap()->rows(), 12);
        for (int row = 0; row < 12; ++row)
            for (int col = 0; col < 12; ++col)
                QCOMPARE(panel.heatmap()->value(row, col), numbers[static_cast<std::size_t>(row * 12 + col)]);
        const WeightView view = viewWeights(*snapshot, {.parameter = "decoder_layers.1.ffn.ffn1.weight"});
        QCOMPARE(panel.histogram()->counts(), QVector<double>(view.counts.begin(), view.counts.end()));
        QVERIFY(panel.summary().contains(QString::number(view.norm, 'g', 4)));
        QCOMPARE(panel.table().split(QLatin1Char('\n')).value(3).split(QLatin1Char('\t')).value(5).toFloat(),
                 numbers[2 * 12 + 5]);
        QSignalSpy readout(&workspace, &Workspace::readout);
        emit panel.heatmap()->hovered(3, 4);
        QVERIFY(readout.last()[0].toString().contains(QStringLiteral("row 3, column 4")));
    }

    void showsTheChangeSinceWhatIsRemembered()
    {
        Workspace workspace;
        WeightsPanel panel(&workspace);
        QSignalSpy shown(&panel, &WeightsPanel::shown);
        panel.show();
        const auto before = tiny::snapshot();
        workspace.setSnapshot(before);
        wait(shown, 1);
        panel.remember();
        QTRY_VERIFY_WITH_TIMEOUT(panel.view()->norm == 0, 60'000);
        workspace.setSnapshot(later(*before, 3));
        QTRY_VERIFY_WITH_TIMEOUT(panel.view()->norm > 0, 60'000);
        const auto numbers = before->parameter("decoder_layers.0.self_attention.combined.weight");
        for (std::size_t i = 0; i < numbers.size(); ++i)
            QCOMPARE(panel.view()->picture.values[i], numbers[i] * 3 - numbers[i]);
        // A run that is not stored has no first snapshot: a sentence says so, and the weights are shown again.
        QSignalSpy readout(&workspace, &Workspace::readout);
        panel.setAgainst(WeightsPanel::Against::First);
        QTRY_VERIFY_WITH_TIMEOUT(!readout.isEmpty(), 60'000);
        QVERIFY(readout.first()[0].toString().contains(QStringLiteral("first snapshot")));
        QTRY_VERIFY_WITH_TIMEOUT(panel.view()->picture.values[0] == numbers[0] * 3, 60'000);
    }

    void showsTheSideThatIsChosen()
    {
        Workspace workspace;
        WeightsPanel panel(&workspace);
        QSignalSpy shown(&panel, &WeightsPanel::shown);
        panel.show();
        const auto snapshot = tiny::snapshot();
        workspace.setSnapshot(snapshot);
        wait(shown, 1);
        panel.setParameter(QStringLiteral("decoder_layers.1.ffn.ffn1.weight"));
        wait(shown, 2);
        QVERIFY(panel.note().isEmpty());
        workspace.setInterventions({.silencedHeads = {{.layer = 1, .head = 2}}}); // channels 8 to 11
        wait(shown, 3);
        QCOMPARE(panel.note(), QStringLiteral("as changed"));
        const auto numbers = snapshot->parameter("decoder_layers.1.ffn.ffn1.weight");
        const auto at = [&](int row, int col) { return numbers[static_cast<std::size_t>(row * 12 + col)]; };
        for (int row = 0; row < 12; ++row)
            for (int col = 0; col < 12; ++col)
                QCOMPARE(panel.heatmap()->value(row, col), col < 8 ? at(row, col) : 0.0F);
        workspace.setSide(Side::Difference);
        wait(shown, 4);
        QCOMPARE(panel.note(), QStringLiteral("difference"));
        for (int row = 0; row < 12; ++row)
            for (int col = 0; col < 12; ++col)
                QCOMPARE(panel.heatmap()->value(row, col), col < 8 ? 0.0F : -at(row, col));
        QVERIFY(panel.summary().contains(QStringLiteral("as changed minus")));
        workspace.setSide(Side::AsTrained);
        wait(shown, 5);
        QVERIFY(panel.note().isEmpty());
        QCOMPARE(panel.heatmap()->value(3, 10), at(3, 10));
        // An answer of the examiner does not mark the panel: interventions in one text leave the weights as they are.
        workspace.setSide(Side::AsChanged);
        wait(shown, 6);
        workspace.setInterventions({.states = {{.layer = 0, .position = 0, .channel = 0, .values = {1}}}});
        wait(shown, 7);
        auto answer = std::make_shared<Examination>();
        answer->snapshot = snapshot;
        answer->interventions = workspace.interventions();
        panel.take(answer);
        QVERIFY(panel.note().isEmpty());
        QCOMPARE(panel.heatmap()->value(3, 10), at(3, 10));
    }

    void saysOfWhichRunTheRememberedWeightsAre()
    {
        Workspace workspace;
        WeightsPanel panel(&workspace);
        QSignalSpy shown(&panel, &WeightsPanel::shown);
        panel.show();
        TrainingFacts facts;
        facts.run = "runs/one";
        workspace.setTraining(facts);
        workspace.setSnapshot(tiny::snapshot());
        wait(shown, 1);
        panel.remember();
        QTRY_VERIFY_WITH_TIMEOUT(panel.view()->norm == 0, 60'000);
        const auto names = [&panel] {
            QStringList all;
            for (const QComboBox *box : panel.findChildren<QComboBox *>())
                for (int i = 0; i < box->count(); ++i)
                    all << box->itemText(i);
            return all;
        };
        QVERIFY(names().contains(QStringLiteral("Change since step 3")));
        facts.run = "runs/two";
        workspace.setTraining(facts);
        workspace.setSnapshot(tiny::snapshot());
        QVERIFY(names().contains(QStringLiteral("Change since step 3 of “one”")));
        facts.run = "runs/one";
        workspace.setTraining(facts);
        workspace.setSnapshot(tiny::snapshot());
        QVERIFY(names().contains(QStringLiteral("Change since step 3")));
        // The network that is shown is remembered, as changed.
        workspace.setInterventions({.alphas = {{.layer = 0, .value = 0.25F}}});
        panel.setParameter(QStringLiteral("decoder_layers.0.alpha"));
        QTRY_VERIFY_WITH_TIMEOUT(panel.view()->norm > 0, 60'000);
        panel.remember();
        QTRY_VERIFY_WITH_TIMEOUT(panel.view()->norm == 0, 60'000);
        QVERIFY(names().contains(QStringLiteral("Change since step 3, as changed")));
    }

    void nothingWhileHidden()
    {
        Workspace workspace;
        WeightsPanel panel(&workspace);
        QSignalSpy shown(&panel, &WeightsPanel::shown);
        Question question;
        panel.ask(question);
        QVERIFY(!question.logits);
        workspace.setSnapshot(tiny::snapshot());
        QTest::qWait(50);
        QCOMPARE(shown.size(), 0);
        panel.show();
        wait(shown, 1);
        panel.ask(question);
        QVERIFY(question.logits);
    }

    void numbersThatAreNone()
    {
        Workspace workspace;
        WeightsPanel panel(&workspace);
        QSignalSpy shown(&panel, &WeightsPanel::shown);
        panel.show();
        workspace.setSnapshot(later(*tiny::snapshot(), std::numeric_limits<float>::quiet_NaN()));
        wait(shown, 1);
        QVERIFY(panel.summary().contains(QStringLiteral("not finite")));
        panel.grab();
    }
};

QTEST_MAIN(WeightsPanelTest)
#include "weights_panel_test.moc"
