// SPDX-License-Identifier: GPL-3.0-only
#include "tests/support/tiny.h"
#include "ui/models/workspace.h"
#include "ui/panels/watch/generate_panel.h"
#include "ui/widgets/alternatives_chart.h"
#include "ui/widgets/sampling_form.h"
#include "ui/widgets/token_view.h"

#include <QAction>
#include <QSignalSpy>
#include <QtTest>

#include <algorithm>
#include <cmath>

using namespace samout;

/// Text streams in, a click shows the alternatives, Stop stops, and an error is a sentence.
class GeneratePanelTest : public QObject {
    Q_OBJECT

private slots:
    void writesAfterThePrompt()
    {
        Workspace workspace;
        GeneratePanel panel(&workspace);
        panel.resize(480, 360);
        panel.setPrompt(QStringLiteral("the fox"));
        panel.sampling()->setLength(50);
        QSignalSpy finished(&panel, &GeneratePanel::finished);
        panel.begin(tiny::snapshot());
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
        QCOMPARE(finished[0][0].toBool(), true);
        QCOMPARE(panel.view()->count(), 57);
        QVERIFY(panel.text().startsWith(QStringLiteral("the fox")));
        QVERIFY(panel.status().contains(QStringLiteral("step 3")));
        QVERIFY(panel.view()->token(6).probability < 0);
        QVERIFY(panel.view()->token(7).probability > 0);
    }

    void sameSeedSameText()
    {
        Workspace workspace;
        GeneratePanel panel(&workspace);
        panel.sampling()->setLength(40);
        QSignalSpy finished(&panel, &GeneratePanel::finished);
        QString texts[2];
        for (QString &text : texts) {
            panel.begin(tiny::snapshot());
            QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
            finished.clear();
            text = panel.text();
        }
        QCOMPARE(texts[0], texts[1]);
        QVERIFY(!texts[0].isEmpty());
    }

    void changedIsWrittenBesideTrained()
    {
        Workspace workspace;
        GeneratePanel panel(&workspace);
        panel.resize(600, 480);
        panel.show();
        panel.setPrompt(QStringLiteral("the fox"));
        panel.sampling()->setLength(60);
        QSignalSpy finished(&panel, &GeneratePanel::finished);
        const auto write = [&] {
            finished.clear();
            panel.begin(tiny::snapshot());
            QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
        };
        write();
        const QString trained = panel.text();
        QVERIFY(!panel.trainedView()->isVisible());

        const Interventions change{.silencedMixers = {0}, .alphas = {{.layer = 1, .value = 1.5F}}};
        workspace.setInterventions(change);
        write();
        QVERIFY(panel.trainedView()->isVisible());
        // By hand: the text of a generator with the changed network, and the first token that differs from the other
        // text.
        const auto snapshot = tiny::snapshot();
        GenerationOptions options = panel.sampling()->options(snapshot->vocabulary());
        const auto prompt = snapshot->vocabulary().encode("the fox");
        Generator asTrained(snapshot, options, prompt);
        options.interventions = change;
        Generator asChanged(snapshot, options, prompt);
        std::vector<std::int64_t> left = prompt, right = prompt;
        for (int i = 0; i < 60; ++i) {
            left.push_back(asTrained.next().token);
            right.push_back(asChanged.next().token);
        }
        QCOMPARE(trained, QString::fromStdString(snapshot->vocabulary().decode(left)));
        QCOMPARE(panel.text(), QString::fromStdString(snapshot->vocabulary().decode(right)));
        const auto first = std::ranges::mismatch(left, right).in1 - left.begin();
        QVERIFY(first >= 7 && first < 67);
        QCOMPARE(panel.firstDifference(), static_cast<int>(first));
        QCOMPARE(panel.trainedView()->firstDifference(), static_cast<int>(first));
        QVERIFY(panel.comparison().contains(QStringLiteral("differs from token %1 on").arg(first)));
        QCOMPARE(panel.trainedView()->count(), 67);
        for (const TokenView *view : {panel.view(), panel.trainedView()})
            QVERIFY(view->viewport()->rect().contains(view->tokenRect(static_cast<int>(first))));

        workspace.setSide(Side::AsTrained);
        write();
        QCOMPARE(panel.text(), trained);
        QVERIFY(!panel.trainedView()->isVisible());
        QCOMPARE(panel.firstDifference(), -1);

        // Interventions that reach no token change nothing.
        workspace.setSide(Side::AsChanged);
        workspace.setInterventions({.states = {{.layer = 0, .position = 500, .channel = 0, .values = {1}}}});
        write();
        QCOMPARE(panel.text(), trained);
        QVERIFY(panel.comparison().contains(QStringLiteral("the same")));
    }

