// SPDX-License-Identifier: GPL-3.0-only
// Interventions: by click, slider and key, in the list and on disk, and in the panels.
#include "core/base/error.h"
#include "core/inspect/alpha_sweep.h"
#include "core/inspect/cell_effects.h"
#include "tests/support/tiny.h"
#include "ui/models/interventions_list.h"
#include "ui/models/workspace.h"
#include "ui/panels/change/alpha_sliders.h"
#include "ui/panels/change/changes_panel.h"
#include "ui/panels/change/state_transfer_form.h"
#include "ui/panels/inside/states_panel.h"
#include "ui/widgets/alpha_slider.h"
#include "ui/widgets/cell_effects_view.h"
#include "ui/widgets/message_strip.h"
#include "ui/widgets/quiet_line.h"
#include "ui/widgets/side_chooser.h"
#include "ui/widgets/silence_grid.h"
#include "ui/widgets/state_editor.h"
#include "ui/work/examiner.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QToolButton>
#include <QTreeWidget>
#include <QUndoStack>
#include <QtTest>

using namespace samout;

namespace {

const QString foxes = QStringLiteral("the quick brown fox");

/// Held-out data in the tiny network's vocabulary.
class Foxes : public Dataset {
public:
    explicit Foxes(const Snapshot &snapshot)
    {
        m_vocabulary = snapshot.vocabulary();
        m_sequenceLength = 19;
        m_heldOut = shiftedBatch({m_vocabulary.encode("the quick brown fox"), m_vocabulary.encode("fox the box")}, 3);
    }
    Batch trainingBatch(std::int64_t) const override { return heldOut(); }
};

/// A workspace with the tiny network and a text, its list and its panel.
struct Bench {
    Workspace workspace;
    InterventionsList list{&workspace};
    ChangesPanel panel{&workspace, &list};

    Bench()
    {
        workspace.setText(foxes);
        workspace.setSnapshot(tiny::snapshot());
        panel.resize(480, 420);
        panel.show();
    }

    Question question(Interventions interventions) const
    {
        Question question{.snapshot = workspace.snapshot(), .layers = {0, 1}, .sites = {Site::State}};
        question.tokens = workspace.snapshot()->vocabulary().encode(foxes.toStdString());
        question.interventions = std::move(interventions);
        return question;
    }
    /// The logits with the workspace's interventions, computed by the examiner.
    std::vector<float> logits() const
    {
        Examiner examiner;
        std::vector<float> numbers;
        bool failed = false;
        QObject::connect(&examiner, &Examiner::answered, &examiner,
                         [&](const std::shared_ptr<const Examination> &answer) { numbers = answer->logits.values; });
        QObject::connect(&examiner, &Examiner::failed, &examiner, [&] { failed = true; });
        examiner.ask(question(workspace.interventions()));
        (void)QTest::qWaitFor([&] { return failed || !numbers.empty(); }, 60'000);
        return numbers;
    }
};

} // namespace

class ChangesPanelTest : public QObject {
    Q_OBJECT

private slots:
    void offAndUndoneAreTheSameBits()
    {
        Bench bench;
        const auto before = bench.logits();
        bench.list.silenceHead(0, 1, true);
        const auto silenced = bench.logits();
        bench.list.setAlpha(1, 0.9F);
        bench.list.setStates({{.layer = 0, .position = 3, .channel = 2, .values = {4}}});
        const auto all = bench.logits();
        QVERIFY(!before.empty() && silenced != before && all != silenced);

        QUndoStack *stack = bench.list.undoStack();
        stack->undo();
        stack->undo();
        QVERIFY(bench.logits() == silenced);
        stack->undo();
        QVERIFY(bench.workspace.interventions().empty());
        QVERIFY(bench.logits() == before);
        for (int i = 0; i < 3; ++i)
            stack->redo();
        QVERIFY(bench.logits() == all);
        for (int row = 0; row < 3; ++row)
            QVERIFY(bench.list.setData(bench.list.index(row), Qt::Unchecked, Qt::CheckStateRole));
        QVERIFY(bench.logits() == before);
        QCOMPARE(bench.list.rowCount(), 3);
        bench.list.setOn(0, true);
        QVERIFY(bench.logits() == silenced);
        bench.list.clear();
        QVERIFY(bench.logits() == before);
        stack->undo();
        QVERIFY(bench.logits() == silenced);
    }

