// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/states_panel.h"

#include "ui/models/commands.h"
#include "ui/models/workspace.h"
#include "ui/plots/color_bar.h"
#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/formula_text.h"
#include "ui/widgets/layer_chooser.h"
#include "ui/widgets/panel_header.h"
#include "ui/widgets/quiet_line.h"
#include "ui/widgets/state_editor.h"
#include "ui/widgets/text_tokens.h"
#include "ui/work/translated.h"

#include <QActionGroup>
#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QMenu>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

constexpr int narrowestHead = 64;
constexpr int spaceBetweenHeads = 8;
constexpr int roomyHeader = 640;

/// The sites that the person can choose: the state first, then its inputs and its outputs.
std::vector<SiteFacts> shownSites(const Mixer &mixer)
{
    std::vector<SiteFacts> shown;
    for (const SiteFacts &facts : mixer.sites())
        if (facts.shape == SiteFacts::Shape::Positions && facts.site != Site::Residual)
            shown.push_back(facts);
    for (const Site first : {Site::Candidate, Site::State})
        if (const auto place = std::ranges::find(shown, first, &SiteFacts::site); place != shown.end())
            std::rotate(shown.begin(), place, place + 1);
    return shown;
}

template <typename T> void addMissing(std::vector<T> &list, T value)
{
    if (std::find(list.begin(), list.end(), value) == list.end())
        list.push_back(value);
}

} // namespace

StatesPanel::StatesPanel(Workspace *workspace, QWidget *parent)
    : ExaminedPanel(
          tr("States"),
          tr("What every channel of a layer holds at every token of the text will be shown here: press Start to "
             "train."),
          parent),
      m_workspace(workspace), m_map(&ColorMap::cividis())
{
    setFocusPolicy(Qt::StrongFocus);
    makeControls();

    m_sheet = new QWidget;
    m_grid = new QGridLayout(m_sheet);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(spaceBetweenHeads);
    m_sheet->setBackgroundRole(QPalette::Base);
    m_scroll = new QScrollArea;
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setBackgroundRole(QPalette::Base);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setWidget(m_sheet);
    m_scroll->viewport()->installEventFilter(this);
    m_editor = new StateEditor(m_sheet);
    connect(m_editor, &StateEditor::accepted, this, [this](float value) {
        m_edited.values.assign(m_edited.values.size(), value);
        emit statesSet(m_edited, m_lastEdited);
        setFocus(Qt::OtherFocusReason);
    });
    connect(m_editor, &StateEditor::rejected, this, [this] { setFocus(Qt::OtherFocusReason); });
    m_editor->installEventFilter(this);
    m_bar = new ColorBar;
    m_bar->setToolTip(tr("What the colours mean. A click locks the range, another one fits it again."));
    connect(m_bar, &ColorBar::clicked, this, [this] { setRangeLocked(!m_locked); });
    m_thinned = new QuietLine;
    m_thinned->hide();
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_scroll, 1);
    row->addWidget(m_bar);
    auto *layout = new QVBoxLayout(content());
    layout->setContentsMargins(12, 0, 12, 8);
    layout->setSpacing(4);
    layout->addWidget(m_thinned);
    layout->addLayout(row, 1);

    connect(m_workspace, &Workspace::layerChanged, this, &StatesPanel::layerChanged);
    connect(m_workspace, &Workspace::cursorChanged, this, &StatesPanel::showCursor);
    connect(m_workspace, &Workspace::snapshotChanged, this, &StatesPanel::setLayers);
    choices().add(QStringLiteral("site"), m_siteBox);
    choices().add(QStringLiteral("range"), m_rangeBox);
    choices().add(QStringLiteral("changes"), m_changesAction);
    choices().add(
        QStringLiteral("rows"), [this] { return static_cast<int>(m_order); },
        [this](const QJsonValue &order) { setRowOrder(static_cast<RowOrder>(std::clamp(order.toInt(), 0, 2))); });
    setLayers();
}

