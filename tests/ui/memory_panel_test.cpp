// SPDX-License-Identifier: GPL-3.0-only
#include "core/inspect/influence.h"
#include "core/inspect/winner_map.h"
#include "tests/support/examined.h"
#include "ui/models/workspace.h"
#include "ui/panels/inside/memory_panel.h"
#include "ui/plots/heatmap.h"
#include "ui/widgets/token_view.h"

#include <QLabel>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace samout;

namespace {

/// Checks that a map shows the grid.
void compareMap(const Heatmap &map, const Grid &grid)
{
    QCOMPARE(map.rows(), grid.rows);
    QCOMPARE(map.cols(), grid.cols);
    for (int row = 0; row < grid.rows; ++row)
        for (int col = 0; col < grid.cols; ++col)
            QCOMPARE(map.value(row, col), grid.at(row, col));
}

Interventions anEdit()
{
    Interventions interventions;
    interventions.states = {{.layer = 1, .position = 3, .channel = 0, .values = {50, 50}}};
    return interventions;
}

} // namespace

/// The memory panel: it shows the shares and influence of core, and a row shades the text.
class MemoryPanelTest : public QObject {
    Q_OBJECT

private slots:
    void showsTheWinnerMaps();
    void editedHasAColumn();
    void differenceIsMinusTrained();
    void influenceIsMeasuredWhenAsked();
    void influenceIsMeasuredByItselfWhileNothingTrains();
    void aRowShadesTheText();
    void hoverReadsOut();
    void oddTextsAndWeights();
    void aThinnedTextHasMapsAndNoInfluence();
    void hiddenWishesNothing();
};

void MemoryPanelTest::showsTheWinnerMaps()
{
    Workspace workspace;
    MemoryPanel panel(&workspace);
    panel.setMeasuring(false);
    panel.resize(600, 320);
    panel.show();
    QVERIFY(panel.isEmpty());
    workspace.setLayer(1);
    const auto answer = examined(panel, tiny::snapshot());
    panel.setExamination(answer);
    QVERIFY(!panel.isEmpty());
    QCOMPARE(panel.maps().size(), 4u);
    const auto maps = winnerMaps(*answer->findWinners(1), 12, 3, false);
    for (std::size_t head = 0; head < 3; ++head)
        compareMap(*panel.maps()[head], maps[head]);
    QVERIFY(!panel.hasInfluence());
    QVERIFY(panel.table().contains(QStringLiteral("layer 1 head 0\t0\t0\t1\n")));
    // There is no answer for another layer yet, so the picture stays.
    workspace.setLayer(0);
    panel.setExamination(answer);
    compareMap(*panel.maps()[0], maps[0]);
}

void MemoryPanelTest::editedHasAColumn()
{
    Workspace workspace;
    MemoryPanel panel(&workspace);
    panel.setMeasuring(false);
    panel.show();
    workspace.setLayer(1);
    const auto answer = examined(panel, tiny::snapshot(), "the quick fox\n", anEdit());
    panel.take(answer);
    compareMap(*panel.maps()[0], winnerMaps(*answer->findWinners(1), 12, 3, true)[0]);
    QCOMPARE(panel.maps()[0]->value(5, 0), 0.5F);
    QVERIFY(panel.maps()[0]->cols() == panel.maps()[0]->rows() + 1);
    QCOMPARE(panel.note(), QString("as changed"));
}

void MemoryPanelTest::differenceIsMinusTrained()
{
    Workspace workspace;
    MemoryPanel panel(&workspace);
    panel.setMeasuring(false);
    panel.show();
    workspace.setLayer(1);
    const auto answer = examined(panel, tiny::snapshot(), "the quick fox\n", anEdit(), true);
    panel.setExamination(answer);
    Grid expected = winnerMaps(*answer->findWinners(1), 12, 3, true)[0];
    const Grid trained = winnerMaps(*answer->trained->findWinners(1), 12, 3, true)[0];
    for (std::size_t i = 0; i < expected.values.size(); ++i)
        expected.values[i] -= trained.values[i];
    compareMap(*panel.maps()[0], expected);

    QSignalSpy measured(&panel, &MemoryPanel::measured);
    panel.measure();
    QVERIFY(measured.wait(20000));
    Grid change = *influence(answer->snapshot, answer->tokens, anEdit());
    const Grid before = *influence(answer->snapshot, answer->tokens);
    for (std::size_t i = 0; i < change.values.size(); ++i)
        change.values[i] -= before.values[i];
    compareMap(*panel.maps().back(), change);
}

