// SPDX-License-Identifier: GPL-3.0-only
#include "ui/plots/heatmap.h"

#include "ui/plots/plot_theme.h"

#include <QMouseEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace samout {

namespace {

constexpr double logDecades = 1000;
constexpr int longestLabel = 48;

/// Black round white, just outside the cells: visible on every colour, and round small cells.
void paintFrame(QPainter &painter, const QRectF &cells)
{
    const QRect frame = cells.toAlignedRect();
    painter.setBrush(Qt::NoBrush);
    painter.setPen(Qt::black);
    painter.drawRect(frame.adjusted(-2, -2, 1, 1));
    painter.setPen(Qt::white);
    painter.drawRect(frame.adjusted(-1, -1, 0, 0));
}

} // namespace

Heatmap::Heatmap(QWidget *parent) : QWidget(parent), m_map(&ColorMap::cividis())
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

double Heatmap::placeOf(double value, Scale scale, double low, double high)
{
    if (std::isnan(value))
        return value;
    double place = 0;
    if (scale == Scale::Linear) {
        const double span = high - low;
        place = span > 0 ? (value - low) / span : (value < low ? 0 : value > low ? 1 : 0.5);
    } else if (scale == Scale::Log) {
        const double end = std::max(high, double(std::numeric_limits<float>::min()));
        place = std::log1p(std::max(0.0, value) / end * logDecades) / std::log1p(logDecades);
    } else {
        const double end = std::max({std::abs(low), std::abs(high), double(std::numeric_limits<float>::min())});
        const double size = std::log1p(std::abs(value) / end * logDecades) / std::log1p(logDecades);
        place = 0.5 + 0.5 * std::copysign(size, value);
    }
    return std::clamp(place, 0.0, 1.0);
}

void Heatmap::setValues(int rows, int cols, std::vector<float> values)
{
    Q_ASSERT(values.size() == static_cast<std::size_t>(rows) * static_cast<std::size_t>(cols));
    if (rows != m_rows || cols != m_cols) {
        m_marks.clear();
        m_outlines.clear();
    }
    m_rows = rows;
    m_cols = cols;
    m_values = std::move(values);
    m_stale = true;
    update();
}

void Heatmap::setTitle(const QString &title)
{
    m_title = title;
    update();
}

void Heatmap::setMarks(std::vector<std::uint8_t> marks)
{
    Q_ASSERT(marks.empty() || marks.size() == m_values.size());
    m_marks = std::move(marks);
    update();
}

void Heatmap::setOutlines(std::vector<std::uint8_t> outlines)
{
    Q_ASSERT(outlines.empty() || outlines.size() == m_values.size());
    m_outlines = std::move(outlines);
    update();
}

void Heatmap::setTriangle(int offset)
{
    m_triangle = offset;
    m_stale = true;
    update();
}

void Heatmap::setColumnLabels(const QStringList &labels)
{
    m_columnLabels = labels;
    update();
}

void Heatmap::setColors(const ColorMap &map, Scale scale, float low, float high)
{
    m_map = &map;
    m_scale = scale;
    m_low = low;
    m_high = high;
    m_stale = true;
    update();
}

void Heatmap::setCursor(int row, int col)
{
    if (row == m_cursorRow && col == m_cursorCol)
        return;
    m_cursorRow = row;
    m_cursorCol = col;
    update();
}

void Heatmap::setStretch(int row, int first, int last)
{
    m_stretchRow = row;
    m_stretchFirst = first;
    m_stretchLast = last;
    update();
}

void Heatmap::setEmptyText(const QString &text)
{
    m_emptyText = text;
    update();
}

float Heatmap::value(int row, int col) const
{
    return m_values[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_cols) + static_cast<std::size_t>(col)];
}

QSize Heatmap::sizeHint() const { return {120, 120}; }

QSize Heatmap::minimumSizeHint() const { return {64, 72}; }

int Heatmap::lineHeight() const { return QFontMetrics(PlotTheme::font(*this)).height(); }

QRect Heatmap::cellsRect() const
{
    const int top = m_title.isEmpty() ? 0 : lineHeight() + 2;
    const int bottom = m_columnLabels.isEmpty() ? 0 : lineHeight() + 2;
    return rect().adjusted(0, top, 0, -bottom);
}

QPoint Heatmap::cellAt(const QPoint &position) const
{
    const QRect cells = cellsRect();
    if (m_values.empty() || !cells.contains(position))
        return {-1, -1};
    const int col = static_cast<int>((position.x() - cells.left() + 0.5) * m_cols / cells.width());
    const int row = static_cast<int>((position.y() - cells.top() + 0.5) * m_rows / cells.height());
    return {std::min(col, m_cols - 1), std::min(row, m_rows - 1)};
}

