// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/blackboard.h"

#include "ui/plots/color_map.h"
#include "ui/plots/plot_theme.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <algorithm>
#include <ranges>

namespace samout {

namespace {

constexpr int gap = 12;
constexpr int groupGap = 5;
/// Space between lines, in pixels: at least, and if there is room.
constexpr int tight = 1, roomy = 9;

int widthOf(const QFontMetrics &metrics, const QString &text) { return metrics.horizontalAdvance(text); }

} // namespace

Blackboard::Blackboard(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

void Blackboard::setLines(const QList<Line> &lines)
{
    m_lines = lines;
    layOut();
    updateGeometry();
    update();
}

QColor Blackboard::colorOf(int quantity) const
{
    const PlotTheme theme = PlotTheme::of(*this);
    return quantity < 0 ? theme.text : theme.readable(categoryColor(quantity, theme.dark));
}

void Blackboard::layOut()
{
    m_pieces.clear();
    m_rules.clear();
    const PlotTheme theme = PlotTheme::of(*this);
    const QFontMetrics metrics(font());
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    const QFontMetrics strongMetrics(strong);
    // Wide enough for most numbers, so that the columns keep their place.
    int names = 0, groups = 0, formulas = 0, others = 0;
    int numbers = widthOf(metrics, QStringLiteral("0.0000 · (−00.0000) − 0.0000 · (−00.0000)"));
    int results = widthOf(strongMetrics, QStringLiteral("−000.0000"));
    for (const Line &line : m_lines) {
        int width = 0;
        for (const Span &span : line.numbers)
            width += widthOf(metrics, span.text);
        names = std::max(names, widthOf(strongMetrics, line.name));
        groups = std::max(groups, widthOf(metrics, line.group));
        formulas = std::max(formulas, widthOf(metrics, line.formula));
        numbers = std::max(numbers, width + (line.remark.isEmpty() ? 0 : 12 + widthOf(metrics, line.remark)));
        results = std::max(results, widthOf(strongMetrics, line.result.text));
        others = std::max(others, widthOf(metrics, line.change.text));
    }
    m_width = names + gap + numbers + gap + results + (others > 0 ? gap + others : 0);
    // If the width is too small, first the groups' words are left out, then the formulas; the pointer shows both.
    const int needed = m_width;
    const bool withFormulas = needed + formulas + gap <= width();
    const bool withGroups = needed + (withFormulas ? formulas + gap : 0) + groups + gap <= width();
    const int left = withGroups ? groups + gap : 0;
    const int resultRight =
        std::min(width(), left + needed - (others > 0 ? gap + others : 0) + (withFormulas ? formulas + gap : 0) + gap);

    const int lines = std::max(1, static_cast<int>(m_lines.size()));
    const int height =
        std::clamp((this->height() - heightOf(0)) / lines, metrics.height() + tight, metrics.height() + roomy);
    int y = 0;
    for (const Line &line : m_lines) {
        if (!line.group.isEmpty()) {
            if (y > 0) {
                m_rules << y + groupGap / 2;
                y += groupGap;
            }
            if (withGroups)
                m_pieces << Piece{QRect(0, y, groups, height), line.group, theme.faintText, false, Qt::AlignLeft, {}};
        }
        int x = left;
        const auto add = [&](int width, const QString &text, const QColor &color, const QString &toolTip) {
            m_pieces << Piece{QRect(x, y, width, height), text, color, false, Qt::AlignLeft, toolTip};
            x += width;
        };
        const QString teaching = line.toolTip.isEmpty() ? line.formula : line.formula + '\n' + line.toolTip;
        add(names, line.name, colorOf(line.quantity), teaching);
        m_pieces.last().strong = true;
        x += gap;
        if (withFormulas) {
            add(formulas, line.formula, theme.faintText, teaching);
            x += gap;
        }
        for (const Span &span : line.numbers)
            add(widthOf(metrics, span.text), span.text, colorOf(span.quantity),
                span.exact.isEmpty() ? teaching : span.exact);
        if (!line.remark.isEmpty()) {
            x += line.numbers.isEmpty() ? 0 : 12;
            const QColor link = theme.readable(palette().color(QPalette::Link));
            add(widthOf(metrics, line.remark), line.remark, line.token >= 0 ? link : theme.faintText, teaching);
            m_pieces.last().token = line.token;
        }
        m_pieces << Piece{QRect(resultRight - results, y, results, height),
                          line.result.text,
                          colorOf(line.quantity),
                          true,
                          Qt::AlignRight,
                          line.result.exact};
        if (!line.change.text.isEmpty())
            m_pieces << Piece{QRect(resultRight + gap, y, others, height),
                              line.change.text,
                              theme.faintText,
                              false,
                              Qt::AlignRight,
                              line.change.exact};
        y += height;
    }
}

int Blackboard::heightOf(int lineHeight) const
{
    const auto groups = std::ranges::count_if(m_lines, [](const Line &line) { return !line.group.isEmpty(); });
    return lineHeight * static_cast<int>(m_lines.size()) + groupGap * std::max(0, static_cast<int>(groups) - 1);
}

QSize Blackboard::sizeHint() const { return {m_width, heightOf(fontMetrics().height() + roomy)}; }

QSize Blackboard::minimumSizeHint() const { return {m_width, heightOf(fontMetrics().height() + tight)}; }

void Blackboard::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const PlotTheme theme = PlotTheme::of(*this);
    painter.setPen(theme.grid);
    for (const int y : m_rules)
        painter.drawLine(0, y, width(), y);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    for (const Piece &piece : m_pieces) {
        QFont used = piece.strong ? strong : font();
        used.setUnderline(piece.token >= 0);
        painter.setFont(used);
        painter.setPen(piece.color);
        painter.drawText(piece.rect, piece.alignment | Qt::AlignVCenter | Qt::TextSingleLine | Qt::TextDontClip,
                         piece.text);
    }
}

const Blackboard::Piece *Blackboard::pieceAt(const QPoint &point) const
{
    for (const Piece &piece : m_pieces)
        if (piece.rect.contains(point))
            return &piece;
    return nullptr;
}

void Blackboard::mouseMoveEvent(QMouseEvent *event)
{
    const Piece *piece = pieceAt(event->pos());
    setCursor(piece && piece->token >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
}

void Blackboard::mousePressEvent(QMouseEvent *event)
{
    const Piece *piece = pieceAt(event->pos());
    if (event->button() == Qt::LeftButton && piece && piece->token >= 0)
        emit tokenClicked(piece->token);
    else
        event->ignore();
}

bool Blackboard::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    auto *help = static_cast<QHelpEvent *>(event);
    const Piece *piece = pieceAt(help->pos());
    QToolTip::showText(help->globalPos(), piece ? piece->toolTip : QString(), this);
    return true;
}

void Blackboard::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        layOut();
}

void Blackboard::resizeEvent(QResizeEvent *) { layOut(); }

} // namespace samout
