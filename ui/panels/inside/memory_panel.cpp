// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/memory_panel.h"

#include "core/inspect/winner_map.h"
#include "ui/models/commands.h"
#include "ui/models/workspace.h"
#include "ui/panels/inside/measured_influence.h"
#include "ui/plots/color_bar.h"
#include "ui/plots/heatmap.h"
#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/job_bar.h"
#include "ui/widgets/layer_chooser.h"
#include "ui/widgets/panel_header.h"
#include "ui/widgets/text_tokens.h"
#include "ui/work/job.h"
#include "ui/work/live.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

constexpr int spaceBetweenMaps = 8;
/// The 99th percentile of the sizes of all cells that are not 0, so that one large cell does not leave the rest dark.
float fittingHigh(const std::vector<Grid> &grids)
{
    std::vector<float> sizes;
    for (const Grid &grid : grids)
        for (const float value : grid.values)
            if (std::isfinite(value) && value != 0)
                sizes.push_back(std::abs(value));
    if (sizes.empty())
        return 1;
    const auto place = sizes.begin() + static_cast<std::ptrdiff_t>(0.99 * static_cast<double>(sizes.size() - 1));
    std::nth_element(sizes.begin(), place, sizes.end());
    return *place;
}

} // namespace

MemoryPanel::MemoryPanel(Workspace *workspace, QWidget *parent)
    : ExaminedPanel(tr("Memory"),
                    tr("Which tokens the memory of every head holds, and which of them matter, will be shown here: "
                       "press Start to train."),
                    parent),
      m_workspace(workspace), m_layers(new LayerChooser), m_job(new Job(this)), m_scroll(new QScrollArea),
      m_sheet(new QWidget), m_grid(new QGridLayout(m_sheet)), m_shareBar(new ColorBar(Qt::Horizontal)),
      m_influenceBar(new ColorBar(Qt::Horizontal)), m_caption(new QLabel), m_text(new TokenView)
{
    addControl(m_layers);
    m_measure = addButton(tr("Measure influence"),
                          tr("Hides every token from memory, one after the other, and measures how far each later "
                             "prediction moves. By itself while nothing trains."),
                          false);
    m_measure->setAutoRaise(false);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(spaceBetweenMaps);
    m_sheet->setBackgroundRole(QPalette::Base);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setBackgroundRole(QPalette::Base);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setMinimumHeight(96);
    m_scroll->setWidget(m_sheet);
    m_scroll->viewport()->installEventFilter(this);
    m_caption->setTextFormat(Qt::PlainText);
    m_caption->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_text->setMinimumHeight(m_text->fontMetrics().height() + 20);
    m_text->setMaximumHeight(2 * m_text->fontMetrics().height() + 26);
    m_text->setToolTip(tr("The text, each token on a ground that says how much of the row above is its own: the "
                          "brightest token of the row has the brightest ground. A click moves the row there."));

    auto *bars = new QHBoxLayout;
    bars->setSpacing(8);
    const auto addBar = [&](ColorBar *bar, const QString &name, const QString &toolTip) {
        auto *label = new QLabel(name);
        bar->setToolTip(toolTip);
        bar->setMinimumWidth(72);
        label->setToolTip(toolTip);
        bars->addWidget(label, 0, Qt::AlignTop);
        bars->addWidget(bar, 1, Qt::AlignTop);
        bar->setCursor(Qt::ArrowCursor);
    };
    addBar(m_shareBar, tr("Share held"),
           tr("Of the head's channels, how many hold at token t what token j brought: t is the row, j the column. The "
              "colours end at the 99 % of what is not zero."));
    addBar(m_influenceBar, tr("Influence (nats)"),
           tr("KL(p || q) = sum of p ln(p / q), p the prediction at t, q the one without token j in memory. The "
              "colours are logarithmic, three decades."));

    auto *layout = new QVBoxLayout(content());
    layout->setContentsMargins(12, 0, 12, 4);
    layout->setSpacing(4);
    // Beside the caption, so that nothing moves when the bar appears or goes.
    auto *progress = new JobBar(m_job, tr("Hiding one token after the other"));
    progress->layout()->setContentsMargins(0, 0, 0, 0);
    auto *captions = new QHBoxLayout;
    captions->setSpacing(8);
    captions->addWidget(m_caption, 1);
    captions->addWidget(progress, 1);
    m_caption->setMinimumHeight(progress->sizeHint().height());
    layout->addWidget(m_scroll, 1);
    layout->addLayout(bars);
    layout->addLayout(captions);
    layout->addWidget(m_text);

    connect(m_layers, &LayerChooser::chosen, m_workspace, &Workspace::setLayer);
    setCommand(m_measure, "panel.measure");
    connect(m_measure, &QToolButton::clicked, this, &MemoryPanel::measure);
    connect(m_workspace, &Workspace::layerChanged, this, [this] {
        m_layers->setCurrent(m_workspace->layer());
        emit questionChanged();
    });
    connect(m_workspace, &Workspace::cursorChanged, this, &MemoryPanel::showCursor);
    connect(m_text, &TokenView::clicked, this, [this](int token) {
        m_row = token;
        m_workspace->setCursor(token, m_workspace->cursorChannel());
        showCursor();
    });
    connect(m_job, &Job::failed, this, [this](const QString &reason) {
        if (!m_maps.empty())
            m_maps.back()->setEmptyText(reason);
        emit m_workspace->readout(reason);
    });
}

