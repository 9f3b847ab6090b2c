#include "ui/panels/recoverable_panel.h"

#include "ui/panels/job_bar.h"
#include "ui/plots/color_bar.h"
#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"
#include "ui/workspace.h"

#include <QComboBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

namespace samout {

namespace {

/// Sentences that are tried; two of three train the probes.
constexpr int sentenceCount = 1800;
constexpr int distanceCount = 32;
/// What is not known has the ground's colour: below all shares.
constexpr float unknown = -1;
constexpr float lowest = -1.0F / 254;

/// Names at the left of a heatmap's rows, where the heatmap has labels under its columns and no title.
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

QString percent(double share) { return QStringLiteral("%1 %").arg(100 * share, 0, 'f', 0); }

} // namespace

RecoverablePanel::RecoverablePanel(Workspace *workspace, QWidget *parent)
    : PlotPanel(
          tr("Recoverable"),
          tr("Whether a name or a thing can still be read from the states, so many letters after it, will be shown "
             "here: train on sentences and press Measure."),
          parent),
      m_workspace(workspace), m_names(new RowNames), m_map(new Heatmap), m_summary(new QLabel)
{
    m_kinds = addChoice({}, tr("The word that is to be read from the states."));
    m_measure = addButton(tr("Measure"), QString(), false);
    m_measure->setAutoRaise(false);
    connect(m_measure, &QToolButton::clicked, this, &RecoverablePanel::measure);

    auto *bar = new ColorBar;
    bar->setColors(ColorMap::viridis(), Heatmap::Scale::Linear, 0, 1);
    bar->setToolTip(tr("The share of the sentences whose word is right."));
    drawColors();
    m_map->setToolTip(tr(
        "A column a distance: letters after the last one of the word. A row a layer: a linear map (ridge regression) "
        "learns on two thirds of the sentences to tell the word from the layer's state there, and is tried on the "
        "others. Below: how often the network itself writes the word where the sentence says it again so far away, "
        "and how often the most frequent word would be right. Cells with too few sentences are left out."));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *caption = new QLabel(tr("letters since the word"));
    caption->setForegroundRole(QPalette::PlaceholderText);
    caption->setAlignment(Qt::AlignCenter);
    auto *grid = new QGridLayout(content());
    grid->setContentsMargins(12, 0, 12, 8);
    grid->setSpacing(8);
    grid->addWidget(m_names, 0, 0);
    grid->addWidget(m_map, 0, 1);
    grid->addWidget(bar, 0, 2);
    grid->addWidget(caption, 1, 1);
    grid->addWidget(m_summary, 2, 0, 1, 3);
    grid->setRowStretch(0, 1);
    grid->setColumnStretch(1, 1);

    layout()->addWidget(new JobBar(&m_job, tr("Reading sentences and learning to read the states"), this));
    connect(m_map, &Heatmap::hovered, this, &RecoverablePanel::readCell);
    connect(&m_job, &Job::runningChanged, this,
            [this] { m_measure->setEnabled(!m_job.running() && m_kinds->count()); });
    connect(&m_job, &Job::failed, m_workspace, &Workspace::readout);
    connect(workspace, &Workspace::trainingChanged, this, &RecoverablePanel::setKinds);
    setKinds();
}

void RecoverablePanel::setKinds()
{
    const TrainingFacts *training = m_workspace->training();
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
    m_measure->setEnabled(can && !m_job.running());
    m_measure->setToolTip(
        can ? tr("Tries on %1 different sentences what a linear map reads from the states. Takes some seconds.")
                  .arg(sentenceCount)
            : tr("Only of the generated sentences the words are known: train on sentences, sentences-zh or "
                 "sentences-double."));
}

void RecoverablePanel::measure()
{
    const std::shared_ptr<const Snapshot> snapshot = m_workspace->snapshot();
    if (!snapshot || m_kinds->count() == 0)
        return;
    auto result = std::make_shared<Recoverability>();
    const QString kind = m_kinds->currentText().section(QStringLiteral(": "), -1);
    m_job.run(
        [result, snapshot, source = m_source.toStdString(), list = m_kinds->currentData().toString().toStdString(),
         longest = m_workspace->training()->data->sequenceLength()](const Job::Progress &progress,
                                                                    const std::stop_token &stop) {
            RecoverQuestion question{.snapshot = snapshot, .distances = distanceCount};
            question.data = labelledSentences(source, list, snapshot->vocabulary(), sentenceCount, longest);
            if (auto answer = recoverable(question, progress, stop))
                *result = std::move(*answer);
        },
        [this, result, kind, step = snapshot->step()] { present(result, kind, step); });
}

const Recoverability::Recall *RecoverablePanel::recallAt(int distance) const
{
    for (const Recoverability::Recall &recall : m_result->recalls)
        if (recall.distance == distance)
            return &recall;
    return nullptr;
}

void RecoverablePanel::present(std::shared_ptr<const Recoverability> result, const QString &kind, qint64 step)
{
    m_result = std::move(result);
    m_kind = kind;
    setEmpty(false);
    const Grid &accuracy = m_result->accuracy;
    int cols = accuracy.cols;
    while (cols > 1 && std::isnan(accuracy.at(0, cols - 1)) && !recallAt(cols - 1))
        --cols;
    std::vector<float> values;
    QStringList names, labels;
    for (int layer = 0; layer < accuracy.rows; ++layer) {
        names << tr("layer %1").arg(layer + 1);
        for (int k = 0; k < cols; ++k)
            values.push_back(std::isnan(accuracy.at(layer, k)) ? unknown : accuracy.at(layer, k));
    }
    names << tr("the network says it") << tr("guessing");
    for (int k = 0; k < cols; ++k)
        values.push_back(recallAt(k) ? recallAt(k)->right : unknown);
    for (int k = 0; k < cols; ++k) {
        const float chance = m_result->chance[static_cast<std::size_t>(k)];
        values.push_back(std::isnan(chance) ? unknown : chance);
        labels << QString::number(k);
    }
    static_cast<RowNames *>(m_names)->setNames(names);
    m_map->setValues(accuracy.rows + 2, cols, std::move(values));
    m_map->setColumnLabels(labels);
    const Recoverability::Recall &all = m_result->all;
    QString text = tr("Step %1, %2.").arg(step).arg(m_kind);
    if (all.sentences > 0)
        text +=
            QLatin1Char(' ') +
            tr("Where a sentence says the word again (%L1 sentences), the network itself writes it in %2 of them, and "
               "gives it a probability of %3 in the mean.")
                .arg(all.sentences)
                .arg(percent(all.right), percent(all.probability));
    m_summary->setText(text);
    emit shown();
}

void RecoverablePanel::drawColors()
{
    m_colors = ColorMap::viridis();
    m_colors.colors[0] = PlotTheme::of(*this).background.rgb();
    m_map->setColors(m_colors, Heatmap::Scale::Linear, lowest, 1);
}

void RecoverablePanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && m_map)
        drawColors();
    PlotPanel::changeEvent(event);
}

