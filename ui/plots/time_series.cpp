// SPDX-License-Identifier: GPL-3.0-only
#include "ui/plots/time_series.h"

#include "ui/plots/color_map.h"
#include "ui/plots/time_series_impl.h"

#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

constexpr int drawInterval = 250;

} // namespace

TimeSeries::Impl::Impl(TimeSeries *owner)
    : q(owner), plot(new QCustomPlot(owner)), band(new QRubberBand(QRubberBand::Rectangle, plot))
{
    plot->setMouseTracking(true);
    plot->installEventFilter(owner);
    plot->setNoAntialiasingOnDrag(true);
    plot->plotLayout()->setMargins(QMargins(0, 0, 0, 0));
    plot->addLayer("cursor");
    plot->layer("cursor")->setMode(QCPLayer::lmBuffered);
    QCPAxisRect *rect = plot->axisRect();
    rect->setAutoMargins(QCP::msLeft | QCP::msBottom);
    rect->setMargins(QMargins(0, 8, 8, 0));
    rect->setMinimumMargins(QMargins(40, 8, 8, 16));
    // The marks of gaps have a fixed scale of their own, whatever the y axis shows.
    plot->yAxis2->setRange(0, 1);
    cursor = new QCPItemLine(plot);
    cursor->setLayer("cursor");
    cursor->setVisible(false);
    for (QCPItemPosition *end : {cursor->start, cursor->end}) {
        end->setTypeX(QCPItemPosition::ptPlotCoords);
        end->setTypeY(QCPItemPosition::ptAxisRectRatio);
    }
    timer.setSingleShot(true);
    QObject::connect(&timer, &QTimer::timeout, owner, &TimeSeries::refresh);
    QObject::connect(plot, &QCustomPlot::beforeReplot, owner, [this] {
        chooseTickers();
        reserveLabelMargin();
    });
    QObject::connect(plot, &QCustomPlot::afterLayout, owner, [this] { placeLabels(); });
}

TimeSeries::TimeSeries(QWidget *parent) : QWidget(parent), m_impl(std::make_unique<Impl>(this))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_impl->plot);
    m_impl->applyTheme();
}

TimeSeries::~TimeSeries()
{
    m_impl->plot->removeEventFilter(this);
    delete m_impl->plot;
}

void TimeSeries::clear()
{
    for (const Curve &curve : m_impl->curves) {
        m_impl->plot->removeItem(curve.label);
        m_impl->plot->removeGraph(curve.graph);
        m_impl->plot->removeGraph(curve.gaps);
    }
    for (const Line &line : m_impl->lines) {
        m_impl->plot->removeItem(line.line);
        m_impl->plot->removeItem(line.text);
    }
    m_impl->curves.clear();
    m_impl->lines.clear();
    m_impl->cursor->setVisible(false);
    m_impl->setView(View::Fit);
    m_impl->markDirty();
}

int TimeSeries::addCurve(const QString &name, int category, bool faint)
{
    Curve curve;
    curve.name = name;
    curve.category = category;
    curve.faint = faint;
    QCustomPlot *plot = m_impl->plot;
    curve.graph = plot->addGraph();
    curve.gaps = plot->addGraph(plot->xAxis, plot->yAxis2);
    curve.gaps->setLineStyle(QCPGraph::lsNone);
    curve.gaps->setScatterStyle(
        QCPScatterStyle(QCPScatterStyle::ssTriangle, QPen(QColor(nanColor), 0), QColor(nanColor), 8));
    curve.label = new QCPItemText(m_impl->plot);
    curve.label->position->setType(QCPItemPosition::ptAbsolute);
    curve.label->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    curve.label->setClipToAxisRect(false);
    curve.label->setText(name);
    curve.label->setVisible(false);
    m_impl->styleCurve(curve);
    m_impl->curves.push_back(curve);
    m_impl->markDirty();
    return static_cast<int>(m_impl->curves.size()) - 1;
}

void TimeSeries::Impl::addPoint(Curve &curve, double x, double y)
{
    curve.x.add(x);
    if (!std::isfinite(y)) {
        if (!curve.faint)
            curve.gaps->addData(x, 0.03);
        return;
    }
    curve.y.add(y);
    if (y > 0)
        curve.positiveY.add(y);
}

void TimeSeries::append(int curve, double x, double y)
{
    Curve &target = m_impl->curves[static_cast<std::size_t>(curve)];
    m_impl->addPoint(target, x, y);
    target.graph->addData(x, std::isfinite(y) ? y : std::numeric_limits<double>::quiet_NaN());
    m_impl->markDirty();
}

