// SPDX-License-Identifier: GPL-3.0-only
#include "ui/plots/color_bar.h"
#include "ui/plots/fitted_range.h"
#include "ui/plots/heatmap.h"
#include "ui/plots/plot_theme.h"

#include <QSignalSpy>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace samout;

/// Heatmaps: a cell's colour, and the cell under the pointer.
class HeatmapTest : public QObject {
    Q_OBJECT

private slots:
    void cellsHaveTheirColours();
    void signedLogIsSymmetric();
    void logarithmOfWhatIsNotNegative();
    void aTriangleIsBackgroundRightOfIt();
    void labelsLeaveTheCellsWhole();
    void pointerFindsItsCell();
    void marksAndCursorAreDrawn();
    void emptyIsASentence();
    void rangeGrowsAtOnceAndShrinksSlowly();
    void mapsAreEvenAndNeutral();
    void colorBarClickIsTold();
};

namespace {

constexpr float notANumber = std::numeric_limits<float>::quiet_NaN();
constexpr float infinity = std::numeric_limits<float>::infinity();

/// A heatmap of 2 x 3 cells of 20 x 20 pixels, without labels.
void fill(Heatmap &heatmap)
{
    heatmap.setValues(2, 3, {0, 1, notANumber, 0.5F, infinity, -infinity});
    heatmap.setColors(ColorMap::cividis(), Heatmap::Scale::Linear, 0, 1);
    heatmap.resize(60, 40);
}

void moveTo(QWidget &widget, QPoint position)
{
    QMouseEvent event(QEvent::MouseMove, position, widget.mapToGlobal(position), Qt::NoButton, Qt::NoButton,
                      Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &event);
}

} // namespace

void HeatmapTest::cellsHaveTheirColours()
{
    Heatmap heatmap;
    fill(heatmap);
    const QImage image = heatmap.grab().toImage();
    const auto &colors = ColorMap::cividis().colors;
    QCOMPARE(image.pixel(10, 10), colors[0]);
    QCOMPARE(image.pixel(30, 10), colors[255]);
    QCOMPARE(image.pixel(50, 10), nanColor);
    QCOMPARE(image.pixel(10, 30), colors[128]);
    QCOMPARE(image.pixel(30, 30), colors[255]);
    QCOMPARE(image.pixel(50, 30), colors[0]);
    // No smoothing: the colour reaches the cell's edges.
    QCOMPARE(image.pixel(19, 1), colors[0]);
    QCOMPARE(image.pixel(20, 1), colors[255]);
}

void HeatmapTest::signedLogIsSymmetric()
{
    const auto place = [](double value) { return Heatmap::placeOf(value, Heatmap::Scale::SignedLog, -1000, 1000); };
    QCOMPARE(place(0), 0.5);
    QCOMPARE(place(1000), 1.0);
    QCOMPARE(place(-1000), 0.0);
    QCOMPARE(place(-10), 1 - place(10));
    // Three decades: each takes about a third of its side.
    QVERIFY(place(100) > 0.80 && place(100) < 0.86);
    QVERIFY(place(10) > 0.63 && place(10) < 0.70);
    QVERIFY(std::isnan(place(std::nan(""))));
    // The picture agrees.
    Heatmap heatmap;
    fill(heatmap);
    heatmap.setValues(2, 3, {-1000, 0, 10, -10, infinity, notANumber});
    heatmap.setColors(ColorMap::diverging(true), Heatmap::Scale::SignedLog, -1000, 1000);
    const QImage image = heatmap.grab().toImage();
    const auto color = [&](double value) {
        return ColorMap::diverging(true).colors[static_cast<std::size_t>(255 * place(value) + 0.5)];
    };
    QCOMPARE(image.pixel(10, 10), color(-1000));
    QCOMPARE(image.pixel(30, 10), color(0));
    QCOMPARE(image.pixel(50, 10), color(10));
    QCOMPARE(image.pixel(10, 30), color(-10));
    QCOMPARE(image.pixel(30, 30), color(1000));
    QCOMPARE(image.pixel(50, 30), nanColor);
}

void HeatmapTest::logarithmOfWhatIsNotNegative()
{
    const auto place = [](double value) { return Heatmap::placeOf(value, Heatmap::Scale::Log, 0, 1000); };
    QCOMPARE(place(0), 0.0);
    QCOMPARE(place(1000), 1.0);
    QCOMPARE(place(-5), 0.0);
    // Three decades: each takes about a third.
    QVERIFY(place(100) > 0.62 && place(100) < 0.70);
    QVERIFY(place(10) > 0.28 && place(10) < 0.40);
    QVERIFY(std::isnan(place(std::nan(""))));
}

void HeatmapTest::aTriangleIsBackgroundRightOfIt()
{
    Heatmap heatmap;
    fill(heatmap);
    heatmap.setTriangle(0);
    const QImage image = heatmap.grab().toImage();
    const auto &colors = ColorMap::cividis().colors;
    const QRgb background = PlotTheme::of(heatmap).background.rgb();
    QCOMPARE(image.pixel(10, 10), colors[0]);
    QCOMPARE(image.pixel(30, 10), background);
    QCOMPARE(image.pixel(50, 10), background);
    QCOMPARE(image.pixel(10, 30), colors[128]);
    QCOMPARE(image.pixel(30, 30), colors[255]);
    QCOMPARE(image.pixel(50, 30), background);
    heatmap.setTriangle(1);
    QCOMPARE(heatmap.grab().toImage().pixel(30, 10), colors[255]);
}

