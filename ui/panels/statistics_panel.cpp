#include "ui/panels/statistics_panel.h"

#include "core/inspect/measuring_data.h"
#include "core/store/run.h"
#include "ui/panels/layer_bars.h"
#include "ui/panels/layer_chooser.h"
#include "ui/plots/number_text.h"
#include "ui/plots/time_series.h"
#include "ui/workspace.h"

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

/// Sequences whose tokens are hidden one by one.
constexpr std::int64_t influenceRows = 12;
/// Of a run: so many of its snapshots, on so many tokens each.
constexpr std::size_t mostSnapshots = 40;
constexpr std::int64_t runTokens = 1500, runInfluenceRows = 2;
/// Texts for the loss by position, and how many times the trained length they have.
constexpr std::int64_t longTexts = 48, timesTrained = 4, positionStride = 4;
constexpr int black = 7;

/// The mean of what is there within `reach` points on both sides.
QVector<double> smoothed(const QVector<double> &values, qsizetype reach)
{
    QVector<double> result;
    for (qsizetype i = 0; i < values.size(); ++i) {
        double sum = 0, count = 0;
        for (qsizetype j = std::max<qsizetype>(0, i - reach); j <= std::min(values.size() - 1, i + reach); ++j)
            if (std::isfinite(values[j])) {
                sum += values[j];
                ++count;
            }
        result << (count > 0 ? sum / count : std::numeric_limits<double>::quiet_NaN());
    }
    return result;
}

double meanOfHeads(const LayerStatistics &layer, double HeadStatistics::*number)
{
    double sum = 0;
    for (const HeadStatistics &head : layer.heads)
        sum += head.*number;
    return sum / static_cast<double>(layer.heads.size());
}

/// The least of 2, 4, 10, 20, 40, ... that is not below: whole numbers at the middle of the axis as well.
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
    m_views =
        addChoice({tr("Changes by position"), tr("Age of what is held"), tr("Influence by distance"),
                   tr("Gates and sizes"), tr("Loss by position"), tr("Over the run: changes"), tr("Over the run: age"),
                   tr("Over the run: memory"), tr("Over the run: gates"), tr("Over the run: sizes")},
                  tr("What is measured and drawn. Over the run: the same for the snapshots that the run stored."));
    m_layers = new LayerChooser;
    addControl(m_layers);
    auto *bars = new QWidget;
    auto *row = new QHBoxLayout(bars);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    for (LayerBars *one : {m_gates, m_norms, m_residuals})
        row->addWidget(one);
    m_gates->setToolTip(tr("By layer: gate = relu(...) is 0 in so many channels at every token that was read. They are "
                           "as good as not there."));
    m_norms->setToolTip(tr("By layer: the L2 norm of what the LayerNorm gives, mean over the tokens."));
    m_residuals->setToolTip(tr("By layer: the L2 norm of the layer's output, norm + x, mean over the tokens."));
    m_pages->addWidget(m_plot);
    m_pages->addWidget(bars);
    auto *layout = new QVBoxLayout(content());
    layout->setContentsMargins(12, 0, 12, 8);
    layout->addWidget(m_pages);

    connect(m_views, &QComboBox::currentIndexChanged, this, &StatisticsPanel::showView);
    connect(m_layers, &LayerChooser::chosen, workspace, &Workspace::setLayer);
    connect(workspace, &Workspace::layerChanged, this, &StatisticsPanel::draw);
    connect(m_plot, &TimeSeries::hovered, this, &StatisticsPanel::readPoint);
    connect(m_plot, &TimeSeries::unhovered, this, [this] { emit this->workspace()->readout({}); });
    showView();
}

StatisticsPanel::View StatisticsPanel::view() const { return static_cast<View>(m_views->currentIndex()); }

void StatisticsPanel::setView(View view) { m_views->setCurrentIndex(static_cast<int>(view)); }

bool StatisticsPanel::isKnown() const
{
    if (view() < View::Positions)
        return m_now != nullptr;
    return view() == View::Positions ? !m_positions.empty() : !m_run.empty();
}

void StatisticsPanel::showView()
{
    m_layers->setVisible(view() == View::Changes || view() == View::Ages);
    m_pages->setCurrentIndex(view() == View::Layers ? 1 : 0);
    setEmpty(!isKnown());
    setNote(isKnown() ? sentence() : QString());
    draw();
}

void StatisticsPanel::measureShown(const Subject &subject)
{
    if (view() < View::Positions)
        measureNow(subject);
    else if (view() == View::Positions)
        measurePositions(subject);
    else
        measureRun();
}

void StatisticsPanel::measureNow(const Subject &subject)
{
    struct Result {
        std::shared_ptr<const StateStatistics> statistics;
        std::int64_t trainedRows = 0;
    };
    auto result = std::make_shared<Result>();
    begin(
        [subject, result, tokens = m_tokens](const Job::Progress &progress, const std::stop_token &stop) {
            const MeasuringData data = measuringData(*subject.data, tokens);
            result->trainedRows = data.trainedRows;
            result->statistics = measureStatistics(subject.snapshot, data.batch, influenceRows, progress, stop);
        },
        [this, result] {
            m_now = result->statistics;
            m_trainedRows = result->trainedRows;
            showView();
        });
}

