// What open panels cost a training: one training in the window, whose panels are shown and hidden in turns of a few
// steps, so that a noisy machine troubles both alike.
// Usage: open_panels [article|classroom] [TURNS]
#include "core/session.h"
#include "ui/draw_budget.h"
#include "ui/live.h"
#include "ui/main_window.h"
#include "ui/models/training_setup.h"
#include "ui/theme.h"
#include "ui/training_controls.h"

#include <QAction>
#include <QApplication>

#include <algorithm>
#include <cstdio>
#include <cstdlib>

using namespace samout;

namespace {

struct Figures {
    double least, median, mean;
};

Figures figuresOf(std::vector<double> seconds)
{
    std::sort(seconds.begin(), seconds.end());
    double sum = 0;
    for (const double value : seconds)
        sum += value;
    return {seconds.front(), seconds[seconds.size() / 2], sum / static_cast<double>(seconds.size())};
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    const std::string preset = argc > 1 ? argv[1] : "article";
    const int turns = argc > 2 ? std::atoi(argv[2]) : 10;
    const std::int64_t turnLength = preset == "article" ? 4 : 100;
    TrainingOptions options = presetNamed(preset);
    options.steps = turnLength * (2 * turns + 1);
    options.heldOutEvery = 0;
    options.device = "cpu";

    Theme theme(ThemeChoice::Light);
    MainWindow window(&theme, nullptr);
    window.setup()->setOptions(options);
    window.show();

    std::vector<double> hidden, shown;
    double drawing = 0, before = threadMilliseconds();
    QObject::connect(window.live(), &Live::stepped, [&](const QList<StepMetrics> &list) {
        for (const StepMetrics &metrics : list) {
            // The first turn warms up, and so does the first step of each.
            const auto turn = (metrics.step - 1) / turnLength, place = (metrics.step - 1) % turnLength;
            if (turn > 0 && place > 0)
                (turn % 2 == 0 ? shown : hidden).push_back(metrics.seconds);
        }
        const bool show = (list.last().step / turnLength) % 2 == 0;
        if (show == window.isVisible())
            return;
        drawing += window.isVisible() ? threadMilliseconds() - before : 0;
        before = threadMilliseconds();
        window.setVisible(show);
    });
    QObject::connect(window.live(), &Live::statusChanged, [](SessionStatus status) {
        if (status == SessionStatus::Stopped || status == SessionStatus::Failed)
            QApplication::exit();
    });
    QApplication::setQuitOnLastWindowClosed(false);
    window.controls()->start()->trigger();
    QApplication::exec();

    const Figures x = figuresOf(hidden), y = figuresOf(shown);
    std::printf("%s, ms a step      minimum   median     mean\n", preset.c_str());
    std::printf("panels hidden       %9.1f%9.1f%9.1f\n", 1e3 * x.least, 1e3 * x.median, 1e3 * x.mean);
    std::printf("all panels open     %9.1f%9.1f%9.1f\n", 1e3 * y.least, 1e3 * y.median, 1e3 * y.mean);
    std::printf("ratio               %9.3f%9.3f%9.3f\n", y.least / x.least, y.median / x.median, y.mean / x.mean);
    std::printf("the GUI thread computed %.1f ms a step with open panels\n",
                drawing / static_cast<double>(turnLength * (turns + 1)));
}
