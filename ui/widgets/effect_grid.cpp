// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/effect_grid.h"

#include "ui/plots/color_map.h"
#include "ui/plots/heatmap.h"
#include "ui/plots/number_text.h"
#include "ui/plots/plot_theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

/// The number of columns beside the heads: mixer, feed-forward, random groups.
constexpr int otherColumns = 3;
/// The gap before these columns, in pixels.
constexpr double gap = 8;

} // namespace

EffectGrid::EffectGrid(QWidget *parent) : QWidget(parent) { setMouseTracking(true); }

void EffectGrid::setTable(std::shared_ptr<const EffectTable> table)
{
    m_table = std::move(table);
    update();
}

void EffectGrid::setLayer(int layer)
{
    m_layer = layer;
    update();
}

int EffectGrid::rows() const { return m_table ? static_cast<int>(m_table->heads.size()) : 0; }

int EffectGrid::cols() const { return rows() > 0 ? static_cast<int>(m_table->heads.front().size()) + otherColumns : 0; }

Effect EffectGrid::effect(int row, int col) const
{
    const auto layer = static_cast<std::size_t>(row);
    switch (cols() - col) {
    case 1:
        return {.rise = m_table->groupMean(row), .error = m_table->groupSpread(row)};
    case 2:
        return m_table->feedForwards[layer];
    case 3:
        return m_table->mixers[layer];
    default:
        return m_table->heads[layer][static_cast<std::size_t>(col)];
    }
}

QString EffectGrid::columnName(int col) const
{
    switch (cols() - col) {
    case 1:
        return tr("random");
    case 2:
        return tr("feed-f.");
    case 3:
        return tr("mixer");
    default:
        return tr("head %1").arg(col);
    }
}

QRectF EffectGrid::cellsRect() const
{
    const QFontMetricsF metrics(PlotTheme::font(*this));
    const double left = metrics.horizontalAdvance(tr("layer %1").arg(88)) + 8, top = metrics.height() + 4;
    return {left, top, std::max(1.0, width() - left), std::max(1.0, height() - top)};
}

QRectF EffectGrid::cellRect(int row, int col) const
{
    const QRectF all = cellsRect();
    const double cellWidth = (all.width() - gap) / cols(), cellHeight = std::min(48.0, all.height() / rows());
    const double left = all.left() + col * cellWidth + (col >= cols() - otherColumns ? gap : 0);
    return {left, all.top() + row * cellHeight, cellWidth, cellHeight};
}

QPoint EffectGrid::cellAt(const QPointF &position) const
{
    for (int row = 0; row < rows(); ++row)
        for (int col = 0; col < cols(); ++col)
            if (cellRect(row, col).contains(position))
                return {col, row};
    return {-1, -1};
}

void EffectGrid::paintEvent(QPaintEvent *)
{
    if (rows() == 0)
        return;
    QPainter painter(this);
    const PlotTheme theme = PlotTheme::of(*this);
    painter.setFont(PlotTheme::font(*this));
    const QFontMetricsF metrics(painter.font());
    double largest = 1e-9;
    // The largest effect of heads and groups; a whole mixer has a larger one and gets the strongest colour.
    for (int row = 0; row < rows(); ++row)
        for (int col = 0; col < cols(); ++col)
            if (const double rise = std::abs(effect(row, col).rise);
                std::isfinite(rise) && (col < cols() - otherColumns || col == cols() - 1))
                largest = std::max(largest, rise);
    const ColorMap &map = ColorMap::diverging(theme.dark);
    for (int row = 0; row < rows(); ++row) {
        const QRectF first = cellRect(row, 0);
        painter.setPen(row == m_layer ? theme.text : theme.faintText);
        painter.drawText(QRectF(0, first.top(), first.left() - 8, first.height()), Qt::AlignRight | Qt::AlignVCenter,
                         tr("layer %1").arg(row));
        for (int col = 0; col < cols(); ++col) {
            const QRectF cell = cellRect(row, col);
            const double rise = effect(row, col).rise;
            QColor color(nanColor);
            if (!std::isnan(rise)) {
                const double place = Heatmap::placeOf(rise, Heatmap::Scale::Linear, -largest, largest);
                color = QColor(map.colors[static_cast<std::size_t>(std::clamp(place, 0.0, 1.0) * 255)]);
            } else if (col == cols() - 1) {
                color = theme.background; // this layer has no random groups
            }
            painter.fillRect(cell.adjusted(0, 0, -1, -1), color);
            // A narrow cell shows one digit less.
            QString number;
            for (int digits = 3; digits > 1 && !std::isnan(rise); --digits) {
                number = (rise >= 0 ? QStringLiteral("+") : QString()) +
                         QString::number(rise, 'f', std::abs(rise) < 10 ? digits : 1);
                if (metrics.horizontalAdvance(number) <= cell.width() - 2)
                    break;
            }
            if (metrics.horizontalAdvance(number) <= cell.width() - 2) {
                painter.setPen(contrast(color, Qt::black) > contrast(color, Qt::white) ? Qt::black : Qt::white);
                painter.drawText(cell, Qt::AlignCenter, number);
            }
            if (row == 0) {
                painter.setPen(theme.faintText);
                painter.drawText(QRectF(cell.left(), 0, cell.width(), metrics.height()), Qt::AlignCenter,
                                 metrics.elidedText(metrics.horizontalAdvance(columnName(col)) <= cell.width() ||
                                                            col >= cols() - otherColumns
                                                        ? columnName(col)
                                                        : QString::number(col),
                                                    Qt::ElideRight, cell.width()));
            }
            if (QPoint(col, row) == m_hovered) {
                painter.setPen(QPen(theme.text, 1));
                painter.drawRect(cell.adjusted(0, 0, -2, -2));
            }
        }
    }
}

void EffectGrid::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint cell = cellAt(event->position());
    if (cell == m_hovered)
        return;
    m_hovered = cell;
    update();
    emit hovered(cell.y(), cell.x());
}

void EffectGrid::mousePressEvent(QMouseEvent *event)
{
    const QPoint cell = cellAt(event->position());
    if (cell.x() >= 0)
        emit clicked(cell.y(), cell.x());
}

void EffectGrid::leaveEvent(QEvent *)
{
    m_hovered = {-1, -1};
    update();
    emit hovered(-1, -1);
}

QSize EffectGrid::sizeHint() const { return {420, 180}; }

QSize EffectGrid::minimumSizeHint() const { return {160, 64}; }

} // namespace samout