void StatesPanel::makeControls()
{
    m_layers = new LayerChooser;
    addControl(m_layers);
    connect(m_layers, &LayerChooser::chosen, m_workspace, &Workspace::setLayer);

    m_siteBox = addChoice({}, {});
    connect(m_siteBox, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_siteBox->setToolTip(m_siteBox->itemData(index, Qt::ToolTipRole).toString());
        setSite(m_sites[static_cast<std::size_t>(index)].site);
    });

    m_rangeBox = addChoice({QString(), QString()},
                           tr("Fitted: the colours span what is shown (states: its 1 to 99 %); the range grows at once "
                              "and shrinks slowly. Locked: it stays as it is, so that steps and layers compare."));
    connect(m_rangeBox, &QComboBox::currentIndexChanged, this, [this](int index) { setRangeLocked(index == 1); });
    makeViewMenu();
    header()->installEventFilter(this);
    setMixer(defaultMixer());
}

void StatesPanel::nameControls()
{
    // In a narrow window the boxes drop the words before their choices.
    const QString show = m_roomy ? tr("Show: %1") : QStringLiteral("%1");
    const QString range = m_roomy ? tr("Range: %1") : QStringLiteral("%1");
    for (std::size_t i = 0; i < m_sites.size(); ++i)
        m_siteBox->setItemText(static_cast<int>(i), show.arg(nameOf(m_sites[i].site)));
    m_rangeBox->setItemText(0, range.arg(tr("fitted")));
    m_rangeBox->setItemText(1, range.arg(tr("locked")));
}

void StatesPanel::makeViewMenu()
{
    auto *button =
        addButton(tr("View"), tr("The order of the rows, the colours, and marks where states change."), false);
    button->setPopupMode(QToolButton::InstantPopup);
    auto *menu = new QMenu(button);
    menu->setToolTipsVisible(true);
    button->setMenu(menu);
    m_orderActions = new QActionGroup(menu);
    const auto addOrder = [this, menu](RowOrder order, const char *value, const QString &text, const QString &toolTip) {
        QAction *action = m_orderActions->addAction(text);
        action->setCheckable(true);
        action->setChecked(order == m_order);
        setCommand(action, "states.order", {{"value", value}});
        action->setToolTip(toolTip);
        menu->addAction(action);
        connect(action, &QAction::triggered, this, [this, order] { setRowOrder(order); });
    };
    addOrder(RowOrder::Stored, "stored", tr("Rows in stored order"), tr("The channels as in the weights."));
    addOrder(RowOrder::ByEffect, "effect", tr("Rows by effect"),
             tr("The channels with the largest root mean square of mixed over the tokens first."));
    addOrder(RowOrder::ByWinner, "winner", tr("Rows by winner"),
             tr("By the position that holds the last token's state, then by since when it is held."));
    menu->addSeparator();
    auto *maps = new QActionGroup(menu);
    for (const ColorMap *map : {&ColorMap::cividis(), &ColorMap::viridis()}) {
        QAction *action = maps->addAction(tr("Colours of magnitudes: %1").arg(map->name));
        action->setCheckable(true);
        action->setChecked(map == m_map);
        setCommand(action, "states.colors", {{"value", map == &ColorMap::viridis() ? "viridis" : "cividis"}});
        menu->addAction(action);
        connect(action, &QAction::triggered, this, [this, map] { setColorMap(*map); });
    }
    menu->addSeparator();
    QAction *cell =
        menu->addAction(tr("Set the state at the cursor…\tEnter"), this, [this] { editState(Reach::Cell); });
    cell->setToolTip(tr("The running maximum goes on from what you type; the What if panel lists it."));
    QAction *head = menu->addAction(tr("Set the head's states at the cursor's token…\tShift+Enter"), this,
                                    [this] { editState(Reach::Head); });
    head->setToolTip(tr("All channels of the head become what you type."));
    QAction *row = menu->addAction(tr("Set the channel's states from the cursor's token on…\tCtrl+Enter"), this,
                                   [this] { editState(Reach::Row); });
    row->setToolTip(tr("The channel is held at what you type to the end of the text. Shift and drag along a row, or "
                       "Shift with the arrow keys and then Enter, hold it at other tokens."));
    menu->addSeparator();
    m_changesAction = menu->addAction(tr("Changes: tick where a state strictly rises"));
    m_changesAction->setToolTip(tr("Drawn where the cells are wide enough."));
    for (QAction *action : {cell, head, row})
        setCommand(action, "intervention.add", {{"kind", "states"}});
    setCommand(m_changesAction, "states.ticks");
    m_changesAction->setCheckable(true);
    m_changesAction->setChecked(m_changesShown);
    connect(m_changesAction, &QAction::toggled, this, &StatesPanel::setChangesShown);
}