void MemoryPanel::connectTo(const PanelContext &context)
{
    ExaminedPanel::connectTo(context);
    connect(context.live, &Live::statusChanged, this, [this, live = context.live](SessionStatus status) {
        setMeasuring(status == SessionStatus::Paused || !live->active());
    });
}

bool MemoryPanel::busy() const { return m_job->running(); }

void MemoryPanel::ask(Question &question) const
{
    if (!isVisible())
        return;
    if (std::ranges::find(question.layers, m_workspace->layer()) == question.layers.end())
        question.layers.push_back(m_workspace->layer());
    question.winners = true;
}

void MemoryPanel::draw()
{
    const int layer = m_workspace->layer();
    if (!m_examination || !m_examination->findWinners(layer))
        return;
    m_stale = false;
    m_shownLayer = layer;
    setEmpty(false);
    const ModelConfig &config = m_examination->snapshot->config();
    const auto heads = static_cast<int>(config.numHeads);
    m_layers->setCount(static_cast<int>(config.numLayers));
    m_layers->setCurrent(layer);
    makeMaps(heads);

    m_edited = hasEdited(*m_examination->findWinners(layer));
    m_shares = winnerMapsOf(*m_examination, layer, m_edited, mostInfluenceTokens);
    if (m_examination->trained) {
        const auto trained = winnerMapsOf(*m_examination->trained, layer, m_edited, mostInfluenceTokens);
        for (std::size_t head = 0; head < m_shares.size(); ++head)
            m_shares[head] = difference(std::move(m_shares[head]), trained[head]);
    }
    QStringList labels = tokenLabels(m_examination->snapshot->vocabulary(), m_examination->tokens);
    labels = labels.mid(0, mostInfluenceTokens);
    m_maps.back()->setColumnLabels(labels);
    if (m_edited)
        labels.prepend(QStringLiteral("∗"));
    for (std::size_t head = 0; head < m_shares.size(); ++head) {
        m_maps[head]->setValues(m_shares[head].rows, m_shares[head].cols, m_shares[head].values);
        m_maps[head]->setTriangle(m_edited ? 1 : 0);
        m_maps[head]->setColumnLabels(labels);
    }
    drawInfluence();
    drawColors();
    showCursor();
    measureIfDue();
}

