// SPDX-License-Identifier: GPL-3.0-only
#include "ui/panels/watch/loss_panel.h"

#include "ui/models/commands.h"
#include "ui/models/workspace.h"
#include "ui/plots/number_text.h"
#include "ui/work/shown_run.h"

#include <QComboBox>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace samout {

namespace {

constexpr int trainingColor = 0;
constexpr int heldOutColor = 1;
constexpr int firstOtherColor = 2;
constexpr double none = std::numeric_limits<double>::quiet_NaN();

} // namespace

LossPanel::LossPanel(Workspace *workspace, QWidget *parent)
    : PlotPanel(tr("Loss"), tr("The training and the held-out loss will be drawn here: press Start to train."), parent),
      m_workspace(workspace), m_plot(new TimeSeries)
{
    auto *layout = new QVBoxLayout(content());
    layout->setContentsMargins(12, 0, 12, 8);
    layout->addWidget(m_plot);

    auto *scale = addChoice({tr("Linear axis"), tr("Log axis")}, tr("How the loss axis is divided."));
    auto *axis = addChoice({tr("By step"), tr("By tokens"), tr("By time")},
                           tr("What the horizontal axis counts: updates, targets learnt from, or seconds of training "
                              "(without measuring the held-out loss)."));
    auto *follow =
        addButton(tr("Follow"), tr("Moves along with the newest step. A double-click on the plot shows all."), true);
    follow->setChecked(true);
    setCommand(follow, "panel.follow");
    setToolTip(
        tr("Loss in nats a token: the mean of -ln p(right token). Faint: every step's batch, before its update. On "
           "top: its moving average. Held-out: on sequences that training never sees.\nWheel zooms, drag moves, "
           "Shift+drag zooms to a box, double-click shows all."));

    connect(scale, &QComboBox::currentIndexChanged, m_plot, [this](int index) { m_plot->setLogarithmic(index == 1); });
    connect(axis, &QComboBox::currentIndexChanged, this, [this](int index) { setAxis(static_cast<Axis>(index)); });
    connect(follow, &QToolButton::clicked, m_plot, &TimeSeries::setFollowing);
    connect(m_plot, &TimeSeries::viewChanged, follow,
            [follow](TimeSeries::View view) { follow->setChecked(view != TimeSeries::View::Free); });
    connect(m_plot, &TimeSeries::hovered, this, &LossPanel::showPoint);
    connect(m_plot, &TimeSeries::unhovered, this, [this] {
        m_workspace->setCursorStep(0);
        emit m_workspace->readout({});
    });
    connect(m_workspace, &Workspace::cursorStepChanged, this, &LossPanel::showCursor);
    connect(m_workspace, &Workspace::comparedRunsChanged, this, &LossPanel::takeCompared);
    choices().add(QStringLiteral("scale"), scale);
    choices().add(QStringLiteral("axis"), axis);

    m_plot->setYAxis(tr("Loss (nats a token)"));
    setAxis(Axis::Steps);
    addCurves();
}

void LossPanel::connectTo(const PanelContext &context)
{
    connect(context.shownRun, &ShownRun::opened, this, &LossPanel::setTraining);
    connect(context.shownRun, &ShownRun::stepped, this, &LossPanel::addSteps);
}

void LossPanel::begin()
{
    m_points.clear();
    m_smoother.reset();
    m_plot->clear();
    addCurves();
}

void LossPanel::addCurves()
{
    m_raw = m_plot->addCurve(tr("Training loss"), trainingColor, true);
    m_smoothed = m_plot->addCurve(tr("Training loss"), trainingColor);
    m_heldOut = m_plot->addCurve(tr("Held-out loss"), heldOutColor);
    int color = firstOtherColor;
    for (Other &other : m_others) {
        other.curve = m_plot->addCurve(other.name, color++);
        drawOther(other);
    }
}

void LossPanel::takeCompared()
{
    for (const Other &other : m_others)
        m_plot->setPoints(other.curve, {}, {});
    m_others.clear();
    for (const ComparedRun &run : m_workspace->comparedRuns()) {
        Other other{.name = run.name, .points = {}};
        Smoother smoother;
        for (const StepMetrics &metrics : run.steps)
            other.points.push_back(pointAfter(other.points, metrics, smoother));
        other.curve = m_plot->addCurve(run.name, firstOtherColor + static_cast<int>(m_others.size()));
        drawOther(other);
        m_others.push_back(std::move(other));
    }
    emit wanted();
}

void LossPanel::drawOther(const Other &other)
{
    QVector<double> xs, ys;
    for (const Point &point : other.points) {
        xs << xOf(point);
        ys << point.smoothed;
    }
    m_plot->setPoints(other.curve, xs, ys);
}