void StatesPanel::setLayers()
{
    const auto &snapshot = m_workspace->snapshot();
    if (snapshot) {
        m_layers->setCount(static_cast<int>(snapshot->config().numLayers));
        setMixer(*snapshot->config().mixer);
    }
    m_layers->setCurrent(m_workspace->layer());
}

/// Fills the list of sites with those of the network's mixer.
void StatesPanel::setMixer(const Mixer &mixer)
{
    if (&mixer == m_mixer)
        return;
    m_mixer = &mixer;
    m_sites = shownSites(mixer);
    const QSignalBlocker quiet(m_siteBox);
    m_siteBox->clear();
    for (const SiteFacts &facts : m_sites) {
        m_siteBox->addItem(QString(), QString::fromUtf8(facts.site.name()));
        m_siteBox->setItemData(m_siteBox->count() - 1,
                               equation(facts) + QStringLiteral("\n") + translated(facts.meaning), Qt::ToolTipRole);
    }
    auto place = std::ranges::find(m_sites, m_site, &SiteFacts::site);
    if (place == m_sites.end())
        place = m_sites.begin();
    m_site = place->site;
    const auto index = static_cast<int>(place - m_sites.begin());
    m_siteBox->setCurrentIndex(index);
    m_siteBox->setToolTip(m_siteBox->itemData(index, Qt::ToolTipRole).toString());
    nameControls();
}

void StatesPanel::layerChanged()
{
    m_layers->setCurrent(m_workspace->layer());
    emit questionChanged();
}

void StatesPanel::ask(Question &question) const
{
    if (!isVisible())
        return;
    addMissing(question.layers, m_workspace->layer());
    addMissing(question.sites, m_site);
    if (m_order == RowOrder::ByEffect)
        addMissing(question.sites, Site::Mixed);
    question.winners = true;
}

void StatesPanel::setSite(Site site)
{
    if (site == m_site)
        return;
    m_site = site;
    const auto place = std::ranges::find(m_sites, site, &SiteFacts::site) - m_sites.begin();
    m_siteBox->setCurrentIndex(static_cast<int>(place));
    emit questionChanged();
}

void StatesPanel::setRowOrder(RowOrder order)
{
    if (order == m_order)
        return;
    m_order = order;
    m_orderActions->actions().at(static_cast<int>(order))->setChecked(true);
    draw();
    emit questionChanged();
}

void StatesPanel::setRangeLocked(bool locked)
{
    if (locked == m_locked)
        return;
    m_locked = locked;
    m_rangeBox->setCurrentIndex(locked ? 1 : 0);
    m_bar->setLocked(locked);
    if (!locked)
        m_ranges.clear();
    draw();
}

void StatesPanel::setColorMap(const ColorMap &map)
{
    m_map = &map;
    drawColors();
}

void StatesPanel::setChangesShown(bool shown)
{
    m_changesShown = shown;
    m_changesAction->setChecked(shown);
    draw();
}