void StatisticsPanel::measurePositions(const Subject &subject)
{
    auto result = std::make_shared<std::vector<PositionLoss>>();
    const std::int64_t length = subject.data->sequenceLength() - 1;
    begin(
        [subject, result, length](const Job::Progress &progress, const std::stop_token &stop) {
            const std::int64_t time = timesTrained * length;
            const MeasuringData data = measuringData(*subject.data, longTexts * time);
            *result = lossByPosition(*subject.snapshot, joinedTexts(data.batch, time, longTexts),
                                     subject.data->lineEnd(), length, positionStride, progress, stop);
        },
        [this, result, length] {
            m_positions = *result;
            m_trainedLength = length;
            showView();
        });
}

void StatisticsPanel::measureRun()
{
    const std::filesystem::path folder = workspace()->training()->run;
    if (folder.empty())
        return setNote(tr("This training is not kept, so there are no snapshots of it: start one that is kept."));
    auto result = std::make_shared<std::vector<std::shared_ptr<const StateStatistics>>>();
    begin(
        [folder, result, data = workspace()->training()->data](const Job::Progress &progress,
                                                               const std::stop_token &stop) {
            const Run run(folder);
            const std::vector<StoredFile> all = run.snapshots();
            const Batch batch = measuringData(*data, runTokens).batch;
            const std::size_t count = std::min(all.size(), mostSnapshots);
            for (std::size_t i = 0; i < count && !stop.stop_requested(); ++i) {
                // The first and the last, and those between them evenly.
                const std::size_t place = count > 1 ? i * (all.size() - 1) / (count - 1) : 0;
                if (auto statistics =
                        measureStatistics(run.snapshot(all[place].step), batch, runInfluenceRows, {}, stop))
                    result->push_back(std::move(statistics));
                progress(static_cast<double>(i + 1) / static_cast<double>(count));
            }
        },
        [this, result] {
            m_run = *result;
            showView();
        });
}

QString StatisticsPanel::sentence() const
{
    if (view() == View::Positions)
        return tr("The thin line is the trained length, %1 tokens.").arg(m_trainedLength);
    if (view() > View::Positions)
        return view() == View::RunMemory ? tr("The distance within which nine tenths of the influence lie.")
                                         : QString();
    QString text = tr("Step %1, %2 tokens in %3 sequences.")
                       .arg(grouped(m_now->step), grouped(m_now->tokens), grouped(m_now->sequences));
    if (m_trainedRows > 0)
        text += QLatin1Char(' ') + tr("%1 of them are of those to train on.").arg(grouped(m_trainedRows));
    if (view() == View::Influence)
        text += QLatin1Char(' ') + tr("Nine tenths of the influence come from the last %1 tokens: the real length of "
                                      "memory.")
                                       .arg(shortNumber(m_now->memoryLength));
    return text;
}

std::vector<StatisticsPanel::Curve> StatisticsPanel::headCurves() const
{
    std::vector<Curve> all;
    m_layers->setCount(static_cast<int>(m_now->layers.size()));
    const int layer = std::min(workspace()->layer(), static_cast<int>(m_now->layers.size()) - 1);
    m_layers->setCurrent(layer);
    const std::vector<HeadStatistics> &heads = m_now->layers[static_cast<std::size_t>(layer)].heads;
    const auto time = static_cast<qsizetype>(heads.front().changes.size());
    for (std::size_t head = 0; head < heads.size(); ++head) {
        Curve curve{.name = tr("head %1").arg(head), .category = static_cast<int>(head), .xs = {}, .ys = {}};
        const std::vector<double> &values = view() == View::Changes ? heads[head].changes : heads[head].ages;
        // At position 0 everything changes.
        for (qsizetype t = view() == View::Changes ? 1 : 0; t < time; ++t) {
            const double value = values[static_cast<std::size_t>(t)];
            if (view() == View::Changes && value == 0)
                continue; // has no place on a logarithmic axis
            curve.xs << static_cast<double>(t);
            curve.ys << 100 * value;
        }
        all.push_back(std::move(curve));
    }
    if (view() == View::Changes) {
        Curve chance{.name = tr("1/(t+1)"), .category = black, .xs = {}, .ys = {}};
        for (qsizetype t = 1; t < time; ++t) {
            chance.xs << static_cast<double>(t);
            chance.ys << 100.0 / static_cast<double>(t + 1);
        }
        all.push_back(std::move(chance));
    }
    return all;
}

std::vector<StatisticsPanel::Curve> StatisticsPanel::positionCurves() const
{
    std::vector<Curve> all;
    int category = 0;
    for (const PositionLoss &loss : m_positions) {
        const QString name = loss.memory == Memory::Carry     ? tr("carried")
                             : loss.memory == Memory::ClearAt ? tr("cleared at line ends")
                                                              : tr("the newest %1 anew").arg(m_trainedLength);
        Curve raw{.name = name, .category = category++, .xs = {}, .ys = {}, .faint = true};
        for (std::size_t t = 0; t < loss.losses.size(); ++t)
            if (std::isfinite(loss.losses[t])) {
                raw.xs << static_cast<double>(t);
                raw.ys << loss.losses[t];
            }
        Curve smooth = raw;
        smooth.faint = false;
        smooth.ys = smoothed(raw.ys, loss.memory == Memory::Recompute ? 2 : 6);
        all.push_back(std::move(raw));
        all.push_back(std::move(smooth));
    }
    return all;
}

