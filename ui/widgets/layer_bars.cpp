// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/layer_bars.h"

#include "ui/plots/color_map.h"
#include "ui/plots/plot_theme.h"

#include <QGraphicsLayout>
#include <QLabel>
#include <QVBoxLayout>
#include <QtCharts/QBarCategoryAxis>
#include <QtCharts/QBarSet>
#include <QtCharts/QChart>
#include <QtCharts/QChartView>
#include <QtCharts/QLineSeries>
#include <QtCharts/QStackedBarSeries>
#include <QtCharts/QValueAxis>

#include <algorithm>
#include <cmath>

namespace samout {

LayerBars::LayerBars(const QString &title, std::optional<double> reference, QWidget *parent)
    : QWidget(parent), m_reference(reference), m_chart(new QChart), m_view(new QChartView(m_chart)),
      m_bars(new QStackedBarSeries), m_line(new QLineSeries), m_layerAxis(new QBarCategoryAxis),
      m_valueAxis(new QValueAxis)
{
    auto *heading = new QLabel(title);
    heading->setForegroundRole(QPalette::PlaceholderText);
    heading->setFont(PlotTheme::font(*this));
    // In a narrow window the heading is cut, so that it does not widen the window.
    heading->setMinimumWidth(1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(heading);
    layout->addWidget(m_view, 1);

    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setMinimumSize(1, 1);
    m_chart->legend()->hide();
    m_chart->setMargins(QMargins(0, 0, 0, 0));
    m_chart->layout()->setContentsMargins(0, 0, 0, 0);
    m_chart->setBackgroundRoundness(0);
    m_chart->addSeries(m_bars);
    m_chart->addSeries(m_line);
    m_chart->addAxis(m_layerAxis, Qt::AlignBottom);
    m_chart->addAxis(m_valueAxis, Qt::AlignLeft);
    for (QAbstractSeries *series : {static_cast<QAbstractSeries *>(m_bars), static_cast<QAbstractSeries *>(m_line)}) {
        series->attachAxis(m_layerAxis);
        series->attachAxis(m_valueAxis);
    }
    m_bars->setBarWidth(0.7);
    m_layerAxis->setGridLineVisible(false);
    connect(m_bars, &QAbstractBarSeries::hovered, this,
            [this](bool inside, int index, QBarSet *) { emit hovered(inside ? index : -1); });
    applyTheme();
}

void LayerBars::setFixedRange(double low, double high)
{
    m_fixedRange = {low, high};
    setAxis();
}

void LayerBars::setValues(const QVector<double> &values, bool areDifferences)
{
    m_values = values;
    m_areDifferences = areDifferences;
    m_stale = true;
    if (isVisible())
        draw();
}

double LayerBars::low() const { return m_valueAxis->min(); }

double LayerBars::high() const { return m_valueAxis->max(); }

void LayerBars::draw()
{
    m_stale = false;
    if (m_values.size() != m_sets.size())
        makeBars(static_cast<int>(m_values.size()));
    setAxis();
    for (qsizetype i = 0; i < m_values.size(); ++i)
        m_sets[i]->replace(static_cast<int>(i), std::isfinite(m_values[i]) ? m_values[i] : 0);
    const std::optional<double> line = reference();
    m_line->setVisible(line.has_value());
    if (line)
        m_line->replace({QPointF(-0.5, *line), QPointF(static_cast<double>(m_values.size()) - 0.5, *line)});
}

void LayerBars::makeBars(int count)
{
    // One set per layer, with 0 at the other layers: bars of one set share a colour.
    m_bars->clear();
    m_sets.clear();
    QStringList layers;
    for (int layer = 0; layer < count; ++layer) {
        layers << QString::number(layer);
        auto *set = new QBarSet(layers.last());
        for (int i = 0; i < count; ++i)
            set->append(0);
        m_bars->append(set);
        m_sets << set;
    }
    m_layerAxis->setCategories(layers);
    applyTheme();
}

std::optional<double> LayerBars::reference() const { return m_areDifferences ? 0 : m_reference; }

void LayerBars::setAxis()
{
    if (!m_fixedRange || m_areDifferences)
        return fitAxis();
    m_valueAxis->setRange(m_fixedRange->first, m_fixedRange->second);
    setTicks(3);
    m_valueAxis->setLabelFormat(QStringLiteral("%.0f"));
}

/// Labels only the two ends if more labels do not fit: Qt Charts would write "..." for each.
void LayerBars::setTicks(int count)
{
    const int line = QFontMetrics(PlotTheme::font(*this)).height();
    const int room = height() - 3 * line; // beside the heading and the layers' numbers
    m_valueAxis->setTickCount(2 * room > 3 * line * count ? count : 2);
}

void LayerBars::fitAxis()
{
    double low = reference().value_or(0);
    double high = low;
    for (const double value : m_values) {
        if (std::isfinite(value)) {
            low = std::min(low, value);
            high = std::max(high, value);
        }
    }
    // The finest step of 1, 2 or 5 times a power of ten whose labels have room.
    const int most = std::clamp(height() / 40, 2, 5);
    double step = 1e-4;
    const auto steps = [&] { return std::ceil(high / step + 0.1) - std::floor(low / step - 0.1); };
    for (int i = 0; steps() > most; ++i)
        step *= i % 3 == 1 ? 2.5 : 2;
    const double first = std::floor(low / step - 0.1);
    const int count = static_cast<int>(std::lround(steps()));
    m_valueAxis->setRange(first * step, (first + count) * step);
    setTicks(count + 1);
    m_valueAxis->setLabelFormat(
        QStringLiteral("%.%1f").arg(std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)))));
}

void LayerBars::applyTheme()
{
    const PlotTheme theme = PlotTheme::of(*this);
    const QFont font = PlotTheme::font(*this);
    m_chart->setBackgroundBrush(theme.background);
    m_view->setBackgroundBrush(theme.background);
    for (QAbstractAxis *axis : {static_cast<QAbstractAxis *>(m_layerAxis), static_cast<QAbstractAxis *>(m_valueAxis)}) {
        axis->setLabelsColor(theme.faintText);
        axis->setLabelsFont(font);
        axis->setLinePen(QPen(theme.axis, 1));
        axis->setGridLinePen(QPen(theme.grid, 1));
    }
    m_line->setPen(QPen(theme.axis, 1, Qt::DashLine));
    for (qsizetype i = 0; i < m_sets.size(); ++i) {
        m_sets[i]->setColor(categoryColor(static_cast<int>(i), theme.dark));
        m_sets[i]->setPen(Qt::NoPen);
    }
}

void LayerBars::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        applyTheme();
    QWidget::changeEvent(event);
}

void LayerBars::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_stale)
        draw();
}

void LayerBars::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (!m_values.isEmpty())
        setAxis();
}

QSize LayerBars::sizeHint() const { return {180, 120}; }

QSize LayerBars::minimumSizeHint() const { return {100, 72}; }

} // namespace samout
