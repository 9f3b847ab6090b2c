// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/measuring_data.h"
#include "core/model/interventions.h"
#include "core/train/options.h"
#include "tests/support/tiny.h"
#include "ui/models/workspace.h"
#include "ui/panels/inside/effects_panel.h"
#include "ui/widgets/effect_grid.h"
#include "ui/widgets/layer_bars.h"

#include <QSignalSpy>
#include <QTreeWidget>
#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace samout;

namespace {

std::shared_ptr<const Dataset> sentences()
{
    static const auto data = openDataset(tiny::training().data);
    return data;
}

/// A network with random weights over the sentences' characters.
std::shared_ptr<const Snapshot> reader(float scale = 1)
{
    ModelConfig config;
    config.vocabSize = sentences()->vocabulary().size();
    config.hiddenSize = 12;
    config.numHeads = 3;
    config.numLayers = 2;
    std::vector<float> weights(static_cast<std::size_t>(arenaSize(config)));
    RandomStream random(3, Purpose::InitialWeights, 0);
    for (const Parameter &parameter : parameterLayout(config))
        for (std::int64_t i = 0; i < parameter.count(); ++i)
            weights[static_cast<std::size_t>(parameter.offset + i)] =
                scale * static_cast<float>(random.uniform() - 0.5);
    return std::make_shared<const Snapshot>(config, sentences()->vocabulary(), 7, std::move(weights));
}

void give(Workspace &workspace, std::shared_ptr<const Snapshot> snapshot, const char *run = "")
{
    TrainingFacts facts;
    facts.run = run;
    facts.config = snapshot->config();
    facts.data = sentences();
    workspace.setTraining(facts);
    workspace.setSnapshot(std::move(snapshot));
}

void measureWith(EffectsPanel &panel)
{
    QSignalSpy measured(&panel, &MeasuringPanel::measured);
    panel.measure();
    QTRY_COMPARE_WITH_TIMEOUT(measured.size(), 1, 60'000);
    QVERIFY(!panel.isEmpty());
}

} // namespace

/// The effects panel: it shows the numbers of core, and clicks choose.
class EffectsPanelTest : public QObject {
    Q_OBJECT

private slots:
    void showsTheTableAndChoosesALayer()
    {
        const auto snapshot = reader();
        Workspace workspace;
        EffectsPanel panel(&workspace);
        panel.setTokens(600);
        panel.resize(700, 400);
        QVERIFY(panel.isEmpty());
        give(workspace, snapshot);
        measureWith(panel);
        const auto table = measureEffects(*snapshot, measuringData(*sentences(), 600).batch);
        EffectGrid *grid = panel.grid();
        QCOMPARE(grid->rows(), 2);
        QCOMPARE(grid->cols(), 3 + 3);
        const auto same = [](double a, double b) { return std::abs(a - b) < 1e-6; };
        for (int layer = 0; layer < 2; ++layer) {
            const auto at = static_cast<std::size_t>(layer);
            for (int head = 0; head < 3; ++head)
                QVERIFY(same(grid->effect(layer, head).rise, table->heads[at][static_cast<std::size_t>(head)].rise));
            QVERIFY(same(grid->effect(layer, 3).rise, table->mixers[at].rise));
            QVERIFY(same(grid->effect(layer, 4).rise, table->feedForwards[at].rise));
            QVERIFY(same(grid->effect(layer, 5).rise, table->groupMean(layer)));
            QVERIFY(same(grid->effect(layer, 5).error, table->groupSpread(layer)));
        }
        QVERIFY(panel.note().contains(QStringLiteral("Step 7")));
        QCOMPARE(panel.table().count(QLatin1Char('\n')), 1 + 2 * 6);

        panel.show();
        QVERIFY(QTest::qWaitForWindowExposed(&panel));
        QSignalSpy readout(&workspace, &Workspace::readout);
        const QPoint cell = grid->cellRect(1, 2).center().toPoint();
        QTest::mouseMove(grid, cell);
        QTRY_VERIFY(!readout.isEmpty());
        QVERIFY(readout.last()[0].toString().contains(QStringLiteral("layer 1 without head 2")));
        QTest::mouseClick(grid, Qt::LeftButton, {}, cell);
        QCOMPARE(workspace.layer(), 1);
    }

