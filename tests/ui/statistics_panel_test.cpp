// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/measuring_data.h"
#include "core/inspect/position_loss.h"
#include "core/inspect/statistics.h"
#include "core/model/interventions.h"
#include "core/runs/run.h"
#include "core/runs/session.h"
#include "tests/support/tiny.h"
#include "ui/models/workspace.h"
#include "ui/panels/inside/statistics_panel.h"
#include "ui/plots/number_text.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace samout;

namespace {

/// A training of a few steps, stored as a run.
struct Trained {
    QTemporaryDir folder;
    TrainingFacts facts;
    std::shared_ptr<const Snapshot> snapshot;
};

const Trained &trained()
{
    static const auto made = [] {
        auto all = std::make_unique<Trained>();
        std::atomic<bool> over = false;
        Session session([&](TrainingEvent event) {
            if (auto *facts = std::get_if<TrainingFacts>(&event))
                all->facts = std::move(*facts);
            if (const auto *change = std::get_if<StatusChange>(&event))
                over = !isActive(change->status);
        });
        session.send(StartTraining{.options = tiny::training(12),
                                   .plan = {.folder = all->folder.filePath("run").toStdString()}});
        while (!over)
            QTest::qWait(5);
        const Run run(all->facts.run);
        all->snapshot = run.snapshot(run.snapshots().back().step);
        return all;
    }();
    return *made;
}

void give(Workspace &workspace)
{
    workspace.setTraining(trained().facts);
    workspace.setSnapshot(trained().snapshot);
}

/// The y of every point by curve name, as copied.
QMap<QString, QList<double>> curvesOf(const StatisticsPanel &panel)
{
    QMap<QString, QList<double>> curves;
    for (const QString &line : panel.table().split(QLatin1Char('\n'), Qt::SkipEmptyParts).mid(1))
        curves[line.section(QLatin1Char('\t'), 0, 0)] << line.section(QLatin1Char('\t'), 2, 2).toDouble();
    return curves;
}

void measureWith(StatisticsPanel &panel)
{
    QSignalSpy measured(&panel, &MeasuringPanel::measured);
    panel.measure();
    QTRY_COMPARE_WITH_TIMEOUT(measured.size(), 1, 120'000);
    QVERIFY(!panel.isEmpty());
}

bool near(double a, double b) { return std::abs(a - b) < 1e-6 * std::max(1.0, std::abs(b)); }

} // namespace

/// The statistics panel: it shows the numbers of core as curves.
class StatisticsPanelTest : public QObject {
    Q_OBJECT

private slots:
    void drawsTheLayersHeads()
    {
        Workspace workspace;
        StatisticsPanel panel(&workspace);
        panel.setTokens(500);
        QVERIFY(panel.isEmpty());
        give(workspace);
        measureWith(panel);
        const Batch batch = measuringData(*trained().facts.data, 500).batch;
        const auto statistics = measureStatistics(trained().snapshot, batch, 12);
        for (int layer = 0; layer < 2; ++layer) {
            workspace.setLayer(layer);
            const auto &heads = statistics->layers[static_cast<std::size_t>(layer)].heads;
            panel.setView(StatisticsPanel::View::Changes);
            auto curves = curvesOf(panel);
            QCOMPARE(curves.size(), 3 + 1);
            QVERIFY(near(curves["1/(t+1)"][3], 100.0 / 5));
            for (int head = 0; head < 3; ++head)
                for (int t = 1; t < static_cast<int>(batch.time); ++t)
                    if (const double share = heads[static_cast<std::size_t>(head)].changes[static_cast<std::size_t>(t)];
                        share > 0)
                        QVERIFY(near(curves[QStringLiteral("head %1").arg(head)].takeFirst(), 100 * share));
            panel.setView(StatisticsPanel::View::Ages);
            curves = curvesOf(panel);
            QVERIFY(near(curves["head 1"][2], 100 * heads[1].ages[2]));
        }
        panel.setView(StatisticsPanel::View::Influence);
        const auto curves = curvesOf(panel);
        QVERIFY(near(curves["influence"][0], statistics->influence[1]));
        QVERIFY(panel.note().contains(shortNumber(statistics->memoryLength)));
        panel.setView(StatisticsPanel::View::Layers);
        QVERIFY(panel.table().contains(exactNumber(statistics->layers[1].normSize)));
    }

    void drawsTheLossByPosition()
    {
        Workspace workspace;
        StatisticsPanel panel(&workspace);
        panel.setView(StatisticsPanel::View::Positions);
        give(workspace);
        measureWith(panel);
        const auto curves = curvesOf(panel);
        QCOMPARE(curves.size(), 3); // carried, cleared, anew
        const auto length = trained().facts.data->sequenceLength() - 1;
        QCOMPARE(curves["carried"].size(), 4 * length);
        QVERIFY(std::isfinite(curves["carried"].last()));
    }