QRectF Heatmap::cellRect(int row, int col) const
{
    const QRectF cells = cellsRect();
    const double width = cells.width() / m_cols;
    const double height = cells.height() / m_rows;
    return {cells.left() + col * width, cells.top() + row * height, width, height};
}

void Heatmap::fillImage()
{
    m_stale = false;
    if (m_image.size() != QSize(m_cols, m_rows))
        m_image = QImage(m_cols, m_rows, QImage::Format_RGB32);
    // Like placeOf(), but computes once what is the same for all cells.
    const bool linear = m_scale == Scale::Linear && m_high > m_low;
    const float factor = linear ? 255 / (m_high - m_low) : 0;
    const float end = std::max({std::abs(m_low), std::abs(m_high), std::numeric_limits<float>::min()});
    const float unit = static_cast<float>(logDecades) / end;
    const float half = 127.5F / std::log1p(static_cast<float>(logDecades));
    const auto place = [&](float value) {
        if (linear)
            return std::clamp((value - m_low) * factor, 0.0F, 255.0F);
        if (m_scale == Scale::SignedLog)
            return std::clamp(127.5F + std::copysign(half * std::log1p(std::abs(value) * unit), value), 0.0F, 255.0F);
        return 255 * static_cast<float>(placeOf(value, m_scale, m_low, m_high));
    };
    const QRgb nothing = PlotTheme::of(*this).background.rgb();
    const float *value = m_values.data();
    for (int row = 0; row < m_rows; ++row) {
        auto *pixel = reinterpret_cast<QRgb *>(m_image.scanLine(row));
        const int end = endOfRow(row);
        std::fill(pixel + end, pixel + m_cols, nothing);
        for (int col = 0; col < end; ++col, ++value, ++pixel)
            *pixel = std::isnan(*value) ? nanColor : m_map->colors[static_cast<std::size_t>(place(*value) + 0.5F)];
        value += m_cols - end;
    }
}

void Heatmap::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const PlotTheme theme = PlotTheme::of(*this);
    painter.fillRect(rect(), theme.background);
    painter.setFont(PlotTheme::font(*this));
    painter.setPen(theme.faintText);
    if (!m_title.isEmpty()) {
        const QString title = painter.fontMetrics().elidedText(m_title, Qt::ElideRight, width());
        painter.drawText(QRect(0, 0, width(), lineHeight()), Qt::AlignLeft | Qt::AlignVCenter, title);
    }
    if (m_values.empty()) {
        painter.drawText(cellsRect().adjusted(8, 0, -8, 0), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
        return;
    }
    if (m_stale)
        fillImage();
    painter.drawImage(cellsRect(), m_image);
    paintMarks(painter);
    paintOutlines(painter);
    paintStretch(painter);
    paintCursor(painter);
    paintColumnLabels(painter);
}

void Heatmap::paintMarks(QPainter &painter) const
{
    const QSizeF cell = m_marks.empty() ? QSizeF() : cellRect(0, 0).size();
    if (cell.width() < 3 || cell.height() < 1)
        return;
    // Black and white side by side: visible on every colour of every map.
    const int height = std::max(1, static_cast<int>(cell.height() * 0.6));
    for (int row = 0; row < m_rows; ++row) {
        for (int col = 0; col < m_cols; ++col) {
            if (!m_marks[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_cols) +
                         static_cast<std::size_t>(col)])
                continue;
            const QRectF rect = cellRect(row, col);
            const int left = static_cast<int>(std::ceil(rect.left()));
            const int top = static_cast<int>(std::lround(rect.top() + (rect.height() - height) / 2));
            painter.fillRect(left, top, 1, height, QColor(255, 255, 255, 170));
            if (cell.width() >= 6)
                painter.fillRect(left + 1, top, 1, height, QColor(0, 0, 0, 170));
        }
    }
}

void Heatmap::paintOutlines(QPainter &painter) const
{
    if (m_outlines.empty())
        return;
    for (int row = 0; row < m_rows; ++row) {
        for (int col = 0; col < m_cols; ++col) {
            if (!m_outlines[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_cols) +
                            static_cast<std::size_t>(col)])
                continue;
            paintFrame(painter, cellRect(row, col));
        }
    }
}

void Heatmap::paintStretch(QPainter &painter) const
{
    if (m_stretchRow >= 0 && m_stretchRow < m_rows && m_stretchLast < m_cols)
        paintFrame(painter, cellRect(m_stretchRow, m_stretchFirst) | cellRect(m_stretchRow, m_stretchLast));
}