    void measuresTheNetworkAsChanged()
    {
        const auto snapshot = reader();
        Workspace workspace;
        EffectsPanel panel(&workspace);
        panel.setTokens(300);
        give(workspace, snapshot);
        const Interventions change{.alphas = {{.layer = 1, .value = 0.1F}}};
        workspace.setInterventions(change);
        measureWith(panel);
        const auto table = measureEffects(*changedWeights(snapshot, change), measuringData(*sentences(), 300).batch);
        QVERIFY(std::abs(panel.grid()->effect(0, 0).rise - table->heads[0][0].rise) < 1e-6);
    }

    void showsTheDifference()
    {
        const auto snapshot = reader();
        Workspace workspace;
        EffectsPanel panel(&workspace);
        panel.setTokens(1200);
        give(workspace, snapshot);
        const Interventions change{.silencedHeads = {{.layer = 0, .head = 1}}, .alphas = {{.layer = 1, .value = 0.1F}}};
        workspace.setInterventions(change);
        workspace.setSide(Side::AsTrained);
        workspace.setLayer(1);
        measureWith(panel);
        QVERIFY(panel.mark().isEmpty());
        const Batch batch = measuringData(*sentences(), 1200).batch;
        const auto changed = changedWeights(snapshot, change);
        const auto before = measureEffects(*snapshot, batch), after = measureEffects(*changed, batch);
        const auto same = [](double a, double b) { return std::abs(a - b) < 1e-6; };
        QVERIFY(same(panel.grid()->effect(1, 0).rise, before->heads[1][0].rise));
        workspace.setSide(Side::Difference);
        measureWith(panel);
        QCOMPARE(panel.mark(), QStringLiteral("difference"));
        for (std::size_t layer = 0; layer < 2; ++layer) {
            const auto row = static_cast<int>(layer);
            for (std::size_t head = 0; head < 3; ++head) {
                const Effect shown = panel.grid()->effect(row, static_cast<int>(head));
                QVERIFY(same(shown.rise, after->heads[layer][head].rise - before->heads[layer][head].rise));
                QVERIFY(
                    same(shown.error, std::hypot(after->heads[layer][head].error, before->heads[layer][head].error)));
            }
            QVERIFY(same(panel.grid()->effect(row, 3).rise, after->mixers[layer].rise - before->mixers[layer].rise));
            QVERIFY(same(panel.grid()->effect(row, 5).rise, after->groupMean(row) - before->groupMean(row)));
        }
        // Silencing a part again has no effect.
        QVERIFY(same(panel.grid()->effect(0, 1).rise, -before->heads[0][1].rise));
        QVERIFY(panel.table().contains(QStringLiteral("difference of rise")));

        panel.setView(EffectsPanel::View::Channels);
        QVERIFY(panel.isEmpty() && panel.mark().isEmpty());
        measureWith(panel);
        QCOMPARE(panel.mark(), QStringLiteral("difference"));
        const Batch fewer = measuringData(*sentences(), 300).batch;
        const auto all = measureChannels(*changed, fewer, 1), trained = measureChannels(*snapshot, fewer, 1);
        double above = INFINITY;
        for (const QString &line : panel.table().split(QLatin1Char('\n'), Qt::SkipEmptyParts).mid(1)) {
            const int channel = line.section(QLatin1Char('\t'), 0, 0).toInt();
            const double rise = line.section(QLatin1Char('\t'), 1, 1).toDouble();
            const auto riseIn = [channel](const std::vector<ChannelEffect> &effects) {
                return std::ranges::find(effects, channel, &ChannelEffect::channel)->effect.rise;
            };
            QVERIFY(same(rise, riseIn(all) - riseIn(trained)));
            QVERIFY(rise <= above);
            above = rise;
        }

        panel.setView(EffectsPanel::View::Patching);
        panel.setWord(LabelledWord::Animal);
        measureWith(panel);
        const auto pairs = labelledPairs(LabelledWord::Animal, 200);
        const double moved =
            patchPairs(*changed, pairs)->layers[1].moved - patchPairs(*snapshot, pairs)->layers[1].moved;
        QVERIFY(std::abs(panel.patchBars()->values()[1] - 100 * moved) < 1e-3);
        QVERIFY(panel.patchBars()->low() <= std::min(0.0, 100 * moved));
        panel.resize(500, 300);
        panel.grab();
    }

