// SPDX-License-Identifier: GPL-3.0-only
// The panel that finds passages alike: it suggests channels by the winners, and lists the result of findAlike().
#include "tests/support/tiny.h"
#include "ui/models/workspace.h"
#include "ui/panels/inside/alike_panel.h"
#include "ui/plots/color_map.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/token_view.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

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
        panel.ask(question);
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
        // The cell that another panel points at.
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
        PassageList *list = stage.panel.list();
        QCOMPARE(list->topLevelItemCount(), static_cast<int>(expected.best.size()));
        const QTreeWidgetItem *first = list->topLevelItem(0);
        QCOMPARE(first->text(PassageList::Score), QString::number(expected.best[0].score, 'f', 3));
        QVERIFY(list->isColumnHidden(PassageList::Change) && list->isColumnHidden(PassageList::Trained));
        const QString stretch = first->data(PassageList::Text, PassageList::StretchRole).toString();
        QVERIFY(!stretch.isEmpty() && stretch.size() <= question.length);
        stage.panel.grab();
        // A double-click makes the passage the text to look at.
        emit list->itemDoubleClicked(list->topLevelItem(0), PassageList::Text);
        QString whole;
        for (int part = 0; part < 3; ++part)
            whole += first->data(PassageList::Text, PassageList::BeforeRole + part).toString();
        QCOMPARE(stage.workspace.text(), whole.replace(QChar(0x23CE), QLatin1Char('\n')));
        // A second search with the same weights does not read the data again.
        stage.panel.find();
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 2, 60'000);
    }

    void saysWhereAnotherNetworkIsShown()
    {
        Stage stage;
        stage.facts.run = "one";
        stage.workspace.setTraining(stage.facts);
        stage.workspace.setSnapshot(nullptr);
        stage.workspace.setSnapshot(stage.snapshot); // weights of that run
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
        // As changed: the panel shows the text of the changed network, and says which network the list comes from.
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
        stage.workspace.setSide(Side::Difference);
        QVERIFY(stage.panel.remark().contains(QStringLiteral("as changed.")));
        // Another network on the same text.
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

    void showsWhatOneAloneFinds()
    {
        Stage stage;
        const Interventions change{.silencedMixers = {0}, .alphas = {{.layer = 0, .value = 0.9F}}};
        stage.workspace.setLayer(1);
        stage.workspace.setInterventions(change);
        stage.workspace.setSide(Side::Difference);
        const auto answer = stage.look();
        QCOMPARE(stage.panel.note(), QStringLiteral("difference"));
        stage.panel.setEnd(8);
        stage.panel.channelField()->setText(QStringLiteral("1, 3"));
        // The suggested channels are held as changed; the text shows how many more channels are held than as trained.
        const auto counts = [&](const Examination &examination) {
            std::vector<int> counts(examination.tokens.size());
            for (int c = 0; c < 4; ++c)
                ++counts[static_cast<std::size_t>(examination.findWinners(1)->since[8 * 12 + c])];
            return counts;
        };
        const std::vector<int> now = counts(*answer), before = counts(*answer->trained);
        QVERIFY(now != before);
        QVERIFY(now[static_cast<std::size_t>(stage.panel.since())] > 0);
        int most = 0;
        for (std::size_t i = 0; i < now.size(); ++i)
            most = std::max(most, std::abs(now[i] - before[i]));
        const auto *text = stage.panel.findChild<TokenView *>();
        const ColorMap &colors = ColorMap::diverging(PlotTheme::of(stage.panel).dark);
        for (std::size_t i = 0; i < now.size(); ++i)
            if (std::abs(now[i] - before[i]) == most)
                QCOMPARE(text->token(static_cast<int>(i)).ground.rgb(), colors.colors[now[i] > before[i] ? 255 : 0]);

        QSignalSpy found(&stage.panel, &AlikePanel::found);
        stage.panel.find();
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, 60'000);
        QVERIFY(stage.panel.remark().isEmpty() && !stage.panel.answer());
        // Each network's whole search, then the passages that only one of the two finds.
        AlikeQuestion question{.layer = 1,
                               .channels = stage.panel.channels(),
                               .length = stage.panel.end() - stage.panel.since() + 1,
                               .fromBeginning = stage.panel.since() == 0,
                               .count = 1'000'000};
        const Passages passages = readPassages(*stage.facts.data, 3000);
        std::map<std::int64_t, AlikePlace> places[2];
        const std::shared_ptr<const Snapshot> networks[] = {changedWeights(stage.snapshot, change), stage.snapshot};
        for (int side = 0; side < 2; ++side)
            for (const AlikePlace &place : findAlike(*ChangeIndex::make(networks[side], passages), question).best)
                places[side][place.passage] = place;
        std::int64_t both = 0, only[2] = {0, 0}, different[2] = {0, 0};
        std::map<QString, QStringList> rows;
        for (std::int64_t i = 0; i < passages.count(); ++i) {
            const double one = places[0][i].score, other = places[1][i].score;
            both += one == 1 && other == 1;
            only[0] += one == 1 && other < 1;
            only[1] += one < 1 && other == 1;
            different[0] += one > other;
            different[1] += one < other;
            const auto tokens = passages.at(i);
            const QString passage = QString::fromStdString(
                stage.snapshot->vocabulary().decode(std::vector<std::int64_t>(tokens.begin(), tokens.end())));
            const std::int64_t begin = places[one > other ? 0 : 1][i].begin;
            rows[passage] = {QString::number(one - other, 'f', 3), QString::number(one, 'f', 3),
                             QString::number(other, 'f', 3), passage.mid(begin, question.length)};
        }
        QVERIFY(only[0] > 0 && only[1] > 0);
        QVERIFY2(stage.panel.summary().contains(
                     QStringLiteral("%1 of them by both networks, in %2 only as changed, in %3 only as trained")
                         .arg(both)
                         .arg(only[0])
                         .arg(only[1])),
                 qPrintable(stage.panel.summary()));
        const PassageList *list = stage.panel.list();
        QCOMPARE(list->topLevelItemCount(),
                 static_cast<int>(std::min<std::int64_t>(50, different[0]) + std::min<std::int64_t>(50, different[1])));
        QVERIFY(!list->isColumnHidden(PassageList::Change) && !list->isColumnHidden(PassageList::Trained));
        QCOMPARE(list->headerItem()->text(PassageList::Score), QStringLiteral("As changed"));
        double last = 1;
        for (int i = 0; i < list->topLevelItemCount(); ++i) {
            const QTreeWidgetItem *item = list->topLevelItem(i);
            QString passage = item->data(PassageList::Text, Qt::AccessibleTextRole).toString();
            const QStringList expected = rows.at(passage.replace(QChar(0x23CE), QLatin1Char('\n')));
            QString stretch = item->data(PassageList::Text, PassageList::StretchRole).toString();
            QCOMPARE(
                (QStringList{item->text(PassageList::Change).remove(QLatin1Char('+')), item->text(PassageList::Score),
                             item->text(PassageList::Trained), stretch.replace(QChar(0x23CE), QLatin1Char('\n'))}),
                expected);
            const double size = std::abs(item->text(PassageList::Change).toDouble());
            QVERIFY(size > 0 && size <= last);
            last = size;
        }
        QCOMPARE(stage.panel.table().count(QLatin1Char('\n')), list->topLevelItemCount() + 1);
        QVERIFY(stage.panel.table().startsWith(QStringLiteral("change\tas changed\tas trained\ttimes")));
        stage.panel.grab();
        // The list of one network again, without what remains of the difference.
        stage.workspace.setSide(Side::AsTrained);
        QVERIFY(stage.panel.remark().contains(QStringLiteral("as changed minus as trained")));
        stage.look();
        stage.panel.find();
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 2, 60'000);
        QVERIFY(stage.panel.answer() && !stage.panel.difference() && stage.panel.remark().isEmpty());
        QVERIFY(list->isColumnHidden(PassageList::Change));
        // A change acts on the layers after it.
        stage.workspace.setSide(Side::Difference);
        stage.workspace.setLayer(0);
        stage.look();
        stage.panel.find();
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 3, 60'000);
        QCOMPARE(list->topLevelItemCount(), 0);
        QVERIFY(stage.panel.summary().contains(QStringLiteral("No passage is held differently")));
    }

    /// Each network reads the data once, whichever side is searched next.
    void everyNetworkReadsOnce()
    {
        Stage stage;
        const Interventions change{.silencedMixers = {0}};
        const auto search = [&](Side side, const AlikeSearch *before, std::vector<double> &told) {
            AlikeSearch search{.data = stage.facts.data,
                               .subject = Subject::of(stage.snapshot, change, side),
                               .question = {.layer = 1, .channels = {0, 1}, .length = 2},
                               .tokens = 3000};
            if (before)
                search.indexes = before->indexes;
            search.run([&](double share) { told.push_back(share); }, {});
            return search;
        };
        std::vector<double> first, second, third;
        const AlikeSearch changed = search(Side::AsChanged, nullptr, first);
        const AlikeSearch both = search(Side::Difference, &changed, second);
        const AlikeSearch trained = search(Side::AsTrained, &both, third);
        QVERIFY(both.indexes.size() == 2 && both.indexes[0] == changed.indexes[0]);
        QVERIFY(both.indexes[1]->snapshot() == stage.snapshot);
        QVERIFY(trained.indexes.size() == 1 && trained.indexes[0] == both.indexes[1]);
        QVERIFY(!first.empty() && !second.empty() && third.empty());
        std::vector<double> anew;
        search(Side::Difference, nullptr, anew);
        for (const std::vector<double> *told : {&first, &second, &anew}) {
            QVERIFY(std::ranges::is_sorted(*told));
            QVERIFY(told->front() > 0 && std::abs(told->back() - 1) < 1e-9);
        }
        QVERIFY(anew.size() > second.size() + 1);
        // Stopped before the second network has read: nothing is found.
        std::stop_source stop;
        AlikeSearch stopped{.data = stage.facts.data,
                            .subject = Subject::of(stage.snapshot, change, Side::Difference),
                            .question = {.layer = 1, .channels = {0, 1}, .length = 2},
                            .tokens = 3000};
        stopped.run(
            [&](double share) {
                if (share > 0.5)
                    stop.request_stop();
            },
            stop.get_token());
        QVERIFY(stopped.indexes.empty() && stopped.difference.largest.empty());
    }

    /// In a thinned text the position at which a channel was set is not known: a sentence says so instead of an old
    /// picture.
    void aThinnedTextIsASentence()
    {
        Stage stage;
        stage.look();
        QSignalSpy found(&stage.panel, &AlikePanel::found);
        stage.panel.find();
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 1, 60'000);
        const QString table = stage.panel.table();
        Question question{.snapshot = stage.snapshot,
                          .tokens = stage.snapshot->vocabulary().encode(stage.workspace.text().toStdString()),
                          .mostRows = 7};
        stage.panel.ask(question);
        QVERIFY(stage.panel.showsThinned());
        stage.panel.take(examine(question));
        QVERIFY(stage.panel.isEmpty());
        const auto labels = stage.panel.findChildren<QLabel *>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel *label) {
            return label->isVisible() && label->text().contains(QStringLiteral("one token of every 3 is kept")) &&
                   label->text().contains(QStringLiteral("Shorten the text"));
        }));
        QVERIFY(!stage.panel.headChooser()->isEnabled() && !stage.panel.sinceChooser()->isEnabled());
        // Neither cursor nor button finds a position.
        stage.workspace.setCursor(3, 2);
        stage.panel.setEnd(2);
        stage.panel.find();
        QVERIFY(!stage.panel.job()->running());
        QVERIFY(stage.panel.isEmpty());
        // A shorter text: as before.
        stage.look();
        QVERIFY(!stage.panel.isEmpty() && stage.panel.headChooser()->isEnabled());
        QCOMPARE(stage.panel.table(), table);
        stage.panel.find();
        QTRY_COMPARE_WITH_TIMEOUT(found.size(), 2, 60'000);
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