void TimeSeries::setPoints(int curve, const QVector<double> &xs, const QVector<double> &ys)
{
    Q_ASSERT(xs.size() == ys.size());
    Curve &target = m_impl->curves[static_cast<std::size_t>(curve)];
    target.x = target.y = target.positiveY = Span();
    target.gaps->data()->clear();
    QVector<QCPGraphData> points(xs.size());
    for (qsizetype i = 0; i < xs.size(); ++i) {
        points[i] = {xs[i], std::isfinite(ys[i]) ? ys[i] : std::numeric_limits<double>::quiet_NaN()};
        m_impl->addPoint(target, xs[i], ys[i]);
    }
    target.graph->data()->set(points, true);
    m_impl->markDirty();
}

void TimeSeries::addLine(const QString &label, double y)
{
    Line line;
    line.label = label;
    line.y = y;
    line.line = new QCPItemLine(m_impl->plot);
    line.line->start->setTypeX(QCPItemPosition::ptAxisRectRatio);
    line.line->end->setTypeX(QCPItemPosition::ptAxisRectRatio);
    line.line->start->setTypeY(QCPItemPosition::ptPlotCoords);
    line.line->end->setTypeY(QCPItemPosition::ptPlotCoords);
    line.line->start->setCoords(0, y);
    line.line->end->setCoords(1, y);
    line.text = new QCPItemText(m_impl->plot);
    line.text->position->setType(QCPItemPosition::ptAbsolute);
    line.text->setPositionAlignment(Qt::AlignRight | Qt::AlignVCenter);
    line.text->setPadding(QMargins(4, 0, 2, 0));
    line.text->setText(label);
    // Drawn beneath the curves.
    line.line->setLayer("grid");
    line.text->setLayer("grid");
    m_impl->styleLine(line);
    m_impl->lines.push_back(line);
    m_impl->markDirty();
}

void TimeSeries::setXAxis(const QString &label, XKind kind)
{
    m_impl->plot->xAxis->setLabel(label);
    m_impl->xKind = kind;
    m_impl->markDirty();
}

void TimeSeries::setYAxis(const QString &label)
{
    m_impl->plot->yAxis->setLabel(label);
    m_impl->markDirty();
}