    void saysWhereAnotherNetworkIsShown()
    {
        const auto snapshot = reader();
        Workspace workspace;
        EffectsPanel panel(&workspace);
        panel.setTokens(100);
        give(workspace, snapshot, "one");
        measureWith(panel);
        QVERIFY(panel.remark().isEmpty());
        const QString note = panel.note();
        // Another side, and back.
        workspace.setInterventions({.silencedMixers = {1}});
        QVERIFY(panel.remark().contains(QStringLiteral("step 7 of “one” as trained")));
        QVERIFY(panel.remark().contains(QStringLiteral("Measure")));
        QVERIFY(panel.mark().isEmpty());
        QCOMPARE(panel.note(), note);
        workspace.setSide(Side::AsTrained);
        QVERIFY(panel.remark().isEmpty());
        // Other weights, also of the same step; then the same weights, loaded again.
        workspace.setSnapshot(reader(2));
        QVERIFY(panel.remark().contains(QStringLiteral("step 7")));
        workspace.setSnapshot(reader());
        QVERIFY(panel.remark().isEmpty());
        workspace.setSide(Side::AsChanged);
        measureWith(panel);
        QCOMPARE(panel.mark(), QStringLiteral("as changed"));
        QVERIFY(panel.remark().isEmpty());
        workspace.setInterventions({});
        QVERIFY(panel.remark().contains(QStringLiteral("as changed")));
        QVERIFY(!panel.isEmpty());
        // The run goes on; then another is shown.
        give(workspace, snapshot, "one");
        QVERIFY(!panel.isEmpty());
        give(workspace, snapshot, "two");
        QVERIFY(panel.isEmpty() && panel.mark().isEmpty() && panel.remark().isEmpty() && panel.note().isEmpty());
        QCOMPARE(panel.grid()->rows(), 0);
        // Numbers that come too late are not shown: neither from work that still goes on, nor from work that has just
        // ended.
        QSignalSpy measured(&panel, &MeasuringPanel::measured);
        for (const auto &[wait, run] : {std::pair(0, "three"), std::pair(500, "four")}) {
            panel.measure();
            QTest::qSleep(wait);
            give(workspace, snapshot, run);
            QTRY_VERIFY_WITH_TIMEOUT(!panel.busy(), 60'000);
            QVERIFY(panel.isEmpty() && measured.isEmpty());
        }
    }

    void whatIsChangedInOneTextDoesNotCount()
    {
        const auto snapshot = reader();
        Workspace workspace;
        EffectsPanel panel(&workspace);
        panel.setTokens(100);
        give(workspace, snapshot);
        workspace.setInterventions({.states = {{.layer = 0, .position = 2, .channel = 1, .values = {3}}}});
        measureWith(panel);
        QVERIFY(panel.mark().isEmpty());
        QVERIFY(panel.remark().startsWith(QStringLiteral("Set states and hidden tokens do not count")));
        const auto table = measureEffects(*snapshot, measuringData(*sentences(), 100).batch);
        QVERIFY(std::abs(panel.grid()->effect(0, 0).rise - table->heads[0][0].rise) < 1e-6);
        workspace.setInterventions({});
        QVERIFY(panel.remark().isEmpty());
        workspace.setInterventions({.hidden = {1}});
        QVERIFY(!panel.remark().isEmpty());
        workspace.setSide(Side::AsTrained);
        QVERIFY(panel.remark().isEmpty());
    }

    void theRemarkMovesNothing()
    {
        Workspace workspace;
        EffectsPanel panel(&workspace);
        panel.setTokens(100);
        panel.resize(420, 300);
        panel.show();
        give(workspace, reader());
        measureWith(panel);
        QCoreApplication::processEvents();
        const QRect before = panel.grid()->geometry();
        const QPoint place = panel.grid()->mapTo(&panel, QPoint());
        workspace.setInterventions({.silencedMixers = {1}, .hidden = {1}});
        QVERIFY(!panel.remark().isEmpty());
        QCoreApplication::processEvents();
        QCOMPARE(panel.grid()->geometry(), before);
        QCOMPARE(panel.grid()->mapTo(&panel, QPoint()), place);
    }

    void listsTheChannelsOfTheLayer()
    {
        const auto snapshot = reader();
        Workspace workspace;
        EffectsPanel panel(&workspace);
        panel.setTokens(1200);
        panel.setView(EffectsPanel::View::Channels);
        QVERIFY(panel.isEmpty());
        give(workspace, snapshot);
        workspace.setLayer(1);
        measureWith(panel);
        const auto channels = measureChannels(*snapshot, measuringData(*sentences(), 300).batch, 1);
        QCOMPARE(panel.channelList()->topLevelItemCount(), 12);
        for (int i = 0; i < 12; ++i)
            QCOMPARE(panel.channelList()->topLevelItem(i)->text(0).toInt(),
                     channels[static_cast<std::size_t>(i)].channel);
        workspace.setLayer(0);
        emit panel.channelList()->itemClicked(panel.channelList()->topLevelItem(3), 0);
        QCOMPARE(workspace.layer(), 1);
        QCOMPARE(workspace.cursorChannel(), channels[3].channel);
    }

    void showsWhichLayerCarriesTheWord()
    {
        const auto snapshot = reader();
        Workspace workspace;
        EffectsPanel panel(&workspace);
        panel.setView(EffectsPanel::View::Patching);
        panel.setWord(LabelledWord::Animal);
        give(workspace, snapshot);
        measureWith(panel);
        const auto table = patchPairs(*snapshot, labelledPairs(LabelledWord::Animal, 200));
        QCOMPARE(panel.patchBars()->values().size(), 2);
        for (int layer = 0; layer < 2; ++layer)
            QVERIFY(std::abs(panel.patchBars()->values()[layer] -
                             100 * table->layers[static_cast<std::size_t>(layer)].moved) < 1e-3);

        // The read-out names the word that was measured, also after another word is chosen.
        QSignalSpy readout(&workspace, &Workspace::readout);
        const auto saysAll = [&](const QString &word) {
            emit panel.patchBars()->hovered(1);
            return panel.note().contains(word) && panel.table().contains(word) &&
                   readout.last().first().toString().contains(word);
        };
        const QString animal = QStringLiteral("animal"), thing = QStringLiteral("thing");
        QVERIFY(saysAll(animal) && !saysAll(thing));
        panel.setWord(LabelledWord::Thing);
        QVERIFY(saysAll(animal) && !saysAll(thing));
        measureWith(panel);
        QVERIFY(saysAll(thing) && !saysAll(animal));
    }

    void saysWhatIsMissing()
    {
        Workspace workspace;
        EffectsPanel panel(&workspace);
        panel.measure();
        QVERIFY(panel.note().contains(QStringLiteral("press Start")));
        workspace.setSnapshot(tiny::snapshot());
        panel.measure();
        QVERIFY(panel.note().contains(QStringLiteral("without data")));
        give(workspace, reader());
        workspace.setSnapshot(tiny::snapshot());
        panel.measure();
        QVERIFY(panel.note().contains(QStringLiteral("another vocabulary")));
        QVERIFY(panel.isEmpty() && !panel.busy());
    }

    void weightsOfNaNsAreTold()
    {
        Workspace workspace;
        EffectsPanel panel(&workspace);
        panel.setTokens(100);
        give(workspace, reader(std::nanf("")));
        for (const auto view : {EffectsPanel::View::Parts, EffectsPanel::View::Channels}) {
            panel.setView(view);
            panel.measure();
            QTRY_VERIFY_WITH_TIMEOUT(!panel.busy(), 60'000);
            QVERIFY2(panel.note().contains(QStringLiteral("not a number")), qPrintable(panel.note()));
            QVERIFY(panel.isEmpty());
        }
        panel.setView(EffectsPanel::View::Patching);
        measureWith(panel);
        panel.resize(500, 300);
        panel.grab();
    }
};

QTEST_MAIN(EffectsPanelTest)
#include "effects_panel_test.moc"
