// SPDX-License-Identifier: GPL-3.0-only
#include "core/infer/sampling.h"
#include "core/inspect/comparison.h"
#include "tests/support/tiny.h"
#include "ui/models/workspace.h"
#include "ui/panels/inside/surprise_panel.h"
#include "ui/plots/color_map.h"
#include "ui/plots/heatmap.h"
#include "ui/plots/number_text.h"
#include "ui/widgets/alternatives_chart.h"
#include "ui/widgets/token_view.h"

#include <QSignalSpy>
#include <QtTest>

#include <cmath>
#include <limits>
#include <span>

using namespace samout;

namespace {

std::shared_ptr<const Examination> examined(std::shared_ptr<const Snapshot> snapshot = tiny::snapshot(),
                                            const std::string &text = "the quick fox\n",
                                            const Interventions &interventions = {}, bool besideTrained = false,
                                            std::int64_t mostRows = 0)
{
    Question question{.snapshot = std::move(snapshot), .logits = true};
    question.tokens = question.snapshot->vocabulary().encode(text);
    question.interventions = interventions;
    question.besideTrained = besideTrained;
    question.mostRows = mostRows;
    return examine(question);
}

} // namespace

/// The surprise panel: the losses of core as colours, their mean, and the tokens that were expected instead.
class SurprisePanelTest : public QObject {
    Q_OBJECT

private slots:
    void wishesLogits();
    void lossesAreColours();
    void aClickShowsWhatWasExpected();
    void differenceIsChangedMinusTrained();
    void aThinnedTextHasTheLossesOfRealTokens();
    void oddTextsAndWeights();
};

void SurprisePanelTest::wishesLogits()
{
    Workspace workspace;
    SurprisePanel panel(&workspace);
    Question question;
    panel.ask(question);
    QVERIFY(!question.logits);
    panel.show();
    panel.ask(question);
    QVERIFY(question.logits && question.sites.empty() && question.layers.empty());
}

void SurprisePanelTest::lossesAreColours()
{
    Workspace workspace;
    SurprisePanel panel(&workspace);
    panel.resize(600, 300);
    panel.show();
    const auto answer = examined();
    panel.setExamination(answer);
    const auto losses = tokenLosses(*answer);
    const double chance = std::log(static_cast<double>(answer->logits.cols));
    QVERIFY(!panel.text()->token(0).ground.isValid());
    double sum = 0;
    for (int t = 1; t < panel.text()->count(); ++t) {
        const double loss = losses[static_cast<std::size_t>(t)];
        const double place = Heatmap::placeOf(loss, Heatmap::Scale::Linear, 0, chance);
        QCOMPARE(panel.text()->token(t).ground.rgb(),
                 ColorMap::viridis().colors[static_cast<std::size_t>(std::lround(place * 255))]);
        sum += loss;
    }
    QCOMPARE(panel.sentence(), QStringLiteral("Mean loss %1 nats over 13 tokens (chance %2).")
                                   .arg(shortNumber(sum / 13), shortNumber(chance)));
    QVERIFY(panel.table().contains("4\tq\t" + exactNumber(losses[4])));
    QSignalSpy readout(&workspace, &Workspace::readout);
    emit panel.text()->hovered(4);
    QVERIFY(readout.last().first().toString().startsWith("“q” (4): loss " + exactNumber(losses[4])));
    emit panel.text()->hovered(0);
    QCOMPARE(readout.last().first().toString(), "“t” (0) is given");
    QCOMPARE(workspace.cursorToken(), 0);
}

void SurprisePanelTest::aClickShowsWhatWasExpected()
{
    Workspace workspace;
    SurprisePanel panel(&workspace);
    panel.resize(600, 300);
    panel.show();
    const auto answer = examined();
    panel.setExamination(answer);
    emit panel.text()->clicked(4);
    QCOMPARE(workspace.cursorToken(), 4);
    QCOMPARE(panel.text()->selected(), 4);
    const Grid &logits = answer->logits;
    const std::vector<float> row(logits.values.begin() + 3 * logits.cols, logits.values.begin() + 4 * logits.cols);
    const auto best = likeliest(probabilities(row), 10);
    QCOMPARE(panel.chart()->bars().size(), 10);
    for (qsizetype i = 0; i < 10; ++i) {
        QCOMPARE(panel.chart()->bars()[i].probability,
                 static_cast<double>(best[static_cast<std::size_t>(i)].probability));
        QCOMPARE(panel.chart()->bars()[i].drawn, best[static_cast<std::size_t>(i)].token == answer->tokens[4]);
    }
    emit panel.text()->clicked(0);
    QVERIFY(panel.chart()->bars().isEmpty());
}

