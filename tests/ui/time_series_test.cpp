// SPDX-License-Identifier: GPL-3.0-only
#include "ui/plots/color_map.h"
#include "ui/plots/smoother.h"
#include "ui/plots/time_series.h"

#include <qcustomplot.h>

#include <QSignalSpy>
#include <QtTest>

#include <cmath>

using namespace samout;

/// The plot of a growing curve: its picture, and its use by mouse and keys.
class TimeSeriesTest : public QObject {
    Q_OBJECT

private slots:
    void fitShowsAllPointsAndLines();
    void logarithmicLeavesOutWhatIsNotPositive();
    void equalValuesHaveARangeAndLabels_data();
    void equalValuesHaveARangeAndLabels();
    void notFiniteIsAMarkedGap();
    void wheelZoomsAtThePointer();
    void wheelOverAnAxisZoomsItAlone();
    void dragMovesAndDoubleClickFits();
    void shiftDragZoomsToABox();
    void followMovesAlong();
    void pointerFindsTheNearestPoint();
    void hiddenCatchesUpWhenShown();
    void smootherIsDebiased();
};

namespace {

/// A shown plot with one curve y = x at x = 0, 1, .., 100.
struct Line {
    TimeSeries plot;
    int curve = plot.addCurve("curve", 0);

    Line()
    {
        for (int i = 0; i <= 100; ++i)
            plot.append(curve, i, i);
        plot.resize(400, 300);
        plot.show();
        draw();
    }
    void draw()
    {
        plot.refresh();
        QCoreApplication::processEvents();
    }
    QWidget *canvas() { return plot.findChild<QWidget *>(); }
};

void wheel(QWidget *widget, QPoint position, int notches)
{
    QWheelEvent event(position, widget->mapToGlobal(position), {}, {0, 120 * notches}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(widget, &event);
}

void mouse(QWidget *widget, QEvent::Type type, QPoint position, Qt::KeyboardModifiers modifiers = {})
{
    const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
    QMouseEvent event(type, position, widget->mapToGlobal(position), button, Qt::LeftButton, modifiers);
    QCoreApplication::sendEvent(widget, &event);
}

void drag(QWidget *widget, QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {})
{
    mouse(widget, QEvent::MouseButtonPress, from, modifiers);
    mouse(widget, QEvent::MouseMove, to, modifiers);
    mouse(widget, QEvent::MouseButtonRelease, to, modifiers);
}

double width(AxisRange range) { return range.upper - range.lower; }

} // namespace

void TimeSeriesTest::fitShowsAllPointsAndLines()
{
    Line line;
    QVERIFY(line.plot.xRange().lower <= 0 && line.plot.xRange().upper >= 100);
    QVERIFY(line.plot.yRange().lower <= 0 && line.plot.yRange().upper >= 100 && line.plot.yRange().upper < 120);
    line.plot.addLine("above", 400);
    line.plot.append(line.curve, 250, -30);
    line.draw();
    QVERIFY(line.plot.yRange().upper >= 400 && line.plot.yRange().lower <= -30);
    QVERIFY(line.plot.xRange().upper >= 250);
    QCOMPARE(line.plot.lineLabels(), QStringList{"above"});
    line.plot.setPoints(line.curve, {1, 2}, {3, 4});
    line.plot.clear();
    QVERIFY(line.plot.lineLabels().isEmpty());
}

void TimeSeriesTest::logarithmicLeavesOutWhatIsNotPositive()
{
    Line line;
    line.plot.setLogarithmic(true);
    QVERIFY(line.plot.isLogarithmic());
    QVERIFY(line.plot.yRange().lower > 0.5 && line.plot.yRange().lower <= 1);
    QVERIFY(line.plot.yRange().upper >= 100);
}

void TimeSeriesTest::equalValuesHaveARangeAndLabels_data()
{
    QTest::addColumn<QVector<double>>("values");
    QTest::addColumn<QString>("label"); // one of the labels on the axis
    QTest::newRow("nothing differs") << QVector<double>{0, 0, 0} << "0.50";
    QTest::newRow("a constant") << QVector<double>{4, 4, 4} << "4.00";
    QTest::newRow("a small one") << QVector<double>{-2e-9, -2e-9, -2e-9} << "-2e-09";
    QTest::newRow("rounding") << QVector<double>{1, 1 + 3e-16, 1} << "1.0000";
    QTest::newRow("nearly the same") << QVector<double>{1, 1 + 5e-7, 1 + 1e-6} << "1.0000004";
    QTest::newRow("small differences") << QVector<double>{-1e-6, 0, 1e-6} << "5e-07";
    QTest::newRow("smaller than any loss") << QVector<double>{-3e-15, 0, 3e-15} << "2e-15";
}

void TimeSeriesTest::equalValuesHaveARangeAndLabels()
{
    QFETCH(const QVector<double>, values);
    QFETCH(const QString, label);
    Line line;
    line.plot.setPoints(line.curve, {1, 2, 3}, values);
    line.draw();
    const AxisRange range = line.plot.yRange();
    for (const double value : values)
        QVERIFY(range.lower < value && value < range.upper);
    QVector<double> ticks;
    QStringList labels;
    line.plot.findChild<QCustomPlot *>()->yAxis->ticker()->generate({range.lower, range.upper}, QLocale(), 'g', 6,
                                                                    ticks, nullptr, &labels);
    QVERIFY2(labels.contains(label), qPrintable(labels.join(' ')));
    QVERIFY2(labels.removeDuplicates() == 0, qPrintable(labels.join(' ')));
    QVERIFY2(!labels.contains("-0"), qPrintable(labels.join(' ')));
}

void TimeSeriesTest::notFiniteIsAMarkedGap()
{
    Line line;
    const auto magenta = [&line] {
        line.draw();
        const QImage image = line.plot.grab().toImage();
        int count = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x)
                count += image.pixel(x, y) == nanColor;
        }
        return count;
    };
    QCOMPARE(magenta(), 0);
    line.plot.append(line.curve, 101, std::nan(""));
    line.plot.append(line.curve, 102, HUGE_VAL);
    line.plot.append(line.curve, 103, 103);
    QCOMPARE(line.plot.gaps(line.curve), (QVector<double>{101, 102}));
    QVERIFY(magenta() > 10);
    QVERIFY(line.plot.yRange().upper < 120);
    line.plot.setPoints(line.curve, {1, 2}, {1, 2});
    QVERIFY(line.plot.gaps(line.curve).isEmpty());
    QCOMPARE(magenta(), 0);
}

