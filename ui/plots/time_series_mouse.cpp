// SPDX-License-Identifier: GPL-3.0-only
#include "ui/plots/time_series_impl.h"

#include <algorithm>
#include <cmath>

namespace samout {

Qt::Orientations TimeSeries::Impl::axesAt(const QPoint &position) const
{
    const QRect rect = plot->axisRect()->rect();
    if (position.x() < rect.left())
        return Qt::Vertical;
    if (position.y() > rect.bottom())
        return Qt::Horizontal;
    return Qt::Horizontal | Qt::Vertical;
}

void TimeSeries::Impl::wheel(const QPoint &position, double steps)
{
    const double factor = std::pow(0.85, steps);
    const Qt::Orientations axes = axesAt(position);
    if (axes & Qt::Horizontal)
        plot->xAxis->scaleRange(factor, plot->xAxis->pixelToCoord(position.x()));
    if (axes & Qt::Vertical)
        plot->yAxis->scaleRange(factor, plot->yAxis->pixelToCoord(position.y()));
    setView(View::Free);
    plot->replot(QCustomPlot::rpQueuedReplot);
}

void TimeSeries::Impl::press(QMouseEvent *event)
{
    dragging = true;
    boxing = event->modifiers() & Qt::ShiftModifier;
    dragStart = event->pos();
    dragAxes = axesAt(dragStart);
    dragX = plot->xAxis->range();
    dragY = plot->yAxis->range();
    if (boxing) {
        band->setGeometry(QRect(dragStart, QSize()));
        band->show();
    }
}

void TimeSeries::Impl::move(QMouseEvent *event)
{
    if (!dragging) {
        hover(event->pos());
        return;
    }
    if (boxing) {
        band->setGeometry(QRect(dragStart, event->pos()).normalized());
        return;
    }
    if ((event->pos() - dragStart).manhattanLength() < 3 && view != View::Free)
        return;
    setView(View::Free);
    plot->xAxis->setRange(dragX);
    plot->yAxis->setRange(dragY);
    const auto shift = [](QCPAxis *axis, int from, int to) {
        const double before = axis->pixelToCoord(from);
        const double after = axis->pixelToCoord(to);
        if (axis->scaleType() == QCPAxis::stLogarithmic)
            axis->setRange(axis->range().lower * before / after, axis->range().upper * before / after);
        else
            axis->moveRange(before - after);
    };
    if (dragAxes & Qt::Horizontal)
        shift(plot->xAxis, dragStart.x(), event->pos().x());
    if (dragAxes & Qt::Vertical)
        shift(plot->yAxis, dragStart.y(), event->pos().y());
    plot->replot(QCustomPlot::rpQueuedReplot);
}

void TimeSeries::Impl::release()
{
    if (dragging && boxing)
        showBox(band->geometry() & plot->axisRect()->rect());
    band->hide();
    dragging = false;
}

void TimeSeries::Impl::showBox(const QRect &box)
{
    if (box.width() < 4 || box.height() < 4)
        return;
    q->setRanges({plot->xAxis->pixelToCoord(box.left()), plot->xAxis->pixelToCoord(box.right())},
                 {plot->yAxis->pixelToCoord(box.bottom()), plot->yAxis->pixelToCoord(box.top())});
}

void TimeSeries::Impl::hover(const QPoint &position)
{
    const double at = plot->xAxis->pixelToCoord(position.x());
    double nearest = std::numeric_limits<double>::quiet_NaN();
    for (const Curve &curve : curves) {
        const auto data = curve.graph->data();
        if (data->isEmpty())
            continue;
        auto point = data->findBegin(at, true);
        for (int i = 0; i < 3 && point != data->constEnd(); ++i, ++point) {
            if (std::isnan(nearest) || std::abs(point->key - at) < std::abs(nearest - at))
                nearest = point->key;
        }
    }
    if (std::isnan(nearest))
        return;
    int best = -1;
    double distance = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < curves.size(); ++i) {
        const auto point = curves[i].graph->data()->findBegin(nearest, false);
        if (curves[i].faint || point == curves[i].graph->data()->constEnd() || std::isnan(point->value))
            continue;
        const double off = std::abs(plot->yAxis->coordToPixel(point->value) - position.y());
        if (off < distance) {
            distance = off;
            best = static_cast<int>(i);
        }
    }
    if (nearest == hoveredX && best == hoveredCurve)
        return;
    hoveredX = nearest;
    hoveredCurve = best;
    q->setCursor(nearest);
    emit q->hovered(nearest, best);
}

bool TimeSeries::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Wheel: {
        auto *wheel = static_cast<QWheelEvent *>(event);
        m_impl->wheel(wheel->position().toPoint(), wheel->angleDelta().y() / 120.0);
        return true;
    }
    case QEvent::MouseButtonPress:
        if (static_cast<QMouseEvent *>(event)->button() != Qt::LeftButton)
            break;
        m_impl->press(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseMove:
        m_impl->move(static_cast<QMouseEvent *>(event));
        return true;
    case QEvent::MouseButtonRelease:
        m_impl->release();
        return true;
    case QEvent::MouseButtonDblClick:
        fit();
        return true;
    case QEvent::Leave:
        m_impl->hoveredX = std::numeric_limits<double>::quiet_NaN();
        setCursor(m_impl->hoveredX);
        emit unhovered();
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace samout
