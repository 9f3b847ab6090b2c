// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/reading_table.h"

#include "core/inspect/next_token.h"
#include "ui/plots/heatmap.h"
#include "ui/plots/plot_theme.h"
#include "ui/widgets/token_view.h"

#include <QEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>
#include <limits>

namespace samout {

namespace {

constexpr int widestLabel = 56;
constexpr int fewestLines = 4;
/// Space between lines, in pixels: at least, and if there is room.
constexpr int tight = 5, roomy = 16;

} // namespace

ReadingTable::ReadingTable(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::NoFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Base);
}

int ReadingTable::layers() const { return m_examination ? static_cast<int>(m_examination->readings.size()) : 0; }

int ReadingTable::positions() const { return m_examination ? static_cast<int>(m_examination->tokens.size()) : 0; }

int ReadingTable::lineHeight() const
{
    return std::clamp(viewport()->height() / lines(), fontMetrics().height() + tight, fontMetrics().height() + roomy);
}

int ReadingTable::nameWidth() const
{
    return fontMetrics().horizontalAdvance(tr("layer %1").arg(std::max(10, layers()))) + 8;
}

double ReadingTable::cellWidth() const
{
    const double room = viewport()->width() - nameWidth();
    return std::max<double>(m_labelWidth + 8, std::min(40.0, room / std::max(1, positions())));
}

QSize ReadingTable::sizeHint() const
{
    return {400, lines() * (fontMetrics().height() + roomy) + horizontalScrollBar()->sizeHint().height()};
}

QSize ReadingTable::minimumSizeHint() const
{
    return {160, std::min(lines(), fewestLines) * (fontMetrics().height() + tight) +
                     horizontalScrollBar()->sizeHint().height()};
}

QString ReadingTable::label(std::int64_t token) const
{
    return QString::fromStdString(m_examination->snapshot->vocabulary().label(token));
}

void ReadingTable::setExamination(std::shared_ptr<const Examination> examination)
{
    const int before = layers();
    m_examination = std::move(examination);
    m_largestChange = 0;
    for (int layer = 0; m_examination->trained && layer < layers(); ++layer)
        for (int position = 0; position < positions(); ++position)
            if (const float change = std::abs(changeAt(layer, position)); change > m_largestChange)
                m_largestChange = change;
    measure();
    if (layers() != before)
        updateGeometry();
    viewport()->update();
}

