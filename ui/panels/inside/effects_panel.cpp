// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/effects_panel.h"

#include "core/inspect/measuring_data.h"
#include "ui/models/workspace.h"
#include "ui/plots/number_text.h"
#include "ui/widgets/effect_grid.h"
#include "ui/widgets/layer_bars.h"

#include <QComboBox>
#include <QLocale>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <functional>

namespace samout {

namespace {

QString stepOf(const MeasuredOf &of) { return QLocale().toString(static_cast<qlonglong>(of.trained->step())); }

/// The word's name inside a sentence.
QString wordText(LabelledWord word)
{
    switch (word) {
    case LabelledWord::Name:
        return EffectsPanel::tr("the name");
    case LabelledWord::Animal:
        return EffectsPanel::tr("the animal");
    case LabelledWord::Thing:
        return EffectsPanel::tr("the thing");
    }
    return {};
}

QString effectText(const Effect &effect)
{
    // One sequence has no error estimate.
    return std::isnan(effect.error)
               ? signedNumber(effect.rise)
               : QStringLiteral("%1 ± %2").arg(signedNumber(effect.rise), shortNumber(effect.error));
}

} // namespace

EffectsPanel::EffectsPanel(Workspace *workspace, QWidget *parent)
    : MeasuringPanel(workspace, tr("Effects"),
                     tr("How much the loss rises without each head, mixer and feed-forward will be shown here: press "
                        "Measure."),
                     tr("Measures what is shown on held-out data: takes seconds, and does not disturb the training "
                        "much."),
                     parent),
      m_pages(new QStackedWidget), m_grid(new EffectGrid), m_channelList(new QTreeWidget),
      m_patchBars(new LayerBars(tr("Moved towards the other text by this layer's state (%)"), 0))
{
    m_views = addChoice({tr("Heads and parts"), tr("Single channels"), tr("States put across")},
                        tr("Heads and parts: the loss without each of them. Single channels: the same for every "
                           "channel of the chosen layer. States put across: which layer's state carries a word."));
    m_words = addChoice({tr("The name"), tr("The animal"), tr("The thing")},
                        tr("The word in which two texts of the sentences differ: “where is tom? ” or “where is mia? ”, "
                           "“tom has a cat. the ” or “tom has a dog. the ”, “mia put the cup in the box. the ” or “mia "
                           "put the hat in the box. the ”."));
    m_grid->setToolTip(
        tr("The rise of the held-out loss, in nats a token, where the mixed output of a head's channels "
           "is 0; of the whole mixer; or where the feed-forward's output is 0. Red hurts. Random is the "
           "mean of random groups of as many channels in that layer: a head matters as a head only where "
           "it differs from them. Click a row to choose its layer."));
    m_channelList->setHeaderLabels({tr("Channel"), tr("Head"), tr("Loss rises by"), tr("Standard error")});
    m_channelList->setRootIsDecorated(false);
    m_channelList->setUniformRowHeights(true);
    m_channelList->setFrameShape(QFrame::NoFrame);
    m_channelList->setToolTip(tr("The rise of the held-out loss, in nats a token, where one channel of mixed is 0; the "
                                 "one that hurts most first. Most do nothing."));
    m_patchBars->setToolTip(
        tr("Both texts are read. At the last token of the one, this layer's state becomes the other's. 1 - KL(other || "
           "patched) / KL(other || one), summed over all pairs, both ways: 0 % nothing moves, 100 % it predicts as "
           "after the other text."));
    m_pages->addWidget(m_grid);
    m_pages->addWidget(m_channelList);
    m_pages->addWidget(m_patchBars);
    auto *layout = new QVBoxLayout(content());
    layout->setContentsMargins(12, 0, 12, 8);
    layout->addWidget(m_pages);

    connect(m_views, &QComboBox::currentIndexChanged, this, &EffectsPanel::showView);
    connect(m_grid, &EffectGrid::hovered, this, &EffectsPanel::readPart);
    connect(m_grid, &EffectGrid::clicked, this, [this](int row) { this->workspace()->setLayer(row); });
    connect(m_channelList, &QTreeWidget::itemClicked, this, [this](QTreeWidgetItem *item) {
        this->workspace()->setLayer(m_channelLayer);
        this->workspace()->setCursor(this->workspace()->cursorToken(), item->data(0, Qt::UserRole).toInt());
    });
    connect(m_patchBars, &LayerBars::hovered, this, &EffectsPanel::readPatch);
    connect(workspace, &Workspace::layerChanged, m_grid, [this] { m_grid->setLayer(this->workspace()->layer()); });
    m_grid->setLayer(workspace->layer());
    choices().add(QStringLiteral("view"), m_views);
    choices().add(QStringLiteral("word"), m_words);
    showView();
}

EffectsPanel::View EffectsPanel::view() const { return static_cast<View>(m_views->currentIndex()); }

void EffectsPanel::setView(View view) { m_views->setCurrentIndex(static_cast<int>(view)); }

void EffectsPanel::setWord(LabelledWord word) { m_words->setCurrentIndex(static_cast<int>(word)); }

const MeasuredOf *EffectsPanel::shownOf() const
{
    const Shown &shown = m_shown[m_views->currentIndex()];
    return shown.of ? &*shown.of : nullptr;
}

QString EffectsPanel::sentence() const { return m_shown[m_views->currentIndex()].sentence; }

bool EffectsPanel::isDifference() const { return shownOf() && shownOf()->side == Side::Difference; }

void EffectsPanel::forget()
{
    m_table.reset();
    m_grid->setTable(nullptr);
    m_channels.clear();
    m_channelList->clear();
    m_patches.reset();
    for (Shown &shown : m_shown)
        shown = {};
}

void EffectsPanel::showView()
{
    m_pages->setCurrentIndex(m_views->currentIndex());
    m_words->setVisible(view() == View::Patching);
    showMeasured();
}

void EffectsPanel::measureShown(const Measurement &measurement)
{
    switch (view()) {
    case View::Parts:
        return measureParts(measurement);
    case View::Channels:
        return measureLayer(measurement);
    case View::Patching:
        return measurePatching(measurement);
    }
}

void EffectsPanel::measureParts(const Measurement &measurement)
{
    auto tables = std::make_shared<std::optional<BySide<EffectTable>>>();
    begin(
        [measurement, tables, tokens = m_tokens](const Job::Progress &progress, const std::stop_token &stop) {
            const Batch batch = measuringData(*measurement.data, tokens).batch;
            *tables = askBySide(measurement.of.side, progress, [&](Side side, const ShareDone &part) {
                return measureEffects(*measurement.of.network(side), batch, part, stop);
            });
        },
        [this, tables, of = measurement.of] {
            m_table = std::make_shared<const EffectTable>((*tables)->at(of.side));
            m_grid->setTable(m_table);
            const bool both = of.side == Side::Difference;
            const EffectTable &one = (*tables)->at(both ? Side::AsChanged : of.side);
            const QString tokens = QLocale().toString(static_cast<qlonglong>(one.tokens));
            const QString mean = signedNumber(m_table->groupMean()), spread = shortNumber(m_table->groupSpread());
            m_shown[0] = {
                .of = of,
                .sentence =
                    both ? tr("Step %1: loss %2 as changed, %3 as trained, over %4 tokens. A cell is the rise as "
                              "changed "
                              "minus that as trained; 20 random groups: %5 on average, standard deviation %6.")
                               .arg(stepOf(of), shortNumber(one.loss), shortNumber((*tables)->trained->loss), tokens,
                                    mean, spread)
                         : tr("Step %1: loss %2 ± %3 over %4 tokens. 20 random groups of as many channels as a head: "
                              "%5 on average, standard deviation %6.")
                               .arg(stepOf(of), shortNumber(one.loss), QString::number(one.lossError, 'g', 2), tokens,
                                    mean, spread)};
            showView();
        });
}

void EffectsPanel::measureLayer(const Measurement &measurement)
{
    auto lists = std::make_shared<std::optional<BySide<std::vector<ChannelEffect>>>>();
    const ModelConfig &config = measurement.of.trained->config();
    const int layer = std::min(workspace()->layer(), static_cast<int>(config.numLayers) - 1);
    // There are more channels than heads, so fewer tokens.
    begin(
        [measurement, lists, layer, tokens = m_tokens / 4](const Job::Progress &progress, const std::stop_token &stop) {
            const Batch batch = measuringData(*measurement.data, tokens).batch;
            *lists = measureChannels(measurement.of, batch, layer, progress, stop);
        },
        [this, lists, layer, of = measurement.of, headSize = static_cast<int>(config.headSize())] {
            const bool both = of.side == Side::Difference;
            m_channels = (*lists)->at(of.side);
            m_channelLayer = layer;
            m_channelList->headerItem()->setText(2, both ? tr("Rises more by") : tr("Loss rises by"));
            listChannels(headSize);
            m_shown[1] = {.of = of,
                          .sentence = (both ? tr("Step %1, layer %2: by how much more the loss rises without each "
                                                 "channel as changed than as trained, in nats a token.")
                                            : tr("Step %1, layer %2: the loss without each channel, in nats a token."))
                                          .arg(stepOf(of), QString::number(layer))};
            showView();
        });
}

void EffectsPanel::listChannels(int headSize)
{
    m_channelList->clear();
    QList<QTreeWidgetItem *> items;
    for (const ChannelEffect &channel : m_channels) {
        auto *item = new QTreeWidgetItem({QString::number(channel.channel), QString::number(channel.channel / headSize),
                                          signedNumber(channel.effect.rise), shortNumber(channel.effect.error)});
        item->setData(0, Qt::UserRole, channel.channel);
        for (int column = 0; column < 4; ++column)
            item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
        items << item;
    }
    m_channelList->addTopLevelItems(items);
}

void EffectsPanel::measurePatching(const Measurement &measurement)
{
    auto tables = std::make_shared<std::optional<BySide<PatchTable>>>();
    const auto word = static_cast<LabelledWord>(m_words->currentIndex());
    begin(
        [measurement, tables, word](const Job::Progress &progress, const std::stop_token &stop) {
            const std::vector<TextPair> pairs =
                labelledPairs(word, patchedPairs, sentenceLanguage(measurement.of.trained->vocabulary()));
            *tables = askBySide(measurement.of.side, progress, [&](Side side, const ShareDone &part) {
                return patchPairs(*measurement.of.network(side), pairs, part, stop);
            });
        },
        [this, tables, word, of = measurement.of] {
            const bool both = of.side == Side::Difference;
            m_patches = std::make_shared<const PatchTable>((*tables)->at(of.side));
            const PatchTable &one = (*tables)->at(both ? Side::AsChanged : of.side);
            const PatchTable &trained = both ? *(*tables)->trained : one;
            QVector<double> percent;
            for (const PatchTable::Layer &layer : m_patches->layers)
                percent << 100 * layer.moved;
            m_patchBars->setValues(percent, both);
            m_patchedWord = word;
            const QString pairs = QString::number(one.pairs), differ = wordText(word);
            m_shown[2] = {
                .of = of,
                .sentence =
                    both ? tr("Step %1: %2 pairs of texts that differ in %3; their predictions are %4 nats apart as "
                              "changed, %5 as trained. A bar is by how much further a state moves them as changed. "
                              "With the states of all layers: %6 % as changed, %7 % as trained.")
                               .arg(stepOf(of), pairs, differ, shortNumber(one.distance), shortNumber(trained.distance),
                                    shortNumber(100 * one.allLayers), shortNumber(100 * trained.allLayers))
                         : tr("Step %1: %2 pairs of texts that differ in %3; their predictions are %4 nats apart. With "
                              "the states of all layers: %5 %.")
                               .arg(stepOf(of), pairs, differ, shortNumber(one.distance),
                                    shortNumber(100 * one.allLayers))};
            showView();
        });
}

void EffectsPanel::readPart(int row, int col)
{
    if (row < 0)
        return emit workspace()->readout({});
    const Effect effect = m_grid->effect(row, col);
    const int heads = m_grid->cols() - 3;
    if (col == m_grid->cols() - 1)
        return emit workspace()->readout(
            tr("layer %1, random groups: %2 on average, standard deviation %3")
                .arg(QString::number(row), signedNumber(effect.rise), shortNumber(effect.error)));
    const QString layer = QString::number(row);
    const QString part = col < heads ? tr("head %1").arg(col) : col == heads ? tr("the mixer") : tr("the feed-forward");
    const QString groups = signedNumber(m_table->groupMean(row));
    if (isDifference())
        return emit workspace()->readout(tr("layer %1 without %2, as changed minus as trained: the loss rises by %3 "
                                            "(standard error, as if of different texts); random groups here %4")
                                             .arg(layer, part, effectText(effect), groups));
    emit workspace()->readout(
        tr("layer %1 without %2: the loss rises by %3 (standard error), from %4 to %5; random groups here %6")
            .arg(layer, part, effectText(effect), shortNumber(m_table->loss), shortNumber(m_table->loss + effect.rise),
                 groups));
}

void EffectsPanel::readPatch(int layer)
{
    if (!m_patches || layer < 0 || layer >= static_cast<int>(m_patches->layers.size()))
        return emit workspace()->readout({});
    const PatchTable::Layer &moved = m_patches->layers[static_cast<std::size_t>(layer)];
    emit workspace()->readout(
        (isDifference()
             ? tr("layer %1, as changed minus as trained: where %2 differs its state moves the prediction by %3 ± %4 % "
                  "of the way")
             : tr("layer %1: where %2 differs its state moves the prediction by %3 ± %4 % of the way"))
            .arg(QString::number(layer), wordText(m_patchedWord), shortNumber(100 * moved.moved),
                 shortNumber(100 * moved.error)));
}

QString EffectsPanel::table() const
{
    Table table = view() == View::Parts      ? tableOf(m_table ? *m_table : EffectTable())
                  : view() == View::Channels ? tableOf(m_channels)
                                             : tableOf(m_patches ? *m_patches : PatchTable(), m_patchedWord);
    return tableText(std::move(table));
}

} // namespace samout
