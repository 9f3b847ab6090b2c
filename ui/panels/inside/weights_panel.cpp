// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/weights_panel.h"

#include "core/base/error.h"
#include "core/model/mixer.h"
#include "core/runs/run.h"
#include "ui/models/commands.h"
#include "ui/models/workspace.h"
#include "ui/plots/color_bar.h"
#include "ui/plots/histogram.h"
#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/formula_text.h"
#include "ui/work/translated.h"
#include "ui/work/worker.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QShowEvent>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace samout {

namespace {

/// The colours cover this share of the numbers, by size, so that a few large numbers do not hide the others.
constexpr double fittedShare = 0.995;

float rangeOf(const Grid &picture)
{
    std::vector<float> sizes;
    for (const float value : picture.values)
        if (std::isfinite(value))
            sizes.push_back(std::abs(value));
    if (sizes.empty())
        return 1;
    const auto place = sizes.begin() + static_cast<std::ptrdiff_t>(fittedShare * static_cast<double>(sizes.size() - 1));
    std::nth_element(sizes.begin(), place, sizes.end());
    return *place > 0 ? *place : std::max(*std::max_element(place, sizes.end()), 1e-6F);
}

/// The layer in a parameter's name: 3 for "decoder_layers.3.ffn.ffn1.weight"; -1 if the name has none.
int layerOf(const QString &parameter)
{
    const QStringList parts = parameter.split(QLatin1Char('.'));
    return parts.size() > 2 && parts[0] == QLatin1String("decoder_layers") ? parts[1].toInt() : -1;
}

} // namespace