    void clickShowsAlternatives()
    {
        Workspace workspace;
        GeneratePanel panel(&workspace);
        panel.resize(600, 400);
        panel.show();
        panel.setPrompt(QStringLiteral("the"));
        panel.sampling()->setLength(30);
        QSignalSpy finished(&panel, &GeneratePanel::finished);
        panel.begin(tiny::snapshot());
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
        const int index = 12;
        QTest::mouseClick(panel.view()->viewport(), Qt::LeftButton, {}, panel.view()->tokenRect(index).center());
        QCOMPARE(panel.view()->selected(), index);
        const QList<AlternativesChart::Bar> bars = panel.chart()->bars();
        QCOMPARE(bars.size(), 10);
        for (int i = 1; i < bars.size(); ++i)
            QVERIFY(bars[i].probability <= bars[i - 1].probability);
        // A token of the prompt was not written: it has no alternatives.
        QTest::mouseClick(panel.view()->viewport(), Qt::LeftButton, {}, panel.view()->tokenRect(1).center());
        QVERIFY(panel.chart()->bars().isEmpty());
    }

    void stops()
    {
        Workspace workspace;
        GeneratePanel panel(&workspace);
        panel.sampling()->setLength(100'000);
        QSignalSpy finished(&panel, &GeneratePanel::finished);
        panel.begin(tiny::snapshot());
        QTRY_VERIFY_WITH_TIMEOUT(panel.view()->count() > 0, 60'000);
        panel.stopAction()->trigger();
        QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, 60'000);
        QCOMPARE(finished[0][0].toBool(), false);
        QVERIFY(panel.view()->count() < 100'000);
        QVERIFY(!panel.stopAction()->isEnabled());
    }

    void longTextsKeepTheirLayout()
    {
        TokenView view;
        view.resize(437, 300); // no multiple of a word
        view.show();
        QList<TokenView::Token> tokens;
        for (int i = 0; i < 100'000; ++i)
            tokens.append({.text = i % 7 == 6 ? QStringLiteral(" ") : QStringLiteral("w"), .probability = 0.5F});
        for (int i = 0; i < 100; ++i)
            view.append(tokens.mid(i * 1000, 1000));
        QCOMPARE(view.count(), 100'000);
        // Followed to the end: the last token is on screen, inside the width.
        QVERIFY(view.viewport()->rect().contains(view.tokenRect(99'999)));
        // A word is not broken.
        for (int i = 1; i < 2000; ++i)
            if (i % 7 != 0 && i % 7 != 6)
                QCOMPARE(view.tokenRect(i).top(), view.tokenRect(i - 1).top());
    }

    void textOnColourIsReadable()
    {
        const auto luminance = [](const QColor &color) {
            const auto linear = [](double c) { return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4); };
            return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
        };
        for (int i = 0; i <= 100; ++i) {
            const QColor ground = TokenView::ground(static_cast<float>(i) / 100);
            const double a = luminance(ground);
            const double b = luminance(TokenView::ink(ground));
            QVERIFY((std::max(a, b) + 0.05) / (std::min(a, b) + 0.05) >= 4.5);
        }
    }

    void saysWhatIsMissing()
    {
        Workspace workspace;
        GeneratePanel panel(&workspace);
        panel.begin(nullptr);
        QVERIFY(panel.status().contains(QStringLiteral("no weights")));
        panel.setPrompt(QStringLiteral("1 200 x"));
        ModelConfig config;
        config.hiddenSize = 12;
        config.numHeads = 3;
        config.numLayers = 1;
        panel.begin(std::make_shared<const Snapshot>(config, Vocabulary::ofNumbers(128), 0,
                                                     std::vector<float>(static_cast<std::size_t>(arenaSize(config)))));
        QVERIFY(!panel.running());
        QVERIFY(panel.status().contains(QStringLiteral("200")));
    }
};

QTEST_MAIN(GeneratePanelTest)
#include "generate_panel_test.moc"
