// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/token_view.h"

#include "ui/plots/color_map.h"
#include "ui/widgets/theme.h"

#include <QEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

constexpr int margin = 8;

double linear(double channel)
{
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

} // namespace

TokenView::TokenView(QWidget *parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::ClickFocus);
    viewport()->setMouseTracking(true);
    viewport()->setBackgroundRole(QPalette::Base);
    setMinimumSize(120, 80);
}

void TokenView::clear()
{
    m_tokens.clear();
    m_selected = -1;
    m_firstDifference = -1;
    layOutAll();
}

void TokenView::append(const QList<Token> &tokens)
{
    const bool following = verticalScrollBar()->value() == verticalScrollBar()->maximum();
    const int from = count();
    m_tokens.append(tokens);
    layOut(from);
    if (following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    viewport()->update();
}

void TokenView::setTokens(const QList<Token> &tokens)
{
    const int place = verticalScrollBar()->value();
    m_tokens = tokens;
    if (m_selected >= count())
        m_selected = -1;
    layOutAll();
    verticalScrollBar()->setValue(place);
}

void TokenView::scrollTo(int index)
{
    if (index < 0 || index >= count())
        return;
    const QRect rect = tokenRect(index);
    QScrollBar *bar = verticalScrollBar();
    if (rect.top() < margin)
        bar->setValue(bar->value() + rect.top() - margin);
    else if (rect.bottom() > viewport()->height() - margin)
        bar->setValue(bar->value() + rect.bottom() - viewport()->height() + margin);
}

void TokenView::select(int index)
{
    m_selected = index >= 0 && index < count() ? index : -1;
    viewport()->update();
}

void TokenView::setEmptyText(const QString &text)
{
    m_emptyText = text;
    viewport()->update();
}

QColor TokenView::ground(float probability)
{
    const float clamped = std::isfinite(probability) ? std::clamp(probability, 0.0F, 1.0F) : 0.0F;
    return QColor::fromRgb(ColorMap::cividis().colors[static_cast<std::size_t>(std::lround(clamped * 255))]);
}

QColor TokenView::ink(const QColor &ground)
{
    const double luminance =
        0.2126 * linear(ground.redF()) + 0.7152 * linear(ground.greenF()) + 0.0722 * linear(ground.blueF());
    return luminance > 0.179 ? Qt::black : Qt::white; // here black and white have the same contrast, 4.6:1
}

int TokenView::lineHeight() const { return fontMetrics().height() + 4; }

int TokenView::textWidth(const QString &text)
{
    auto found = m_widths.constFind(text);
    if (found == m_widths.constEnd())
        found = m_widths.insert(text, std::max(4, fontMetrics().horizontalAdvance(text)));
    return *found;
}

void TokenView::newLine(int first)
{
    m_lines.append(first);
    m_wordStart = first;
}

void TokenView::layOut(int from)
{
    const int right = viewport()->width() - margin;
    if (m_lines.isEmpty())
        newLine(0);
    m_places.resize(count());
    for (int i = from; i < count(); ++i) {
        const bool lineEnded = i > 0 && m_tokens[i - 1].endsLine;
        if (lineEnded)
            newLine(i);
        else if (i > 0 && m_tokens[i - 1].text.endsWith(QLatin1Char(' ')))
            m_wordStart = i;
        const bool first = m_lines.last() == i;
        Place place;
        place.width = textWidth(m_tokens[i].text);
        place.x = first ? margin : m_places[i - 1].x + m_places[i - 1].width;
        if (!first && place.x + place.width > right) {
            const int wordStart = m_wordStart > m_lines.last() ? m_wordStart : i;
            newLine(wordStart);
            int x = margin;
            for (int j = wordStart; j < i; ++j) {
                m_places[j].x = x;
                m_places[j].line = static_cast<int>(m_lines.size()) - 1;
                x += m_places[j].width;
            }
            place.x = x;
        }
        place.line = static_cast<int>(m_lines.size()) - 1;
        m_places[i] = place;
    }
    const int height = static_cast<int>(m_lines.size()) * lineHeight() + 2 * margin;
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(lineHeight());
}

void TokenView::layOutAll()
{
    m_lines.clear();
    m_places.clear();
    m_wordStart = 0;
    layOut(0);
    viewport()->update();
}

void TokenView::setFirstDifference(int index)
{
    m_firstDifference = index;
    viewport()->update();
}

void TokenView::reveal(int index)
{
    if (index >= 0 && index < count())
        verticalScrollBar()->setValue(m_places[index].line * lineHeight() - viewport()->height() / 3);
}

QRect TokenView::tokenRect(int index) const
{
    const Place &place = m_places[index];
    return {place.x, margin + place.line * lineHeight() - verticalScrollBar()->value(), place.width, lineHeight()};
}

int TokenView::tokenAt(const QPoint &point) const
{
    const int line = (point.y() + verticalScrollBar()->value() - margin) / lineHeight();
    if (m_tokens.isEmpty() || line < 0 || line >= m_lines.size())
        return -1;
    const int end = line + 1 < m_lines.size() ? m_lines[line + 1] : count();
    for (int i = m_lines[line]; i < end; ++i)
        if (tokenRect(i).contains(point))
            return i;
    return -1;
}

void TokenView::paintToken(QPainter &painter, int index) const
{
    const Token &token = m_tokens[index];
    const QRect rect = tokenRect(index);
    QColor color = palette().color(token.endsLine ? QPalette::PlaceholderText : QPalette::Text);
    if (token.ground.isValid() || token.probability >= 0) {
        const QColor cell = token.ground.isValid() ? token.ground : ground(token.probability);
        painter.fillRect(rect.adjusted(0, 1, 0, -1), cell);
        color = ink(cell);
    }
    painter.setPen(color);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter | Qt::TextSingleLine, token.text);
    if (token.marked) {
        painter.setPen(QPen(QColor(0xD55E00), 2));
        painter.drawLine(rect.topLeft(), rect.bottomLeft());
    }
    if (index == m_firstDifference) {
        // Bars under and over the token: one letter is narrow.
        painter.fillRect(QRect(rect.left(), rect.bottom() - 2, rect.width(), 3), QColor(0xD55E00));
        painter.fillRect(QRect(rect.left(), rect.top(), rect.width(), 2), QColor(0xD55E00));
    }
    if (index == m_selected) {
        painter.setPen(QPen(palette().color(QPalette::Text), 2));
        painter.drawRect(rect.adjusted(0, 1, -1, -1));
    }
}

