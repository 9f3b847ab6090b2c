#include "core/inspect/measuring_data.h"
#include "core/inspect/position_loss.h"
#include "core/inspect/statistics.h"
#include "core/session.h"
#include "core/store/run.h"
#include "tests/support/tiny.h"
#include "ui/panels/statistics_panel.h"
#include "ui/plots/number_text.h"
#include "ui/workspace.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace samout;

namespace {

/// A training of a few steps, kept in a run.
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
        SessionEvents events;
        events.onPrepared = [&](const TrainingFacts &facts) { all->facts = facts; };
        events.onStatus = [&](SessionStatus status, const std::string &) {
            over = status == SessionStatus::Stopped || status == SessionStatus::Failed;
        };
        Session session(events);
        session.start(tiny::training(12), false, {.folder = all->folder.filePath("run").toStdString()});
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

/// What the statistics panel promises: the core's numbers as curves.
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
        measureWith(panel);
        const Run run(trained().facts.run);
        const auto curves = curvesOf(panel);
        QCOMPARE(curves["layer 1"].size(), static_cast<qsizetype>(run.snapshots().size()));
        const auto last = measureStatistics(trained().snapshot, measuringData(*trained().facts.data, 1500).batch, 2);
        double mean = 0;
        for (const HeadStatistics &head : last->layers[0].heads)
            mean += head.meanAge / 3;
        QVERIFY(near(curves["layer 1"].last(), mean));
        for (const auto view : {StatisticsPanel::View::RunChanges, StatisticsPanel::View::RunMemory,
                                StatisticsPanel::View::RunGates, StatisticsPanel::View::RunSizes}) {
            panel.setView(view);
            QVERIFY(!panel.isEmpty());
            QVERIFY(std::isfinite(curvesOf(panel).first().last()));
        }
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
        panel.setView(StatisticsPanel::View::RunGates);
        panel.measure();
        QVERIFY(panel.note().contains(QStringLiteral("not kept")));
        QVERIFY(panel.isEmpty());
    }
};

QTEST_MAIN(StatisticsPanelTest)
#include "statistics_panel_test.moc"
