// What the open window costs a training: seconds a step with all panels open, beside those of a session alone.
// Both train in turns in one run, so that a noisy machine troubles both alike.
// Usage: open_panels [article|classroom] [ROUNDS]
#include "core/session.h"
#include "ui/draw_budget.h"
#include "ui/live.h"
#include "ui/main_window.h"
#include "ui/models/training_setup.h"
#include "ui/theme.h"
#include "ui/training_controls.h"

#include <QAction>
#include <QApplication>
#include <QEventLoop>

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>

using namespace samout;

namespace {

/// The first steps of a turn warm up.
constexpr std::size_t warmUp = 2;

std::vector<double> alone(const TrainingOptions &options)
{
    std::vector<double> seconds;
    std::mutex mutex;
    std::condition_variable changed;
    bool done = false;
    SessionEvents events;
    events.onStep = [&](const StepMetrics &metrics) { seconds.push_back(metrics.seconds); };
    events.onStatus = [&](SessionStatus status, const std::string &) {
        const std::lock_guard lock(mutex);
        done = status == SessionStatus::Stopped || status == SessionStatus::Failed;
        changed.notify_all();
    };
    Session session(std::move(events));
    session.start(options);
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return done; });
    return seconds;
}

std::vector<double> withWindow(MainWindow &window, const TrainingOptions &options)
{
    std::vector<double> seconds;
    QEventLoop loop;
    const auto steps = QObject::connect(window.live(), &Live::stepped, [&](const QList<StepMetrics> &list) {
        for (const StepMetrics &metrics : list)
            seconds.push_back(metrics.seconds);
    });
    const auto status = QObject::connect(window.live(), &Live::statusChanged, [&](SessionStatus now) {
        if (now == SessionStatus::Stopped || now == SessionStatus::Failed)
            loop.quit();
    });
    window.setup()->setOptions(options);
    window.controls()->start()->trigger();
    loop.exec();
    QObject::disconnect(steps);
    QObject::disconnect(status);
    return seconds;
}

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
    const int rounds = argc > 2 ? std::atoi(argv[2]) : 4;
    TrainingOptions options = presetNamed(preset);
    options.steps = preset == "article" ? 10 : 300;
    options.device = "cpu";

    Theme theme(ThemeChoice::Light);
    MainWindow window(&theme, nullptr);
    std::vector<double> bare, watched;
    double drawing = 0;
    std::size_t steps = 0;
    for (int round = 0; round < rounds; ++round) {
        window.hide();
        const auto a = alone(options);
        bare.insert(bare.end(), a.begin() + warmUp, a.end());
        window.show();
        const double before = threadMilliseconds();
        const auto b = withWindow(window, options);
        drawing += threadMilliseconds() - before;
        steps += b.size();
        watched.insert(watched.end(), b.begin() + warmUp, b.end());
    }
    const Figures x = figuresOf(bare), y = figuresOf(watched);
    std::printf("%s, ms a step      minimum   median     mean\n", preset.c_str());
    std::printf("session alone       %9.1f%9.1f%9.1f\n", 1e3 * x.least, 1e3 * x.median, 1e3 * x.mean);
    std::printf("all panels open     %9.1f%9.1f%9.1f\n", 1e3 * y.least, 1e3 * y.median, 1e3 * y.mean);
    std::printf("ratio               %9.3f%9.3f%9.3f\n", y.least / x.least, y.median / x.median, y.mean / x.mean);
    std::printf("the GUI thread computed %.1f ms a step\n", drawing / static_cast<double>(steps));
}
