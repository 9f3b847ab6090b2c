// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/recoverable_panel.h"

#include "ui/models/workspace.h"
#include "ui/plots/color_bar.h"
#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"

#include <QComboBox>
#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>

#include <algorithm>
#include <cmath>

namespace samout {

/// The names to the left of a heatmap's rows. The heatmap has labels under its columns and no title.
class RowNames : public QWidget {
public:
    void setNames(const QStringList &names)
    {
        m_names = names;
        int widest = 0;
        const QFontMetrics metrics(PlotTheme::font(*this));
        for (const QString &name : names)
            widest = std::max(widest, metrics.horizontalAdvance(name));
        setFixedWidth(widest + 2);
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        if (m_names.isEmpty())
            return;
        QPainter painter(this);
        painter.setFont(PlotTheme::font(*this));
        painter.setPen(PlotTheme::of(*this).faintText);
        const double row = (height() - painter.fontMetrics().height() - 2) / static_cast<double>(m_names.size());
        for (int i = 0; i < m_names.size(); ++i)
            painter.drawText(QRectF(0, i * row, width(), row), Qt::AlignRight | Qt::AlignVCenter, m_names[i]);
    }

private:
    QStringList m_names;
};

namespace {

/// The value of a cell without a number, below all shares and their differences: it gets the first colour of the map,
/// which is the ground's.
constexpr float unknown = -2;
/// The share of the range that the first colour takes.
constexpr float groundShare = 1.0F / 255;

QString percent(double share) { return QStringLiteral("%1 %").arg(100 * share, 0, 'f', 0); }

QString signedPercent(double share)
{
    return (share >= 0 ? QStringLiteral("+%1 %") : QStringLiteral("%1 %")).arg(100 * share, 0, 'f', 1);
}

} // namespace

RecoverablePanel::RecoverablePanel(Workspace *workspace, QWidget *parent)
    : MeasuringPanel(
          workspace, tr("Recoverable"),
          tr("Whether a name or a thing can still be read from the states, a number of letters after it, will be shown "
             "here: train on sentences and press Measure."),
          {}, parent),
      m_names(new RowNames), m_map(new Heatmap), m_bar(new ColorBar)
{
    m_kinds = addChoice({}, tr("The word that is to be read from the states."));
    m_bar->setToolTip(tr("The share of the sentences whose word is right."));
    drawColors();
    m_map->setToolTip(tr(
        "A column a distance: letters after the last one of the word. A row a layer: a linear map (ridge regression) "
        "learns on two thirds of the sentences to tell the word from the layer's state there, and is tried on the "
        "others. Below: how often the network itself writes the word where the sentence says it again so far away, "
        "and how often the most frequent word would be right. Cells with too few sentences are left out."));
    auto *caption = new QLabel(tr("letters since the word"));
    caption->setForegroundRole(QPalette::PlaceholderText);
    caption->setAlignment(Qt::AlignCenter);
    auto *grid = new QGridLayout(content());
    grid->setContentsMargins(12, 0, 12, 8);
    grid->setSpacing(8);
    grid->addWidget(m_names, 0, 0);
    grid->addWidget(m_map, 0, 1);
    grid->addWidget(m_bar, 0, 2);
    grid->addWidget(caption, 1, 1);
    grid->setRowStretch(0, 1);
    grid->setColumnStretch(1, 1);

    connect(m_map, &Heatmap::hovered, this, &RecoverablePanel::readCell);
    connect(workspace, &Workspace::trainingChanged, this, &RecoverablePanel::setKinds);
    choices().add(QStringLiteral("word"), m_kinds);
    setKinds();
}

void RecoverablePanel::setKinds()
{
    const TrainingFacts *training = workspace()->training();
    const QString source = training ? QString::fromStdString(training->options.data.source) : QString();
    if (source != m_source || m_kinds->count() == 0) {
        m_source = source;
        m_kinds->clear();
        for (const LabelledKind &kind : labelledKinds(source.toStdString())) {
            const QString name = kind.meaning == LabelledKind::Name     ? tr("Word: the name")
                                 : kind.meaning == LabelledKind::Animal ? tr("Word: the animal")
                                                                        : tr("Word: the thing");
            m_kinds->addItem(name, QString::fromStdString(kind.list));
        }
    }
    const bool can = m_kinds->count() > 0;
    setMeasurable(can,
                  can ? tr("Tries on %1 different sentences what a linear map reads from the states. Takes some "
                           "seconds.")
                            .arg(recoveredSentences)
                      : tr("Only of the generated sentences the words are known: train on sentences, sentences-zh or "
                           "sentences-double."));
}

/// Does not compare vocabularies: the sentences are made in the network's own vocabulary, whatever the data's is.
QString RecoverablePanel::whyNot() const
{
    const TrainingFacts *training = workspace()->training();
    if (!workspace()->snapshot() || !training || !training->data)
        return MeasuringPanel::whyNot();
    return m_kinds->count() > 0 ? QString() : measureButton()->toolTip();
}

void RecoverablePanel::measureShown(const Measurement &measurement)
{
    auto results = std::make_shared<std::optional<BySide<Recoverability>>>();
    begin(
        [measurement, results, source = m_source.toStdString(), list = m_kinds->currentData().toString().toStdString()](
            const Job::Progress &progress, const std::stop_token &stop) {
            const LabelledSentences data = labelledSentences(source, list, measurement.of.trained->vocabulary(),
                                                             recoveredSentences, measurement.data->sequenceLength());
            *results = askBySide(measurement.of.side, progress, [&](Side side, const ShareDone &part) {
                return recoverable({.snapshot = measurement.of.network(side), .data = data}, part, stop);
            });
        },
        [this, results, of = measurement.of, kind = m_kinds->currentText().section(QStringLiteral(": "), -1)] {
            m_of = of;
            m_kind = kind;
            m_result = (*results)->at(of.side);
            draw();
            showMeasured();
        });
}

void RecoverablePanel::forget()
{
    m_of.reset();
    m_result = {};
}

const Recoverability::Recall *RecoverablePanel::recallAt(int distance) const
{
    for (const Recoverability::Recall &recall : m_result.recalls)
        if (recall.distance == distance)
            return &recall;
    return nullptr;
}

void RecoverablePanel::draw()
{
    const Grid &accuracy = m_result.accuracy;
    int cols = accuracy.cols;
    while (cols > 1 && std::isnan(accuracy.at(0, cols - 1)) && !recallAt(cols - 1))
        --cols;
    std::vector<float> values;
    QStringList names, labels;
    const auto add = [&](float share) { values.push_back(std::isnan(share) ? unknown : share); };
    for (int layer = 0; layer < accuracy.rows; ++layer) {
        names << tr("layer %1").arg(layer);
        for (int k = 0; k < cols; ++k)
            add(accuracy.at(layer, k));
    }
    names << tr("the network says it");
    for (int k = 0; k < cols; ++k)
        add(recallAt(k) ? recallAt(k)->right : unknown);
    // Guessing uses no network, so its difference is 0.
    if (!isDifference())
        names << tr("guessing");
    for (int k = 0; k < cols; ++k) {
        if (!isDifference())
            add(m_result.chance[static_cast<std::size_t>(k)]);
        labels << QString::number(k);
    }
    m_range = 0.01F;
    for (const float value : values)
        if (value != unknown)
            m_range = std::max(m_range, std::abs(value));
    m_names->setNames(names);
    m_map->setValues(static_cast<int>(names.size()), cols, std::move(values));
    m_map->setColumnLabels(labels);
    drawColors();
}

QString RecoverablePanel::sentence() const
{
    QString text = tr("Step %1, %2.").arg(m_of->trained->step()).arg(m_kind);
    const Recoverability::Recall &all = m_result.all;
    if (all.sentences == 0)
        return text;
    text += QLatin1Char(' ');
    if (isDifference())
        return text +
               tr("Where a sentence says the word again (%L1 sentences), as changed minus as trained: the network "
                  "itself writes it in %2 of them, and gives it a probability of %3 in the mean.")
                   .arg(all.sentences)
                   .arg(signedPercent(all.right), signedPercent(all.probability));
    return text +
           tr("Where a sentence says the word again (%L1 sentences), the network itself writes it in %2 of them, and "
              "gives it a probability of %3 in the mean.")
               .arg(all.sentences)
               .arg(percent(all.right), percent(all.probability));
}

void RecoverablePanel::drawColors()
{
    const bool differs = isDifference();
    m_colors = differs ? ColorMap::diverging(PlotTheme::of(*this).dark) : ColorMap::viridis();
    m_bar->setColors(differs ? ColorMap::diverging(PlotTheme::of(*this).dark) : ColorMap::viridis(),
                     Heatmap::Scale::Linear, differs ? -m_range : 0, differs ? m_range : 1);
    m_colors.colors[0] = PlotTheme::of(*this).background.rgb();
    // Extends the range of the shares by the first colour's share; for a difference on both sides, to keep 0 in the
    // middle.
    if (differs) {
        const float end = m_range / (1 - 2 * groundShare);
        m_map->setColors(m_colors, Heatmap::Scale::Linear, -end, end);
    } else {
        m_map->setColors(m_colors, Heatmap::Scale::Linear, -groundShare / (1 - groundShare), 1);
    }
}

void RecoverablePanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && m_bar)
        drawColors();
    PlotPanel::changeEvent(event);
}

