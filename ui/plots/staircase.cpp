// SPDX-License-Identifier: GPL-3.0-only
#include "ui/plots/staircase.h"

#include "ui/plots/color_map.h"
#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

constexpr int mostPlaces = 400;
constexpr double dot = 2;

} // namespace

Staircase::Staircase(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void Staircase::setValues(std::vector<float> offered, std::vector<float> held, const QStringList &labels)
{
    m_offered = std::move(offered);
    m_held = std::move(held);
    m_labels = labels;
    update();
}

void Staircase::setMarks(int place, int holder)
{
    m_place = place;
    m_holder = holder;
    update();
}

int Staircase::count() const { return std::min(mostPlaces, static_cast<int>(m_held.size())); }

int Staircase::first() const
{
    return std::clamp(m_place - mostPlaces / 2, 0, static_cast<int>(m_held.size()) - count());
}

QRectF Staircase::plotRect() const
{
    const QFontMetrics metrics(PlotTheme::font(*this));
    return QRectF(rect()).adjusted(metrics.horizontalAdvance(QStringLiteral("-0.0000")) + 6, 4, -4,
                                   -metrics.height() - 2);
}

double Staircase::xOf(int place) const
{
    const QRectF plot = plotRect();
    return plot.left() + (place - first() + 0.5) * plot.width() / std::max(1, count());
}

int Staircase::placeAt(double x) const
{
    const QRectF plot = plotRect();
    if (m_held.empty() || x < plot.left() || x >= plot.right())
        return -1;
    return first() + std::min(count() - 1, static_cast<int>((x - plot.left()) * count() / plot.width()));
}

void Staircase::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const PlotTheme theme = PlotTheme::of(*this);
    painter.fillRect(rect(), theme.background);
    painter.setFont(PlotTheme::font(*this));
    if (m_held.empty())
        return;
    const QRectF plot = plotRect();
    const int begin = first(), end = begin + count();
    double low = INFINITY, high = -INFINITY;
    for (int i = begin; i < end; ++i)
        for (const std::vector<float> *values : {&m_offered, &m_held})
            if (const double value = (*values)[static_cast<std::size_t>(i)]; std::isfinite(value)) {
                low = std::min(low, value);
                high = std::max(high, value);
            }
    painter.setPen(theme.faintText);
    if (!(low <= high)) {
        painter.drawText(rect(), Qt::AlignCenter, QStringLiteral("NaN"));
        return;
    }
    const double span = high > low ? high - low : 1;
    const auto yOf = [&](double value) { return plot.bottom() - 4 - (value - low) / span * (plot.height() - 8); };
    const QRectF numbers(0, 0, plot.left() - 6, painter.fontMetrics().height());
    painter.drawText(numbers.translated(0, plot.top()), Qt::AlignRight | Qt::AlignVCenter, shortNumber(high));
    painter.drawText(numbers.translated(0, plot.bottom() - numbers.height()), Qt::AlignRight | Qt::AlignVCenter,
                     shortNumber(low));

    const double width = plot.width() / count();
    const QColor held = theme.readable(categoryColor(3, theme.dark)), offered = categoryColor(5, theme.dark);
    if (m_place >= begin && m_place < end) {
        const QRectF column(xOf(m_place) - width / 2, plot.top(), std::max(1.0, width), plot.height());
        painter.fillRect(column, theme.grid);
    }
    // A line from the holder to the place: how long the number has been held.
    if (m_holder >= begin && m_place >= m_holder && m_place < end) {
        const double value = m_held[static_cast<std::size_t>(m_place)];
        if (std::isfinite(value)) {
            painter.setPen(QPen(held, 3));
            painter.drawLine(QPointF(xOf(m_holder), yOf(value)), QPointF(xOf(m_place) + width / 2, yOf(value)));
        }
    }
    QPainterPath stairs;
    bool drawing = false;
    for (int i = begin; i < end; ++i) {
        const double value = m_held[static_cast<std::size_t>(i)];
        if (!std::isfinite(value)) {
            drawing = false;
            continue;
        }
        const QPointF left(xOf(i) - width / 2, yOf(value));
        drawing ? stairs.lineTo(left) : stairs.moveTo(left);
        stairs.lineTo(left + QPointF(width, 0));
        drawing = true;
    }
    painter.setPen(QPen(held, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(stairs);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (int i = begin; i < end; ++i) {
        const double value = m_offered[static_cast<std::size_t>(i)];
        if (!std::isfinite(value))
            continue;
        const bool emphasized = i == m_holder || i == m_place;
        painter.setBrush(i == m_holder ? held : i == m_place ? theme.text : offered);
        painter.drawEllipse(QPointF(xOf(i), yOf(value)), emphasized ? dot + 1.5 : dot, emphasized ? dot + 1.5 : dot);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintLabels(painter);
}

void Staircase::paintLabels(QPainter &painter) const
{
    const PlotTheme theme = PlotTheme::of(*this);
    const QFontMetrics metrics = painter.fontMetrics();
    const QRectF plot = plotRect();
    const int begin = first(), end = std::min(begin + count(), static_cast<int>(m_labels.size()));
    const auto place = [&](int i) {
        const double width = metrics.horizontalAdvance(m_labels[i]) + 4;
        return QRectF(xOf(i) - width / 2, plot.bottom() + 2, width, metrics.height());
    };
    // Marked labels first: the others give way to them.
    QList<QRectF> taken;
    const auto draw = [&](int i, const QColor &color) {
        if (i < begin || i >= end)
            return;
        const QRectF rect = place(i);
        for (const QRectF &other : taken)
            if (other.intersects(rect))
                return;
        taken << rect;
        painter.setPen(color);
        painter.drawText(rect, Qt::AlignCenter | Qt::TextDontClip, m_labels[i]);
    };
    draw(m_place, theme.text);
    draw(m_holder, theme.readable(categoryColor(3, theme.dark)));
    int widest = 1;
    for (int i = begin; i < end; ++i)
        widest = std::max(widest, metrics.horizontalAdvance(m_labels[i]) + 4);
    const int every = std::max(1, static_cast<int>(std::ceil(widest * count() / plot.width())));
    for (int i = begin; i < end; i += every)
        draw(i, theme.faintText);
}

void Staircase::mousePressEvent(QMouseEvent *event)
{
    const int place = placeAt(event->position().x());
    if (event->button() == Qt::LeftButton && place >= 0)
        emit clicked(place);
    event->ignore();
}

void Staircase::mouseMoveEvent(QMouseEvent *event) { emit hovered(placeAt(event->position().x())); }

void Staircase::leaveEvent(QEvent *) { emit hovered(-1); }

} // namespace samout