const Grid *StatesPanel::shownGrid() const
{
    if (!m_difference.empty())
        return &m_difference;
    return m_examination ? m_examination->find(m_shownLayer, m_shownSite) : nullptr;
}

/// Empty if there is no network as trained to subtract. Two equal infinities differ by 0.
Grid StatesPanel::differenceFromTrained(const Grid &values) const
{
    const Grid *trained = m_examination->trained ? m_examination->trained->find(m_workspace->layer(), m_site) : nullptr;
    if (!trained)
        return {};
    Grid difference(values.rows, values.cols);
    for (std::size_t i = 0; i < values.values.size(); ++i)
        difference.values[i] = values.values[i] == trained->values[i] ? 0 : values.values[i] - trained->values[i];
    return difference;
}

void StatesPanel::draw()
{
    const int layer = m_workspace->layer();
    const Grid *values = m_examination ? m_examination->find(layer, m_site) : nullptr;
    if (!values)
        return;
    m_difference = differenceFromTrained(*values);
    if (!m_difference.empty())
        values = &m_difference;
    m_stale = false;
    m_shownLayer = layer;
    m_shownSite = m_site;
    setEmpty(false);
    m_thinned->say(thinnedNote(*m_examination).trimmed());
    m_thinned->setVisible(m_examination->every > 1);
    const ModelConfig &config = m_examination->snapshot->config();
    makeHeads(static_cast<int>(config.numHeads));

    // A difference has its own range: it fits all values and is symmetric about 0.
    FittedRange &fitted = m_ranges[m_site.name()];
    if (!m_difference.empty()) {
        float most = 0;
        for (const float value : m_difference.values)
            most = std::isfinite(value) ? std::max(most, std::abs(value)) : most;
        m_drawnRange = {-most, most};
    } else if (!m_locked || !fitted.valid()) {
        if (layer != m_rangedLayer)
            fitted.reset();
        const ValueRange range = fittingRange(*values, m_site);
        fitted.update(range.low, range.high);
        m_rangedLayer = layer;
    }
    if (m_difference.empty())
        m_drawnRange = {fitted.low(), fitted.high()};

    QStringList labels;
    for (const std::int64_t token : m_examination->tokens)
        labels << QString::fromStdString(m_examination->snapshot->vocabulary().label(token));
    const Winners *winners = m_changesShown && m_site == Site::State ? m_examination->findWinners(layer) : nullptr;
    m_rows.clear();
    for (std::size_t head = 0; head < m_heads.size(); ++head) {
        m_rows.push_back(rowOrder(m_order, *m_examination, layer, static_cast<int>(head)));
        const std::vector<int> &channels = m_rows.back();
        m_heads[head]->setValues(static_cast<int>(channels.size()), values->rows, rowsOf(*values, channels));
        m_heads[head]->setMarks(winners ? changesOf(*winners, values->cols, channels) : std::vector<std::uint8_t>());
        m_heads[head]->setOutlines(m_site == Site::State ? editedCells(channels) : std::vector<std::uint8_t>());
        m_heads[head]->setColumnLabels(labels);
    }
    drawColors();
    showCursor();
    showStretch();
    if (m_pointing && !m_stretch)
        readOut();
}

void StatesPanel::drawColors()
{
    const SiteColors colors =
        m_difference.empty() ? siteColors(m_shownSite) : SiteColors{.diverging = true, .scale = Heatmap::Scale::Linear};
    const ColorMap &map = colors.diverging ? ColorMap::diverging(PlotTheme::of(*this).dark) : *m_map;
    m_bar->setColors(map, colors.scale, m_drawnRange.low, m_drawnRange.high);
    for (Heatmap *head : m_heads)
        head->setColors(map, colors.scale, m_drawnRange.low, m_drawnRange.high);
}

