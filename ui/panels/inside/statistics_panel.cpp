// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/inside/statistics_panel.h"

#include "core/base/error.h"
#include "core/inspect/measuring_data.h"
#include "core/runs/run.h"
#include "ui/models/workspace.h"
#include "ui/plots/number_text.h"
#include "ui/plots/time_series.h"
#include "ui/widgets/layer_bars.h"
#include "ui/widgets/layer_chooser.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <limits>

namespace samout {

namespace {

/// The most snapshots of a run to measure: about 10 s for Classroom, 2 minutes for networks of Article's size.
constexpr std::size_t mostSnapshots = 20;
constexpr int black = 7;

/// The smallest of 2, 4, 10, 20, 40, ... that is at least `value`, so that the middle of the axis is a whole number
/// too.
double roundAbove(double value)
{
    double top = 2;
    for (int i = 0; top < value && std::isfinite(value); ++i)
        top *= i % 3 == 1 ? 2.5 : 2;
    return top;
}

QString grouped(std::int64_t number) { return QLocale().toString(static_cast<qlonglong>(number)); }

} // namespace

StatisticsPanel::StatisticsPanel(Workspace *workspace, QWidget *parent)
    : MeasuringPanel(workspace, tr("Statistics"),
                     tr("How the network remembers over many texts will be drawn here: choose what to see and press "
                        "Measure."),
                     tr("Measures what is shown, on sequences of the trained length from fresh states."), parent),
      m_pages(new QStackedWidget), m_plot(new TimeSeries), m_gates(new LayerBars(tr("Gates that never open (%)"), 0)),
      m_norms(new LayerBars(tr("Size of norm"), 0)), m_residuals(new LayerBars(tr("Size of the output"), 0))
{
    m_views = addChoice(
        {tr("Changes by position"), tr("Age of what is held"), tr("Influence by distance"), tr("Gates and sizes"),
         tr("Loss by position"), tr("Over the run: changes"), tr("Over the run: age"), tr("Over the run: memory"),
         tr("Over the run: gates"), tr("Over the run: sizes"), tr("Over the run: norm")},
        tr("What is measured and drawn. Over the run: the same for the snapshots that the run stored."));
    m_layers = new LayerChooser;
    addControl(m_layers);
    m_heads =
        addChoice({tr("Mean of heads")}, tr("Of every layer: the mean of its heads, or the one head of this number."));
    auto *bars = new QWidget;
    auto *row = new QHBoxLayout(bars);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (LayerBars *one : {m_gates, m_norms, m_residuals})
        row->addWidget(one);
    m_gates->setToolTip(
        tr("By layer: gate = relu(...) is 0 in this number of channels at every token that was read. They are "
           "as good as not there."));
    m_norms->setToolTip(tr("By layer: the L2 norm of what the LayerNorm gives, mean over the tokens."));
    m_residuals->setToolTip(tr("By layer: the L2 norm of the layer's output, norm + x, mean over the tokens."));
    m_pages->addWidget(m_plot);
    m_pages->addWidget(bars);
    auto *layout = new QVBoxLayout(content());
    layout->setContentsMargins(12, 0, 12, 8);
    layout->addWidget(m_pages);

    connect(m_views, &QComboBox::currentIndexChanged, this, &StatisticsPanel::showView);
    connect(m_heads, &QComboBox::currentIndexChanged, this, &StatisticsPanel::draw);
    connect(m_layers, &LayerChooser::chosen, workspace, &Workspace::setLayer);
    connect(workspace, &Workspace::layerChanged, this, &StatisticsPanel::draw);
    connect(m_plot, &TimeSeries::hovered, this, &StatisticsPanel::readPoint);
    connect(m_plot, &TimeSeries::unhovered, this, [this] { emit this->workspace()->readout({}); });
    choices().add(QStringLiteral("view"), m_views);
    choices().add(QStringLiteral("head"), m_heads);
    showView();
}

StatisticsPanel::View StatisticsPanel::view() const { return static_cast<View>(m_views->currentIndex()); }

void StatisticsPanel::setView(View view) { m_views->setCurrentIndex(static_cast<int>(view)); }

const MeasuredOf *StatisticsPanel::shownOf() const
{
    const std::optional<MeasuredOf> &of = view() < View::Positions    ? m_nowOf
                                          : view() == View::Positions ? m_positionsOf
                                                                      : m_runOf;
    return of ? &*of : nullptr;
}

bool StatisticsPanel::isDifference() const { return shownOf() && shownOf()->side == Side::Difference; }

void StatisticsPanel::forget()
{
    m_now = {};
    m_nowOf.reset();
    m_positions.clear();
    m_positionsOf.reset();
    m_run.clear();
    m_runOf.reset();
    draw();
}

void StatisticsPanel::showView()
{
    m_layers->setVisible(view() == View::Changes || view() == View::Ages);
    m_heads->setVisible(view() == View::RunChanges || view() == View::RunAges);
    m_pages->setCurrentIndex(view() == View::Layers ? 1 : 0);
    showMeasured();
    draw();
}

void StatisticsPanel::measureShown(const Measurement &measurement)
{
    if (view() < View::Positions)
        measureNow(measurement);
    else if (view() == View::Positions)
        measurePositions(measurement);
    else
        measureRun(measurement);
}

void StatisticsPanel::measureNow(const Measurement &measurement)
{
    struct Result {
        std::optional<BySide<StateStatistics>> statistics;
        std::int64_t trainedRows = 0;
    };
    auto result = std::make_shared<Result>();
    begin(
        [measurement, result, tokens = m_tokens](const Job::Progress &progress, const std::stop_token &stop) {
            const MeasuringData data = measuringData(*measurement.data, tokens);
            result->trainedRows = data.trainedRows;
            result->statistics = askBySide(measurement.of.side, progress, [&](Side side, const ShareDone &part) {
                return measureStatistics(measurement.of.network(side), data.batch, statisticsInfluenceRows, part, stop);
            });
        },
        [this, result, of = measurement.of] {
            m_now = *result->statistics;
            m_nowOf = of;
            m_trainedRows = result->trainedRows;
            showView();
        });
}

void StatisticsPanel::measurePositions(const Measurement &measurement)
{
    struct Result {
        std::optional<BySide<std::vector<PositionLoss>>> losses;
        std::int64_t trainedLength = 0;
    };
    auto result = std::make_shared<Result>();
    begin(
        [measurement, result, tokens = m_tokens](const Job::Progress &progress, const std::stop_token &stop) {
            const PositionTexts texts = positionTexts(*measurement.data, tokens);
            result->trainedLength = texts.trainedLength;
            result->losses = lossByPosition(measurement.of, texts, progress, stop);
        },
        [this, result, of = measurement.of] {
            m_positions = result->losses->at(of.side);
            m_positionsOf = of;
            m_trainedLength = result->trainedLength;
            showView();
        });
}

void StatisticsPanel::measureRun(const Measurement &measurement)
{
    const std::filesystem::path folder = workspace()->training()->run;
    if (folder.empty())
        return setNote(tr("This training is not kept, so there are no snapshots of it: start one that is kept."));
    auto result = std::make_shared<OfNetworks>();
    begin(
        [folder, result, data = measurement.data, tokens = m_tokens](const Job::Progress &progress,
                                                                     const std::stop_token &stop) {
            const Run run(folder);
            const std::vector<StoredFile> all = run.snapshots();
            const Batch batch = measuringData(*data, tokens).batch;
            const std::size_t count = std::min(all.size(), mostSnapshots);
            for (std::size_t i = 0; i < count && !stop.stop_requested(); ++i) {
                // The first, the last, and evenly spaced ones between them.
                const std::size_t place = count > 1 ? i * (all.size() - 1) / (count - 1) : 0;
                const auto part = [&](double share) {
                    progress((static_cast<double>(i) + share) / static_cast<double>(count));
                };
                if (auto statistics =
                        measureStatistics(run.snapshot(all[place].step), batch, statisticsInfluenceRows, part, stop))
                    result->push_back(std::move(statistics));
            }
            if (result->empty() && !stop.stop_requested())
                throw Error(tr("The run has no snapshot yet.").toStdString());
        },
        [this, result] {
            m_run = *result;
            m_runOf = MeasuredOf();
            setHeads();
            showView();
        });
}

/// Lists the heads to choose from; the choice stays if that head still exists.
void StatisticsPanel::setHeads()
{
    const auto heads = static_cast<int>(m_run.front()->layers.front().heads.size());
    while (m_heads->count() > heads + 1)
        m_heads->removeItem(m_heads->count() - 1);
    while (m_heads->count() < heads + 1)
        m_heads->addItem(tr("head %1").arg(m_heads->count() - 1));
}

QString StatisticsPanel::sentence() const
{
    if (view() == View::Positions)
        return tr("The thin line is the trained length, %1 tokens.").arg(m_trainedLength);
    if (view() > View::Positions) {
        const StateStatistics &first = *m_run.front(), &last = *m_run.back();
        const QString text =
            tr("%1 snapshots of the run, from step %2 to step %3, each over %4 tokens.")
                .arg(grouped(std::ssize(m_run)), grouped(first.step), grouped(last.step), grouped(first.tokens));
        return view() == View::RunMemory
                   ? text + QLatin1Char(' ') + tr("The distance within which nine tenths of the influence lie.") +
                         QLatin1Char(' ') +
                         tr("The influence is measured on %1 of the sequences.")
                             .arg(grouped(std::min(statisticsInfluenceRows, first.sequences)))
                   : text;
    }
    const StateStatistics &now = isDifference() ? *m_now.changed : shown();
    QString text =
        tr("Step %1, %2 tokens in %3 sequences.").arg(grouped(now.step), grouped(now.tokens), grouped(now.sequences));
    if (m_trainedRows > 0)
        text += QLatin1Char(' ') + tr("%1 of them are of those to train on.").arg(grouped(m_trainedRows));
    if (view() != View::Influence)
        return text;
    return text + QLatin1Char(' ') +
           (isDifference() ? tr("Nine tenths of the influence come from the last %1 tokens as changed, from the last "
                                "%2 as trained.")
                                 .arg(shortNumber(now.memoryLength), shortNumber(m_now.trained->memoryLength))
                           : tr("Nine tenths of the influence come from the last %1 tokens: the real length of "
                                "memory.")
                                 .arg(shortNumber(now.memoryLength)));
}

std::vector<DrawnCurve> StatisticsPanel::headCurves(const StateStatistics &statistics) const
{
    std::vector<DrawnCurve> all;
    m_layers->setCount(static_cast<int>(statistics.layers.size()));
    const int layer = std::min(workspace()->layer(), static_cast<int>(statistics.layers.size()) - 1);
    m_layers->setCurrent(layer);
    const std::vector<HeadStatistics> &heads = statistics.layers[static_cast<std::size_t>(layer)].heads;
    const auto time = static_cast<qsizetype>(heads.front().changes.size());
    for (std::size_t head = 0; head < heads.size(); ++head) {
        DrawnCurve curve{.name = tr("head %1").arg(head), .category = static_cast<int>(head), .xs = {}, .ys = {}};
        const std::vector<double> &values = view() == View::Changes ? heads[head].changes : heads[head].ages;
        // At position 0 all states change.
        for (qsizetype t = view() == View::Changes ? 1 : 0; t < time; ++t) {
            const double value = values[static_cast<std::size_t>(t)];
            if (view() == View::Changes && value == 0 && !isDifference())
                continue; // 0 has no place on a logarithmic axis
            curve.xs << static_cast<double>(t);
            curve.ys << 100 * value;
        }
        all.push_back(std::move(curve));
    }
    if (view() == View::Changes && !isDifference()) {
        DrawnCurve chance{.name = tr("1/(t+1)"), .category = black, .xs = {}, .ys = {}};
        for (qsizetype t = 1; t < time; ++t) {
            chance.xs << static_cast<double>(t);
            chance.ys << 100.0 / static_cast<double>(t + 1);
        }
        all.push_back(std::move(chance));
    }
    return all;
}

std::vector<DrawnCurve> StatisticsPanel::influenceCurve(const StateStatistics &statistics) const
{
    DrawnCurve curve{.name = tr("influence"), .category = 0, .xs = {}, .ys = {}};
    for (std::size_t d = 1; d < statistics.influence.size(); ++d) {
        const double value = statistics.influence[d];
        if (isDifference() ? !std::isfinite(value) : !(value > 0))
            continue;
        curve.xs << static_cast<double>(d);
        curve.ys << value;
    }
    return {curve};
}

std::vector<DrawnCurve> StatisticsPanel::positionCurves(const std::vector<PositionLoss> &losses) const
{
    std::vector<DrawnCurve> all;
    int category = 0;
    for (const PositionLoss &loss : losses) {
        const QString name = loss.memory == Memory::Carry     ? tr("carried")
                             : loss.memory == Memory::ClearAt ? tr("cleared at line ends")
                                                              : tr("the newest %1 anew").arg(m_trainedLength);
        DrawnCurve raw{.name = name, .category = category++, .xs = {}, .ys = {}, .faint = true};
        DrawnCurve smooth{.name = name, .category = raw.category, .xs = {}, .ys = {}};
        for (const PositionPoint &point : pointsOf(loss)) {
            raw.xs << static_cast<double>(point.position);
            raw.ys << point.loss;
            smooth.ys << point.smoothed;
        }
        smooth.xs = raw.xs;
        all.push_back(std::move(raw));
        all.push_back(std::move(smooth));
    }
    return all;
}

std::vector<DrawnCurve> StatisticsPanel::runCurves() const
{
    std::vector<DrawnCurve> all;
    const std::size_t layers = view() == View::RunMemory ? 1 : m_run.front()->layers.size();
    for (std::size_t index = 0; index < layers; ++index) {
        DrawnCurve curve{.name = view() == View::RunMemory ? tr("memory") : tr("layer %1").arg(index),
                         .category = static_cast<int>(index),
                         .xs = {},
                         .ys = {}};
        for (const auto &statistics : m_run) {
            const LayerStatistics &layer = statistics->layers[index];
            curve.xs << static_cast<double>(statistics->step);
            curve.ys << (view() == View::RunChanges  ? ofHeads(layer, &HeadStatistics::changesBesideChance)
                         : view() == View::RunAges   ? ofHeads(layer, &HeadStatistics::meanAge)
                         : view() == View::RunGates  ? 100 * layer.neverOpen
                         : view() == View::RunMemory ? statistics->memoryLength
                         : view() == View::RunNorms  ? layer.normSize
                                                     : layer.residualSize);
        }
        all.push_back(std::move(curve));
    }
    return all;
}

double StatisticsPanel::ofHeads(const LayerStatistics &layer, double HeadStatistics::*number) const
{
    const int chosen = m_heads->currentIndex() - 1;
    if (chosen >= 0)
        return layer.heads[static_cast<std::size_t>(chosen)].*number;
    double sum = 0;
    for (const HeadStatistics &head : layer.heads)
        sum += head.*number;
    return sum / static_cast<double>(layer.heads.size());
}

std::vector<DrawnCurve> StatisticsPanel::curves() const
{
    switch (view()) {
    case View::Changes:
    case View::Ages:
        return headCurves(shown());
    case View::Influence:
        return influenceCurve(shown());
    case View::Positions:
        return positionCurves(m_positions);
    case View::Layers:
        return {};
    default:
        return runCurves();
    }
}

const StateStatistics &StatisticsPanel::shown() const { return m_now.at(m_nowOf->side); }

QVector<double> StatisticsPanel::byLayer(double LayerStatistics::*number, double factor) const
{
    QVector<double> values;
    for (const LayerStatistics &layer : shown().layers)
        values << factor * (layer.*number);
    return values;
}

void StatisticsPanel::draw()
{
    m_drawn.clear();
    if (!shownOf())
        return m_plot->clear();
    if (view() != View::Layers)
        return drawPlot();
    for (const auto &[bars, values] : {std::pair(m_gates, byLayer(&LayerStatistics::neverOpen, 100)),
                                       std::pair(m_norms, byLayer(&LayerStatistics::normSize, 1)),
                                       std::pair(m_residuals, byLayer(&LayerStatistics::residualSize, 1))}) {
        if (!isDifference())
            bars->setFixedRange(0, roundAbove(*std::ranges::max_element(values)));
        bars->setValues(values, isDifference());
    }
}

void StatisticsPanel::drawPlot()
{
    struct Axes {
        QString x, y, tip;
    };
    const QString step = tr("Step"), position = tr("Position");
    const Axes axes[] = {
        {position, tr("Changes (%)"),
         tr("The share of a head's channels whose state is strictly larger than at the token before. A running maximum "
            "of anything changes with chance 1/(t+1) at position t, trained or not: compare with that line.")},
        {tr("Age in tokens"), tr("Share (%)"),
         tr("How long ago the value that a channel holds came, over all channels of the head and all positions.")},
        {tr("Distance in tokens"), tr("KL divergence (nats)"),
         tr("How far the prediction moves, KL(p || p without it), when the token so far back is hidden from memory in "
            "all layers; mean over all positions.")},
        {},
        {position, tr("Loss (nats)"),
         tr("The loss by position in long texts, raw values faint. Carried: the state is never empty again. Cleared: "
            "it "
            "is empty after every line. Anew: computed for every token from the newest ones.")},
        {step, tr("Changes / chance"),
         tr("How often states change, over how often a running maximum of random numbers would; 1: as often.")},
        {step, tr("Age (tokens)"), tr("The mean age of what is held.")},
        {step, tr("Length (tokens)"), tr("Within it lie nine tenths of the influence.")},
        {step, tr("Never open (%)"), tr("The share of a layer's gates that are 0 at every token.")},
        {step, tr("Size of the output"), tr("The L2 norm of every layer's output, mean over the tokens.")},
        {step, tr("Size of norm"), tr("The L2 norm of what every layer's LayerNorm gives, mean over the tokens.")},
    };
    const Axes &now = axes[m_views->currentIndex()];
    m_drawn = curves();
    m_plot->clear();
    m_plot->setXAxis(now.x, TimeSeries::XKind::Count);
    m_plot->setYAxis(isDifference() ? tr("Difference of: %1").arg(now.y) : now.y);
    m_plot->setToolTip(now.tip);
    // Differences have a sign.
    m_plot->setLogarithmic(!isDifference() && (view() == View::Changes || view() == View::Influence));
    for (const DrawnCurve &curve : m_drawn)
        m_plot->setPoints(m_plot->addCurve(curve.name, curve.category, curve.faint), curve.xs, curve.ys);
    m_plot->setCursor(view() == View::Positions ? static_cast<double>(m_trainedLength)
                                                : std::numeric_limits<double>::quiet_NaN());
    m_plot->fit();
}

void StatisticsPanel::readPoint(double x, int curve)
{
    if (curve < 0 || static_cast<std::size_t>(curve) >= m_drawn.size())
        return;
    const DrawnCurve &read = m_drawn[static_cast<std::size_t>(curve)];
    const auto at = std::ranges::lower_bound(read.xs, x);
    if (at == read.xs.end())
        return;
    const qsizetype index = at - read.xs.begin();
    emit workspace()->readout(
        tr("%1 at %2: %3").arg(read.name, QString::number(read.xs[index]), exactNumber(read.ys[index])));
}

QString StatisticsPanel::table() const
{
    if (view() == View::Layers && shownOf())
        return tableText(layersOf(shown()));
    if (view() == View::Positions)
        return tableText(tableOf(m_positions, m_trainedLength));
    Table table{.columns = {{.name = "curve", .kind = Table::Column::Key},
                            {.name = "x", .kind = Table::Column::Key},
                            {.name = "y"}},
                .rows = {}};
    for (const DrawnCurve &curve : m_drawn)
        for (qsizetype i = 0; i < curve.xs.size(); ++i)
            table.rows.push_back({curve.name.toStdString(), curve.xs[i], curve.ys[i]});
    return tableText(std::move(table));
}

} // namespace samout
