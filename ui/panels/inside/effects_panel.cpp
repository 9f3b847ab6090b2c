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

constexpr int pairCount = 200;

/// The error if the two measurements were independent; the real error is smaller, since both use the same texts.
double errorOfDifference(double one, double other) { return std::hypot(one, other); }

Effect minus(const Effect &one, const Effect &other)
{
    return {.rise = one.rise - other.rise, .error = errorOfDifference(one.error, other.error)};
}

void subtract(std::vector<Effect> &from, const std::vector<Effect> &what)
{
    for (std::size_t i = 0; i < from.size(); ++i)
        from[i] = minus(from[i], what[i]);
}

/// Subtracts the effects of `other` from those of `one`; the losses stay those of `one`.
EffectTable minus(EffectTable one, const EffectTable &other)
{
    for (std::size_t layer = 0; layer < one.heads.size(); ++layer)
        subtract(one.heads[layer], other.heads[layer]);
    subtract(one.mixers, other.mixers);
    subtract(one.feedForwards, other.feedForwards);
    for (std::size_t i = 0; i < one.groups.size(); ++i)
        one.groups[i].effect = minus(one.groups[i].effect, other.groups[i].effect);
    return one;
}

/// The same for channels; sorts by the difference, the largest first.
std::vector<ChannelEffect> minus(std::vector<ChannelEffect> one, const std::vector<ChannelEffect> &other)
{
    for (ChannelEffect &channel : one)
        channel.effect =
            minus(channel.effect, std::ranges::find(other, channel.channel, &ChannelEffect::channel)->effect);
    std::ranges::stable_sort(one, std::greater(), [](const ChannelEffect &channel) { return channel.effect.rise; });
    return one;
}

/// The same for how far states move predictions; the distance stays that of `one`.
PatchTable minus(PatchTable one, const PatchTable &other)
{
    for (std::size_t i = 0; i < one.layers.size(); ++i) {
        one.layers[i].moved -= other.layers[i].moved;
        one.layers[i].error = errorOfDifference(one.layers[i].error, other.layers[i].error);
    }
    one.allLayers -= other.allLayers;
    return one;
}

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

void EffectsPanel::measureShown(const Subject &subject)
{
    switch (view()) {
    case View::Parts:
        return measureParts(subject);
    case View::Channels:
        return measureLayer(subject);
    case View::Patching:
        return measurePatching(subject);
    }
}

void EffectsPanel::measureParts(const Subject &subject)
{
    auto tables = std::make_shared<std::vector<std::shared_ptr<const EffectTable>>>();
    begin(
        [subject, tables, tokens = m_tokens](const Job::Progress &progress, const std::stop_token &stop) {
            const Batch batch = measuringData(*subject.data, tokens).batch;
            *tables = subject.ofEach(progress, [&](const auto &network, const Job::Progress &part) {
                return measureEffects(*network, batch, part, stop);
            });
        },
        [this, tables, of = subject.of] {
            const EffectTable &one = *tables->front(), &trained = *tables->back();
            const bool both = of.side == Side::Difference;
            m_table = both ? std::make_shared<const EffectTable>(minus(one, trained)) : tables->front();
            m_grid->setTable(m_table);
            const QString tokens = QLocale().toString(static_cast<qlonglong>(one.tokens));
            const QString mean = signedNumber(m_table->groupMean()), spread = shortNumber(m_table->groupSpread());
            m_shown[0] = {
                .of = of,
                .sentence =
                    both ? tr("Step %1: loss %2 as changed, %3 as trained, over %4 tokens. A cell is the rise as "
                              "changed "
                              "minus that as trained; 20 random groups: %5 on average, standard deviation %6.")
                               .arg(stepOf(of), shortNumber(one.loss), shortNumber(trained.loss), tokens, mean, spread)
                         : tr("Step %1: loss %2 ± %3 over %4 tokens. 20 random groups of as many channels as a head: "
                              "%5 on average, standard deviation %6.")
                               .arg(stepOf(of), shortNumber(one.loss), QString::number(one.lossError, 'g', 2), tokens,
                                    mean, spread)};
            showView();
        });
}

void EffectsPanel::measureLayer(const Subject &subject)
{
    auto lists = std::make_shared<std::vector<std::vector<ChannelEffect>>>();
    const ModelConfig &config = subject.of.trained->config();
    const int layer = std::min(workspace()->layer(), static_cast<int>(config.numLayers) - 1);
    // There are more channels than heads, so fewer tokens.
    begin(
        [subject, lists, layer, tokens = m_tokens / 4](const Job::Progress &progress, const std::stop_token &stop) {
            const Batch batch = measuringData(*subject.data, tokens).batch;
            *lists = subject.ofEach(progress, [&](const auto &network, const Job::Progress &part) {
                return measureChannels(*network, batch, layer, part, stop);
            });
        },
        [this, lists, layer, of = subject.of, headSize = static_cast<int>(config.headSize())] {
            const bool both = of.side == Side::Difference;
            m_channels = both ? minus(lists->front(), lists->back()) : lists->front();
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

void EffectsPanel::measurePatching(const Subject &subject)
{
    auto tables = std::make_shared<std::vector<std::shared_ptr<const PatchTable>>>();
    const auto word = static_cast<LabelledWord>(m_words->currentIndex());
    begin(
        [subject, tables, word](const Job::Progress &progress, const std::stop_token &stop) {
            const std::vector<TextPair> pairs =
                labelledPairs(word, pairCount, sentenceLanguage(subject.networks.front()->vocabulary()));
            *tables = subject.ofEach(progress, [&](const auto &network, const Job::Progress &part) {
                return patchPairs(*network, pairs, part, stop);
            });
        },
        [this, tables, word, of = subject.of] {
            const PatchTable &one = *tables->front(), &trained = *tables->back();
            const bool both = of.side == Side::Difference;
            m_patches = both ? std::make_shared<const PatchTable>(minus(one, trained)) : tables->front();
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
    QString text;
    const auto column = [&](const char *name) {
        return (isDifference() ? QStringLiteral("difference of ") : QString()) + QLatin1String(name);
    };
    const auto line = [&](const QStringList &cells) { text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n'); };
    switch (view()) {
    case View::Parts:
        line({QStringLiteral("layer"), QStringLiteral("part"), column("rise"), QStringLiteral("standard error")});
        for (int row = 0; row < m_grid->rows(); ++row)
            for (int col = 0; col < m_grid->cols(); ++col) {
                const Effect effect = m_grid->effect(row, col);
                line({QString::number(row), m_grid->columnName(col), exactNumber(effect.rise),
                      exactNumber(effect.error)});
            }
        break;
    case View::Channels:
        line({QStringLiteral("channel"), column("rise"), QStringLiteral("standard error")});
        for (const ChannelEffect &channel : m_channels)
            line({QString::number(channel.channel), exactNumber(channel.effect.rise),
                  exactNumber(channel.effect.error)});
        break;
    case View::Patching:
        line({QStringLiteral("layer"), QStringLiteral("differing word"), column("moved"),
              QStringLiteral("standard error")});
        for (std::size_t layer = 0; m_patches && layer < m_patches->layers.size(); ++layer)
            line({QString::number(layer), QStringList{"name", "animal", "thing"}[static_cast<int>(m_patchedWord)],
                  exactNumber(m_patches->layers[layer].moved), exactNumber(m_patches->layers[layer].error)});
        break;
    }
    return text;
}

} // namespace samout