std::vector<StatisticsPanel::Curve> StatisticsPanel::runCurves() const
{
    std::vector<Curve> all;
    const std::size_t layers = view() == View::RunMemory ? 1 : m_run.front()->layers.size();
    for (std::size_t index = 0; index < layers; ++index) {
        Curve curve{.name = view() == View::RunMemory ? tr("memory") : tr("layer %1").arg(index + 1),
                    .category = static_cast<int>(index),
                    .xs = {},
                    .ys = {}};
        for (const auto &statistics : m_run) {
            const LayerStatistics &layer = statistics->layers[index];
            curve.xs << static_cast<double>(statistics->step);
            curve.ys << (view() == View::RunChanges  ? meanOfHeads(layer, &HeadStatistics::changesBesideChance)
                         : view() == View::RunAges   ? meanOfHeads(layer, &HeadStatistics::meanAge)
                         : view() == View::RunGates  ? 100 * layer.neverOpen
                         : view() == View::RunMemory ? statistics->memoryLength
                                                     : layer.residualSize);
        }
        all.push_back(std::move(curve));
    }
    return all;
}

std::vector<StatisticsPanel::Curve> StatisticsPanel::curves() const
{
    switch (view()) {
    case View::Changes:
    case View::Ages:
        return headCurves();
    case View::Influence: {
        Curve curve{.name = tr("influence"), .category = 0, .xs = {}, .ys = {}};
        for (std::size_t d = 1; d < m_now->influence.size(); ++d) {
            if (!(m_now->influence[d] > 0))
                continue;
            curve.xs << static_cast<double>(d);
            curve.ys << m_now->influence[d];
        }
        return {curve};
    }
    case View::Positions:
        return positionCurves();
    case View::Layers:
        return {};
    default:
        return runCurves();
    }
}

void StatisticsPanel::draw()
{
    if (!isKnown())
        return;
    if (view() != View::Layers)
        return drawPlot();
    QVector<double> gates, norms, residuals;
    for (const LayerStatistics &layer : m_now->layers) {
        gates << 100 * layer.neverOpen;
        norms << layer.normSize;
        residuals << layer.residualSize;
    }
    for (const auto &[bars, values] :
         {std::pair(m_gates, &gates), std::pair(m_norms, &norms), std::pair(m_residuals, &residuals)}) {
        bars->setFixedRange(0, roundAbove(*std::ranges::max_element(*values)));
        bars->setValues(*values);
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
    };
    const Axes &now = axes[m_views->currentIndex()];
    m_drawn = curves();
    m_plot->clear();
    m_plot->setXAxis(now.x, TimeSeries::XKind::Count);
    m_plot->setYAxis(now.y);
    m_plot->setToolTip(now.tip);
    m_plot->setLogarithmic(view() == View::Changes || view() == View::Influence);
    for (const Curve &curve : m_drawn)
        m_plot->setPoints(m_plot->addCurve(curve.name, curve.category, curve.faint), curve.xs, curve.ys);
    m_plot->setCursor(view() == View::Positions ? static_cast<double>(m_trainedLength)
                                                : std::numeric_limits<double>::quiet_NaN());
    m_plot->fit();
}

void StatisticsPanel::readPoint(double x, int curve)
{
    if (curve < 0 || static_cast<std::size_t>(curve) >= m_drawn.size())
        return;
    const Curve &read = m_drawn[static_cast<std::size_t>(curve)];
    const auto at = std::ranges::lower_bound(read.xs, x);
    if (at == read.xs.end())
        return;
    const qsizetype index = at - read.xs.begin();
    emit workspace()->readout(
        tr("%1 at %2: %3").arg(read.name, QString::number(read.xs[index]), exactNumber(read.ys[index])));
}

QString StatisticsPanel::table() const
{
    QString text;
    if (view() == View::Layers && m_now) {
        text = QStringLiteral("layer\tgates never open\tsize of norm\tsize of the output\n");
        for (std::size_t layer = 0; layer < m_now->layers.size(); ++layer) {
            const LayerStatistics &one = m_now->layers[layer];
            text += QStringLiteral("%1\t%2\t%3\t%4\n")
                        .arg(QString::number(layer + 1), exactNumber(one.neverOpen), exactNumber(one.normSize),
                             exactNumber(one.residualSize));
        }
        return text;
    }
    text = QStringLiteral("curve\tx\ty\n");
    for (const Curve &curve : m_drawn)
        for (qsizetype i = 0; i < curve.xs.size() && !curve.faint; ++i)
            text += QStringLiteral("%1\t%2\t%3\n").arg(curve.name, exactNumber(curve.xs[i]), exactNumber(curve.ys[i]));
    return text;
}

} // namespace samout