void MemoryPanelTest::influenceIsMeasuredWhenAsked()
{
    Workspace workspace;
    MemoryPanel panel(&workspace);
    panel.setMeasuring(false);
    panel.show();
    const auto answer = examined(panel, tiny::snapshot());
    panel.setExamination(answer);
    QSignalSpy measured(&panel, &MemoryPanel::measured);
    QVERIFY(!measured.wait(200));
    for (QToolButton *button : panel.findChildren<QToolButton *>())
        if (button->text() == "Measure influence")
            button->click();
    QVERIFY(measured.wait(20000));
    compareMap(*panel.maps().back(), *influence(answer->snapshot, answer->tokens));
    // Newer weights keep the picture, another text does not.
    panel.setExamination(examined(panel, tiny::snapshot()));
    QVERIFY(panel.hasInfluence());
    panel.setExamination(examined(panel, tiny::snapshot(), "the fox\n"));
    QVERIFY(!panel.hasInfluence());
}

void MemoryPanelTest::influenceIsMeasuredByItselfWhileNothingTrains()
{
    Workspace workspace;
    MemoryPanel panel(&workspace);
    panel.setMeasuring(false);
    panel.show();
    panel.setExamination(examined(panel, tiny::snapshot()));
    QSignalSpy measured(&panel, &MemoryPanel::measured);
    panel.setMeasuring(true);
    QVERIFY(measured.wait(20000));
    panel.setExamination(examined(panel, tiny::snapshot(), "the fox\n"));
    QVERIFY(measured.wait(20000));
    QVERIFY(panel.hasInfluence());
}

void MemoryPanelTest::aRowShadesTheText()
{
    Workspace workspace;
    MemoryPanel panel(&workspace);
    panel.setMeasuring(false);
    panel.resize(600, 320);
    panel.show();
    const auto answer = examined(panel, tiny::snapshot());
    panel.setExamination(answer);
    emit panel.maps()[1]->clicked(6, 2);
    QCOMPARE(panel.text()->selected(), 6);
    QCOMPARE(panel.text()->count(), static_cast<int>(answer->tokens.size()));
    const Grid map = winnerMaps(*answer->findWinners(0), 12, 3, false)[1];
    float most = 0;
    for (int j = 0; j <= 6; ++j)
        most = std::max(most, map.at(6, j));
    for (int j = 0; j < panel.text()->count(); ++j) {
        const QColor ground = panel.text()->token(j).ground;
        QCOMPARE(ground.isValid(), j <= 6);
        if (j <= 6)
            QCOMPARE(ground.rgb(), TokenView::ground(map.at(6, j) / most).rgb());
    }
    // The shared cursor moves the row; so does a click in the text.
    workspace.setCursor(3, -1);
    QCOMPARE(panel.text()->selected(), 3);
    workspace.setCursor(-1, -1);
    QCOMPARE(panel.text()->selected(), 6);
    emit panel.text()->clicked(8);
    QCOMPARE(workspace.cursorToken(), 8);
    QCOMPARE(panel.text()->selected(), 8);
}

void MemoryPanelTest::hoverReadsOut()
{
    Workspace workspace;
    MemoryPanel panel(&workspace);
    panel.setMeasuring(false);
    panel.show();
    panel.setExamination(examined(panel, tiny::snapshot()));
    QSignalSpy readout(&workspace, &Workspace::readout);
    emit panel.maps()[2]->hovered(0, 0);
    QCOMPARE(readout.last().first().toString(), "layer 0, head 2, at “t” (0): a share of 1 is held since “t” (0)");
    QCOMPARE(workspace.cursorToken(), 0);
    // Right of the diagonal there is nothing.
    emit panel.maps()[2]->hovered(0, 4);
    QCOMPARE(readout.last().first().toString(), QString());
    emit panel.maps()[2]->hovered(-1, -1);
    QCOMPARE(workspace.cursorToken(), -1);
}