/// Draws the newest influence that was measured on this text; the title says if other weights were measured.
void MemoryPanel::drawInfluence()
{
    Heatmap *map = m_maps.back();
    const bool thinned = m_examination->every > 1;
    const bool sameText = !thinned && m_measured && m_measured->examination->tokens == m_examination->tokens &&
                          m_measured->examination->interventions == m_examination->interventions &&
                          !m_measured->examination->trained == !m_examination->trained;
    m_influence = {};
    m_measure->setEnabled(!thinned);
    map->setTitle(tr("influence"));
    map->setToolTip(tr("How far the prediction at a row's token moves when a column's token is hidden from memory in "
                       "all layers. What memory holds and what matters often disagree."));
    if (sameText) {
        m_influence = m_measured->shown();
        if (!m_measured->isOf(*m_examination))
            map->setTitle(tr("influence at step %1").arg(m_measured->examination->snapshot->step()));
    } else {
        map->setEmptyText(thinned ? tr("The text is too long to hide every token of it: shorten it to measure the "
                                       "influence.")
                                  : tr("Which tokens matter to the predictions: press Measure influence."));
    }
    map->setValues(m_influence.rows, m_influence.cols, m_influence.values);
    map->setTriangle(0);
}

void MemoryPanel::drawColors()
{
    if (m_maps.empty())
        return;
    const bool signedValues = m_examination && m_examination->trained;
    const ColorMap &map = signedValues ? ColorMap::diverging(PlotTheme::of(*this).dark) : ColorMap::cividis();
    const float share = fittingHigh(m_shares), nats = fittingHigh({m_influence});
    for (std::size_t i = 0; i + 1 < m_maps.size(); ++i)
        m_maps[i]->setColors(map, Heatmap::Scale::Linear, signedValues ? -share : 0, share);
    m_shareBar->setColors(map, Heatmap::Scale::Linear, signedValues ? -share : 0, share);
    const auto scale = signedValues ? Heatmap::Scale::SignedLog : Heatmap::Scale::Log;
    m_maps.back()->setColors(map, scale, signedValues ? -nats : 0, nats);
    m_influenceBar->setColors(map, scale, signedValues ? -nats : 0, nats);
    showText();
}

void MemoryPanel::setMeasuring(bool measuring)
{
    m_measuring = measuring;
    measureIfDue();
}

void MemoryPanel::measureIfDue()
{
    if (m_measuring && isVisible() && m_examination && !m_maps.empty() && !m_job->running() &&
        !(m_measured && m_measured->isOf(*m_examination)))
        measure();
}

void MemoryPanel::measure()
{
    if (!m_examination || m_examination->every > 1)
        return;
    auto measured = std::make_shared<MeasuredInfluence>();
    measured->examination = m_examination;
    m_job->run(
        [measured](const Job::Progress &progress, const std::stop_token &stop) { measured->run(progress, stop); },
        [this, measured] { takeInfluence(measured); });
}

void MemoryPanel::takeInfluence(std::shared_ptr<const MeasuredInfluence> measured)
{
    m_measured = std::move(measured);
    if (m_maps.empty())
        return;
    drawInfluence();
    drawColors();
    showCursor();
    emit this->measured();
    // An answer that arrived meanwhile may need a measurement.
    measureIfDue();
}

void MemoryPanel::makeMaps(int heads)
{
    if (heads + 1 == static_cast<int>(m_maps.size()))
        return;
    qDeleteAll(m_maps);
    m_maps.clear();
    m_map = 0;
    for (int i = 0; i <= heads; ++i) {
        auto *map = new Heatmap(m_sheet);
        if (i < heads) {
            map->setTitle(tr("head %1").arg(i));
            map->setToolTip(tr("Row t, column j: the share of the head's channels whose state at token t has been held "
                               "since token j. A row sums to 1. A first column, ∗, is what is held since an edit. A "
                               "click shades the text by its row."));
        }
        connect(map, &Heatmap::hovered, this, [this, i](int row, int col) { pointAt(i, row, col); });
        connect(map, &Heatmap::clicked, this, [this, i](int row) {
            m_map = i;
            m_row = row;
            showCursor();
        });
        m_maps.push_back(map);
    }
    m_columns = 0;
    arrangeMaps();
}