void StatesPanel::makeHeads(int count)
{
    if (count == static_cast<int>(m_heads.size()))
        return;
    qDeleteAll(m_heads);
    m_heads.clear();
    for (int head = 0; head < count; ++head) {
        auto *heatmap = new Heatmap(m_sheet);
        heatmap->setTitle(tr("head %1").arg(head));
        connect(heatmap, &Heatmap::hovered, this, [this, head](int row, int col) { pointAt(head, row, col); });
        connect(heatmap, &Heatmap::clicked, this, [this] { setFocus(Qt::MouseFocusReason); });
        connect(heatmap, &Heatmap::stretchBegan, this, [this, head](int row, int col) {
            pointAt(head, row, col);
            stretchFrom(col);
        });
        // The order of the rows may have changed: the stretch stays on its channel.
        connect(heatmap, &Heatmap::stretched, this, [this](int col) {
            if (!m_stretch)
                return;
            const Stretch stretch = *m_stretch;
            m_workspace->setCursor(col, stretch.channel);
            stretchFrom(stretch.from);
        });
        connect(heatmap, &Heatmap::stretchEnded, this, [this] { editState(Reach::Cell); });
        connect(heatmap, &Heatmap::doubleClicked, this, [this, head](int row, int col) {
            pointAt(head, row, col);
            editState(Reach::Cell);
        });
        m_heads.push_back(heatmap);
    }
    m_headColumns = 0;
    arrangeHeads();
}

void StatesPanel::arrangeHeads()
{
    const int count = static_cast<int>(m_heads.size());
    if (count == 0)
        return;
    const int fitting = (m_scroll->viewport()->width() + spaceBetweenHeads) / (narrowestHead + spaceBetweenHeads);
    const int most = std::clamp(fitting, 1, count);
    // As few rows as possible, filled evenly.
    const int rows = (count + most - 1) / most;
    const int columns = (count + rows - 1) / rows;
    if (columns == m_headColumns)
        return;
    m_headColumns = columns;
    for (int i = 0; i < count; ++i)
        m_grid->addWidget(m_heads[static_cast<std::size_t>(i)], i / columns, i % columns);
}

int StatesPanel::channelAt(int head, int row) const
{
    if (head < 0 || head >= static_cast<int>(m_rows.size()))
        return -1;
    const auto &channels = m_rows[static_cast<std::size_t>(head)];
    return row >= 0 && row < static_cast<int>(channels.size()) ? channels[static_cast<std::size_t>(row)] : -1;
}

bool StatesPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_scroll->viewport())
        arrangeHeads();
    if (event->type() == QEvent::Hide && watched == m_editor)
        dropStretch();
    if (event->type() == QEvent::Resize && watched == header() && m_roomy != (header()->width() >= roomyHeader)) {
        m_roomy = !m_roomy;
        nameControls();
    }
    return ExaminedPanel::eventFilter(watched, event);
}

void StatesPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && m_bar)
        drawColors();
    ExaminedPanel::changeEvent(event);
}

QString StatesPanel::table() const
{
    const Grid *values = shownGrid();
    if (!values)
        return {};
    QString text = QStringLiteral("layer\thead\tchannel");
    for (int position = 0; position < values->rows; ++position) {
        const auto label =
            m_examination->snapshot->vocabulary().label(m_examination->tokens[static_cast<std::size_t>(position)]);
        text += QStringLiteral("\t%1 %2").arg(QString::number(position * m_examination->every),
                                              QString::fromStdString(label));
    }
    text += '\n';
    for (std::size_t head = 0; head < m_rows.size(); ++head) {
        const int first = static_cast<int>(head * m_rows[head].size());
        for (const int channel : m_rows[head]) {
            text += QStringLiteral("%1\t%2\t%3").arg(m_shownLayer).arg(head).arg(channel - first);
            for (int position = 0; position < values->rows; ++position)
                text += '\t' + exactNumber(values->at(position, channel));
            text += '\n';
        }
    }
    return text;
}

} // namespace samout