    void whatDoesNotFitIsOffUntilItFits()
    {
        Bench bench;
        bench.list.setStates({{.layer = 0, .position = 12, .channel = 0, .values = {1}}});
        bench.list.silenceHead(1, 2, true);
        QCOMPARE(bench.workspace.interventions().states.size(), 1U);
        bench.workspace.setText(QStringLiteral("the fox"));
        QVERIFY(bench.workspace.interventions().states.empty());
        QVERIFY(bench.list.entries()[0].problem.contains(QStringLiteral("only 7 tokens")));
        QCOMPARE(bench.list.data(bench.list.index(0), Qt::CheckStateRole).toInt(), int(Qt::Unchecked));
        bench.workspace.setText(QString());
        bench.workspace.setText(foxes);
        QCOMPARE(bench.workspace.interventions().states.size(), 1U);

        ModelConfig smaller = bench.workspace.snapshot()->config();
        smaller.numLayers = 1;
        smaller.hiddenSize = 4;
        smaller.numHeads = 1;
        bench.workspace.setSnapshot(
            std::make_shared<const Snapshot>(smaller, bench.workspace.snapshot()->vocabulary(), 0,
                                             std::vector<float>(static_cast<std::size_t>(arenaSize(smaller)), 0.1F)));
        QVERIFY(bench.workspace.interventions().silencedHeads.empty());
        QVERIFY(
            bench.list.data(bench.list.index(1), Qt::DisplayRole).toString().contains(QStringLiteral("only 1 layers")));
        QVERIFY(!bench.panel.silence()->head(1, 0));
        bench.workspace.setSnapshot(tiny::snapshot());
        QCOMPARE(bench.workspace.interventions().silencedHeads.size(), 1U);
        QVERIFY(bench.panel.silence()->head(1, 2)->isChecked());
    }

    void aFileKeepsTheListToTheBit()
    {
        Bench bench;
        bench.list.silenceHead(0, 2, true);
        bench.list.silenceMixer(1, true);
        bench.list.silenceFeedForward(0, true);
        bench.list.setAlpha(1, 0.1F);
        bench.list.setStates({{.layer = 1, .position = 2, .channel = 3, .values = {1.0F / 3, -0.1F, 1e-20F}}});
        bench.list.setOn(1, false);
        const Interventions before = bench.workspace.interventions();
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("list.json"));
        bench.panel.saveTo(path);
        bench.list.clear();
        bench.panel.openFrom(path);
        QVERIFY(bench.workspace.interventions() == before);
        QCOMPARE(bench.list.rowCount(), 5);
        QVERIFY(!bench.list.entries()[1].on);
        QVERIFY(bench.panel.message()->text().contains(QStringLiteral("step 3")));
        bench.list.undoStack()->undo();
        QVERIFY(bench.list.entries().isEmpty());
    }