/// Chooses the number of columns that makes the maps largest; if the maps have no room, the sheet scrolls.
void MemoryPanel::arrangeMaps()
{
    const int count = static_cast<int>(m_maps.size());
    if (count == 0)
        return;
    const QSize room = m_scroll->viewport()->size();
    const QSize least = static_cast<QWidget *>(m_maps.front())->minimumSizeHint();
    const int labels = 2 * fontMetrics().height();
    const int most = std::clamp(room.width() / (least.width() + spaceBetweenMaps), 1, count);
    int best = most, bestSide = 0;
    for (int columns = 1; columns <= most; ++columns) {
        const int rows = (count + columns - 1) / columns;
        const int width = room.width() / columns - spaceBetweenMaps;
        const int height = room.height() / rows - spaceBetweenMaps;
        if (height >= least.height() && std::min(width, height - labels) > bestSide) {
            bestSide = std::min(width, height - labels);
            best = columns;
        }
    }
    if (best == m_columns)
        return;
    m_columns = best;
    for (int i = 0; i < count; ++i)
        m_grid->addWidget(m_maps[static_cast<std::size_t>(i)], i / best, i % best);
}

int MemoryPanel::firstColumn(int map) const { return m_edited && !isInfluence(map) ? 1 : 0; }

int MemoryPanel::shownRow() const
{
    const int last = m_shares.empty() ? -1 : m_shares.front().rows - 1;
    const int wanted = m_workspace->cursorToken() >= 0 ? m_workspace->cursorToken() : m_row;
    return wanted < 0 || wanted > last ? last : wanted;
}

void MemoryPanel::pointAt(int map, int row, int col)
{
    if (row >= 0)
        m_map = map;
    m_pointedCol = row >= 0 && col <= row + firstColumn(map) ? col : -1;
    m_workspace->setCursor(row, row >= 0 ? m_workspace->cursorChannel() : -1);
    showCursor();
    emit m_workspace->readout(m_pointedCol < 0 ? QString() : cellText(map, row, col));
}

QString MemoryPanel::cellText(int map, int row, int col) const
{
    const Heatmap *shown = m_maps[static_cast<std::size_t>(map)];
    const QString number = exactNumber(shown->value(row, col));
    const QString at = namedToken(*m_examination, row);
    const int token = col - firstColumn(map);
    const bool signedValues = m_examination->trained != nullptr;
    if (isInfluence(map))
        return (signedValues ? tr("at %1 the influence of %2 is larger by %3 nats than as trained")
                             : tr("at %1 the prediction moves by %3 nats without %2"))
            .arg(at, namedToken(*m_examination, token), number);
    const QString since = heldSince(token);
    return (signedValues
                ? tr("layer %1, head %2, at %3: the share that is held since %4 is larger by %5 than as trained")
                : tr("layer %1, head %2, at %3: a share of %5 is held since %4"))
        .arg(m_shownLayer)
        .arg(map)
        .arg(at, since, number);
}

QString MemoryPanel::heldSince(int token) const
{
    if (token < 0)
        return tr("an edit");
    const QString name = namedToken(*m_examination, token);
    // In a thinned text a column stands for all tokens after the previous column's.
    return token == 0 || m_examination->every == 1
               ? name
               : tr("a token after %1, up to %2").arg(namedToken(*m_examination, token - 1), name);
}