void SurprisePanelTest::differenceIsChangedMinusTrained()
{
    Workspace workspace;
    SurprisePanel panel(&workspace);
    panel.show();
    Interventions interventions;
    interventions.silencedMixers = {0};
    const auto answer = examined(tiny::snapshot(), "the quick fox\n", interventions, true);
    panel.setExamination(answer);
    const auto changed = tokenLosses(*answer), trained = tokenLosses(*answer->trained);
    double high = 0, sum = 0;
    for (std::size_t t = 1; t < changed.size(); ++t) {
        high = std::max(high, double(std::abs(changed[t] - trained[t])));
        sum += trained[t];
    }
    QVERIFY(high > 0);
    for (std::size_t t = 1; t < changed.size(); ++t) {
        const double place = Heatmap::placeOf(changed[t] - trained[t], Heatmap::Scale::Linear, -high, high);
        const QRgb color = ColorMap::diverging(panel.palette().color(QPalette::Base).lightness() < 128)
                               .colors[static_cast<std::size_t>(std::lround(place * 255))];
        QCOMPARE(panel.text()->token(static_cast<int>(t)).ground.rgb(), color);
    }
    QVERIFY(panel.sentence().contains("As trained " + shortNumber(sum / 13)));
}

void SurprisePanelTest::aThinnedTextHasTheLossesOfRealTokens()
{
    Workspace workspace;
    SurprisePanel panel(&workspace);
    panel.resize(600, 300);
    panel.show();
    QVERIFY(panel.showsThinned());
    const double chance = std::log(static_cast<double>(tiny::snapshot()->config().vocabSize));
    QSignalSpy readout(&workspace, &Workspace::readout);
    // The last token of the first text is kept, and has no next token.
    for (const std::string text : {"the quick fox", "the quick fo"}) {
        const auto losses = tokenLosses(*examined(tiny::snapshot(), text));
        panel.setExamination(examined(tiny::snapshot(), text, {}, false, 5));
        QCOMPARE(panel.text()->count(), 4);
        double sum = 0;
        for (int t = 0; t < 4; ++t) {
            const auto position = static_cast<std::size_t>(3 * t + 1);
            const double loss = losses[position];
            const double place = Heatmap::placeOf(loss, Heatmap::Scale::Linear, 0, chance);
            QCOMPARE(panel.text()->token(t).text, QString(QLatin1Char(text[position])));
            QCOMPARE(panel.text()->token(t).ground.rgb(),
                     ColorMap::viridis().colors[static_cast<std::size_t>(std::lround(place * 255))]);
            emit panel.text()->hovered(t);
            QVERIFY(readout.last().first().toString().contains(
                QStringLiteral("(%1): loss %2").arg(QString::number(position), exactNumber(losses[position]))));
            sum += loss;
        }
        QCOMPARE(panel.sentence(),
                 QStringLiteral("Mean loss %1 nats over 4 tokens (chance %2). One token of every 3 is shown.")
                     .arg(shortNumber(sum / 4), shortNumber(chance)));
    }
    // The expected tokens come from the prediction at the token before, which is kept.
    panel.setExamination(examined(tiny::snapshot(), "the quick fox\n", {}, false, 5));
    emit panel.text()->clicked(0);
    const auto whole = examined();
    const auto best = likeliest(
        probabilities(std::span(whole->logits.values).first(static_cast<std::size_t>(whole->logits.cols))), 10);
    for (qsizetype i = 0; i < 10; ++i) {
        QCOMPARE(panel.chart()->bars()[i].probability,
                 static_cast<double>(best[static_cast<std::size_t>(i)].probability));
        QCOMPARE(panel.chart()->bars()[i].drawn, best[static_cast<std::size_t>(i)].token == whole->tokens[1]);
    }
    QVERIFY(panel.table().contains("4\tq\t" + exactNumber(tokenLosses(*whole)[4])));
}

void SurprisePanelTest::oddTextsAndWeights()
{
    const auto good = tiny::snapshot();
    Workspace workspace;
    SurprisePanel panel(&workspace);
    panel.show();
    panel.setExamination(examined(good, "t"));
    QVERIFY(panel.sentence().startsWith("The first token is given"));
    panel.grab();
    std::vector<float> weights(good->weights().begin(), good->weights().end());
    std::ranges::fill(weights, std::numeric_limits<float>::quiet_NaN());
    panel.setExamination(
        examined(std::make_shared<const Snapshot>(good->config(), good->vocabulary(), 0, std::move(weights))));
    QCOMPARE(panel.text()->token(2).ground.rgb(), nanColor);
    QVERIFY(panel.chart()->bars().isEmpty());
    panel.grab();
    ModelConfig config = good->config();
    config.vocabSize = 16;
    panel.setExamination(examined(
        std::make_shared<const Snapshot>(config, Vocabulary::ofNumbers(16), 0,
                                         std::vector<float>(static_cast<std::size_t>(arenaSize(config)), 0.1F)),
        "4 5 6 4"));
    QCOMPARE(panel.text()->token(1).text, "5 ");
    panel.grab();
}

QTEST_MAIN(SurprisePanelTest)
#include "surprise_panel_test.moc"
