// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/surprise_panel.h"

#include "core/infer/sampling.h"
#include "core/inspect/next_token.h"
#include "ui/models/workspace.h"
#include "ui/plots/color_bar.h"
#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/alternatives_chart.h"
#include "ui/widgets/text_tokens.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSplitter>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <span>

namespace samout {

namespace {

constexpr int shownBars = 10;

} // namespace

SurprisePanel::SurprisePanel(Workspace *workspace, QWidget *parent)
    : ExaminedPanel(tr("Surprise"),
                    tr("The text to look at will be shown here, coloured by how much each token surprises the network: "
                       "press Start to train."),
                    parent),
      m_workspace(workspace), m_sentence(new QLabel), m_expected(new QLabel), m_bar(new ColorBar(Qt::Horizontal)),
      m_text(new TokenView), m_chart(new AlternativesChart)
{
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_expected->setTextFormat(Qt::PlainText);
    m_expected->setWordWrap(true);
    m_text->setToolTip(tr("loss = -ln p(token), in nats, p by the network after the tokens before it. The first token "
                          "is given and has none. A click shows what was expected in a token's place."));
    m_chart->setToolTip(tr("The ten tokens that were likeliest in the chosen one's place; the arrow is at the one that "
                           "came."));
    m_bar->setToolTip(tr("The loss of a token, from 0 (certain) to chance, ln(vocabulary): what guessing blindly "
                         "costs. Larger losses have the last colour."));
    m_bar->setFixedWidth(128);
    m_bar->setCursor(Qt::ArrowCursor);
    auto *split = new QSplitter(Qt::Horizontal);
    split->addWidget(m_text);
    split->addWidget(m_chart);
    split->setStretchFactor(0, 3);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    auto *top = new QHBoxLayout;
    top->setSpacing(8);
    top->addWidget(m_sentence, 1);
    top->addWidget(m_bar, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(content());
    layout->setContentsMargins(12, 4, 12, 8);
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(split, 1);
    layout->addWidget(m_expected);

    connect(m_text, &TokenView::clicked, this, &SurprisePanel::choose);
    connect(m_text, &TokenView::hovered, this, [this](int token) {
        m_workspace->setCursor(token, token < 0 ? -1 : m_workspace->cursorChannel());
        readOut(token);
    });
    connect(m_workspace, &Workspace::cursorChanged, this, &SurprisePanel::showCursor);
}

void SurprisePanel::ask(Question &question) const
{
    if (isVisible())
        question.logits = true;
}

void SurprisePanel::draw()
{
    if (!m_examination)
        return;
    m_stale = false;
    setEmpty(false);
    m_shown = surpriseOf(*m_examination);
    m_trained = m_examination->trained ? surpriseOf(*m_examination->trained) : Surprise();
    showMean();
    showText();
    showChosen();
}

int SurprisePanel::rowOf(int token) const { return m_examination->every == 1 ? token - 1 : token; }

QString SurprisePanel::named(int token) const
{
    return namedToken(m_examination->snapshot->vocabulary(), m_shown.tokens[static_cast<std::size_t>(token)],
                      m_shown.positions[static_cast<std::size_t>(token)]);
}

void SurprisePanel::showMean()
{
    if (m_shown.counted() <= 0)
        return m_sentence->setText(tr("The first token is given; a second one would have a loss."));
    const double mean = m_shown.mean();
    const double chance = std::log(static_cast<double>(m_examination->logits.cols));
    QString text = tr("Mean loss %1 nats over %2 tokens (chance %3).")
                       .arg(shortNumber(mean))
                       .arg(m_shown.counted())
                       .arg(shortNumber(chance));
    if (!m_trained.losses.empty()) {
        const double trained = m_trained.mean();
        text += tr(" As trained %1, changed by %2%3.")
                    .arg(shortNumber(trained), mean > trained ? QStringLiteral("+") : QString(),
                         shortNumber(mean - trained));
    }
    m_sentence->setText(text + thinnedNote(*m_examination));
    m_sentence->setToolTip(exactNumber(mean));
}

void SurprisePanel::showText()
{
    const bool difference = !m_trained.losses.empty();
    const ColorMap &map = difference ? ColorMap::diverging(PlotTheme::of(*this).dark) : ColorMap::viridis();
    double high = std::log(static_cast<double>(m_examination->logits.cols));
    if (difference) {
        high = 0;
        for (std::size_t t = 0; t < m_shown.losses.size(); ++t)
            if (const double change = std::abs(m_shown.losses[t] - m_trained.losses[t]); std::isfinite(change))
                high = std::max(high, change);
    }
    const double low = difference ? -high : 0;
    QList<TokenView::Token> tokens = textTokens(m_examination->snapshot->vocabulary(), m_shown.tokens);
    for (std::size_t t = rowOf(0) < 0 ? 1 : 0; t < m_shown.losses.size(); ++t) {
        const double value = difference ? m_shown.losses[t] - m_trained.losses[t] : m_shown.losses[t];
        const double place = Heatmap::placeOf(value, Heatmap::Scale::Linear, low, high);
        tokens[static_cast<qsizetype>(t)].ground =
            std::isnan(place) ? QColor::fromRgb(nanColor)
                              : QColor::fromRgb(map.colors[static_cast<std::size_t>(std::lround(place * 255))]);
    }
    m_bar->setColors(map, Heatmap::Scale::Linear, static_cast<float>(low), static_cast<float>(high));
    m_text->setTokens(tokens);
    showCursor();
}

void SurprisePanel::choose(int token)
{
    m_chosen = token;
    m_workspace->setCursor(token, m_workspace->cursorChannel());
    showChosen();
    showCursor();
}

void SurprisePanel::showChosen()
{
    const int last = static_cast<int>(m_shown.losses.size()) - 1;
    int chosen = std::min(m_chosen, last);
    if (chosen < 0) {
        // The token that surprised most.
        for (int t = rowOf(0) < 0 ? 1 : 0; t <= last; ++t)
            if (chosen < 0 ||
                m_shown.losses[static_cast<std::size_t>(t)] > m_shown.losses[static_cast<std::size_t>(chosen)])
                chosen = t;
    }
    QList<AlternativesChart::Bar> bars;
    m_expected->setText(tr("Click a token to see what was expected in its place."));
    m_chart->setEmptyText(tr("This token was given: nothing was expected in its place."));
    if (chosen >= 0 && rowOf(chosen) >= 0) {
        const NextToken said = nextToken(*m_examination, m_examination->logits, rowOf(chosen));
        m_expected->setText(tr("At the right, what was expected in place of %1: it had rank %2 and probability %3.")
                                .arg(named(chosen))
                                .arg(said.rank)
                                .arg(shortNumber(said.nextProbability)));
        const auto cols = static_cast<std::size_t>(m_examination->logits.cols);
        const auto shares = probabilities(std::span<const float>(
            m_examination->logits.values.data() + static_cast<std::size_t>(rowOf(chosen)) * cols, cols));
        if (std::ranges::any_of(shares, [](float share) { return std::isnan(share); }))
            m_chart->setEmptyText(tr("What was expected here is not a number."));
        else
            for (const TokenProbability &one : likeliest(shares, shownBars))
                bars.append({.label = QString::fromStdString(m_examination->snapshot->vocabulary().label(one.token)),
                             .probability = one.probability,
                             .drawn = one.token == said.next});
    }
    m_chart->setBars(bars);
    m_text->select(m_workspace->cursorToken() >= 0 ? m_workspace->cursorToken() : chosen);
}

void SurprisePanel::showCursor()
{
    if (isVisible())
        m_text->select(m_workspace->cursorToken() >= 0 ? m_workspace->cursorToken() : m_chosen);
}

void SurprisePanel::readOut(int token)
{
    if (token < 0 || token >= static_cast<int>(m_shown.losses.size()))
        return emit m_workspace->readout({});
    const auto at = static_cast<std::size_t>(token);
    if (rowOf(token) < 0)
        return emit m_workspace->readout(tr("%1 is given").arg(named(token)));
    QString text = tr("%1: loss %2 nats, probability %3")
                       .arg(named(token), exactNumber(m_shown.losses[at]), shortNumber(std::exp(-m_shown.losses[at])));
    if (!m_trained.losses.empty())
        text += tr("; as trained %1 nats").arg(exactNumber(m_trained.losses[at]));
    emit m_workspace->readout(text);
}

QString SurprisePanel::sentence() const { return m_sentence->text(); }

void SurprisePanel::changeEvent(QEvent *event)
{
    ExaminedPanel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_examination && !m_shown.losses.empty())
        showText();
}

QString SurprisePanel::table() const
{
    if (!m_examination)
        return QString::fromStdString(tabSeparated(tableOf(Surprise(), Vocabulary())));
    const Vocabulary &vocabulary = m_examination->snapshot->vocabulary();
    Table table = tableOf(m_shown, vocabulary);
    if (m_examination->trained) {
        const Table trained = tableOf(m_trained, vocabulary);
        table.columns.push_back({.name = "as trained", .unit = "nats"});
        for (std::size_t i = 0; i < table.rows.size(); ++i)
            table.rows[i].push_back(trained.rows[i].back());
    }
    return QString::fromStdString(tabSeparated(table));
}

} // namespace samout