void TimeSeriesTest::wheelZoomsAtThePointer()
{
    Line line;
    const AxisRange before = line.plot.xRange();
    QSignalSpy changed(&line.plot, &TimeSeries::viewChanged);
    // A wheel turn in the middle keeps the middle.
    wheel(line.canvas(), {200, 150}, 2);
    const AxisRange after = line.plot.xRange();
    QVERIFY(width(after) < 0.8 * width(before));
    QVERIFY(after.lower > before.lower && after.upper < before.upper);
    QVERIFY(line.plot.yRange().upper < 100);
    QCOMPARE(line.plot.view(), TimeSeries::View::Free);
    QCOMPARE(changed.size(), 1);
    wheel(line.canvas(), {200, 150}, -2);
    QVERIFY(std::abs(line.plot.xRange().lower - before.lower) < 1e-6);
}

void TimeSeriesTest::wheelOverAnAxisZoomsItAlone()
{
    Line line;
    const AxisRange x = line.plot.xRange();
    const AxisRange y = line.plot.yRange();
    wheel(line.canvas(), {5, 100}, 1);
    QCOMPARE(line.plot.xRange().lower, x.lower);
    QVERIFY(width(line.plot.yRange()) < width(y));
    const AxisRange zoomed = line.plot.yRange();
    wheel(line.canvas(), {200, 297}, 1);
    QVERIFY(width(line.plot.xRange()) < width(x));
    QCOMPARE(line.plot.yRange().lower, zoomed.lower);
}

void TimeSeriesTest::dragMovesAndDoubleClickFits()
{
    Line line;
    const AxisRange before = line.plot.xRange();
    drag(line.canvas(), {200, 150}, {150, 150});
    const AxisRange moved = line.plot.xRange();
    QVERIFY(moved.lower > before.lower + 5);
    QVERIFY(std::abs(width(moved) - width(before)) < 1e-6);
    line.plot.append(line.curve, 200, 10);
    line.draw();
    QCOMPARE(line.plot.xRange().lower, moved.lower);
    mouse(line.canvas(), QEvent::MouseButtonDblClick, {200, 150});
    QCOMPARE(line.plot.view(), TimeSeries::View::Fit);
    QVERIFY(line.plot.xRange().lower <= 0 && line.plot.xRange().upper >= 200);
}

void TimeSeriesTest::shiftDragZoomsToABox()
{
    Line line;
    drag(line.canvas(), {150, 100}, {250, 200}, Qt::ShiftModifier);
    QVERIFY(width(line.plot.xRange()) < 50);
    QVERIFY(width(line.plot.yRange()) < 60);
    QVERIFY(line.plot.xRange().lower > 10 && line.plot.xRange().upper < 90);
}

void TimeSeriesTest::followMovesAlong()
{
    Line line;
    line.plot.setRanges({80, 100}, {0, 100});
    line.plot.setFollowing(true);
    line.plot.append(line.curve, 500, 50);
    line.draw();
    QVERIFY(line.plot.xRange().upper > 500 && line.plot.xRange().upper < 505);
    QVERIFY(std::abs(width(line.plot.xRange()) - 20) < 1e-6);
    QCOMPARE(line.plot.yRange().upper, 100.0);
    line.plot.setFollowing(false);
    line.plot.append(line.curve, 600, 50);
    line.draw();
    QVERIFY(line.plot.xRange().upper < 505);
}

void TimeSeriesTest::pointerFindsTheNearestPoint()
{
    Line line;
    const int other = line.plot.addCurve("other", 1);
    for (int i = 0; i <= 100; i += 10)
        line.plot.append(other, i, 100 - i);
    line.draw();
    QSignalSpy hovered(&line.plot, &TimeSeries::hovered);
    mouse(line.canvas(), QEvent::MouseMove, {200, 40});
    QCOMPARE(hovered.size(), 1);
    const double x = hovered.first().first().toDouble();
    QVERIFY(x > 30 && x < 70 && x == std::floor(x));
    QSignalSpy left(&line.plot, &TimeSeries::unhovered);
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(line.canvas(), &leave);
    QCOMPARE(left.size(), 1);
}

void TimeSeriesTest::hiddenCatchesUpWhenShown()
{
    Line line;
    line.plot.hide();
    line.plot.append(line.curve, 5000, 1);
    QCoreApplication::processEvents();
    QVERIFY(line.plot.xRange().upper < 200);
    line.plot.show();
    QVERIFY(line.plot.xRange().upper >= 5000);
}

void TimeSeriesTest::smootherIsDebiased()
{
    Smoother smoother;
    for (int i = 0; i < 500; ++i)
        QVERIFY(std::abs(smoother.add(4) - 4) < 1e-9);
    QVERIFY(std::isnan(smoother.add(std::nan(""))));
    const double after = smoother.add(5);
    QVERIFY(after > 4 && after < 4.2);
    smoother.reset();
    QCOMPARE(smoother.add(7), 7.0);
}

QTEST_MAIN(TimeSeriesTest)
#include "time_series_test.moc"
