// SPDX-License-Identifier: GPL-3.0-only
// Two networks beside each other in the window.
#include "tests/support/tiny.h"
#include "ui/models/workspace.h"
#include "ui/panels/runs/compare_panel.h"

#include <QSignalSpy>
#include <QTest>

using namespace samout;

class ComparePanelTest : public QObject {
    Q_OBJECT

    static std::shared_ptr<const Snapshot> louder(const Snapshot &snapshot)
    {
        std::vector<float> weights(snapshot.weights().begin(), snapshot.weights().end());
        for (float &weight : weights)
            weight *= 2;
        return std::make_shared<Snapshot>(snapshot.config(), snapshot.vocabulary(), 9, weights);
    }

private slots:
    void showsBothAndFollowsWhatIsLookedAt()
    {
        const auto one = tiny::snapshot();
        const auto other = louder(*one);
        Workspace workspace;
        workspace.setText(QStringLiteral("the fox"));
        workspace.setSnapshot(one);
        ComparePanel panel(&workspace);
        QVERIFY(panel.isEmpty());
        QSignalSpy shown(&panel, &ComparePanel::shown);
        workspace.compareWith(other, QStringLiteral("other"));
        QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, 60'000);
        QVERIFY(!panel.isEmpty());
        const QStringList lines = panel.table().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        QCOMPARE(lines.size(), 1 + 7); // a header, and a line per token
        const auto losses = [](const Snapshot &snapshot) {
            return tokenLosses(*examine({.snapshot = std::make_shared<Snapshot>(snapshot),
                                         .tokens = snapshot.vocabulary().encode("the fox"),
                                         .layers = {},
                                         .sites = {}}));
        };
        for (int i = 1; i < 7; ++i) {
            const QStringList cells = lines[1 + i].split(QLatin1Char('\t'));
            const auto at = static_cast<std::size_t>(i);
            QCOMPARE(cells[1].toFloat(), losses(*one)[at]);
            QCOMPARE(cells[2].toFloat(), losses(*other)[at]);
        }
        const QString before = panel.table();
        workspace.setSnapshot(other);
        QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 2, 60'000);
        QVERIFY(panel.table() != before);
        workspace.compareWith(nullptr, {});
        QVERIFY(panel.isEmpty());
    }

    void trainedBesideChanged()
    {
        const auto one = tiny::snapshot();
        Workspace workspace;
        workspace.setText(QStringLiteral("the fox"));
        workspace.setSnapshot(one);
        ComparePanel panel(&workspace);
        panel.setVisible(true);
        QSignalSpy shown(&panel, &ComparePanel::shown);
        const Interventions change{.silencedMixers = {0}};
        workspace.setInterventions(change);
        QTRY_COMPARE_WITH_TIMEOUT(shown.size(), 1, 60'000);
        Question question{.snapshot = one, .tokens = one->vocabulary().encode("the fox")};
        const auto trained = tokenLosses(*examine(question));
        question.interventions = change;
        const auto changed = tokenLosses(*examine(question));
        const QStringList lines = panel.table().split(QLatin1Char('\n'), Qt::SkipEmptyParts);
        for (int i = 1; i < 7; ++i) {
            const QStringList cells = lines[1 + i].split(QLatin1Char('\t'));
            QCOMPARE(cells[1].toFloat(), trained[static_cast<std::size_t>(i)]);
            QCOMPARE(cells[2].toFloat(), changed[static_cast<std::size_t>(i)]);
        }
        QVERIFY(changed != trained);
        workspace.setInterventions({});
        QVERIFY(panel.isEmpty());
    }
};

QTEST_MAIN(ComparePanelTest)
#include "compare_panel_test.moc"