void Heatmap::paintCursor(QPainter &painter) const
{
    const QRectF cells = cellsRect();
    // A thin line on either side of the cells, so that their colours stay visible. The line contrasts with the middle
    // of the map; on large cells a second line of the opposite shade is drawn beside it.
    const bool lightMap = QColor(m_map->colors[128]).lightness() > 140;
    const auto line = [&](const QRectF &band) {
        if (std::min(band.width(), band.height()) >= 4) {
            painter.setPen(lightMap ? QColor(255, 255, 255, 120) : QColor(0, 0, 0, 120));
            painter.drawRect(band.adjusted(-1, -1, 0, 0));
        }
        painter.setPen(lightMap ? QColor(0, 0, 0, 180) : QColor(255, 255, 255, 180));
        painter.drawRect(band.adjusted(0, 0, -1, -1));
    };
    painter.save();
    painter.setClipRect(cells);
    painter.setBrush(Qt::NoBrush);
    if (m_cursorCol >= 0 && m_cursorCol < m_cols)
        line(QRectF(cellRect(0, m_cursorCol).left(), cells.top() - 2, cellRect(0, 0).width(), cells.height() + 4));
    if (m_cursorRow >= 0 && m_cursorRow < m_rows)
        line(QRectF(cells.left() - 2, cellRect(m_cursorRow, 0).top(), cells.width() + 4, cellRect(0, 0).height()));
    painter.restore();
}

void Heatmap::paintColumnLabels(QPainter &painter) const
{
    const int count = std::min(m_cols, static_cast<int>(m_columnLabels.size()));
    if (count == 0)
        return;
    const PlotTheme theme = PlotTheme::of(*this);
    const QFontMetrics metrics = painter.fontMetrics();
    const QRect cells = cellsRect();
    const double cellWidth = static_cast<double>(cells.width()) / m_cols;
    int widest = 1;
    for (int col = 0; col < count; ++col)
        widest = std::max(widest, metrics.horizontalAdvance(m_columnLabels[col]));
    const int slot = std::min(widest, longestLabel) + 4;
    const int every = std::max(1, static_cast<int>(std::ceil(slot / cellWidth)));
    const auto place = [&](int col) {
        const int width = std::max(slot, static_cast<int>(cellWidth));
        const int middle = static_cast<int>(cellRect(0, col).center().x());
        const int left = std::clamp(middle - width / 2, 0, std::max(0, this->width() - width));
        return QRect(left, cells.bottom() + 2, width, lineHeight());
    };
    const auto draw = [&](int col) {
        const QRect rect = place(col);
        painter.drawText(rect, Qt::AlignCenter, metrics.elidedText(m_columnLabels[col], Qt::ElideRight, rect.width()));
    };
    const bool pointed = m_cursorCol >= 0 && m_cursorCol < count;
    painter.setPen(theme.faintText);
    // The first label is moved in from the edge, and may take the next label's place.
    int end = -1;
    for (int col = 0; col < count; col += every) {
        const QRect rect = place(col);
        if (rect.left() < end - 1 || (pointed && rect.intersects(place(m_cursorCol))))
            continue;
        draw(col);
        end = rect.right();
    }
    if (pointed) {
        painter.setPen(theme.text);
        draw(m_cursorCol);
    }
}

void Heatmap::changeEvent(QEvent *event)
{
    m_stale = m_stale || event->type() == QEvent::PaletteChange;
    QWidget::changeEvent(event);
}

void Heatmap::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint cell = cellAt(event->pos());
    const bool moved = cell != std::exchange(m_hovered, cell);
    if (m_dragging && event->buttons() & Qt::LeftButton) {
        // A drag beyond the cells goes to the row's end.
        const QRect cells = cellsRect();
        const int x = std::clamp(event->pos().x(), cells.left(), cells.right());
        emit stretched(cellAt({x, cells.center().y()}).x());
    } else if (moved) {
        emit hovered(cell.y(), cell.x());
    }
}

void Heatmap::mousePressEvent(QMouseEvent *event)
{
    const QPoint cell = cellAt(event->pos());
    if (event->button() == Qt::LeftButton && cell.x() >= 0)
        emit clicked(cell.y(), cell.x());
    if (event->button() == Qt::LeftButton && cell.x() >= 0 && event->modifiers() & Qt::ShiftModifier) {
        m_dragging = true;
        emit stretchBegan(cell.y(), cell.x());
    }
    event->ignore();
}

void Heatmap::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton && std::exchange(m_dragging, false))
        emit stretchEnded();
    event->ignore();
}

void Heatmap::mouseDoubleClickEvent(QMouseEvent *event)
{
    const QPoint cell = cellAt(event->pos());
    if (event->button() == Qt::LeftButton && cell.x() >= 0)
        emit doubleClicked(cell.y(), cell.x());
}

void Heatmap::leaveEvent(QEvent *)
{
    if (m_hovered == QPoint(-1, -1))
        return;
    m_hovered = {-1, -1};
    emit hovered(-1, -1);
}

} // namespace samout