    void aFileNamesTheNetworkItWasMadeFor()
    {
        Bench bench;
        TrainingFacts facts;
        facts.data = std::make_shared<Foxes>(*bench.workspace.snapshot());
        facts.run = "/somewhere/classroom 7";
        bench.workspace.setTraining(facts);
        bench.list.silenceMixer(1, true);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("list.json"));
        const auto named = [&] {
            bench.panel.saveTo(path);
            bench.panel.openFrom(path);
            return bench.list.openedFrom();
        };
        const auto model = tiny::snapshot();
        bench.workspace.nameSnapshot(model, QStringLiteral("fox.safetensors"));
        bench.workspace.setSnapshot(model);
        QCOMPARE(named(), QStringLiteral("fox.safetensors, step 3"));
        QVERIFY(bench.panel.message()->text().contains(QStringLiteral("fox.safetensors")));
        bench.workspace.setSnapshot(tiny::snapshot());
        QCOMPARE(named(), QStringLiteral("classroom 7, step 3"));
    }

    void badFilesAreSentences_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("said");
        QTest::newRow("no json") << QByteArray("{\"interventions\": [") << "is not JSON";
        QTest::newRow("another file") << QByteArray("{\"a\": 1}") << "holds no interventions";
        QTest::newRow("kind") << QByteArray(R"({"interventions": [{"kind": "tail", "layer": 0}]})") << "Intervention 1";
        QTest::newRow("layer") << QByteArray(R"({"interventions": [{"kind": "mixer", "layer": 0.5}]})") << "layer";
        QTest::newRow("value") << QByteArray(R"({"interventions": [{"kind": "alpha", "layer": 0, "value": "x"}]})")
                               << "not a number";
        QTest::newRow("last") << QByteArray(
                                     R"({"interventions": [{"kind": "states", "layer": 0, "position": 4, "last": 3,)"
                                     R"( "channel": 0, "values": [1]}]})")
                              << "its last should be";
        QTest::newRow("endless") << QByteArray(R"({"interventions": [{"kind": "states", "layer": 0, "position": 4,)"
                                               R"( "last": 2000000000, "channel": 0, "values": [1]}]})")
                                 << "its last should be";
        QTest::newRow("entry") << QByteArray(R"({"interventions": [7]})") << "object";
    }
    void badFilesAreSentences()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, said);
        Bench bench;
        bench.list.silenceMixer(0, true);
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("bad.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
        file.close();
        bench.panel.openFrom(path);
        QVERIFY2(bench.panel.message()->text().contains(said), qPrintable(bench.panel.message()->text()));
        QCOMPARE(bench.list.rowCount(), 1);
        bench.panel.openFrom(folder.filePath(QStringLiteral("none.json")));
        QVERIFY(bench.panel.message()->text().contains(QStringLiteral("cannot be read")));
    }

    void aLayerThatIsNotThereOpensSwitchedOff()
    {
        Bench bench;
        QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("large.json"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"step": 9, "interventions": [{"kind": "mixer", "layer": 5}, {"kind": "mixer", "layer": 1}]})");
        file.close();
        bench.panel.openFrom(path);
        QCOMPARE(bench.workspace.interventions().silencedMixers, std::vector<int>{1});
        QVERIFY(bench.panel.message()->text().contains(QStringLiteral("1 of them")));
    }

    void aClickSilencesAHead()
    {
        Bench bench;
        const auto before = bench.logits();
        QToolButton *button = bench.panel.silence()->head(1, 0);
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(button->isChecked());
        QVERIFY(bench.workspace.interventions() == (Interventions{.silencedHeads = {{.layer = 1, .head = 0}}}));
        QVERIFY(bench.logits() == examine(bench.question({.silencedHeads = {{.layer = 1, .head = 0}}}))->logits.values);
        QVERIFY(bench.logits() != before);
        QTest::mouseClick(button, Qt::LeftButton);
        QVERIFY(!button->isChecked() && bench.workspace.interventions().empty());
        QTest::mouseClick(bench.panel.silence()->mixer(0), Qt::LeftButton);
        QTest::mouseClick(bench.panel.silence()->feedForward(1), Qt::LeftButton);
        QVERIFY(bench.workspace.interventions() == (Interventions{.silencedMixers = {0}, .silencedFeedForwards = {1}}));
    }

    void anAlphaSliderIsTheWeightEdited()
    {
        Bench bench;
        AlphaSlider *slider = bench.panel.alphas()->slider(1);
        slider->resize(200, 40);
        const QPoint from(60, 20), to(150, 20);
        QTest::mousePress(slider, Qt::LeftButton, {}, from);
        QTest::mouseMove(slider, (from + to) / 2);
        QTest::mouseMove(slider, to);
        QTest::mouseRelease(slider, Qt::LeftButton, {}, to);
        QCOMPARE(bench.list.rowCount(), 1);
        const float alpha = *bench.list.alpha(1);
        QCOMPARE(bench.panel.alphas()->spin(1)->value(), std::round(1000 * static_cast<double>(alpha)) / 1000);
        Question edited = bench.question({});
        edited.snapshot = changedWeights(edited.snapshot, {.alphas = {{.layer = 1, .value = alpha}}});
        QCOMPARE(edited.snapshot->alphas()[1], alpha);
        QVERIFY(bench.logits() == examine(edited)->logits.values);
        // One drag is one step of undo.
        bench.list.undoStack()->undo();
        QVERIFY(bench.list.entries().isEmpty());
        bench.panel.alphas()->spin(0)->setValue(1.25);
        QVERIFY(bench.workspace.interventions() == (Interventions{.alphas = {{.layer = 0, .value = 1.25F}}}));
        QTest::mouseClick(bench.panel.alphas()->reset(0), Qt::LeftButton);
        QVERIFY(bench.workspace.interventions().empty());
        QTest::keyClick(slider, Qt::Key_Right);
        QVERIFY(bench.list.alpha(1).has_value());
    }

    void curvesAreTheSweep()
    {
        Bench bench;
        bench.panel.alphas()->findCurves();
        QVERIFY(bench.panel.message()->text().contains(QStringLiteral("no held-out data")));
        TrainingFacts facts;
        facts.data = std::make_shared<Foxes>(*bench.workspace.snapshot());
        bench.workspace.setTraining(facts);
        bench.list.silenceHead(0, 0, true);
        bench.panel.alphas()->findCurves();
        QTRY_VERIFY_WITH_TIMEOUT(!bench.panel.alphas()->slider(0)->losses().empty(), 60'000);
        const auto changed = changedWeights(bench.workspace.snapshot(), bench.workspace.interventions());
        for (const int layer : {0, 1}) {
            const auto sweep = alphaSweep(*changed, facts.data->heldOut(), layer, {-0.5F, 0.5F, 1.5F});
            const QVector<double> &losses = bench.panel.alphas()->slider(layer)->losses();
            QCOMPARE(losses.size(), 17);
            QVERIFY(std::abs(losses[0] - sweep->losses[0]) < 1e-6);
            QVERIFY(std::abs(losses[8] - sweep->losses[1]) < 1e-6);
            QVERIFY(std::abs(losses[16] - sweep->losses[2]) < 1e-6);
        }
    }

    void cellsAreRankedAndClicked()
    {
        Bench bench;
        CellEffectsView *cells = bench.panel.cells();
        bench.workspace.setLayer(1);
        bench.workspace.setCursor(4, 0);
        QCOMPARE(cells->position()->value(), 4);
        QSignalSpy found(cells, &CellEffectsView::found);
        cells->find();
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, 60'000);
        const auto effects = *cellEffects(
            {.snapshot = bench.workspace.snapshot(), .tokens = bench.question({}).tokens, .layer = 1, .position = 4});
        QCOMPARE(cells->table()->topLevelItemCount(), 12);
        for (std::size_t i = 0; i < effects.size(); ++i)
            QCOMPARE(cells->effects()[i].mean, effects[i].mean);
        QTreeWidgetItem *first = cells->table()->topLevelItem(0);
        QCOMPARE(first->text(0).toInt() * 4 + first->text(1).toInt(), effects[0].channel);
        bench.workspace.setCursor(-1, -1);
        cells->table()->setCurrentItem(first);
        QCOMPARE(bench.workspace.cursorChannel(), effects[0].channel);
        QCOMPARE(bench.workspace.cursorToken(), 4);
        emit cells->table()->itemActivated(first, 0);
        QVERIFY(
            bench.workspace.interventions() ==
            (Interventions{
                .states = {{.layer = 1, .position = 4, .channel = effects[0].channel, .values = {effects[0].value}}}}));
    }

    /// Panels show every 10th token of a long text; a state is set at the cursor's position in the whole text.
    void aThinnedTextIsChangedWhereTheCursorIs()
    {
        Bench bench;
        bench.workspace.setText(QString(bench.workspace.text()).repeated(5));
        bench.workspace.setShownTokens(10, 10);
        bench.workspace.setCursor(4, 0);
        QCOMPARE(bench.panel.cells()->position()->value(), 40);
        QCOMPARE(bench.panel.transfer()->to()->value(), 40);
        QSignalSpy found(bench.panel.cells(), &CellEffectsView::found);
        bench.panel.cells()->find();
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, 60'000);
        QTreeWidgetItem *first = bench.panel.cells()->table()->topLevelItem(0);
        bench.workspace.setCursor(-1, -1);
        bench.panel.cells()->table()->setCurrentItem(first);
        QCOMPARE(bench.workspace.cursorToken(), 4);
        emit bench.panel.cells()->table()->itemActivated(first, 0);
        QCOMPARE(bench.workspace.interventions().states[0].position, 40);
    }

    void aStateOutOfAnotherText()
    {
        Bench bench;
        StateTransferForm *form = bench.panel.transfer();
        QVERIFY(!form->put()->isEnabled());
        form->text()->setText(QStringLiteral("fox box"));
        QCOMPARE(form->from()->value(), 6);
        form->to()->setValue(3);
        form->layers()->setCurrentIndex(2);
        form->put()->click();
        QTRY_COMPARE_WITH_TIMEOUT(bench.list.rowCount(), 1, 60'000);
        const Interventions changed = bench.workspace.interventions();
        QCOMPARE(changed.states[0].layer, 1);
        Question other = bench.question({});
        other.tokens = other.snapshot->vocabulary().encode("fox box");
        const auto there = examine(other), here = examine(bench.question(changed));
        for (int c = 0; c < 12; ++c)
            QCOMPARE(here->find(1, Site::State)->at(3, c), there->find(1, Site::State)->at(6, c));
        form->layers()->setCurrentIndex(0);
        form->put()->click();
        QTRY_COMPARE_WITH_TIMEOUT(bench.list.rowCount(), 2, 60'000);
    }

    void aCellIsSetByKeyboard()
    {
        Bench bench;
        StatesPanel states(&bench.workspace);
        states.resize(600, 320);
        states.show();
        const auto ask = [&] {
            Question question = bench.question(bench.workspace.interventions());
            question.besideTrained = bench.workspace.side() == Side::Difference;
            states.take(examine(question));
        };
        connect(&states, &StatesPanel::statesSet, &bench.list, &InterventionsList::holdStates);
        ask();
        bench.workspace.setCursor(5, 6);
        QTest::keyClick(&states, Qt::Key_Return);
        QVERIFY(states.editor()->isVisible());
        QTest::keyClick(states.editor(), Qt::Key_Escape);
        QVERIFY(!states.editor()->isVisible() && bench.list.entries().isEmpty());
        QTest::keyClick(&states, Qt::Key_Return);
        QTest::keyClicks(states.editor(), QStringLiteral("2.5"));
        QTest::keyClick(states.editor(), Qt::Key_Return);
        QVERIFY(bench.workspace.interventions() ==
                (Interventions{.states = {{.layer = 0, .position = 5, .channel = 6, .values = {2.5F}}}}));
        ask();
        QCOMPARE(states.heatmaps()[1]->value(2, 5), 2.5F);
        QCOMPARE(states.note(), QStringLiteral("as changed"));

        // The difference equals the difference of the two examinations.
        bench.workspace.setSide(Side::Difference);
        ask();
        QCOMPARE(states.note(), QStringLiteral("difference"));
        const auto trained = examine(bench.question({})),
                   changed = examine(bench.question(bench.workspace.interventions()));
        for (int t = 0; t < 19; ++t)
            QCOMPARE(states.heatmaps()[1]->value(2, t),
                     changed->find(0, Site::State)->at(t, 6) - trained->find(0, Site::State)->at(t, 6));
        QCOMPARE(states.range().low, -states.range().high);

        bench.workspace.setSide(Side::AsChanged);
        ask();
        bench.workspace.setCursor(7, 9);
        QTest::keyClick(&states, Qt::Key_Return, Qt::ShiftModifier);
        QTest::keyClicks(states.editor(), QStringLiteral("-1"));
        QTest::keyClick(states.editor(), Qt::Key_Enter);
        QVERIFY(bench.workspace.interventions().states[1] ==
                (Interventions::States{.layer = 0, .position = 7, .channel = 8, .values = {-1, -1, -1, -1}}));
        bench.list.clear();
        ask();
        QCOMPARE(states.note(), QString());
    }

    void aRowIsSetByKeyboard()
    {
        Bench bench;
        StatesPanel states(&bench.workspace);
        states.resize(600, 320);
        states.show();
        connect(&states, &StatesPanel::statesSet, &bench.list, &InterventionsList::holdStates);
        const auto ask = [&] { states.take(examine(bench.question(bench.workspace.interventions()))); };
        ask();
        bench.list.setStates({{.layer = 0, .position = 16, .channel = 6, .values = {9}}});
        bench.list.setStates({{.layer = 0, .position = 16, .channel = 7, .values = {9}}});
        bench.workspace.setCursor(15, 6);
        QTest::keyClick(&states, Qt::Key_Return, Qt::ControlModifier);
        QTest::keyClicks(states.editor(), QStringLiteral("-0.5"));
        QTest::keyClick(states.editor(), Qt::Key_Return);
        // One entry replaces the states in its row; the entry beside it stays.
        QCOMPARE(bench.list.rowCount(), 2);
        QCOMPARE(bench.list.data(bench.list.index(1), Qt::DisplayRole).toString(),
                 QStringLiteral("Layer 0, channel 6 at tokens 15 to 18: state -0.5"));
        std::vector<Interventions::States> row;
        for (std::int64_t t = 15; t < 19; ++t)
            row.push_back({.layer = 0, .position = t, .channel = 6, .values = {-0.5F}});
        Interventions held;
        held.add(bench.list.entries()[1].change);
        QVERIFY(held.states == row);
        ask();
        for (int t = 0; t < 19; ++t)
            QCOMPARE(states.heatmaps()[1]->value(2, t) == -0.5F, t >= 15);
        const Interventions before = bench.workspace.interventions();
        QTemporaryDir folder;
        bench.list.save(folder.filePath(QStringLiteral("row.json")));
        bench.list.clear();
        bench.list.open(folder.filePath(QStringLiteral("row.json")));
        QVERIFY(bench.workspace.interventions() == before);
        QCOMPARE(bench.list.rowCount(), 2);
        // A shorter text has no such tokens.
        bench.workspace.setText(QStringLiteral("the quick brown f"));
        QCOMPARE(bench.workspace.interventions().states.size(), 1U);
        bench.workspace.setText(foxes);
        bench.list.clear();

        // In a thinned text a cell is set at its position in the whole text, but a row cannot be set.
        Question thinned = bench.question({});
        thinned.mostRows = 7;
        states.take(examine(thinned));
        bench.workspace.setCursor(2, 6);
        QSignalSpy readout(&bench.workspace, &Workspace::readout);
        QTest::keyClick(&states, Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(!states.editor()->isVisible());
        QVERIFY(readout.last().first().toString().contains(QStringLiteral("too long")));
        QTest::keyClick(&states, Qt::Key_Return);
        QTest::keyClicks(states.editor(), QStringLiteral("2"));
        QTest::keyClick(states.editor(), Qt::Key_Return);
        QVERIFY(bench.workspace.interventions() ==
                (Interventions{.states = {{.layer = 0, .position = 6, .channel = 6, .values = {2}}}}));
    }

    void aStretchOfARowIsSet()
    {
        Bench bench;
        StatesPanel states(&bench.workspace);
        states.resize(600, 320);
        states.show();
        connect(&states, &StatesPanel::statesSet, &bench.list, &InterventionsList::holdStates);
        states.take(examine(bench.question({})));
        Heatmap *heads = states.heatmaps()[1];
        QTRY_VERIFY(heads->isVisible() && heads->width() > 60);
        const auto mouse = [heads](QEvent::Type type, QPoint at) {
            const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
            QMouseEvent event(type, at, heads->mapToGlobal(at), button, Qt::LeftButton, Qt::ShiftModifier);
            QCoreApplication::sendEvent(heads, &event);
        };
        const auto cell = [heads](int row, int token) { return heads->cellRect(row, token).center().toPoint(); };
        const auto type = [&states](const QString &value) {
            QVERIFY(states.editor()->isVisible());
            QTest::keyClicks(states.editor(), value);
            QTest::keyClick(states.editor(), Qt::Key_Return);
            QVERIFY(!states.editor()->isVisible());
        };
        const auto listed = [&bench](int row) {
            return bench.list.data(bench.list.index(row), Qt::DisplayRole).toString();
        };

        // The stretch stays in its row, wherever the pointer goes.
        mouse(QEvent::MouseButtonPress, cell(2, 9));
        mouse(QEvent::MouseMove, cell(3, 7));
        QVERIFY(!states.editor()->isVisible());
        mouse(QEvent::MouseMove, cell(0, 5));
        mouse(QEvent::MouseButtonRelease, cell(0, 5));
        QVERIFY(states.editor()->toolTip().contains(QStringLiteral("channel 6 after each of the tokens 5 to 9")));
        type(QStringLiteral("2.5"));
        QCOMPARE(listed(0), QStringLiteral("Layer 0, channel 6 at tokens 5 to 9: state 2.5"));
        const auto answer = examine(bench.question(bench.workspace.interventions()));
        states.take(answer);
        for (int token = 5; token <= 9; ++token)
            QCOMPARE(heads->value(2, token), 2.5F);
        // A drag beyond the cells reaches the text's end.
        mouse(QEvent::MouseButtonPress, cell(1, 16));
        mouse(QEvent::MouseMove, QPoint(heads->width() + 40, 0));
        mouse(QEvent::MouseButtonRelease, QPoint(heads->width() + 40, 0));
        type(QStringLiteral("1"));
        QCOMPARE(listed(1), QStringLiteral("Layer 0, channel 5 at tokens 16 to 18: state 1"));

        // By keyboard, to the left; Esc drops the stretch.
        bench.workspace.setCursor(12, 4);
        for (int i = 0; i < 2; ++i)
            QTest::keyClick(&states, Qt::Key_Left, Qt::ShiftModifier);
        QTest::keyClick(&states, Qt::Key_Return);
        type(QStringLiteral("3"));
        QCOMPARE(listed(2), QStringLiteral("Layer 0, channel 4 at tokens 10 to 12: state 3"));
        QTest::keyClick(&states, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&states, Qt::Key_Return);
        QTest::keyClick(states.editor(), Qt::Key_Escape);
        QTest::keyClick(&states, Qt::Key_Return);
        type(QStringLiteral("4"));
        QCOMPARE(listed(3), QStringLiteral("Layer 0, channel 4 at token 11: state 4"));
        // The cursor drops the stretch when it goes elsewhere.
        QTest::keyClick(&states, Qt::Key_Right, Qt::ShiftModifier);
        bench.workspace.setCursor(2, 7);
        QTest::keyClick(&states, Qt::Key_Return);
        type(QStringLiteral("5"));
        QCOMPARE(listed(4), QStringLiteral("Layer 0, channel 7 at token 2: state 5"));
        // One key still sets all states up to the end of the text.
        QTest::keyClick(&states, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&states, Qt::Key_Return, Qt::ControlModifier);
        type(QStringLiteral("6"));
        QCOMPARE(listed(5), QStringLiteral("Layer 0, channel 7 at tokens 3 to 18: state 6"));
    }

    void aThinnedTextIsSaidToBe()
    {
        Bench bench;
        StatesPanel states(&bench.workspace);
        states.resize(600, 320);
        states.show();
        auto *line = states.findChild<QuietLine *>();
        states.take(examine(bench.question({})));
        QVERIFY(!line->isVisible());
        Question thinned = bench.question({});
        thinned.mostRows = 7;
        states.take(examine(thinned));
        QVERIFY(line->isVisible());
        QCOMPARE(line->text(), QStringLiteral("One token of every 3 is shown."));
        // No stretch can be set in a thinned text.
        bench.workspace.setCursor(2, 6);
        QSignalSpy readout(&bench.workspace, &Workspace::readout);
        QTest::keyClick(&states, Qt::Key_Right, Qt::ShiftModifier);
        QTest::keyClick(&states, Qt::Key_Return);
        QVERIFY(!states.editor()->isVisible());
        QVERIFY(readout.last().first().toString().contains(QStringLiteral("too long")));
        states.take(examine(bench.question({})));
        QVERIFY(!line->isVisible());
    }

    void nothingCrashesOnNothing()
    {
        Workspace workspace;
        InterventionsList list(&workspace);
        ChangesPanel panel(&workspace, &list);
        panel.show();
        panel.cells()->find();
        panel.alphas()->findCurves();
        list.silenceHead(3, 3, true);
        const auto tiny = tiny::snapshot();
        workspace.setSnapshot(std::make_shared<Snapshot>(tiny->config(), tiny->vocabulary(), 1,
                                                         std::vector<float>(tiny->weights().size(), std::nanf(""))));
        workspace.setText(QStringLiteral("t"));
        panel.grab();
        ModelConfig config;
        config.hiddenSize = 12;
        config.numHeads = 3;
        config.numLayers = 2;
        workspace.setSnapshot(std::make_shared<const Snapshot>(
            config, Vocabulary::ofNumbers(128), 0, std::vector<float>(static_cast<std::size_t>(arenaSize(config)))));
        panel.transfer()->text()->setText(QStringLiteral("5 x"));
        QVERIFY(panel.transfer()->words()->text().contains(QStringLiteral("is not a token")));
        QVERIFY(!panel.transfer()->put()->isEnabled());
        workspace.setText(QStringLiteral("5 17 3"));
        panel.transfer()->text()->setText(QStringLiteral("5 9"));
        panel.grab();
    }
};

QTEST_MAIN(ChangesPanelTest)
#include "changes_panel_test.moc"
