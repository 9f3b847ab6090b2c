// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/watch/alpha_panel.h"

#include "ui/models/commands.h"
#include "ui/models/workspace.h"
#include "ui/plots/number_text.h"
#include "ui/widgets/layer_bars.h"
#include "ui/work/shown_run.h"
#include "ui/work/snapshot_feed.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace samout {

namespace {

constexpr double startingAlpha = 0.5;
constexpr int drawInterval = 500;

} // namespace

AlphaPanel::AlphaPanel(Workspace *workspace, QWidget *parent)
    : ExaminedPanel(tr("Alpha"),
                    tr("How much of its own output every layer lets in will be drawn here: press Start to train."),
                    parent),
      m_workspace(workspace), m_now(new LayerBars(tr("Alpha now, by layer"), startingAlpha)),
      m_shares(new LayerBars(tr("Share of the new, by layer (%)"), std::nullopt)), m_plot(new TimeSeries)
{
    m_shares->setFixedRange(0, 100);
    auto *bars = new QHBoxLayout;
    bars->setSpacing(8);
    bars->addWidget(m_now, 1);
    bars->addWidget(m_shares, 1);
    auto *layout = new QVBoxLayout(content());
    layout->setContentsMargins(12, 0, 12, 8);
    layout->setSpacing(4);
    layout->addLayout(bars, 5);
    layout->addWidget(m_plot, 6);

    auto *follow =
        addButton(tr("Follow"), tr("Moves along with the newest step. A double-click on the plot shows all."), true);
    follow->setChecked(true);
    setCommand(follow, "panel.follow");
    connect(follow, &QToolButton::clicked, m_plot, &TimeSeries::setFollowing);
    connect(m_plot, &TimeSeries::viewChanged, follow,
            [follow](TimeSeries::View view) { follow->setChecked(view != TimeSeries::View::Free); });

    m_now->setToolTip(
        tr("norm = LayerNorm(alpha * out + (1 - alpha) * x), where out is what the layer computed and x what "
           "came in. Alpha is one learnt number a layer; it starts at 0.5, the dashed line. The axis is "
           "fitted to the bars and does not begin at 0."));
    m_shares->setToolTip(
        tr("|alpha out| / (|alpha out| + |(1 - alpha) x|), the L2 norms over all channels and tokens of "
           "the text to look at: how much of what enters the LayerNorm is new. Since out can be a "
           "thousand times larger than x, alpha alone misleads."));
    m_plot->setToolTip(tr("Alpha of every layer after each step, in the colours of the bars."));
    m_plot->setXAxis(tr("Step"), TimeSeries::XKind::Count);
    m_plot->setYAxis(tr("Alpha"));

    m_timer.setSingleShot(true);
    m_timer.setInterval(drawInterval);
    connect(&m_timer, &QTimer::timeout, this, &AlphaPanel::drawNow);
    connect(m_now, &LayerBars::hovered, this, &AlphaPanel::showLayer);
    connect(m_shares, &LayerBars::hovered, this, &AlphaPanel::showLayer);
    connect(m_plot, &TimeSeries::hovered, this, &AlphaPanel::showPoint);
    connect(m_plot, &TimeSeries::unhovered, this, [this] {
        m_workspace->setCursorStep(0);
        emit m_workspace->readout({});
    });
    connect(m_workspace, &Workspace::cursorStepChanged, m_plot, [this] {
        const qint64 step = m_workspace->cursorStep();
        m_plot->setCursor(step > 0 ? static_cast<double>(step) : std::numeric_limits<double>::quiet_NaN());
    });
}

void AlphaPanel::connectTo(const PanelContext &context)
{
    ExaminedPanel::connectTo(context);
    connect(context.shownRun, &ShownRun::opened, this, &AlphaPanel::setTraining);
    connect(context.shownRun, &ShownRun::stepped, this, &AlphaPanel::addSteps);
    connect(context.feed, &SnapshotFeed::pinnedChanged, this,
            [this, feed = context.feed] { setPinned(feed->pinned()); });
}

void AlphaPanel::ask(Question &question) const
{
    if (isVisible())
        question.shares = true;
}

void AlphaPanel::setExamination(std::shared_ptr<const Examination> examination)
{
    if (!examination || examination->shares.empty())
        return;
    const Examination *trained = examination->trained.get();
    m_differs = trained && trained->shares.size() == examination->shares.size();
    QVector<double> percent;
    for (std::size_t layer = 0; layer < examination->shares.size(); ++layer)
        percent << 100.0 * (static_cast<double>(examination->shares[layer]) -
                            (m_differs ? static_cast<double>(trained->shares[layer]) : 0));
    m_shares->setValues(percent, m_differs);
    m_snapshot = examination->snapshot;
    m_changed = examination->interventions.alphas;
    drawNow();
    setEmpty(false);
}

void AlphaPanel::setPinned(bool pinned)
{
    m_pinned = pinned;
    drawNow();
}

void AlphaPanel::setTraining(const TrainingFacts &facts)
{
    m_points.clear();
    m_snapshot.reset();
    m_changed.clear();
    m_differs = false;
    m_timer.stop();
    m_now->setValues(QVector<double>(facts.config.numLayers, startingAlpha));
    m_shares->setValues({});
    addCurves(static_cast<std::size_t>(facts.config.numLayers));
    setEmpty(false);
}