WeightsPanel::WeightsPanel(Workspace *workspace, QWidget *parent)
    : ExaminedPanel(
          tr("Weights"),
          tr("Every number that is learnt, one parameter at a time, will be shown here: press Start to train, "
             "or open a model."),
          parent),
      m_workspace(workspace), m_picture(new Heatmap), m_bar(new ColorBar), m_histogram(new Histogram),
      m_summary(new QLabel), m_background(std::make_unique<WorkLane>(WorkKind::Short))
{
    m_names = addChoice({}, tr("The parameter, by its name in weight files."));
    m_names->setMaxVisibleItems(24);
    m_againstBox =
        addChoice({tr("Numbers"), tr("Change since …"), tr("Change since the first")},
                  tr("The numbers as they are; what has changed since the weights that you told the panel to "
                     "remember; or since the first snapshot of the run."));
    QToolButton *remember =
        addButton(tr("Remember"), tr("Remembers the weights that are looked at now, to show what changes."), false);
    connect(m_names, &QComboBox::currentIndexChanged, this, &WeightsPanel::askForView);
    connect(m_againstBox, &QComboBox::currentIndexChanged, this, &WeightsPanel::askForView);
    setCommand(remember, "weights.remember");
    connect(remember, &QToolButton::clicked, this, &WeightsPanel::remember);

    m_picture->setToolTip(
        tr("Rows are the parameter's outputs, columns its inputs. Where there are more than fit, a cell "
           "shows the largest of the numbers that it stands for."));
    m_bar->setToolTip(tr("What the colours mean; the largest 0.5 % of the numbers have the colours of the ends."));
    m_histogram->setToolTip(tr("How many of the numbers lie in each of 64 equal ranges; the axis is logarithmic, so "
                               "that few are seen as well."));
    m_histogram->setXAxis(tr("number"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_summary->setToolTip(tr("Norm: the root of the sum of squares. Deviation: the root of the mean squared distance "
                             "from the mean."));
    auto *side = new QVBoxLayout;
    side->setSpacing(8);
    side->addWidget(m_histogram, 1);
    side->addWidget(m_summary);
    auto *row = new QHBoxLayout(content());
    row->setContentsMargins(12, 0, 12, 8);
    row->setSpacing(8);
    row->addWidget(m_picture, 3);
    row->addWidget(m_bar);
    row->addLayout(side, 2);

    connect(m_picture, &Heatmap::hovered, this, &WeightsPanel::readCell);
    connect(m_histogram, &Histogram::hovered, this, [this](int bin) {
        if (!m_view || bin < 0)
            return emit m_workspace->readout({});
        const double width =
            (static_cast<double>(m_view->high) - m_view->low) / static_cast<double>(m_view->counts.size());
        emit m_workspace->readout(
            tr("%1: %L2 numbers from %3 to %4")
                .arg(m_shownParameter)
                .arg(m_view->counts[static_cast<std::size_t>(bin)])
                .arg(shortNumber(m_view->low + bin * width), shortNumber(m_view->low + (bin + 1) * width)));
    });
    connect(workspace, &Workspace::snapshotChanged, this, [this] {
        namesChanged();
        nameRemembered();
        askForView();
    });
    connect(workspace, &Workspace::interventionsChanged, this, &WeightsPanel::askForView);
    choices().add(QStringLiteral("parameter"), m_names);
    choices().add(QStringLiteral("against"), m_againstBox);
    namesChanged();
}

WeightsPanel::~WeightsPanel() = default;

void WeightsPanel::ask(Question &question) const
{
    // Makes sure that a question is asked at all: a training hands out weights only while a panel asks.
    if (isVisible())
        question.logits = true;
}

void WeightsPanel::namesChanged()
{
    const auto &snapshot = m_workspace->snapshot();
    if (!snapshot)
        return;
    QStringList names, present;
    for (const Parameter &parameter : snapshot->parameters())
        names << QString::fromStdString(parameter.name);
    for (int i = 0; i < m_names->count(); ++i)
        if (!m_names->itemText(i).isEmpty())
            present << m_names->itemText(i);
    if (names == present)
        return;
    const QSignalBlocker quiet(m_names);
    const QString chosen = m_names->currentText();
    m_names->clear();
    for (int i = 0; i < names.size(); ++i) {
        if (i > 0 && layerOf(names[i]) != layerOf(names[i - 1]))
            m_names->insertSeparator(m_names->count());
        m_names->addItem(names[i], names[i]);
    }
    // The first choice is the mixer's first parameter in layer 0: it makes what the layer remembers.
    const Mixer &mixer = *snapshot->config().mixer;
    const QString first =
        QString::fromStdString(layerPrefix(0) + mixer.layerParameters(snapshot->config()).front().name);
    m_names->setCurrentIndex(std::max(0, m_names->findText(names.contains(chosen) ? chosen : first)));
}

void WeightsPanel::setParameter(const QString &name) { m_names->setCurrentIndex(m_names->findText(name)); }

void WeightsPanel::setAgainst(Against against) { m_againstBox->setCurrentIndex(static_cast<int>(against)); }

void WeightsPanel::remember()
{
    const MeasuredOf of = MeasuredOf::shown(*m_workspace);
    if (!of.trained)
        return;
    try {
        m_remembered = of.network(of.side);
    } catch (const std::exception &error) {
        return emit m_workspace->readout(translated(error));
    }
    m_rememberedOf = of.name;
    m_rememberedChanged = of.side != Side::AsTrained;
    nameRemembered();
    setAgainst(Against::Remembered);
    askForView();
}

/// Names the remembered weights in the choice; with their run or file if that is not the one shown.
void WeightsPanel::nameRemembered()
{
    if (!m_remembered)
        return;
    QString name = m_rememberedOf == m_workspace->snapshotName()
                       ? tr("Change since step %1").arg(m_remembered->step())
                       : tr("Change since step %1 of “%2”").arg(m_remembered->step()).arg(m_rememberedOf);
    if (m_rememberedChanged)
        name = tr("%1, as changed").arg(name);
    m_againstBox->setItemText(static_cast<int>(Against::Remembered), name);
}

void WeightsPanel::askForFirst()
{
    const TrainingFacts *training = m_workspace->training();
    const QString folder = training ? QString::fromStdString(training->run.string()) : QString();
    if (m_first && folder == m_firstOf)
        return;
    m_first.reset();
    m_firstOf = folder;
    m_busy = true;
    auto first = std::make_shared<std::shared_ptr<const Snapshot>>();
    m_background->run(
        [first, folder] {
            if (folder.isEmpty())
                throw Error(tr("Nothing is stored of this training, so there is no first snapshot to compare with.")
                                .toStdString());
            const Run run(folder.toStdString());
            const std::vector<StoredFile> stored = run.snapshots();
            if (stored.empty())
                throw Error(tr("The run has no snapshot yet.").toStdString());
            *first = run.snapshot(stored.front().step);
        },
        [this, first](const QString &error) {
            m_busy = false;
            m_first = *first;
            if (m_first)
                return askForView();
            m_firstOf.clear();
            m_again = false;
            setAgainst(Against::Nothing);
            emit m_workspace->readout(error);
        });
}

/// Starts to compute the view. Only one computation runs at a time; the newest request waits for its end.
void WeightsPanel::askForView()
{
    const auto &snapshot = m_workspace->snapshot();
    if (!snapshot || !isVisible() || m_names->currentText().isEmpty())
        return;
    if (m_busy) {
        m_again = true;
        return;
    }
    const auto against = static_cast<Against>(m_againstBox->currentIndex());
    if (against == Against::Remembered && !m_remembered)
        return remember();
    if (against == Against::First) {
        askForFirst();
        if (m_busy)
            return;
    }
    const MeasuredOf of = MeasuredOf::shown(*m_workspace);
    WeightQuestion question{.parameter = m_names->currentText().toStdString()};
    // The difference is between the two sides, so the choice of earlier weights does not count.
    question.since = of.side == Side::Difference   ? of.trained
                     : against == Against::Nothing ? nullptr
                     : against == Against::First   ? m_first
                                                   : m_remembered;
    question.mostRows = std::max(64, m_picture->height());
    question.mostCols = std::max(64, m_picture->width());
    m_busy = true;
    auto view = std::make_shared<WeightView>();
    m_background->run([view, question, of] { *view = viewWeights(*of.network(of.side), question); },
                      [this, view, question, of](const QString &error) {
                          m_busy = false;
                          if (error.isEmpty()) {
                              m_shownChange = question.since != nullptr;
                              present(view, QString::fromStdString(question.parameter), of);
                          } else {
                              emit m_workspace->readout(error);
                          }
                          if (std::exchange(m_again, false))
                              askForView();
                      });
}

void WeightsPanel::present(std::shared_ptr<const WeightView> view, const QString &parameter, const MeasuredOf &of)
{
    mark(header(), of.side);
    m_view = std::move(view);
    m_shownParameter = parameter;
    setEmpty(false);
    m_picture->setValues(m_view->picture.rows, m_view->picture.cols, m_view->picture.values);
    m_range = rangeOf(m_view->picture);
    drawColors();
    m_histogram->setXAxis(m_shownChange ? tr("change") : tr("number"));
    m_histogram->setCounts(QVector<double>(m_view->counts.begin(), m_view->counts.end()), m_view->low, m_view->high);
    const qint64 count = static_cast<qint64>(m_view->rows) * m_view->cols;
    QString text = tr("Step %1, %2 x %3.\nNorm %4, mean %5, deviation %6, from %7 to %8.")
                       .arg(of.trained->step())
                       .arg(m_view->rows)
                       .arg(m_view->cols)
                       .arg(shortNumber(m_view->norm), shortNumber(m_view->mean), shortNumber(m_view->deviation),
                            shortNumber(m_view->smallest), shortNumber(m_view->largest));
    if (m_view->finite < count)
        text += QLatin1Char('\n') + tr("%L1 of %L2 are not finite numbers.").arg(count - m_view->finite).arg(count);
    if (of.side == Side::Difference)
        text += QLatin1Char('\n') + tr("These numbers are those as changed minus those as trained.");
    m_summary->setText(text);
    emit shown();
}

void WeightsPanel::drawColors()
{
    const ColorMap &map = ColorMap::diverging(PlotTheme::of(*this).dark);
    m_picture->setColors(map, Heatmap::Scale::Linear, -m_range, m_range);
    m_bar->setColors(map, Heatmap::Scale::Linear, -m_range, m_range);
}

void WeightsPanel::readCell(int row, int col)
{
    if (!m_view || row < 0) {
        m_bar->setMark(std::nanf(""));
        return emit m_workspace->readout({});
    }
    const float value = m_picture->value(row, col);
    m_bar->setMark(value);
    const auto span = [](int cell, int inCell, int all) {
        const int first = cell * inCell, last = std::min(all, first + inCell) - 1;
        return first == last ? QString::number(first) : QStringLiteral("%1-%2").arg(first).arg(last);
    };
    QString where = tr("%1, row %2, column %3")
                        .arg(m_shownParameter, span(row, m_view->rowsInCell, m_view->rows),
                             span(col, m_view->colsInCell, m_view->cols));
    for (const RowBlocks &matrix : m_workspace->snapshot()->config().mixer->facts().matrices)
        if (m_shownParameter.endsWith(QLatin1Char('.') + QString::fromStdString(matrix.parameter))) {
            const auto place = static_cast<std::size_t>(row * m_view->rowsInCell / m_view->cols);
            const RowBlocks::Block &block = matrix.blocks[std::min(place, matrix.blocks.size() - 1)];
            where += tr(" (%1, which makes the %2)").arg(QString::fromStdString(block.name), nameOf(block.makes));
        }
    emit m_workspace->readout(m_shownChange ? tr("%1: change %2").arg(where, exactNumber(value))
                                            : tr("%1: %2").arg(where, exactNumber(value)));
}

QString WeightsPanel::summary() const { return m_summary->text(); }

QString WeightsPanel::table() const
{
    QString text = m_shownParameter + QLatin1Char('\n');
    if (!m_view)
        return text;
    const Grid &picture = m_view->picture;
    for (int row = 0; row < picture.rows; ++row) {
        for (int col = 0; col < picture.cols; ++col)
            text += (col > 0 ? QStringLiteral("\t") : QString()) + exactNumber(picture.at(row, col));
        text += QLatin1Char('\n');
    }
    return text;
}

void WeightsPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange && m_bar)
        drawColors();
    ExaminedPanel::changeEvent(event);
}

void WeightsPanel::showEvent(QShowEvent *event)
{
    ExaminedPanel::showEvent(event);
    askForView();
}

} // namespace samout
