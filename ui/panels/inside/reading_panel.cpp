// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/reading_panel.h"

#include "core/infer/sampling.h"
#include "core/inspect/next_token.h"
#include "ui/models/workspace.h"
#include "ui/plots/color_bar.h"
#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/alternatives_chart.h"
#include "ui/widgets/reading_table.h"
#include "ui/widgets/text_tokens.h"

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

QString percent(float probability)
{
    return std::isnan(probability) ? QStringLiteral("NaN")
                                   : QStringLiteral("%1 %").arg(double(probability) * 100, 0, 'f', 2);
}

} // namespace

ReadingPanel::ReadingPanel(Workspace *workspace, QWidget *parent)
    : ExaminedPanel(tr("Reading"),
                    tr("What the network would say after each of its layers will be shown here: press Start to train."),
                    parent),
      m_workspace(workspace), m_table(new ReadingTable), m_sentence(new QLabel), m_legend(new QLabel),
      m_bar(new ColorBar(Qt::Horizontal)), m_chart(new AlternativesChart)
{
    m_table->setToolTip(tr("reading = head · (the layer's output): what the network would say here if it ended after "
                           "that layer. In a cell the likeliest token; its ground is the probability of the token that "
                           "does come next, so a bright column is known early."));
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setWordWrap(true);
    m_chart->setToolTip(tr("The ten likeliest tokens by the reading of the chosen cell. The arrow is at the one that "
                           "does come next."));
    showLegend();
    m_bar->setFixedWidth(112);
    m_bar->setCursor(Qt::ArrowCursor);
    m_legend->setMinimumWidth(1);
    auto *legendRow = new QHBoxLayout;
    legendRow->setSpacing(8);
    legendRow->addWidget(m_legend, 0, Qt::AlignTop);
    legendRow->addWidget(m_bar, 0, Qt::AlignTop);
    legendRow->addStretch(1);
    auto *left = new QWidget;
    auto *column = new QVBoxLayout(left);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_table, 1);
    column->addLayout(legendRow);
    column->addWidget(m_sentence);
    column->addStretch();
    auto *split = new QSplitter(Qt::Horizontal);
    split->addWidget(left);
    split->addWidget(m_chart);
    split->setStretchFactor(0, 5);
    split->setStretchFactor(1, 2);
    split->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(content());
    layout->setContentsMargins(12, 0, 12, 8);
    layout->addWidget(split);

    connect(m_table, &ReadingTable::clicked, this, &ReadingPanel::choose);
    connect(m_table, &ReadingTable::hovered, this, [this](int layer, int position) {
        m_workspace->setCursor(position, position < 0 ? -1 : m_workspace->cursorChannel());
        emit m_workspace->readout(position < 0 ? QString() : sentenceOf(layer, position));
    });
    connect(m_workspace, &Workspace::cursorChanged, this, [this] {
        if (isVisible())
            m_table->setCursorPosition(m_workspace->cursorToken());
    });
}

void ReadingPanel::ask(Question &question) const
{
    if (!isVisible())
        return;
    const std::int64_t layers = question.snapshot ? question.snapshot->config().numLayers : 0;
    for (int layer = 0; layer < layers; ++layer)
        if (std::ranges::find(question.layers, layer) == question.layers.end())
            question.layers.push_back(layer);
    question.readings = true;
}

void ReadingPanel::draw()
{
    if (!m_examination)
        return;
    for (int layer = 0; layer < m_examination->snapshot->config().numLayers; ++layer)
        if (!m_examination->findReading(layer))
            return;
    m_stale = false;
    setEmpty(false);
    m_table->setExamination(m_examination);
    showLegend();
    m_table->setMaximumHeight(m_table->sizeHint().height());
    m_table->setCursorPosition(m_workspace->cursorToken());
    showChosen();
}

void ReadingPanel::showLegend()
{
    const bool differs = m_examination && m_examination->trained;
    m_legend->setText(differs ? tr("Change of the next token's probability") : tr("Probability of the next token"));
    const double most = differs ? m_table->largestChange() : 1;
    m_bar->setColors(differs ? ColorMap::diverging(PlotTheme::of(*this).dark) : ColorMap::cividis(),
                     Heatmap::Scale::Linear, differs ? -most : 0, most);
}

void ReadingPanel::changeEvent(QEvent *event)
{
    ExaminedPanel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        showLegend();
}

void ReadingPanel::choose(int layer, int position)
{
    m_layer = layer;
    m_position = position;
    m_workspace->setCursor(position, m_workspace->cursorChannel());
    showChosen();
}

void ReadingPanel::showChosen()
{
    if (!m_examination)
        return;
    const int lastLayer = static_cast<int>(m_examination->snapshot->config().numLayers) - 1;
    const int last = static_cast<int>(m_examination->tokens.size()) - 1;
    const int layer = m_layer < 0 ? lastLayer : std::min(m_layer, lastLayer);
    const int position = m_position < 0 ? std::max(0, last - 1) : std::min(m_position, last);
    const Grid *logits = m_examination->findReading(layer);
    if (!logits)
        return;
    m_table->setChosen(layer, position);
    m_sentence->setText(sentenceOf(layer, position) + thinnedNote(*m_examination));
    const auto cols = static_cast<std::size_t>(logits->cols);
    const auto shares =
        probabilities(std::span<const float>(logits->values.data() + static_cast<std::size_t>(position) * cols, cols));
    QList<AlternativesChart::Bar> bars;
    const std::int64_t next = m_examination->next[static_cast<std::size_t>(position)];
    if (std::ranges::none_of(shares, [](float share) { return std::isnan(share); }))
        for (const TokenProbability &one : likeliest(shares, shownBars))
            bars.append({.label = QString::fromStdString(m_examination->snapshot->vocabulary().label(one.token)),
                         .probability = one.probability,
                         .drawn = one.token == next});
    m_chart->setEmptyText(tr("The reading is not a number here."));
    m_chart->setBars(bars);
}

QString ReadingPanel::sentenceOf(int layer, int position) const
{
    const Vocabulary &vocabulary = m_examination->snapshot->vocabulary();
    const auto label = [&](std::int64_t token) { return QString::fromStdString(vocabulary.label(token)); };
    const NextToken said = nextToken(*m_examination, *m_examination->findReading(layer), position);
    QString text = tr("After %1, layer %2 would say “%3” (%4).")
                       .arg(namedToken(*m_examination, position))
                       .arg(layer)
                       .arg(label(said.likeliest), percent(said.probability));
    if (said.next >= 0)
        text += tr(" “%1” comes next: rank %2, %3.")
                    .arg(label(said.next))
                    .arg(said.rank)
                    .arg(percent(said.nextProbability));
    if (m_examination->trained) {
        const NextToken trained = nextToken(*m_examination, *m_examination->trained->findReading(layer), position);
        text += tr(" As trained: “%1” (%2)").arg(label(trained.likeliest), percent(trained.probability));
        text += said.next >= 0 ? tr("; next: rank %1, %2.").arg(trained.rank).arg(percent(trained.nextProbability))
                               : QStringLiteral(".");
    }
    return text;
}

QString ReadingPanel::sentence() const { return m_sentence->text(); }

QString ReadingPanel::table() const
{
    return QString::fromStdString(tabSeparated(readingTable(m_examination ? *m_examination : Examination())));
}

} // namespace samout
