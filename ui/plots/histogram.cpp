// SPDX-License-Identifier: GPL-3.0-only
#include "ui/plots/histogram.h"

#include "ui/plots/color_map.h"
#include "ui/plots/plot_theme.h"
#include "ui/plots/tickers.h"

#include <QMouseEvent>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

/// The count at which bars of the logarithmic axis begin, so that a single number still has a bar.
constexpr double ground = 0.5;

} // namespace

Histogram::Histogram(QWidget *parent)
    : QWidget(parent), m_plot(new QCustomPlot(this)), m_bars(new QCPBars(m_plot->xAxis, m_plot->yAxis))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_plot);
    m_plot->setMouseTracking(true);
    m_plot->installEventFilter(this);
    m_plot->plotLayout()->setMargins(QMargins(0, 0, 0, 0));
    m_plot->axisRect()->setMinimumMargins(QMargins(32, 8, 8, 16));
    m_plot->yAxis->setScaleType(QCPAxis::stLogarithmic);
    m_plot->xAxis->ticker()->setTickCount(3); // long numbers in a narrow plot
    m_plot->yAxis->setTicker(QSharedPointer<LogTicker>::create());
    m_bars->setWidthType(QCPBars::wtPlotCoords);
    m_bars->setBaseValue(ground);
    m_bars->setAntialiased(false);
    applyTheme();
}

void Histogram::setCounts(const QVector<double> &counts, double low, double high)
{
    m_counts = counts;
    m_low = low;
    m_high = high;
    m_stale = true;
    if (isVisible())
        draw();
}

void Histogram::setXAxis(const QString &label) { m_plot->xAxis->setLabel(label); }

void Histogram::draw()
{
    m_stale = false;
    const auto bins = static_cast<int>(m_counts.size());
    // If all numbers are equal, one bar of some width.
    const double span = m_high > m_low ? m_high - m_low : std::max(1e-6, std::abs(m_low)) * 0.1;
    const double low = m_high > m_low ? m_low : m_low - span / 2;
    const double width = span / std::max(1, bins);
    QVector<double> places, heights;
    for (int i = 0; i < bins; ++i) {
        if (m_counts[i] <= 0)
            continue;
        places << low + (m_high > m_low ? (i + 0.5) * width : span / 2);
        heights << m_counts[i];
    }
    m_bars->setWidth(width);
    m_bars->setData(places, heights, true);
    m_plot->xAxis->setRange(low, low + span);
    const double most = heights.isEmpty() ? 1 : *std::max_element(heights.begin(), heights.end());
    m_plot->yAxis->setRange(ground, std::max(10.0, most * 1.5));
    m_plot->replot();
}

void Histogram::applyTheme()
{
    const PlotTheme theme = PlotTheme::of(*this);
    const QFont font = PlotTheme::font(*this);
    m_plot->setBackground(theme.background);
    for (QCPAxis *axis : {m_plot->xAxis, m_plot->yAxis}) {
        axis->setBasePen(QPen(theme.axis, 1));
        axis->setTickPen(QPen(theme.axis, 1));
        axis->setSubTickPen(Qt::NoPen);
        axis->setTickLabelColor(theme.faintText);
        axis->setTickLabelFont(font);
        axis->setLabelColor(theme.faintText);
        axis->setLabelFont(font);
        axis->grid()->setPen(QPen(theme.grid, 1));
        axis->grid()->setZeroLinePen(QPen(theme.axis, 1));
    }
    m_bars->setPen(Qt::NoPen);
    m_bars->setBrush(categoryColor(5, theme.dark));
}

bool Histogram::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Leave)
        emit hovered(-1);
    if (event->type() == QEvent::MouseMove && m_high > m_low) {
        const double x = m_plot->xAxis->pixelToCoord(static_cast<QMouseEvent *>(event)->position().x());
        const auto bins = static_cast<int>(m_counts.size());
        const int bin = static_cast<int>(std::floor((x - m_low) / (m_high - m_low) * bins));
        emit hovered(bin >= 0 && bin < bins ? bin : -1);
    }
    return QWidget::eventFilter(watched, event);
}

void Histogram::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        applyTheme();
        m_plot->replot(QCustomPlot::rpQueuedReplot);
    }
    QWidget::changeEvent(event);
}

void Histogram::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        draw();
}

QSize Histogram::sizeHint() const { return {220, 160}; }

QSize Histogram::minimumSizeHint() const { return {120, 96}; }

} // namespace samout
