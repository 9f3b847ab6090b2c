#include "ui/panels/effects_panel.h"

#include "core/inspect/measuring_data.h"
#include "ui/panels/effect_grid.h"
#include "ui/panels/layer_bars.h"
#include "ui/plots/number_text.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QLocale>
#include <QStackedWidget>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <cmath>

namespace samout {

namespace {

constexpr int pairCount = 200;

QString effectText(const Effect &effect)
{
    // Of one sequence there is no error.
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
    showView();
}

EffectsPanel::View EffectsPanel::view() const { return static_cast<View>(m_views->currentIndex()); }

void EffectsPanel::setView(View view) { m_views->setCurrentIndex(static_cast<int>(view)); }

void EffectsPanel::setWord(LabelledWord word) { m_words->setCurrentIndex(static_cast<int>(word)); }

void EffectsPanel::showView()
{
    m_pages->setCurrentIndex(m_views->currentIndex());
    m_words->setVisible(view() == View::Patching);
    const bool known[] = {m_table != nullptr, !m_channels.empty(), m_patches != nullptr};
    setEmpty(!known[m_views->currentIndex()]);
    setNote(m_notes[m_views->currentIndex()]);
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
    auto table = std::make_shared<std::shared_ptr<const EffectTable>>();
    begin(
        [subject, table, tokens = m_tokens](const Job::Progress &progress, const std::stop_token &stop) {
            *table = measureEffects(*subject.snapshot, measuringData(*subject.data, tokens).batch, progress, stop);
        },
        [this, table, subject] {
            m_table = *table;
            m_grid->setTable(m_table);
            m_notes[0] =
                tr("Step %1: loss %2 ± %3 over %4 tokens. 20 random groups of as many channels as a head: %5 on "
                   "average, standard deviation %6.")
                    .arg(QLocale().toString(static_cast<qlonglong>(subject.snapshot->step())),
                         shortNumber(m_table->loss), QString::number(m_table->lossError, 'g', 2),
                         QLocale().toString(static_cast<qlonglong>(m_table->tokens)),
                         signedNumber(m_table->groupMean()), shortNumber(m_table->groupSpread()));
            showView();
        });
}

void EffectsPanel::measureLayer(const Subject &subject)
{
    auto channels = std::make_shared<std::vector<ChannelEffect>>();
    const int layer = std::min(workspace()->layer(), static_cast<int>(subject.snapshot->config().numLayers) - 1);
    // A part more than a head's, so fewer tokens.
    begin(
        [subject, channels, layer, tokens = m_tokens / 4](const Job::Progress &progress, const std::stop_token &stop) {
            *channels =
                measureChannels(*subject.snapshot, measuringData(*subject.data, tokens).batch, layer, progress, stop);
        },
        [this, channels, layer, subject] {
            m_channels = *channels;
            m_channelLayer = layer;
            m_channelList->clear();
            QList<QTreeWidgetItem *> items;
            const auto headSize = static_cast<int>(subject.snapshot->config().headSize());
            for (const ChannelEffect &channel : m_channels) {
                auto *item =
                    new QTreeWidgetItem({QString::number(channel.channel), QString::number(channel.channel / headSize),
                                         signedNumber(channel.effect.rise), shortNumber(channel.effect.error)});
                item->setData(0, Qt::UserRole, channel.channel);
                for (int column = 0; column < 4; ++column)
                    item->setTextAlignment(column, Qt::AlignRight | Qt::AlignVCenter);
                items << item;
            }
            m_channelList->addTopLevelItems(items);
            m_notes[1] = tr("Step %1, layer %2: the loss without each channel, in nats a token.")
                             .arg(QLocale().toString(static_cast<qlonglong>(subject.snapshot->step())),
                                  QString::number(layer + 1));
            showView();
        });
}

void EffectsPanel::measurePatching(const Subject &subject)
{
    auto patches = std::make_shared<std::shared_ptr<const PatchTable>>();
    const auto word = static_cast<LabelledWord>(m_words->currentIndex());
    begin(
        [subject, patches, word](const Job::Progress &progress, const std::stop_token &stop) {
            *patches = patchPairs(*subject.snapshot, labelledPairs(word, pairCount), progress, stop);
        },
        [this, patches, subject] {
            m_patches = *patches;
            QVector<double> percent;
            for (const PatchTable::Layer &layer : m_patches->layers)
                percent << 100 * layer.moved;
            m_patchBars->setValues(percent);
            m_notes[2] = tr("Step %1: %2 pairs of texts that differ in one word; their predictions are %3 nats apart. "
                            "With the states of all layers: %4 %.")
                             .arg(QLocale().toString(static_cast<qlonglong>(subject.snapshot->step())),
                                  QString::number(m_patches->pairs), shortNumber(m_patches->distance),
                                  shortNumber(100 * m_patches->allLayers));
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
                .arg(QString::number(row + 1), signedNumber(effect.rise), shortNumber(effect.error)));
    const QString part = col < heads ? tr("head %1").arg(col) : col == heads ? tr("the mixer") : tr("the feed-forward");
    emit workspace()->readout(
        tr("layer %1 without %2: the loss rises by %3 (standard error), from %4 to %5; random groups here %6")
            .arg(QString::number(row + 1), part, effectText(effect), shortNumber(m_table->loss),
                 shortNumber(m_table->loss + effect.rise), signedNumber(m_table->groupMean(row))));
}

void EffectsPanel::readPatch(int layer)
{
    if (!m_patches || layer < 0 || layer >= static_cast<int>(m_patches->layers.size()))
        return emit workspace()->readout({});
    const PatchTable::Layer &moved = m_patches->layers[static_cast<std::size_t>(layer)];
    emit workspace()->readout(
        tr("layer %1: its state moves the prediction by %2 ± %3 % of the way")
            .arg(QString::number(layer + 1), shortNumber(100 * moved.moved), shortNumber(100 * moved.error)));
}

QString EffectsPanel::table() const
{
    QString text;
    const auto line = [&](const QStringList &cells) { text += cells.join(QLatin1Char('\t')) + QLatin1Char('\n'); };
    switch (view()) {
    case View::Parts:
        line({QStringLiteral("layer"), QStringLiteral("part"), QStringLiteral("rise"),
              QStringLiteral("standard error")});
        for (int row = 0; row < m_grid->rows(); ++row)
            for (int col = 0; col < m_grid->cols(); ++col) {
                const Effect effect = m_grid->effect(row, col);
                line({QString::number(row + 1), m_grid->columnName(col), exactNumber(effect.rise),
                      exactNumber(effect.error)});
            }
        break;
    case View::Channels:
        line({QStringLiteral("channel"), QStringLiteral("rise"), QStringLiteral("standard error")});
        for (const ChannelEffect &channel : m_channels)
            line({QString::number(channel.channel), exactNumber(channel.effect.rise),
                  exactNumber(channel.effect.error)});
        break;
    case View::Patching:
        line({QStringLiteral("layer"), QStringLiteral("moved"), QStringLiteral("standard error")});
        for (std::size_t layer = 0; m_patches && layer < m_patches->layers.size(); ++layer)
            line({QString::number(layer + 1), exactNumber(m_patches->layers[layer].moved),
                  exactNumber(m_patches->layers[layer].error)});
        break;
    }
    return text;
}

} // namespace samout