void TimeSeries::setLogarithmic(bool logarithmic)
{
    m_impl->plot->yAxis->setScaleType(logarithmic ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
    fit();
}

bool TimeSeries::isLogarithmic() const { return m_impl->plot->yAxis->scaleType() == QCPAxis::stLogarithmic; }

void TimeSeries::fit()
{
    m_impl->setView(View::Fit);
    m_impl->dirty = true;
    if (isVisible())
        refresh();
}

void TimeSeries::setFollowing(bool follow)
{
    m_impl->setView(follow ? View::Follow : View::Free);
    m_impl->dirty = true;
    if (isVisible())
        refresh();
}

TimeSeries::View TimeSeries::view() const { return m_impl->view; }

void TimeSeries::setRanges(AxisRange x, AxisRange y)
{
    m_impl->setView(View::Free);
    m_impl->plot->xAxis->setRange(x.lower, x.upper);
    m_impl->plot->yAxis->setRange(y.lower, y.upper);
    m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
}

AxisRange TimeSeries::xRange() const
{
    return {m_impl->plot->xAxis->range().lower, m_impl->plot->xAxis->range().upper};
}

AxisRange TimeSeries::yRange() const
{
    return {m_impl->plot->yAxis->range().lower, m_impl->plot->yAxis->range().upper};
}

QVector<double> TimeSeries::gaps(int curve) const
{
    QVector<double> result;
    for (const QCPGraphData &gap : *m_impl->curves[static_cast<std::size_t>(curve)].gaps->data())
        result << gap.key;
    return result;
}

QStringList TimeSeries::lineLabels() const
{
    QStringList result;
    for (const Line &line : m_impl->lines)
        result << line.label;
    return result;
}

void TimeSeries::setCursor(double x)
{
    QCPItemLine *cursor = m_impl->cursor;
    const bool visible = std::isfinite(x);
    if (visible == cursor->visible() && (!visible || cursor->start->key() == x))
        return;
    cursor->setVisible(visible);
    if (visible) {
        cursor->start->setCoords(x, 0);
        cursor->end->setCoords(x, 1);
    }
    if (isVisible())
        m_impl->plot->layer("cursor")->replot();
}

void TimeSeries::Impl::markDirty()
{
    dirty = true;
    if (!q->isVisible() || timer.isActive())
        return;
    const qint64 elapsed = sinceDrawn.isValid() ? sinceDrawn.elapsed() : drawInterval;
    timer.start(static_cast<int>(std::max<qint64>(0, drawInterval - elapsed)));
}

void TimeSeries::refresh()
{
    m_impl->timer.stop();
    if (!m_impl->dirty)
        return;
    m_impl->dirty = false;
    m_impl->sinceDrawn.start();
    if (m_impl->view == View::Fit)
        m_impl->fitRanges();
    else if (m_impl->view == View::Follow)
        m_impl->followRange();
    m_impl->plot->replot(QCustomPlot::rpQueuedReplot);
}

void TimeSeries::Impl::setView(View newView)
{
    if (newView == view)
        return;
    view = newView;
    emit q->viewChanged(view);
}

void TimeSeries::Impl::fitRanges()
{
    const bool logarithmic = q->isLogarithmic();
    Span x;
    Span y;
    const auto include = [](Span &span, const Span &part) {
        span.low = std::min(span.low, part.low);
        span.high = std::max(span.high, part.high);
    };
    for (const Curve &curve : curves) {
        include(x, curve.x);
        include(y, logarithmic ? curve.positiveY : curve.y);
    }
    for (const Line &line : lines) {
        if (!logarithmic || line.y > 0)
            y.add(line.y);
    }
    if (x.empty())
        x = {0, 1};
    const double width = x.high - x.low;
    if (width <= 0)
        plot->xAxis->setRange(x.low - 0.5, x.high + 0.5);
    else
        plot->xAxis->setRange(x.low - 0.01 * width, x.high + 0.01 * width);
    if (y.empty()) {
        plot->yAxis->setRange(logarithmic ? 0.1 : 0, 1);
    } else if (logarithmic) {
        const double factor = std::max(1.05, std::pow(y.high / y.low, 0.06));
        plot->yAxis->setRange(y.low / factor, y.high * factor);
    } else {
        // If all numbers are equal to a double's precision: a range round them, from -1 to 1 if they are 0.
        const double height = y.high - y.low, size = std::max(std::abs(y.low), std::abs(y.high));
        const double pad = height > 1e-12 * size ? 0.06 * height : size > 0 ? 0.01 * size : 1;
        plot->yAxis->setRange(y.low - pad, y.high + pad);
    }
}

void TimeSeries::Impl::followRange()
{
    double newest = -std::numeric_limits<double>::infinity();
    for (const Curve &curve : curves)
        newest = std::max(newest, curve.x.high);
    if (!std::isfinite(newest))
        return;
    const double width = plot->xAxis->range().size();
    plot->xAxis->setRange(newest - 0.98 * width, newest + 0.02 * width);
}

void TimeSeries::Impl::styleCurve(const Curve &curve) const
{
    const QColor color = categoryColor(curve.category, theme.dark);
    // Mixed, not transparent: an opaque pen of one pixel is the fast one.
    curve.graph->setPen(QPen(curve.faint ? blended(theme.background, color, 0.45) : color, 0));
    curve.label->setColor(theme.readable(color));
    curve.label->setFont(PlotTheme::font(*q));
}

void TimeSeries::Impl::styleLine(const Line &line) const
{
    line.line->setPen(QPen(theme.axis, 0, Qt::DashLine));
    line.text->setColor(theme.faintText);
    line.text->setFont(PlotTheme::font(*q));
    line.text->setBrush(theme.background);
}

void TimeSeries::Impl::applyTheme()
{
    theme = PlotTheme::of(*q);
    plot->setBackground(QBrush(theme.background));
    const QFont font = PlotTheme::font(*q);
    for (QCPAxis *axis : {plot->xAxis, plot->yAxis}) {
        axis->setBasePen(QPen(theme.axis, 0));
        axis->setTickPen(QPen(theme.axis, 0));
        axis->setSubTickPen(QPen(theme.axis, 0));
        axis->setTickLengthIn(0);
        axis->setTickLengthOut(4);
        axis->setTickLabelColor(theme.faintText);
        axis->setTickLabelFont(font);
        axis->setLabelColor(theme.faintText);
        axis->setLabelFont(font);
        axis->setLabelPadding(2);
        axis->grid()->setPen(QPen(theme.grid, 0));
        axis->grid()->setZeroLinePen(QPen(theme.grid, 0));
    }
    cursor->setPen(QPen(theme.faintText, 0));
    for (const Curve &curve : curves)
        styleCurve(curve);
    for (const Line &line : lines)
        styleLine(line);
}

void TimeSeries::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        m_impl->applyTheme();
        m_impl->markDirty();
    }
    QWidget::changeEvent(event);
}

void TimeSeries::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    refresh();
}

QSize TimeSeries::sizeHint() const { return {320, 160}; }

QSize TimeSeries::minimumSizeHint() const { return {160, 72}; }

} // namespace samout
