// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/measurement.h"

#include "core/base/error.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <ctime>
#include <fstream>
#include <sstream>
#include <thread>

namespace samout {
namespace {

/// Jiffies of this machine's processors: the busy ones, and all.
struct Load {
    double busy = 0, all = 0;
};

Load load()
{
    std::ifstream file("/proc/stat");
    std::string word;
    file >> word;
    Load result;
    double value = 0;
    for (int field = 0; field < 8 && file >> value; ++field) {
        result.all += value;
        if (field != 3 && field != 4) // idle, waiting for a disk
            result.busy += value;
    }
    return result;
}

std::int64_t statusBytes(const std::string &key)
{
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(key + ":"))
            return std::stoll(line.substr(key.size() + 1)) * 1024;
    return 0;
}

} // namespace

Timings timingsOf(std::vector<double> seconds)
{
    if (seconds.empty())
        throw Error("Nothing was measured.");
    std::sort(seconds.begin(), seconds.end());
    const auto last = seconds.size() - 1;
    const auto p95 = static_cast<std::size_t>(std::ceil(0.95 * static_cast<double>(last)));
    return {seconds.front(), seconds[seconds.size() / 2], seconds[p95], static_cast<int>(seconds.size())};
}

double waitForQuiet(double seconds)
{
    constexpr double quiet = 0.03;
    const double end = now() + seconds;
    double share = 1;
    do {
        const Load before = load();
        std::this_thread::sleep_for(std::chrono::milliseconds(1000));
        const Load after = load();
        share = after.all > before.all ? (after.busy - before.busy) / (after.all - before.all) : 0;
    } while (share > quiet && now() < end);
    return share;
}

std::int64_t residentBytes() { return statusBytes("VmRSS"); }
std::int64_t peakResidentBytes() { return statusBytes("VmHWM"); }

void forgetPeak()
{
    std::ofstream file("/proc/self/clear_refs");
    file << 5;
}

double now() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

} // namespace samout