void TokenView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    if (m_tokens.isEmpty()) {
        painter.setPen(palette().color(QPalette::PlaceholderText));
        painter.drawText(viewport()->rect().adjusted(12, 12, -12, -12), Qt::AlignCenter | Qt::TextWordWrap,
                         m_emptyText);
        return;
    }
    const int top = std::max(0, (verticalScrollBar()->value() - margin) / lineHeight());
    const int bottom = std::min(static_cast<int>(m_lines.size()), top + viewport()->height() / lineHeight() + 3);
    const int end = bottom < m_lines.size() ? m_lines[bottom] : count();
    for (int i = m_lines[top]; i < end; ++i)
        paintToken(painter, i);
    if (m_selected >= m_lines[top] && m_selected < end)
        paintToken(painter, m_selected);
}

void TokenView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    layOutAll();
}

void TokenView::mousePressEvent(QMouseEvent *event)
{
    const int index = tokenAt(event->pos());
    if (index >= 0)
        emit clicked(index);
}

void TokenView::mouseMoveEvent(QMouseEvent *event) { emit hovered(tokenAt(event->pos())); }

void TokenView::leaveEvent(QEvent *event)
{
    emit hovered(-1);
    QAbstractScrollArea::leaveEvent(event);
}

void TokenView::keyPressEvent(QKeyEvent *event)
{
    const int step = event->key() == Qt::Key_Left ? -1 : event->key() == Qt::Key_Right ? 1 : 0;
    if (step != 0 && m_selected + step >= 0 && m_selected + step < count())
        emit clicked(m_selected + step);
    else
        QAbstractScrollArea::keyPressEvent(event);
}

void TokenView::changeEvent(QEvent *event)
{
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        m_widths.clear();
        layOutAll();
    }
}

} // namespace samout