    void drawsTheRunsSnapshots()
    {
        Workspace workspace;
        StatisticsPanel panel(&workspace);
        give(workspace);
        panel.setView(StatisticsPanel::View::RunAges);
        QSignalSpy progress(panel.job(), &Job::progressed);
        measureWith(panel);
        const Run run(trained().facts.run);
        // The progress also moves within a snapshot.
        QVERIFY(std::ranges::any_of(progress, [&run](const QList<QVariant> &told) {
            const double snapshots = told[0].toDouble() * static_cast<double>(run.snapshots().size());
            return std::abs(snapshots - std::round(snapshots)) > 0.01;
        }));
        const auto curves = curvesOf(panel);
        QCOMPARE(curves["layer 0"].size(), static_cast<qsizetype>(run.snapshots().size()));
        const auto last = measureStatistics(trained().snapshot, measuringData(*trained().facts.data, 10'000).batch, 12);
        QVERIFY(last->tokens >= 10'000);
        QVERIFY(panel.note().contains(QLocale().toString(static_cast<qlonglong>(last->tokens))));
        double mean = 0;
        for (const HeadStatistics &head : last->layers[0].heads)
            mean += head.meanAge / 3;
        QVERIFY(near(curves["layer 0"].last(), mean));
        // Then each head.
        QCOMPARE(panel.headChooser()->count(), 1 + 3);
        for (int head = 0; head < 3; ++head) {
            panel.headChooser()->setCurrentIndex(1 + head);
            const auto at = static_cast<std::size_t>(head);
            panel.setView(StatisticsPanel::View::RunAges);
            QVERIFY(near(curvesOf(panel)["layer 1"].last(), last->layers[1].heads[at].meanAge));
            panel.setView(StatisticsPanel::View::RunChanges);
            QVERIFY(near(curvesOf(panel)["layer 1"].last(), last->layers[1].heads[at].changesBesideChance));
        }
        panel.setView(StatisticsPanel::View::RunNorms);
        QVERIFY(near(curvesOf(panel)["layer 1"].last(), last->layers[1].normSize));
        panel.setView(StatisticsPanel::View::RunSizes);
        QVERIFY(near(curvesOf(panel)["layer 1"].last(), last->layers[1].residualSize));
        panel.setView(StatisticsPanel::View::RunMemory);
        QVERIFY(near(curvesOf(panel)["memory"].last(), last->memoryLength));
        panel.setView(StatisticsPanel::View::RunGates);
        QVERIFY(near(curvesOf(panel)["layer 0"].last(), 100 * last->layers[0].neverOpen));
        // The curves over the run are as trained, whatever the interventions, and the remark says so.
        QVERIFY(panel.remark().isEmpty());
        workspace.setInterventions({.silencedHeads = {{.layer = 0, .head = 1}}});
        QVERIFY(panel.mark().isEmpty());
        QVERIFY(panel.remark().contains(QStringLiteral("measured as trained")));
        workspace.setSide(Side::AsTrained);
        QVERIFY(panel.remark().isEmpty());
    }

    void measuresOverTenThousandTokens()
    {
        Workspace workspace;
        StatisticsPanel panel(&workspace);
        give(workspace);
        measureWith(panel);
        const Batch batch = measuringData(*trained().facts.data, 10'000).batch;
        std::int64_t tokens = 0;
        for (std::int64_t row = 0; row < batch.count; ++row)
            tokens += batch.rowLength(row);
        QVERIFY(tokens >= 10'000);
        const QString count = QLocale().toString(static_cast<qlonglong>(tokens)) + QStringLiteral(" tokens");
        QVERIFY2(panel.note().contains(count), qPrintable(panel.note()));
        const auto now = measureStatistics(trained().snapshot, batch, 12);
        QCOMPARE(now->tokens, tokens);
        panel.setView(StatisticsPanel::View::Ages);
        for (int head = 0; head < 3; ++head) {
            const QList<double> ages = curvesOf(panel).value(QStringLiteral("head %1").arg(head));
            QVERIFY(ages.size() > 10);
            for (qsizetype age = 0; age < ages.size(); ++age)
                QVERIFY(near(
                    ages[age],
                    100 * now->layers[0].heads[static_cast<std::size_t>(head)].ages[static_cast<std::size_t>(age)]));
        }

        // For a run, every snapshot is measured.
        panel.setView(StatisticsPanel::View::RunAges);
        measureWith(panel);
        QVERIFY2(panel.note().contains(QStringLiteral("each over ") + count), qPrintable(panel.note()));
        const Run run(trained().facts.run);
        const auto snapshots = run.snapshots();
        QVERIFY(snapshots.size() > 1);
        std::vector<std::shared_ptr<const StateStatistics>> all;
        for (const StoredFile &stored : snapshots)
            all.push_back(measureStatistics(run.snapshot(stored.step), batch, 12));
        using View = StatisticsPanel::View;
        const auto ofHeads = [](const LayerStatistics &layer, double HeadStatistics::*number) {
            double sum = 0;
            for (const HeadStatistics &head : layer.heads)
                sum += head.*number;
            return sum / 3;
        };
        for (const View view :
             {View::RunChanges, View::RunAges, View::RunMemory, View::RunGates, View::RunSizes, View::RunNorms}) {
            panel.setView(view);
            const auto curves = curvesOf(panel);
            QCOMPARE(curves.size(), view == View::RunMemory ? 1 : 2);
            for (std::size_t layer = 0; layer < static_cast<std::size_t>(curves.size()); ++layer) {
                const QList<double> curve = curves.values()[static_cast<qsizetype>(layer)];
                QCOMPARE(curve.size(), std::ssize(all));
                for (std::size_t i = 0; i < all.size(); ++i) {
                    const LayerStatistics &of = all[i]->layers[layer];
                    const double wanted = view == View::RunChanges  ? ofHeads(of, &HeadStatistics::changesBesideChance)
                                          : view == View::RunAges   ? ofHeads(of, &HeadStatistics::meanAge)
                                          : view == View::RunMemory ? all[i]->memoryLength
                                          : view == View::RunGates  ? 100 * of.neverOpen
                                          : view == View::RunSizes  ? of.residualSize
                                                                    : of.normSize;
                    QVERIFY(near(curve[static_cast<qsizetype>(i)], wanted));
                }
            }
        }
    }

    void drawsTheSideThatIsChosen()
    {
        Workspace workspace;
        StatisticsPanel panel(&workspace);
        panel.setTokens(500);
        give(workspace);
        const Interventions change{.silencedMixers = {0}, .alphas = {{.layer = 1, .value = 0.1F}}};
        workspace.setInterventions(change);
        workspace.setLayer(1);
        const Batch batch = measuringData(*trained().facts.data, 500).batch;
        const auto before = measureStatistics(trained().snapshot, batch, 12);
        const auto after = measureStatistics(changedWeights(trained().snapshot, change), batch, 12);
        const LayerStatistics &one = before->layers[1], &other = after->layers[1];
        QVERIFY(!near(one.heads[1].ages[2], other.heads[1].ages[2]));
        struct Case {
            Side side;
            QString mark;
            double age, influence, norm;
        };
        const Case cases[] = {{Side::AsTrained, QString(), one.heads[1].ages[2], before->influence[1], one.normSize},
                              {Side::AsChanged, QStringLiteral("as changed"), other.heads[1].ages[2],
                               after->influence[1], other.normSize},
                              {Side::Difference, QStringLiteral("difference"),
                               other.heads[1].ages[2] - one.heads[1].ages[2],
                               after->influence[1] - before->influence[1], other.normSize - one.normSize}};
        for (const Case &now : cases) {
            workspace.setSide(now.side);
            panel.setView(StatisticsPanel::View::Ages);
            measureWith(panel);
            QCOMPARE(panel.mark(), now.mark);
            QVERIFY(panel.remark().isEmpty());
            QVERIFY(near(curvesOf(panel)["head 1"][2], 100 * now.age));
            panel.setView(StatisticsPanel::View::Influence);
            QVERIFY(near(curvesOf(panel)["influence"][0], now.influence));
            panel.setView(StatisticsPanel::View::Layers);
            QVERIFY(
                near(panel.table().split(QLatin1Char('\n'))[2].section(QLatin1Char('\t'), 2, 2).toDouble(), now.norm));
        }
        panel.setView(StatisticsPanel::View::Changes);
        const auto changes = curvesOf(panel);
        QCOMPARE(changes.size(), 3); // the curve of chance has no difference
        QVERIFY(near(changes["head 2"][4], 100 * (other.heads[2].changes[5] - one.heads[2].changes[5])));
        panel.setView(StatisticsPanel::View::Positions);
        measureWith(panel);
        const auto differing = curvesOf(panel);
        QCOMPARE(differing.size(), 3);
        QVERIFY(std::isfinite(differing["carried"].last()) && differing["carried"].last() < 2);
        // The numbers on screen stay, and a remark names their network.
        workspace.setSide(Side::AsTrained);
        QCOMPARE(panel.mark(), QStringLiteral("difference"));
        QVERIFY(panel.remark().contains(QStringLiteral("as changed minus as trained")));
    }

    void saysWhatIsMissing()
    {
        Workspace workspace;
        StatisticsPanel panel(&workspace);
        panel.measure();
        QVERIFY(panel.note().contains(QStringLiteral("press Start")));
        give(workspace);
        TrainingFacts facts = trained().facts;
        facts.run.clear();
        workspace.setTraining(facts);
        QVERIFY(panel.isEmpty() && panel.note().isEmpty());
        panel.setView(StatisticsPanel::View::RunGates);
        panel.measure();
        QVERIFY(panel.note().contains(QStringLiteral("not kept")));
        QVERIFY(panel.isEmpty());
    }
};

QTEST_MAIN(StatisticsPanelTest)
#include "statistics_panel_test.moc"
