// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/window/bench.h"
#include "ui/plots/heatmap.h"
#include "ui/plots/time_series.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QWheelEvent>

#include <cmath>

namespace samout {

namespace {

constexpr QSize windowSize(1600, 900);

Finding heatmaps()
{
    constexpr int count = 6, rows = 64, cols = 1024, times = 40;
    QWidget window;
    auto *layout = new QHBoxLayout(&window);
    std::vector<Heatmap *> maps;
    for (int i = 0; i < count; ++i) {
        maps.push_back(new Heatmap);
        layout->addWidget(maps.back());
    }
    window.resize(windowSize);
    window.show();
    QApplication::processEvents();
    std::vector<float> values(static_cast<std::size_t>(rows) * cols);
    std::vector<double> seconds;
    for (int time = 0; time < times; ++time) {
        for (std::size_t i = 0; i < values.size(); ++i)
            values[i] = std::sin(static_cast<float>(i) * 0.01F + static_cast<float>(time));
        const double begin = now();
        for (Heatmap *map : maps)
            map->setValues(rows, cols, values);
        window.repaint();
        seconds.push_back(now() - begin);
    }
    return {.name = "draw/6 heatmaps of 1024 x 64", .ours = timingsOf(seconds), .others = {}, .limit = 0.008};
}

void wheel(QWidget *canvas, int notches)
{
    const QPointF middle(canvas->width() / 2.0, canvas->height() / 2.0);
    QWheelEvent event(middle, canvas->mapToGlobal(middle), {}, {0, 120 * notches}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(canvas, &event);
}

void drag(QWidget *canvas, QEvent::Type type, double x)
{
    const QPointF place(x, canvas->height() / 2.0);
    const bool moves = type == QEvent::MouseMove;
    QMouseEvent event(type, place, canvas->mapToGlobal(place), moves ? Qt::NoButton : Qt::LeftButton,
                      type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(canvas, &event);
}

std::vector<Finding> millionPoints()
{
    constexpr int count = 1'000'000;
    TimeSeries plot;
    const int curve = plot.addCurve(QStringLiteral("loss"), 0);
    QVector<double> xs(count), ys(count);
    for (int i = 0; i < count; ++i) {
        xs[i] = i;
        ys[i] = 3 * std::exp(-i * 5e-6) + 0.2 * std::sin(i * 0.37) * std::sin(i * 0.011);
    }
    plot.setPoints(curve, xs, ys);
    plot.resize(windowSize);
    plot.show();
    plot.refresh();
    QApplication::processEvents();
    QWidget *canvas = plot.findChild<QWidget *>();

    const auto frame = [](const std::function<void()> &change, std::vector<double> *seconds) {
        const double begin = now();
        change();
        QApplication::processEvents();
        seconds->push_back(now() - begin);
    };
    std::vector<double> zooms, pans, appends;
    for (int i = 0; i < 40; ++i)
        frame([&] { wheel(canvas, i % 20 < 10 ? 1 : -1); }, &zooms);
    plot.fit();
    drag(canvas, QEvent::MouseButtonPress, canvas->width() / 2.0);
    for (int i = 0; i < 40; ++i)
        frame([&] { drag(canvas, QEvent::MouseMove, canvas->width() / 2.0 + 7 * (i % 20)); }, &pans);
    drag(canvas, QEvent::MouseButtonRelease, canvas->width() / 2.0);
    plot.hide();
    // Enough points that every buffer has to grow.
    for (int i = 0; i < count / 2; ++i) {
        const double begin = now();
        plot.append(curve, count + i, ys[i]);
        appends.push_back(now() - begin);
    }
    const double longest = *std::max_element(appends.begin(), appends.end());
    Finding append{.name = "draw/append to 1,000,000 points", .ours = timingsOf(appends), .others = {}, .limit = 0.001};
    append.ours.p95 = longest; // the slowest one: each holds up a frame
    return {{.name = "draw/zoom of 1,000,000 points", .ours = timingsOf(zooms), .others = {}, .limit = 0.010},
            {.name = "draw/pan of 1,000,000 points", .ours = timingsOf(pans), .others = {}, .limit = 0.010},
            append};
}

} // namespace

std::vector<Finding> benchPlots()
{
    std::vector<Finding> findings{heatmaps()};
    for (const Finding &finding : millionPoints())
        findings.push_back(finding);
    return findings;
}

} // namespace samout