void HeatmapTest::labelsLeaveTheCellsWhole()
{
    Heatmap heatmap;
    fill(heatmap);
    heatmap.setTitle("head 0");
    heatmap.setColumnLabels({"a", "b", "c"});
    heatmap.resize(60, 100);
    const QImage image = heatmap.grab().toImage();
    const auto &colors = ColorMap::cividis().colors;
    const QRgb background = PlotTheme::of(heatmap).background.rgb();
    QCOMPARE(image.pixel(59, 0), background);
    QCOMPARE(image.pixel(59, 99), background);
    QCOMPARE(image.pixel(10, 40), colors[0]);
    QCOMPARE(image.pixel(10, 60), colors[128]);
}

void HeatmapTest::pointerFindsItsCell()
{
    Heatmap heatmap;
    fill(heatmap);
    QSignalSpy hovered(&heatmap, &Heatmap::hovered);
    moveTo(heatmap, {50, 10});
    moveTo(heatmap, {41, 15});
    QCOMPARE(hovered.size(), 1);
    QCOMPARE(hovered.takeFirst(), (QVariantList{0, 2}));
    moveTo(heatmap, {19, 39});
    QCOMPARE(hovered.takeFirst(), (QVariantList{1, 0}));
    QEvent leave(QEvent::Leave);
    QCoreApplication::sendEvent(&heatmap, &leave);
    QCOMPARE(hovered.takeFirst(), (QVariantList{-1, -1}));
}

void HeatmapTest::marksAndCursorAreDrawn()
{
    Heatmap heatmap;
    fill(heatmap);
    const QImage plain = heatmap.grab().toImage();
    heatmap.setMarks({0, 1, 0, 0, 0, 0});
    const QImage marked = heatmap.grab().toImage();
    QVERIFY(marked.pixel(20, 10) != plain.pixel(20, 10));
    QCOMPARE(marked.pixel(30, 10), plain.pixel(30, 10));
    heatmap.setMarks({});
    heatmap.setCursor(1, 0);
    const QImage pointed = heatmap.grab().toImage();
    QVERIFY(pointed.pixel(19, 5) != plain.pixel(19, 5));
    QVERIFY(pointed.pixel(50, 20) != plain.pixel(50, 20));
    QCOMPARE(pointed.pixel(50, 10), plain.pixel(50, 10));
}

void HeatmapTest::emptyIsASentence()
{
    Heatmap heatmap;
    heatmap.resize(200, 100);
    const QImage blank = heatmap.grab().toImage();
    heatmap.setEmptyText("Press Start to fill it.");
    QVERIFY(heatmap.grab().toImage() != blank);
}

void HeatmapTest::rangeGrowsAtOnceAndShrinksSlowly()
{
    FittedRange range;
    range.update(0, 1);
    range.update(-2, 3);
    QCOMPARE(range.low(), -2.0F);
    QCOMPARE(range.high(), 3.0F);
    range.update(0, 1);
    QCOMPARE(range.low(), -1.8F);
    QCOMPARE(range.high(), 2.8F);
    for (int i = 0; i < 200; ++i)
        range.update(0, 1);
    QVERIFY(std::abs(range.low()) < 1e-3F && std::abs(range.high() - 1) < 1e-3F);
    range.reset();
    range.update(5, 6);
    QCOMPARE(range.low(), 5.0F);
}

void HeatmapTest::mapsAreEvenAndNeutral()
{
    for (const ColorMap *map : {&ColorMap::cividis(), &ColorMap::viridis()}) {
        for (std::size_t i = 8; i < 256; i += 8)
            QVERIFY2(qGray(map->colors[i]) >= qGray(map->colors[i - 8]), qPrintable(map->name));
    }
    for (const bool dark : {true, false}) {
        const QColor middle = QColor(ColorMap::diverging(dark).colors[127]);
        QVERIFY(middle.hsvSaturation() < 20);
        QCOMPARE(middle.lightness() < 128, dark);
        const QColor low = QColor(ColorMap::diverging(dark).colors[0]);
        const QColor high = QColor(ColorMap::diverging(dark).colors[255]);
        QVERIFY(low.blue() > low.red() && high.red() > high.blue());
    }
    // No map contains the colour of NaN.
    for (const ColorMap *map : {&ColorMap::cividis(), &ColorMap::viridis(), &ColorMap::diverging(true)})
        QVERIFY(std::find(map->colors.begin(), map->colors.end(), nanColor) == map->colors.end());
}

void HeatmapTest::colorBarClickIsTold()
{
    ColorBar bar;
    bar.resize(60, 120);
    bar.setColors(ColorMap::viridis(), Heatmap::Scale::Linear, 0, 1);
    QSignalSpy clicked(&bar, &ColorBar::clicked);
    QTest::mouseClick(&bar, Qt::LeftButton);
    QCOMPARE(clicked.size(), 1);
    // Low at the bottom, above its number.
    const QRgb lowest = bar.grab().toImage().pixel(5, 119 - QFontMetrics(PlotTheme::font(bar)).height() - 3);
    const auto begin = ColorMap::viridis().colors.begin();
    QVERIFY(std::find(begin, begin + 8, lowest) != begin + 8);
}

QTEST_MAIN(HeatmapTest)
#include "heatmap_test.moc"