void MemoryPanel::showCursor()
{
    if (!isVisible() || m_shares.empty())
        return;
    const int row = shownRow();
    for (int i = 0; i < static_cast<int>(m_maps.size()); ++i) {
        const int token = m_pointedCol < 0 ? -1 : m_pointedCol - firstColumn(m_map);
        const int col = m_pointedCol < 0 ? -1 : token + firstColumn(i);
        m_maps[static_cast<std::size_t>(i)]->setCursor(row, col);
    }
    showText();
}

/// Shades the text by the shown row of the chosen map.
void MemoryPanel::showText()
{
    const int row = shownRow();
    if (row < 0)
        return;
    const bool influence = isInfluence(m_map) && !m_influence.empty();
    const int map = isInfluence(m_map) && !influence ? 0 : m_map;
    const Grid &grid = influence ? m_influence : m_shares[static_cast<std::size_t>(map)];
    const int first = firstColumn(map);
    const auto begin = m_examination->tokens.begin();
    QList<TokenView::Token> tokens =
        textTokens(m_examination->snapshot->vocabulary(), std::vector(begin, begin + grid.rows));
    float most = 0;
    for (int j = 0; j <= row; ++j)
        if (const float value = std::abs(grid.at(row, first + j)); value > most)
            most = value;
    const bool signedValues = m_examination->trained != nullptr;
    const ColorMap &colors = signedValues ? ColorMap::diverging(PlotTheme::of(*this).dark) : ColorMap::cividis();
    for (int j = 0; j <= row; ++j) {
        const float value = grid.at(row, first + j);
        const double place = Heatmap::placeOf(value, Heatmap::Scale::Linear, signedValues ? -most : 0, most);
        tokens[j].ground = std::isnan(value) ? QColor::fromRgb(nanColor)
                           : most == 0
                               ? QColor()
                               : QColor::fromRgb(colors.colors[static_cast<std::size_t>(std::lround(place * 255))]);
    }
    m_text->setTokens(tokens);
    m_text->select(row);
    m_text->scrollTo(row);
    const QString at = namedToken(*m_examination, row);
    const QString brightest = shortNumber(most);
    QString caption;
    if (influence)
        caption = (signedValues ? tr("How the influence on the prediction at %1 is changed: by at most %2 nats a token")
                                : tr("What matters to the prediction at %1: at most %2 nats a token"))
                      .arg(at, brightest);
    else if (m_examination->every > 1)
        caption = (signedValues ? tr("How what layer %1, head %2 holds at %3 is changed: by at most %4 a column")
                                : tr("What layer %1, head %2 holds at %3: at most %4 since the tokens of one column"))
                      .arg(m_shownLayer)
                      .arg(map)
                      .arg(at, brightest);
    else
        caption = (signedValues ? tr("How what layer %1, head %2 holds at %3 is changed: by at most %4 a token")
                                : tr("What layer %1, head %2 holds at %3: at most %4 since one token"))
                      .arg(m_shownLayer)
                      .arg(map)
                      .arg(at, brightest);
    if (static_cast<int>(m_examination->tokens.size()) > mostInfluenceTokens)
        caption += tr(" (the first %1 tokens are shown)").arg(mostInfluenceTokens * m_examination->every);
    if (!thinnedNote(*m_examination).isEmpty())
        caption += QLatin1Char('.') + thinnedNote(*m_examination);
    m_caption->setText(caption);
    m_caption->setToolTip(caption);
}

bool MemoryPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_scroll->viewport())
        arrangeMaps();
    return ExaminedPanel::eventFilter(watched, event);
}

void MemoryPanel::changeEvent(QEvent *event)
{
    ExaminedPanel::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawColors();
}

QString MemoryPanel::table() const
{
    Table table = mapTable();
    for (std::size_t head = 0; head < m_shares.size(); ++head)
        addMap(table, "layer " + std::to_string(m_shownLayer) + " head " + std::to_string(head), m_shares[head],
               m_edited, m_examination->every);
    addMap(table, "influence", m_influence);
    return QString::fromStdString(tabSeparated(table));
}

} // namespace samout