void MemoryPanelTest::oddTextsAndWeights()
{
    const auto good = tiny::snapshot();
    Workspace workspace;
    MemoryPanel panel(&workspace);
    panel.resize(400, 240);
    panel.show();
    QSignalSpy measured(&panel, &MemoryPanel::measured);
    panel.setExamination(examined(panel, good, "t"));
    QVERIFY(measured.wait(20000));
    std::vector<float> weights(good->weights().begin(), good->weights().end());
    std::ranges::fill(weights, std::numeric_limits<float>::quiet_NaN());
    panel.setExamination(examined(
        panel, std::make_shared<const Snapshot>(good->config(), good->vocabulary(), 0, std::move(weights)), "the fox"));
    QVERIFY(measured.wait(20000));
    QVERIFY(std::isnan(panel.maps().back()->value(3, 0)));
    ModelConfig config = good->config();
    config.vocabSize = 16;
    panel.setExamination(examined(
        panel,
        std::make_shared<const Snapshot>(config, Vocabulary::ofNumbers(16), 0,
                                         std::vector<float>(static_cast<std::size_t>(arenaSize(config)), 0.1F)),
        "4 5 6 4"));
    QVERIFY(measured.wait(20000));
    QCOMPARE(panel.text()->token(1).text, "5 ");
    panel.grab();
}

void MemoryPanelTest::aThinnedTextHasMapsAndNoInfluence()
{
    Workspace workspace;
    MemoryPanel panel(&workspace);
    panel.resize(600, 320);
    panel.show();
    QVERIFY(panel.showsThinned());
    QSignalSpy measured(&panel, &MemoryPanel::measured);
    panel.setExamination(examined(panel));
    QVERIFY(measured.wait(20000));
    QToolButton *measure = nullptr;
    for (QToolButton *button : panel.findChildren<QToolButton *>())
        if (button->text() == "Measure influence")
            measure = button;
    QVERIFY(measure->isEnabled());

    const auto answer = examined(panel, tiny::snapshot(), "the quick fox\n", {}, false, 5);
    QCOMPARE(answer->every, 3);
    panel.setExamination(answer);
    const auto maps = winnerMaps(*answer->findWinners(0), 12, 3, false);
    for (std::size_t head = 0; head < 3; ++head) {
        compareMap(*panel.maps()[head], maps[head]);
        for (int row = 0; row < 5; ++row) {
            float sum = 0;
            for (int col = 0; col <= row; ++col)
                sum += maps[head].at(row, col);
            QVERIFY(std::abs(sum - 1) < 1e-6F);
        }
    }
    // The influence of the previous text is gone, and the few kept tokens are not measured.
    QVERIFY(!panel.hasInfluence() && !measure->isEnabled());
    panel.measure();
    QVERIFY(!measured.wait(200));
    QCOMPARE(panel.text()->count(), 5);
    emit panel.maps()[0]->clicked(4, 0);
    QVERIFY(std::ranges::any_of(panel.findChildren<QLabel *>(), [](const QLabel *label) {
        return label->text().contains("“x” (12)") && label->text().contains("One token of every 3 is shown.");
    }));
    QSignalSpy readout(&workspace, &Workspace::readout);
    emit panel.maps()[0]->hovered(4, 2);
    const QString space = QString::fromStdString(answer->snapshot->vocabulary().label(answer->tokens[1]));
    QVERIFY2(readout.last().first().toString().endsWith(
                 QStringLiteral("is held since a token after “%1” (3), up to “i” (6)").arg(space)),
             qPrintable(readout.last().first().toString()));
    QVERIFY(panel.table().contains(QStringLiteral("layer 0 head 0\t12\t6\t")));
    panel.grab();
    panel.setExamination(examined(panel));
    QVERIFY(measure->isEnabled());
}

void MemoryPanelTest::hiddenWishesNothing()
{
    Workspace workspace;
    MemoryPanel panel(&workspace);
    Question question;
    panel.ask(question);
    QVERIFY(!question.winners && question.layers.empty());
    Question asked{.snapshot = tiny::snapshot(), .tokens = {4, 5}, .layers = {0}, .winners = true};
    panel.setExamination(examine(asked));
    QVERIFY(panel.maps().empty());
    panel.show();
    QCOMPARE(panel.maps().size(), 4u);
}

QTEST_MAIN(MemoryPanelTest)
#include "memory_panel_test.moc"
