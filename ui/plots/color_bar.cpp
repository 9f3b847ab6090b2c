// SPDX-License-Identifier: GPL-3.0-only
#include "ui/plots/color_bar.h"

#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <cmath>
#include <limits>

namespace samout {

namespace {

constexpr int barThickness = 12;
constexpr int gap = 4;
constexpr int lockSize = 10;

} // namespace

ColorBar::ColorBar(Qt::Orientation orientation, QWidget *parent)
    : QWidget(parent), m_orientation(orientation), m_map(&ColorMap::cividis()),
      m_mark(std::numeric_limits<float>::quiet_NaN())
{
    const bool vertical = orientation == Qt::Vertical;
    setSizePolicy(vertical ? QSizePolicy::Fixed : QSizePolicy::Expanding,
                  vertical ? QSizePolicy::Expanding : QSizePolicy::Fixed);
    QWidget::setCursor(Qt::PointingHandCursor);
}

void ColorBar::setColors(const ColorMap &map, Heatmap::Scale scale, float low, float high)
{
    m_map = &map;
    m_scale = scale;
    m_low = low;
    m_high = high;
    update();
}

void ColorBar::setLocked(bool locked)
{
    m_locked = locked;
    update();
}

void ColorBar::setMark(float value)
{
    if (value == m_mark || (std::isnan(value) && std::isnan(m_mark)))
        return;
    m_mark = value;
    update();
}

QSize ColorBar::sizeHint() const
{
    const QFontMetrics metrics(PlotTheme::font(*this));
    const int number = metrics.horizontalAdvance(QStringLiteral("-0.0000"));
    if (m_orientation == Qt::Vertical)
        return {std::max(number, barThickness + gap + metrics.horizontalAdvance('0') + 2), 120};
    return {160, barThickness + gap + metrics.height()};
}

QSize ColorBar::minimumSizeHint() const
{
    return m_orientation == Qt::Vertical ? QSize(sizeHint().width(), 64) : QSize(96, sizeHint().height());
}

QRect ColorBar::barRect() const
{
    const int line = QFontMetrics(PlotTheme::font(*this)).height();
    if (m_orientation == Qt::Vertical)
        return {0, line + 2, barThickness, height() - 2 * (line + 2)};
    return {0, 0, width(), barThickness};
}

void ColorBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const PlotTheme theme = PlotTheme::of(*this);
    const bool vertical = m_orientation == Qt::Vertical;
    const QRect bar = barRect();
    QImage colors(vertical ? 1 : 256, vertical ? 256 : 1, QImage::Format_RGB32);
    for (int i = 0; i < 256; ++i)
        colors.setPixel(vertical ? 0 : i, vertical ? 255 - i : 0, m_map->colors[static_cast<std::size_t>(i)]);
    painter.drawImage(bar, colors);
    painter.setFont(PlotTheme::font(*this));
    painter.setPen(theme.faintText);
    paintNumbers(painter, bar);
    if (m_locked)
        paintLock(painter);
    if (!std::isnan(m_mark)) {
        const double place = Heatmap::placeOf(m_mark, m_scale, m_low, m_high);
        painter.setPen(theme.text);
        const int at = static_cast<int>(
            std::lround(vertical ? bar.bottom() - place * (bar.height() - 1) : bar.left() + place * (bar.width() - 1)));
        vertical ? painter.drawLine(bar.left(), at, bar.right() + 4, at)
                 : painter.drawLine(at, bar.top(), at, bar.bottom() + 4);
    }
}

void ColorBar::paintNumbers(QPainter &painter, const QRect &bar) const
{
    const int line = painter.fontMetrics().height();
    const QString low = shortNumber(m_low);
    const QString high = shortNumber(m_high);
    const bool zero = m_low < 0 && m_high > 0;
    const double place = Heatmap::placeOf(0, m_scale, m_low, m_high);
    if (m_orientation == Qt::Vertical) {
        painter.drawText(QRect(0, 0, width(), line), Qt::AlignLeft | Qt::AlignVCenter, high);
        painter.drawText(QRect(0, height() - line, width(), line), Qt::AlignLeft | Qt::AlignVCenter, low);
        const int at = static_cast<int>(std::lround(bar.bottom() - place * (bar.height() - 1)));
        if (zero) {
            painter.drawLine(bar.right() + 1, at, bar.right() + 3, at);
            painter.drawText(QRect(bar.right() + 1 + gap, at - line / 2, width(), line),
                             Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("0"));
        }
        return;
    }
    const QRect below(0, bar.bottom() + gap, width(), line);
    painter.drawText(below, Qt::AlignLeft | Qt::AlignVCenter, low);
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, high);
    if (zero) {
        const int at = static_cast<int>(std::lround(bar.left() + place * (bar.width() - 1)));
        painter.drawLine(at, bar.bottom() + 1, at, bar.bottom() + 3);
        painter.drawText(QRect(at - 20, below.top(), 40, line), Qt::AlignCenter, QStringLiteral("0"));
    }
}

void ColorBar::paintLock(QPainter &painter) const
{
    const QRect bar = barRect();
    const bool vertical = m_orientation == Qt::Vertical;
    const QPoint corner =
        vertical ? QPoint(bar.right() + 1 + gap, bar.top()) : QPoint(bar.right() - lockSize, bar.top());
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(PlotTheme::of(*this).text, 1.2));
    painter.setBrush(Qt::NoBrush);
    painter.drawArc(QRectF(corner.x() + 2.5, corner.y() + 0.5, 5, 7), 0, 180 * 16);
    painter.setBrush(PlotTheme::of(*this).text);
    painter.drawRect(QRectF(corner.x() + 1, corner.y() + 4.5, 8, 5));
    painter.restore();
}

void ColorBar::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        emit clicked();
}

} // namespace samout