void ReadingTable::measure()
{
    m_labelWidth = 10;
    if (m_examination)
        for (const std::int64_t token : m_examination->tokens)
            m_labelWidth = std::max(m_labelWidth, std::min(widestLabel, fontMetrics().horizontalAdvance(label(token))));
    horizontalScrollBar()->setPageStep(std::max(1, viewport()->width() - nameWidth()));
    horizontalScrollBar()->setSingleStep(m_labelWidth + 8);
    horizontalScrollBar()->setRange(
        0, std::max(0, static_cast<int>(std::ceil(positions() * cellWidth())) - viewport()->width() + nameWidth()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(lineHeight());
    verticalScrollBar()->setRange(0, std::max(0, lines() * lineHeight() - viewport()->height()));
}

void ReadingTable::setChosen(int layer, int position)
{
    if (position != m_position)
        scrollTo(position);
    m_layer = layer;
    m_position = position;
    viewport()->update();
}

void ReadingTable::setCursorPosition(int position)
{
    if (position != m_cursor)
        scrollTo(position);
    m_cursor = position;
    viewport()->update();
}

void ReadingTable::scrollTo(int position)
{
    if (position < 0 || position >= positions())
        return;
    const QRect cell = cellRect(0, position);
    QScrollBar *bar = horizontalScrollBar();
    if (cell.left() < nameWidth())
        bar->setValue(bar->value() + cell.left() - nameWidth());
    else if (cell.right() >= viewport()->width())
        bar->setValue(bar->value() + cell.right() + 1 - viewport()->width());
}

QRect ReadingTable::cellRect(int layer, int position) const
{
    const double width = cellWidth();
    const int left = static_cast<int>(position * width), right = static_cast<int>((position + 1) * width);
    // Line 0 holds the tokens that come next, line 1 the last layer; the line below layer 0 holds the text's tokens.
    const int line = layers() - layer;
    return {nameWidth() + left - horizontalScrollBar()->value(), line * lineHeight() - verticalScrollBar()->value(),
            right - left, lineHeight()};
}

QPoint ReadingTable::cellAt(const QPoint &point) const
{
    const double x = point.x() - nameWidth() + horizontalScrollBar()->value();
    const int line = (point.y() + verticalScrollBar()->value()) / lineHeight();
    const int position = static_cast<int>(x / cellWidth());
    const bool inside = point.x() >= nameWidth() && line >= 1 && line <= layers() && position < positions();
    return inside ? QPoint(position, layers() - line) : QPoint(-1, -1);
}

bool ReadingTable::isChanged(int layer, int position) const
{
    if (!m_examination || !m_examination->trained)
        return false;
    const Grid *changed = m_examination->findReading(layer), *trained = m_examination->trained->findReading(layer);
    return changed && trained &&
           nextToken(*m_examination, *changed, position).likeliest !=
               nextToken(*m_examination, *trained, position).likeliest;
}

float ReadingTable::changeAt(int layer, int position) const
{
    const Grid *changed = m_examination->findReading(layer);
    const Grid *trained = m_examination->trained ? m_examination->trained->findReading(layer) : nullptr;
    if (!changed || !trained)
        return std::numeric_limits<float>::quiet_NaN();
    return nextToken(*m_examination, *changed, position).nextProbability -
           nextToken(*m_examination, *trained, position).nextProbability;
}

void ReadingTable::paintCell(QPainter &painter, int layer, int position) const
{
    const Grid *logits = m_examination->findReading(layer);
    if (!logits)
        return;
    const QRect rect = cellRect(layer, position);
    const NextToken said = nextToken(*m_examination, *logits, position);
    QColor color = palette().color(QPalette::Text);
    if (std::isnan(said.probability)) {
        painter.fillRect(rect, QColor::fromRgb(nanColor));
        return;
    }
    if (said.next >= 0) {
        QColor ground = TokenView::ground(said.nextProbability);
        if (const float change = changeAt(layer, position); !std::isnan(change)) {
            const ColorMap &colors = ColorMap::diverging(PlotTheme::of(*this).dark);
            const double place = Heatmap::placeOf(static_cast<double>(change), Heatmap::Scale::Linear, -m_largestChange,
                                                  m_largestChange);
            ground = QColor::fromRgb(colors.colors[static_cast<std::size_t>(std::lround(place * 255))]);
        }
        painter.fillRect(rect, ground);
        color = TokenView::ink(ground);
    }
    painter.setPen(color);
    painter.drawText(rect, Qt::AlignCenter,
                     fontMetrics().elidedText(label(said.likeliest), Qt::ElideRight, rect.width() - 2));
    if (isChanged(layer, position)) {
        // A corner that is visible on every ground.
        const QPoint corner = rect.topRight() + QPoint(1, 0);
        const QPolygon mark({corner, corner - QPoint(7, 0), corner + QPoint(0, 7)});
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor(0xD55E00));
        painter.drawPolygon(mark);
    }
}

void ReadingTable::paintEvent(QPaintEvent *)
{
    if (layers() == 0 || positions() == 0)
        return;
    QPainter painter(viewport());
    const PlotTheme theme = PlotTheme::of(*this);
    const int first = std::clamp(static_cast<int>(horizontalScrollBar()->value() / cellWidth()), 0, positions() - 1);
    const int last = std::min(positions() - 1, first + static_cast<int>(viewport()->width() / cellWidth()) + 1);
    const QRect cells = viewport()->rect().adjusted(nameWidth(), 0, 0, 0);
    painter.save();
    painter.setClipRect(cells);
    for (int position = first; position <= last; ++position) {
        for (int layer = 0; layer < layers(); ++layer)
            paintCell(painter, layer, position);
        const auto outer = [&](int line, const std::vector<std::int64_t> &tokens) {
            const std::int64_t token = tokens[static_cast<std::size_t>(position)];
            if (token < 0)
                return;
            const QRect rect = cellRect(line, position);
            painter.setPen(position == m_cursor ? theme.text : theme.faintText);
            painter.drawText(rect, Qt::AlignCenter,
                             fontMetrics().elidedText(label(token), Qt::ElideRight, rect.width() - 2));
        };
        outer(-1, m_examination->tokens);
        outer(layers(), m_examination->next);
    }
    painter.setBrush(Qt::NoBrush);
    if (m_cursor >= 0 && m_cursor < positions()) {
        painter.setPen(theme.text);
        painter.drawRect(cellRect(layers(), m_cursor).united(cellRect(-1, m_cursor)).adjusted(0, 0, -1, -1));
    }
    if (m_layer >= 0 && m_layer < layers() && m_position >= 0 && m_position < positions()) {
        painter.setPen(QPen(theme.text, 2));
        painter.drawRect(cellRect(m_layer, m_position).adjusted(1, 1, -1, -1));
    }
    painter.restore();
    const auto name = [&](int line, const QString &text, const QColor &color) {
        QRect rect = cellRect(line, 0);
        rect.setLeft(0);
        rect.setWidth(nameWidth() - 8);
        painter.setPen(color);
        painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    name(layers(), tr("next"), theme.faintText);
    for (int layer = 0; layer < layers(); ++layer)
        name(layer, tr("layer %1").arg(layer), theme.text);
    name(-1, tr("reads"), theme.faintText);
}

void ReadingTable::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    measure();
}

void ReadingTable::mousePressEvent(QMouseEvent *event)
{
    const QPoint cell = cellAt(event->pos());
    if (event->button() == Qt::LeftButton && cell.x() >= 0)
        emit clicked(cell.y(), cell.x());
}

void ReadingTable::mouseMoveEvent(QMouseEvent *event)
{
    const QPoint cell = cellAt(event->pos());
    if (cell == m_hovered)
        return;
    m_hovered = cell;
    emit hovered(cell.y(), cell.x());
}

void ReadingTable::leaveEvent(QEvent *event)
{
    m_hovered = {-1, -1};
    emit hovered(-1, -1);
    QAbstractScrollArea::leaveEvent(event);
}

void ReadingTable::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange)
        measure();
}

} // namespace samout
