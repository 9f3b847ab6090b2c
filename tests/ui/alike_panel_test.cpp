// The panel that finds places like the one that is looked at: its suggestions are the winners, its list findAlike().
#include "tests/support/tiny.h"
#include "ui/panels/alike_panel.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

#include <limits>

using namespace samout;

namespace {

struct Stage {
    Workspace workspace;
    TrainingFacts facts;
    std::shared_ptr<const Snapshot> snapshot;
    AlikePanel panel{&workspace};

    explicit Stage(float factor = 1)
    {
        facts.options = tiny::training();
        facts.options.data.sequenceLength = 64;
        facts.data = openDataset(facts.options.data);
        ModelConfig config{
            .vocabSize = facts.data->vocabulary().size(), .hiddenSize = 12, .numHeads = 3, .numLayers = 2};
        std::vector<float> weights(static_cast<std::size_t>(arenaSize(config)));
        RandomStream random(7, Purpose::InitialWeights, 0);
        for (float &weight : weights)
            weight = factor * static_cast<float>(random.uniform() - 0.5);
        snapshot = std::make_shared<const Snapshot>(config, facts.data->vocabulary(), 3, std::move(weights));
        workspace.setTraining(facts);
        workspace.setSnapshot(snapshot);
        workspace.setText(QStringLiteral("\ntom is in the park."));
        panel.setIndexedTokens(3000);
        panel.resize(700, 400);
        panel.show();
    }
    std::shared_ptr<const Examination> look()
    {
        Question question{.snapshot = snapshot,
                          .tokens = snapshot->vocabulary().encode(workspace.text().toStdString())};
        panel.addWishes(question);
        if (workspace.side() != Side::AsTrained)
            question.interventions = workspace.interventions();
        question.besideTrained = workspace.side() == Side::Difference;
        auto answer = examine(question);
        panel.take(answer);
        return answer;
    }
};

} // namespace

class AlikePanelTest : public QObject {
    Q_OBJECT

private slots:
    void suggestsWhatIsHeldTogether()
    {
        Stage stage;
        QVERIFY(stage.panel.isEmpty());
        const auto answer = stage.look();
        QVERIFY(!stage.panel.isEmpty());
        const Winners &held = *answer->findWinners(0);
        const auto last = static_cast<int>(answer->tokens.size()) - 1;
        QCOMPARE(stage.panel.end(), last);
        for (int head = 0; head < 3; ++head)
            for (const int end : {last, 5, 0}) {
                stage.panel.headChooser()->setCurrentIndex(head);
                stage.panel.setEnd(end);
                int channels = 0, largest = 100;
                for (int i = 0; i < stage.panel.sinceChooser()->count(); ++i) {
                    stage.panel.sinceChooser()->setCurrentIndex(i);
                    std::vector<int> expected;
                    for (int c = head * 4; c < head * 4 + 4; ++c)
                        if (held.since[static_cast<std::size_t>(end * 12 + c)] == stage.panel.since())
                            expected.push_back(c);
                    QCOMPARE(stage.panel.channels(), expected);
                    channels += static_cast<int>(expected.size());
                    QVERIFY(static_cast<int>(expected.size()) <= largest);
                    largest = static_cast<int>(expected.size());
                }
                QCOMPARE(channels, 4);
            }
        // What another panel points at.
        stage.workspace.setCursor(7, 6);
        QCOMPARE(stage.panel.end(), 7);
        QCOMPARE(stage.panel.headChooser()->currentIndex(), 1);
        QCOMPARE(stage.panel.since(), static_cast<int>(held.since[7 * 12 + 6]));
        stage.workspace.setCursor(-1, -1);
        QCOMPARE(stage.panel.end(), 7);
    }

    void showsWhatIsFound()
    {
        Stage stage;
        stage.look();
        stage.panel.setEnd(8);
        stage.panel.channelField()->setText(QStringLiteral("0, 2-3"));
        QCOMPARE(stage.panel.channels(), (std::vector<int>{0, 2, 3}));
        QSignalSpy found(&stage.panel, &AlikePanel::found);
        stage.panel.find();
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, 60'000);
        const auto index = ChangeIndex::make(stage.snapshot, readPassages(*stage.facts.data, 3000));
        const AlikeQuestion question{.layer = 0,
                                     .channels = {0, 2, 3},
                                     .length = 8 - stage.panel.since() + 1,
                                     .fromBeginning = stage.panel.since() == 0};
        const AlikeAnswer expected = findAlike(*index, question);
        QVERIFY(!expected.best.empty());
        QVERIFY(stage.panel.answer()->best == expected.best);
        QTreeWidget *list = stage.panel.list();
        QCOMPARE(list->topLevelItemCount(), static_cast<int>(expected.best.size()));
        const QTreeWidgetItem *first = list->topLevelItem(0);
        QCOMPARE(first->text(0), QString::number(expected.best[0].score, 'f', 3));
        const QString stretch = first->data(2, Qt::UserRole + 1).toString();
        QVERIFY(!stretch.isEmpty() && stretch.size() <= question.length);
        stage.panel.grab();
        // A double-click looks at it.
        emit list->itemDoubleClicked(list->topLevelItem(0), 2);
        QString whole;
        for (int part = 0; part < 3; ++part)
            whole += first->data(2, Qt::UserRole + part).toString();
        QCOMPARE(stage.workspace.text(), whole.replace(QChar(0x23CE), QLatin1Char('\n')));
        // Searched again with the same weights the data is not read again: at once.
        stage.panel.find();
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 2, 60'000);
    }