void RecoverablePanel::readCell(int row, int col)
{
    if (!m_result || row < 0)
        return emit m_workspace->readout({});
    const int layers = m_result->accuracy.rows;
    const auto at = static_cast<std::size_t>(col);
    if (row < layers) {
        const float share = m_result->accuracy.at(row, col);
        return emit m_workspace->readout(
            std::isnan(share) ? tr("%1 letters after the word there are too few sentences (%2) to measure.")
                                    .arg(col)
                                    .arg(m_result->tested[at])
                              : tr("Layer %1, %2 letters after the word: a linear map reads %3 rightly in %4 of %L5 "
                                   "sentences; guessing "
                                   "the most frequent one is right in %6.")
                                    .arg(row + 1)
                                    .arg(col)
                                    .arg(m_kind, percent(share))
                                    .arg(m_result->tested[at])
                                    .arg(percent(m_result->chance[at])));
    }
    const Recoverability::Recall *recall = recallAt(col);
    if (row > layers)
        return emit m_workspace->readout(
            tr("The most frequent word is the right one in %1 of the sentences.").arg(percent(m_result->chance[at])));
    emit m_workspace->readout(
        recall
            ? tr("Asked for it %1 letters after the word, the network writes it in %2 of %L3 sentences; it gives it a "
                 "probability of %4 in the mean.")
                  .arg(col)
                  .arg(percent(recall->right))
                  .arg(recall->sentences)
                  .arg(percent(recall->probability))
            : tr("No sentence says the word again %1 letters after it.").arg(col));
}

QString RecoverablePanel::summary() const { return m_summary->text(); }

QString RecoverablePanel::table() const
{
    QString text = QStringLiteral("distance\ttested\tguessing");
    if (!m_result)
        return text + QLatin1Char('\n');
    for (int layer = 0; layer < m_result->accuracy.rows; ++layer)
        text += QStringLiteral("\tlayer %1").arg(layer + 1);
    text += QStringLiteral("\tasked\tright\tprobability\n");
    for (int k = 0; k < m_result->accuracy.cols; ++k) {
        const auto at = static_cast<std::size_t>(k);
        text += QStringLiteral("%1\t%2\t%3").arg(k).arg(m_result->tested[at]).arg(exactNumber(m_result->chance[at]));
        for (int layer = 0; layer < m_result->accuracy.rows; ++layer)
            text += QLatin1Char('\t') + exactNumber(m_result->accuracy.at(layer, k));
        if (const Recoverability::Recall *recall = recallAt(k))
            text += QStringLiteral("\t%1\t%2\t%3")
                        .arg(recall->sentences)
                        .arg(exactNumber(recall->right), exactNumber(recall->probability));
        text += QLatin1Char('\n');
    }
    return text;
}

} // namespace samout
