// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "ui/plots/plot_theme.h"
#include "ui/plots/time_series.h"

#include <QElapsedTimer>
#include <QRubberBand>
#include <QTimer>

#include <qcustomplot.h>

#include <limits>
#include <vector>

namespace samout {

/// The smallest and largest of the numbers so far.
struct Span {
    double low = std::numeric_limits<double>::infinity();
    double high = -std::numeric_limits<double>::infinity();

    void add(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    bool empty() const { return low > high; }
};

/// A curve. Its ranges are updated as points are appended: asking QCustomPlot for them takes milliseconds for a million
/// points.
struct Curve {
    QString name;
    int category = 0;
    bool faint = false;
    QCPGraph *graph = nullptr;
    QCPGraph *gaps = nullptr;
    QCPItemText *label = nullptr;
    Span x;
    Span y;
    Span positiveY;
};

struct Line {
    QString label;
    double y = 0;
    QCPItemLine *line = nullptr;
    QCPItemText *text = nullptr;
};

/// The private part of TimeSeries, so that no panel has to compile QCustomPlot: curves and ranges (time_series.cpp),
/// their labels (time_series_labels.cpp), and mouse handling (time_series_mouse.cpp).
struct TimeSeries::Impl {
    explicit Impl(TimeSeries *owner);

    void addPoint(Curve &curve, double x, double y);
    void markDirty();
    void fitRanges();
    void followRange();
    void setView(View view);
    void applyTheme();
    void styleCurve(const Curve &curve) const;
    void styleLine(const Line &line) const;
    void chooseTickers();
    void reserveLabelMargin();
    void placeLabels();
    void placeCurveLabels();
    void placeLineLabels();
    bool curvesCross(const QRectF &box) const;
    void hover(const QPoint &position);
    void wheel(const QPoint &position, double steps);
    void press(QMouseEvent *event);
    void move(QMouseEvent *event);
    void release();
    void showBox(const QRect &box);
    Qt::Orientations axesAt(const QPoint &position) const;

    TimeSeries *q;
    QCustomPlot *plot;
    std::vector<Curve> curves;
    std::vector<Line> lines;
    QCPItemLine *cursor = nullptr;
    QRubberBand *band;
    QTimer timer;
    QElapsedTimer sinceDrawn;
    bool dirty = true;
    View view = View::Fit;
    XKind xKind = XKind::Count;
    PlotTheme theme;
    bool dragging = false;
    bool boxing = false;
    Qt::Orientations dragAxes;
    QPoint dragStart;
    QCPRange dragX;
    QCPRange dragY;
    double hoveredX = std::numeric_limits<double>::quiet_NaN();
    int hoveredCurve = -1;
};

} // namespace samout