    void saysWhereAnotherNetworkIsShown()
    {
        Stage stage;
        stage.facts.run = "one";
        stage.workspace.setTraining(stage.facts);
        stage.workspace.setSnapshot(nullptr);
        stage.workspace.setSnapshot(stage.snapshot); // of that run
        const QString nothing = stage.panel.summary();
        stage.look();
        QSignalSpy found(&stage.panel, &AlikePanel::found);
        const auto find = [&] {
            const int before = static_cast<int>(found.size());
            stage.panel.find();
            QTRY_COMPARE_WITH_TIMEOUT(found.size(), before + 1, 60'000);
        };
        find();
        QVERIFY(stage.panel.remark().isEmpty());
        // As changed: the panel shows the text so, and says what the list is of.
        const Interventions change{.silencedMixers = {0}, .alphas = {{.layer = 0, .value = 0.9F}}};
        stage.workspace.setLayer(1);
        stage.workspace.setInterventions(change);
        QVERIFY(stage.panel.remark().contains(QStringLiteral("step 3 of “one” as trained")));
        QVERIFY(stage.panel.remark().contains(QStringLiteral("Find")));
        stage.look();
        QCOMPARE(stage.panel.note(), QStringLiteral("as changed"));
        find();
        QVERIFY(stage.panel.remark().isEmpty());
        const auto changed =
            ChangeIndex::make(changedWeights(stage.snapshot, change), readPassages(*stage.facts.data, 3000));
        const AlikeQuestion question{.layer = 1,
                                     .channels = stage.panel.channels(),
                                     .length = stage.panel.end() - stage.panel.since() + 1,
                                     .fromBeginning = stage.panel.since() == 0};
        QVERIFY(stage.panel.answer()->best == findAlike(*changed, question).best);
        // There is no difference of places.
        stage.workspace.setSide(Side::Difference);
        stage.look();
        QCOMPARE(stage.panel.note(), QStringLiteral("as changed"));
        QCOMPARE(stage.panel.remark(), QStringLiteral("Places have no difference: what is found is as changed."));
        // Another network of the same text.
        stage.workspace.setSide(Side::AsChanged);
        stage.workspace.setInterventions({});
        QVERIFY(stage.panel.remark().contains(QStringLiteral("as changed.")));
        stage.workspace.setInterventions({.states = {{.layer = 0, .position = 2, .channel = 1, .values = {3}}}});
        QVERIFY(stage.panel.remark().contains(QStringLiteral("Set states")));
        // The run goes on; then another is shown.
        stage.workspace.setTraining(stage.facts);
        QVERIFY(stage.panel.list()->topLevelItemCount() > 0);
        stage.facts.run = "two";
        stage.workspace.setTraining(stage.facts);
        QCOMPARE(stage.panel.list()->topLevelItemCount(), 0);
        QCOMPARE(stage.panel.summary(), nothing);
        QVERIFY(stage.panel.remark().isEmpty() && !stage.panel.answer());
    }

    void badInputIsASentence()
    {
        Stage stage;
        stage.look();
        for (const char *text : {"", "seven", "0, 99", "3-", "-1"}) {
            stage.panel.channelField()->setText(QString::fromLatin1(text));
            QVERIFY(stage.panel.channels().empty());
            stage.panel.find();
            QVERIFY(!stage.panel.job()->running());
            QVERIFY(stage.panel.summary().contains(QStringLiteral("cannot be read")));
        }
        // A network of another vocabulary.
        Stage other;
        other.snapshot = tiny::snapshot();
        other.workspace.setText(QStringLiteral("the fox"));
        other.look();
        other.panel.find();
        QTRY_VERIFY_WITH_TIMEOUT(other.panel.summary().contains(QStringLiteral("other tokens")), 60'000);
    }

    void oneTokenAndNaN()
    {
        Stage one;
        one.workspace.setText(QStringLiteral("t"));
        one.look();
        QSignalSpy found(&one.panel, &AlikePanel::found);
        one.panel.find();
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, 60'000);
        Stage none(std::numeric_limits<float>::quiet_NaN());
        none.look();
        QSignalSpy foundNone(&none.panel, &AlikePanel::found);
        none.panel.find();
        QTRY_COMPARE_WITH_TIMEOUT(foundNone.size(), 1, 60'000);
    }
};

QTEST_MAIN(AlikePanelTest)
#include "alike_panel_test.moc"
