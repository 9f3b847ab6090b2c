// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/alpha_slider.h"

#include "ui/plots/color_map.h"
#include "ui/plots/plot_theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <cmath>
#include <limits>

namespace samout {

namespace {

constexpr int margin = 5;
/// The grid that drags and keys snap to.
constexpr double grain = 0.01;
/// How much of the curve's height its lower end gets.
constexpr double lowEnd = 30;

} // namespace

AlphaSlider::AlphaSlider(QWidget *parent) : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void AlphaSlider::setValue(double alpha)
{
    m_value = alpha;
    update();
}

void AlphaSlider::setTrained(double alpha)
{
    m_trained = alpha;
    update();
}

void AlphaSlider::setCurve(const QVector<double> &alphas, const QVector<double> &losses, bool fresh)
{
    m_alphas = alphas;
    m_losses = losses;
    m_fresh = fresh;
    update();
}

double AlphaSlider::lossAt(double alpha) const
{
    for (qsizetype i = 1; i < m_alphas.size(); ++i) {
        if (alpha < m_alphas[i - 1] || alpha > m_alphas[i])
            continue;
        const double share = (alpha - m_alphas[i - 1]) / (m_alphas[i] - m_alphas[i - 1]);
        return m_losses[i - 1] + share * (m_losses[i] - m_losses[i - 1]);
    }
    return std::numeric_limits<double>::quiet_NaN();
}

double AlphaSlider::xOf(double alpha) const
{
    return margin + (std::clamp(alpha, least, most) - least) / (most - least) * (width() - 2 * margin);
}

double AlphaSlider::alphaAt(double x) const
{
    return std::clamp(least + (x - margin) / (width() - 2 * margin) * (most - least), least, most);
}

void AlphaSlider::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const PlotTheme theme = PlotTheme::of(*this);
    const QRectF area = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.setPen(hasFocus() ? theme.text : theme.axis);
    painter.setBrush(theme.background);
    painter.drawRect(area);
    const auto line = [&](double alpha, const QPen &pen) {
        if (!std::isfinite(alpha))
            return;
        painter.setPen(pen);
        const double x = std::floor(xOf(alpha)) + 0.5;
        painter.drawLine(QPointF(x, 1), QPointF(x, height() - 2));
    };
    for (const double alpha : {0.0, 0.5, 1.0})
        line(alpha, theme.grid);
    double low = std::numeric_limits<double>::infinity(), high = -low;
    for (const double loss : m_losses)
        if (std::isfinite(loss)) {
            low = std::min(low, loss);
            high = std::max(high, loss);
        }
    painter.setRenderHint(QPainter::Antialiasing);
    if (high > low) {
        QPainterPath path;
        bool pen = false;
        for (qsizetype i = 0; i < m_losses.size(); ++i) {
            if (!std::isfinite(m_losses[i])) {
                pen = false;
                continue;
            }
            // The rise above the lowest loss, on a logarithmic scale: else a high end would flatten the rest.
            const double place = std::log1p((m_losses[i] - low) / (high - low) * lowEnd) / std::log1p(lowEnd);
            const QPointF point(xOf(m_alphas[i]), height() - 4 - place * (height() - 8));
            pen ? path.lineTo(point) : path.moveTo(point);
            pen = true;
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(m_fresh ? theme.readable(categoryColor(0, theme.dark)) : theme.axis);
        painter.drawPath(path);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    line(m_trained, QPen(theme.faintText, 1, Qt::DashLine));
    if (!std::isfinite(m_value))
        return;
    const bool changed = m_value != m_trained;
    const QColor color = changed ? theme.readable(categoryColor(3, theme.dark)) : theme.text;
    const double x = std::floor(xOf(m_value));
    painter.fillRect(QRectF(x - 2, 2, 5, height() - 4), color);
}

void AlphaSlider::moveTo(double alpha)
{
    const double snapped = std::round(alpha / grain) * grain;
    if (snapped == m_value)
        return;
    m_value = snapped;
    update();
    emit moved(snapped);
}

void AlphaSlider::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    emit pressed();
    moveTo(alphaAt(event->position().x()));
}

void AlphaSlider::mouseMoveEvent(QMouseEvent *event)
{
    emit hovered(alphaAt(event->position().x()));
    if (event->buttons() & Qt::LeftButton)
        moveTo(alphaAt(event->position().x()));
}

void AlphaSlider::mouseReleaseEvent(QMouseEvent *) { emit released(); }

void AlphaSlider::leaveEvent(QEvent *) { emit hovered(std::numeric_limits<double>::quiet_NaN()); }

void AlphaSlider::keyPressEvent(QKeyEvent *event)
{
    const double step = event->modifiers() & Qt::ShiftModifier ? 10 * grain : grain;
    if (event->key() == Qt::Key_Left)
        moveTo(std::max(least, m_value - step));
    else if (event->key() == Qt::Key_Right)
        moveTo(std::min(most, m_value + step));
    else
        QWidget::keyPressEvent(event);
}

} // namespace samout