LossPanel::Point LossPanel::pointAfter(const std::vector<Point> &points, const StepMetrics &metrics, Smoother &smoother)
{
    Point point;
    point.step = metrics.step;
    // A rejected step is not counted; its retry will be.
    point.tokens =
        (points.empty() ? 0 : points.back().tokens) + (metrics.again ? 0 : static_cast<double>(metrics.tokens));
    point.seconds = (points.empty() ? 0 : points.back().seconds) + (metrics.again ? 0 : metrics.seconds);
    point.loss = metrics.loss;
    point.smoothed = smoother.add(metrics.loss);
    point.measured = metrics.heldOutLoss.has_value();
    point.heldOut = metrics.heldOutLoss.value_or(none);
    return point;
}

void LossPanel::setTraining(const TrainingFacts &facts)
{
    begin();
    if (facts.data) {
        const double chance = facts.data->chanceLoss();
        m_plot->addLine(tr("Chance: ln %1 = %2").arg(facts.data->vocabulary().size()).arg(shortNumber(chance)), chance);
        if (const auto bigram = facts.data->bigramLoss())
            m_plot->addLine(tr("Bigram model: %1").arg(shortNumber(*bigram)), *bigram);
        if (const auto entropy = facts.data->entropy())
            m_plot->addLine(tr("Generator's entropy: %1").arg(shortNumber(*entropy)), *entropy);
    }
    setEmpty(false);
}

void LossPanel::addSteps(const QList<StepMetrics> &steps)
{
    for (const StepMetrics &metrics : steps) {
        const Point point = pointAfter(m_points, metrics, m_smoother);
        m_points.push_back(point);
        const double x = xOf(point);
        m_plot->append(m_raw, x, point.loss);
        m_plot->append(m_smoothed, x, point.smoothed);
        if (point.measured)
            m_plot->append(m_heldOut, x, point.heldOut);
    }
    setEmpty(isEmpty() && steps.isEmpty());
}

void LossPanel::setAxis(Axis axis)
{
    m_axis = axis;
    switch (axis) {
    case Axis::Steps:
        m_plot->setXAxis(tr("Step"), TimeSeries::XKind::Count);
        break;
    case Axis::Tokens:
        m_plot->setXAxis(tr("Tokens"), TimeSeries::XKind::Count);
        break;
    case Axis::Time:
        m_plot->setXAxis(tr("Training time"), TimeSeries::XKind::Seconds);
        break;
    }
    redraw();
}

void LossPanel::redraw()
{
    if (m_points.empty())
        return;
    QVector<double> xs;
    QVector<double> raw;
    QVector<double> smoothed;
    QVector<double> heldOutXs;
    QVector<double> heldOut;
    for (const Point &point : m_points) {
        xs << xOf(point);
        raw << point.loss;
        smoothed << point.smoothed;
        if (point.measured) {
            heldOutXs << xOf(point);
            heldOut << point.heldOut;
        }
    }
    m_plot->setPoints(m_raw, xs, raw);
    m_plot->setPoints(m_smoothed, xs, smoothed);
    m_plot->setPoints(m_heldOut, heldOutXs, heldOut);
    for (const Other &other : m_others)
        drawOther(other);
    m_plot->fit();
    showCursor();
}

double LossPanel::xOf(const Point &point) const
{
    switch (m_axis) {
    case Axis::Tokens:
        return point.tokens;
    case Axis::Time:
        return point.seconds;
    case Axis::Steps:
        break;
    }
    return static_cast<double>(point.step);
}

void LossPanel::showPoint(double x)
{
    const auto point = std::lower_bound(m_points.begin(), m_points.end(), x,
                                        [this](const Point &p, double value) { return xOf(p) < value; });
    if (point == m_points.end())
        return;
    m_workspace->setCursorStep(point->step);
    emit m_workspace->readout(sentence(*point));
}

QString LossPanel::sentence(const Point &point) const
{
    const QString place = tr("Step %1, after %2 tokens and %3 s")
                              .arg(point.step)
                              .arg(exactNumber(point.tokens), QString::number(point.seconds, 'f', 1));
    const QString loss = exactNumber(point.loss);
    if (point.measured)
        return tr("%1: training loss %2, held-out loss %3").arg(place, loss, exactNumber(point.heldOut));
    return tr("%1: training loss %2").arg(place, loss);
}

void LossPanel::showCursor()
{
    const qint64 step = m_workspace->cursorStep();
    const auto point = std::lower_bound(m_points.begin(), m_points.end(), step,
                                        [](const Point &p, qint64 value) { return p.step < value; });
    m_plot->setCursor(step > 0 && point != m_points.end() ? xOf(*point) : none);
}

QString LossPanel::table() const
{
    QString text = QStringLiteral("step\ttokens\tseconds\ttraining loss\tsmoothed\theld-out loss\n");
    const AxisRange shown = m_plot->xRange();
    for (const Point &point : m_points) {
        const double x = xOf(point);
        if (x < shown.lower || x > shown.upper)
            continue;
        text += QStringLiteral("%1\t%2\t%3\t%4\t%5\t%6\n")
                    .arg(QString::number(point.step), exactNumber(point.tokens), exactNumber(point.seconds),
                         exactNumber(point.loss), exactNumber(point.smoothed),
                         point.measured ? exactNumber(point.heldOut) : QString());
    }
    return text;
}

} // namespace samout
