// SPDX-License-Identifier: GPL-3.0-only
#include "ui/plots/tickers.h"
#include "ui/plots/time_series_impl.h"

#include <algorithm>
#include <cmath>

namespace samout {

namespace {

constexpr int dotsUpTo = 100;
constexpr int smoothUpTo = 5000;

} // namespace

void TimeSeries::Impl::chooseTickers()
{
    const auto count = [](int pixels, int each) { return std::clamp(pixels / each, 2, 8); };
    QSharedPointer<QCPAxisTicker> x;
    if (xKind == XKind::Seconds)
        x.reset(new SecondsTicker);
    else
        x.reset(new CountTicker(1));
    x->setTickCount(count(plot->axisRect()->width(), 80));
    plot->xAxis->setTicker(x);
    QSharedPointer<QCPAxisTicker> y;
    if (q->isLogarithmic())
        y.reset(new LogTicker);
    else
        y.reset(new CountTicker(0));
    y->setTickCount(count(plot->axisRect()->height(), 26));
    plot->yAxis->setTicker(y);
}

void TimeSeries::Impl::reserveLabelMargin()
{
    const QFontMetrics metrics(PlotTheme::font(*q));
    int widest = 0;
    for (const Curve &curve : curves) {
        if (!curve.faint && !curve.y.empty())
            widest = std::max(widest, metrics.horizontalAdvance(curve.name));
    }
    const int margin = std::min(widest + (widest > 0 ? 12 : 8), plot->width() * 2 / 5);
    if (plot->axisRect()->margins().right() == margin)
        return;
    QMargins margins = plot->axisRect()->margins();
    margins.setRight(margin);
    plot->axisRect()->setMargins(margins);
}

void TimeSeries::Impl::placeLabels()
{
    for (Curve &curve : curves) {
        const int points = curve.graph->dataCount();
        curve.graph->setAntialiased(points <= smoothUpTo);
        curve.graph->setScatterStyle(points <= dotsUpTo ? QCPScatterStyle(QCPScatterStyle::ssDisc, 4)
                                                        : QCPScatterStyle());
    }
    placeCurveLabels();
    placeLineLabels();
}

void TimeSeries::Impl::placeCurveLabels()
{
    struct Place {
        Curve *curve;
        double y;
    };
    std::vector<Place> places;
    const QCPRange shown = plot->xAxis->range();
    const QRect rect = plot->axisRect()->rect();
    for (Curve &curve : curves) {
        curve.label->setVisible(false);
        if (curve.faint || curve.name.isEmpty() || curve.y.empty())
            continue;
        auto point = curve.graph->data()->findEnd(shown.upper, false);
        const auto begin = curve.graph->data()->constBegin();
        double value = std::numeric_limits<double>::quiet_NaN();
        // The last visible number; a curve that ends in a long gap has no label.
        for (int tries = 0; tries < 1000 && point != begin && std::isnan(value); ++tries)
            value = (--point)->value;
        if (std::isfinite(value))
            places.push_back({&curve, std::clamp<double>(plot->yAxis->coordToPixel(value), rect.top(), rect.bottom())});
    }
    std::stable_sort(places.begin(), places.end(), [](const Place &a, const Place &b) { return a.y < b.y; });
    // Labels stand as close as capitals and figures allow; if even that does not fit, only every second label, and so
    // on.
    const double height = QFontMetrics(PlotTheme::font(*q)).capHeight() + 2;
    const auto room = static_cast<std::size_t>(std::max(1.0, rect.height() / height + 1));
    if (places.size() > room) {
        const std::size_t every = (places.size() + room - 1) / room;
        std::vector<Place> kept;
        for (std::size_t i = 0; i < places.size(); i += every)
            kept.push_back(places[i]);
        places = kept;
    }
    double lowest = -std::numeric_limits<double>::infinity();
    for (Place &place : places) {
        place.y = std::max(place.y, lowest);
        lowest = place.y + height;
    }
    double limit = rect.bottom();
    for (auto place = places.rbegin(); place != places.rend(); ++place) {
        place->y = std::min(place->y, limit);
        limit = place->y - height;
    }
    const int width = plot->width() - rect.right() - 8;
    const QFontMetrics metrics(PlotTheme::font(*q));
    for (const Place &place : places) {
        place.curve->label->setText(metrics.elidedText(place.curve->name, Qt::ElideRight, width));
        place.curve->label->position->setCoords(rect.right() + 6, place.y);
        place.curve->label->setVisible(true);
    }
}

bool TimeSeries::Impl::curvesCross(const QRectF &box) const
{
    constexpr int samples = 12;
    for (const Curve &curve : curves) {
        for (int i = 0; i <= samples; ++i) {
            const double x = plot->xAxis->pixelToCoord(box.left() + i * box.width() / samples);
            const auto point = curve.graph->data()->findBegin(x, false);
            if (x < curve.x.low || point == curve.graph->data()->constEnd() || std::isnan(point->value))
                continue;
            const double y = plot->yAxis->coordToPixel(point->value);
            if (y > box.top() && y < box.bottom())
                return true;
        }
    }
    return false;
}

void TimeSeries::Impl::placeLineLabels()
{
    const QRect rect = plot->axisRect()->rect();
    const QFontMetrics metrics(PlotTheme::font(*q));
    const int height = metrics.height();
    std::vector<Line *> sorted;
    for (Line &line : lines)
        sorted.push_back(&line);
    std::sort(sorted.begin(), sorted.end(), [](const Line *a, const Line *b) { return a->y > b->y; });
    // A label stands on its line; if the lines are too close, below the label above it.
    double lowest = rect.top() + height / 2.0;
    for (Line *line : sorted) {
        const double y = plot->yAxis->coordToPixel(line->y);
        const bool shown = rect.contains(rect.center().x(), static_cast<int>(y)) && lowest <= rect.bottom();
        line->text->setVisible(shown);
        if (!shown)
            continue;
        const double middle = std::min<double>(std::max(y, lowest), rect.bottom() - height / 2.0);
        // The label is at the right, unless curves cross there and not at the left.
        const QSizeF size(metrics.horizontalAdvance(line->label) + 6, height);
        const QRectF right(QPointF(rect.right() - size.width(), middle - size.height() / 2), size);
        const QRectF left(QPointF(rect.left() + 4, right.top()), size);
        const bool leftIsBetter = curvesCross(right) && !curvesCross(left);
        line->text->setPositionAlignment((leftIsBetter ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
        line->text->position->setCoords(leftIsBetter ? left.left() : rect.right(), middle);
        lowest = middle + height;
    }
}

} // namespace samout