void RecoverablePanel::readCell(int row, int col)
{
    if (!m_of || row < 0)
        return emit workspace()->readout({});
    const int layers = m_result.accuracy.rows;
    const auto at = static_cast<std::size_t>(col);
    if (row < layers) {
        const float share = m_result.accuracy.at(row, col);
        if (std::isnan(share))
            return emit workspace()->readout(
                tr("%1 letters after the word there are too few sentences (%2) to measure.")
                    .arg(col)
                    .arg(m_result.tested[at]));
        if (isDifference())
            return emit workspace()->readout(
                tr("Layer %1, %2 letters after the word, as changed minus as trained: a linear map reads %3 rightly in "
                   "%4 of %L5 sentences.")
                    .arg(row)
                    .arg(col)
                    .arg(m_kind, signedPercent(share))
                    .arg(m_result.tested[at]));
        return emit workspace()->readout(
            tr("Layer %1, %2 letters after the word: a linear map reads %3 rightly in %4 of %L5 sentences; guessing "
               "the most frequent one is right in %6.")
                .arg(row)
                .arg(col)
                .arg(m_kind, percent(share))
                .arg(m_result.tested[at])
                .arg(percent(m_result.chance[at])));
    }
    if (row > layers)
        return emit workspace()->readout(
            tr("The most frequent word is the right one in %1 of the sentences.").arg(percent(m_result.chance[at])));
    const Recoverability::Recall *recall = recallAt(col);
    if (!recall)
        return emit workspace()->readout(tr("No sentence says the word again %1 letters after it.").arg(col));
    if (isDifference())
        return emit workspace()->readout(tr("Asked for it %1 letters after the word, as changed minus as trained: the "
                                            "network writes it in %2 of %L3 "
                                            "sentences; it gives it a probability of %4 in the mean.")
                                             .arg(col)
                                             .arg(signedPercent(recall->right))
                                             .arg(recall->sentences)
                                             .arg(signedPercent(recall->probability)));
    emit workspace()->readout(
        tr("Asked for it %1 letters after the word, the network writes it in %2 of %L3 sentences; it gives it a "
           "probability of %4 in the mean.")
            .arg(col)
            .arg(percent(recall->right))
            .arg(recall->sentences)
            .arg(percent(recall->probability)));
}

QString RecoverablePanel::table() const { return tableText(tableOf(m_result)); }

} // namespace samout
