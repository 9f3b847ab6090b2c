// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/alternatives_chart.h"

#include "ui/plots/color_map.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QFontDatabase>
#include <QPainter>
#include <QtCharts/QBarCategoryAxis>
#include <QtCharts/QBarSet>
#include <QtCharts/QChart>
#include <QtCharts/QHorizontalStackedBarSeries>
#include <QtCharts/QLegend>
#include <QtCharts/QValueAxis>

#include <algorithm>

namespace samout {

namespace {

QString numberText(double probability) { return QStringLiteral("%1 %").arg(probability * 100, 0, 'f', 2); }

} // namespace

AlternativesChart::AlternativesChart(QWidget *parent) : QChartView(parent)
{
    setFrameShape(QFrame::NoFrame);
    setMinimumSize(184, 80);
    setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    chart()->legend()->hide();
    chart()->setBackgroundRoundness(0);
    draw();
}

void AlternativesChart::setBars(const QList<Bar> &bars)
{
    m_bars = bars;
    draw();
}

void AlternativesChart::draw()
{
    const bool dark = isDark(palette());
    const QColor ground = palette().color(QPalette::Base);
    setBackgroundBrush(ground);
    chart()->setBackgroundBrush(ground);
    chart()->removeAllSeries();
    for (QAbstractAxis *axis : chart()->axes()) {
        chart()->removeAxis(axis);
        delete axis;
    }
    if (m_bars.isEmpty())
        return;

    auto *drawn = new QBarSet(QString());
    auto *others = new QBarSet(QString());
    QStringList rows;
    const QFontMetrics metrics(font());
    m_nameWidth = 0;
    m_numberWidth = metrics.horizontalAdvance(numberText(1));
    for (qsizetype i = m_bars.size() - 1; i >= 0; --i) {
        const Bar &bar = m_bars[i];
        m_nameWidth = std::max(m_nameWidth, metrics.horizontalAdvance(bar.label));
        rows += QString::number(i);
        drawn->append(bar.drawn ? bar.probability : 0);
        others->append(bar.drawn ? 0 : bar.probability);
    }
    others->setColor(categoryColor(0, dark));
    drawn->setColor(categoryColor(1, dark));
    auto *series = new QHorizontalStackedBarSeries;
    for (QBarSet *set : {drawn, others}) {
        set->setBorderColor(Qt::transparent);
        series->append(set);
    }
    series->setBarWidth(0.7);
    chart()->addSeries(series);

    auto *names = new QBarCategoryAxis;
    names->append(rows);
    names->setGridLineVisible(false);
    names->setLineVisible(false);
    names->setLabelsVisible(false);
    auto *scale = new QValueAxis;
    scale->setRange(0, 1);
    scale->setVisible(false);
    chart()->addAxis(names, Qt::AlignLeft);
    chart()->addAxis(scale, Qt::AlignBottom);
    series->attachAxis(names);
    series->attachAxis(scale);
    placePlot();
}

void AlternativesChart::placePlot()
{
    const qreal left = m_nameWidth + m_numberWidth + 34;
    chart()->setPlotArea(
        QRectF(left, 4, std::max(24.0, viewport()->width() - left - 8), std::max(24, viewport()->height() - 8)));
}

void AlternativesChart::drawForeground(QPainter *painter, const QRectF &)
{
    // The axis would write its labels as HTML, cut them, and leave out labels whose font is a little taller.
    const QRectF plot = chart()->plotArea();
    const qreal height = plot.height() / std::max<qreal>(1, static_cast<qreal>(m_bars.size()));
    painter->setFont(font());
    painter->setPen(palette().color(QPalette::Text));
    for (qsizetype i = 0; i < m_bars.size(); ++i) {
        const qreal top = plot.top() + static_cast<qreal>(i) * height;
        if (m_bars[i].drawn)
            painter->drawText(QRectF(4, top, 12, height), Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("▸"));
        painter->drawText(QRectF(18, top, m_nameWidth, height), Qt::AlignLeft | Qt::AlignVCenter, m_bars[i].label);
        painter->drawText(QRectF(m_nameWidth + 26, top, m_numberWidth, height), Qt::AlignRight | Qt::AlignVCenter,
                          numberText(m_bars[i].probability));
    }
}

void AlternativesChart::resizeEvent(QResizeEvent *event)
{
    QChartView::resizeEvent(event);
    placePlot();
}

void AlternativesChart::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

void AlternativesChart::paintEvent(QPaintEvent *event)
{
    QChartView::paintEvent(event);
    if (!m_bars.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(viewport()->rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
}

void AlternativesChart::changeEvent(QEvent *event)
{
    QChartView::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        draw();
}

} // namespace samout