void AlphaPanel::addCurves(std::size_t layers)
{
    m_plot->clear();
    m_layers = layers;
    for (std::size_t layer = 0; layer < layers; ++layer)
        m_plot->addCurve(QString::number(layer), static_cast<int>(layer));
}

void AlphaPanel::addSteps(const QList<StepMetrics> &steps)
{
    for (const StepMetrics &metrics : steps) {
        if (metrics.again)
            continue;
        if (metrics.alphas.size() != m_layers)
            addCurves(metrics.alphas.size());
        for (std::size_t layer = 0; layer < m_layers; ++layer)
            m_plot->append(static_cast<int>(layer), static_cast<double>(metrics.step),
                           static_cast<double>(metrics.alphas[layer]));
        m_points.push_back({metrics.step, metrics.alphas});
    }
    if (steps.isEmpty())
        return;
    setEmpty(false);
    if (isVisible() && !m_timer.isActive())
        m_timer.start();
}

bool AlphaPanel::isRecorded(const Snapshot &snapshot) const
{
    const auto point = std::lower_bound(m_points.begin(), m_points.end(), snapshot.step(),
                                        [](const Point &p, qint64 step) { return p.step < step; });
    return point != m_points.end() && point->step == snapshot.step() && point->alphas == snapshot.alphas();
}

void AlphaPanel::drawNow()
{
    if (!m_snapshot && m_points.empty())
        return;
    // Shows the training's newest alphas if the weights come from this training and are not pinned; else the weights'
    // own.
    const bool training = !m_points.empty() && (!m_snapshot || (!m_pinned && isRecorded(*m_snapshot)));
    QVector<double> values;
    for (const float alpha : training ? m_points.back().alphas : m_snapshot->alphas())
        values << static_cast<double>(alpha);
    // The bars show the alphas that are in effect; the curves stay those of the training.
    const QVector<double> trained = values;
    for (const Interventions::Alpha &change : m_changed)
        if (change.layer < values.size())
            values[change.layer] = static_cast<double>(change.value);
    for (qsizetype layer = 0; m_differs && layer < values.size(); ++layer)
        values[layer] -= trained[layer];
    m_now->setValues(values, m_differs);
}

void AlphaPanel::showPoint(double x, int layer)
{
    const auto point = std::lower_bound(m_points.begin(), m_points.end(), x, [](const Point &p, double value) {
        return static_cast<double>(p.step) < value;
    });
    if (point == m_points.end())
        return;
    m_workspace->setCursorStep(point->step);
    if (layer >= 0 && static_cast<std::size_t>(layer) < point->alphas.size())
        emit m_workspace->readout(tr("step %1, layer %2: alpha %3")
                                      .arg(QString::number(point->step), QString::number(layer),
                                           exactNumber(point->alphas[static_cast<std::size_t>(layer)])));
}

void AlphaPanel::showLayer(int layer)
{
    if (layer < 0 || layer >= m_now->values().size()) {
        emit m_workspace->readout({});
        return;
    }
    QString alpha = exactNumber(static_cast<float>(m_now->values()[layer]));
    if (m_differs) {
        emit m_workspace->readout(tr("layer %1, as changed minus as trained: alpha %2, share of the new %3 %")
                                      .arg(QString::number(layer), signedNumber(m_now->values()[layer]),
                                           signedNumber(m_shares->values().value(layer))));
        return;
    }
    if (std::ranges::find(m_changed, layer, &Interventions::Alpha::layer) != m_changed.end())
        alpha = tr("%1 (changed)").arg(alpha);
    if (layer < m_shares->values().size())
        emit m_workspace->readout(
            tr("layer %1: alpha %2, share of the new %3 %")
                .arg(QString::number(layer), alpha, exactNumber(static_cast<float>(m_shares->values()[layer]))));
    else
        emit m_workspace->readout(tr("layer %1: alpha %2").arg(QString::number(layer), alpha));
}

void AlphaPanel::showEvent(QShowEvent *event)
{
    ExaminedPanel::showEvent(event);
    drawNow();
}

QString AlphaPanel::table() const
{
    QString text = m_differs ? QStringLiteral("layer\tchange of alpha\tchange of the share of the new (%)\n")
                             : QStringLiteral("layer\talpha\tshare of the new (%)\n");
    for (qsizetype layer = 0; layer < m_now->values().size(); ++layer) {
        const bool known = layer < m_shares->values().size();
        text += QStringLiteral("%1\t%2\t%3\n")
                    .arg(QString::number(layer), exactNumber(static_cast<float>(m_now->values()[layer])),
                         known ? exactNumber(static_cast<float>(m_shares->values()[layer])) : QString());
    }
    text += QStringLiteral("\nstep");
    for (std::size_t layer = 0; layer < m_layers; ++layer)
        text += QStringLiteral("\talpha of layer %1").arg(layer);
    text += '\n';
    const AxisRange shown = m_plot->xRange();
    for (const Point &point : m_points) {
        const auto step = static_cast<double>(point.step);
        if (step < shown.lower || step > shown.upper)
            continue;
        text += QString::number(point.step);
        for (const float alpha : point.alphas)
            text += '\t' + exactNumber(alpha);
        text += '\n';
    }
    return text;
}

} // namespace samout
