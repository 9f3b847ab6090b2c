// SPDX-License-Identifier: GPL-3.0-only
#include "app/bench/window/bench.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <cstdio>
#include <fstream>
#include <time.h>
#include <unistd.h>

namespace samout {

namespace {

/// Seconds since this process was created, to a hundredth.
double secondsOfLife()
{
    std::ifstream file("/proc/self/stat");
    std::string text((std::istreambuf_iterator<char>(file)), {});
    // The name of the program, which may have spaces, ends with the last ")"; the start is the 20th word after it.
    const QStringList words = QString::fromStdString(text.substr(text.rfind(')') + 2)).split(QLatin1Char(' '));
    const double began = words.value(19).toDouble() / static_cast<double>(sysconf(_SC_CLK_TCK));
    timespec time{};
    clock_gettime(CLOCK_BOOTTIME, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9 - began;
}

} // namespace

void sayFirstPicture()
{
    std::printf("%s\n", QJsonDocument({{QStringLiteral("seconds"), secondsOfLife()},
                                       {QStringLiteral("bytes"), static_cast<qint64>(residentBytes())}})
                            .toJson(QJsonDocument::Compact)
                            .constData());
    std::fflush(stdout);
}

bool benchStart(int times)
{
    std::vector<double> seconds;
    std::int64_t bytes = 0;
    for (int i = 0; i < times; ++i) {
        QProcess child;
        child.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        child.start(QCoreApplication::applicationFilePath(),
                    {QStringLiteral("--bench"), QStringLiteral("first-picture")});
        if (!child.waitForFinished(60'000) || child.exitCode() != 0)
            return false;
        const QJsonObject answer = QJsonDocument::fromJson(child.readAllStandardOutput()).object();
        seconds.push_back(answer[QStringLiteral("seconds")].toDouble());
        bytes = std::max(bytes, static_cast<std::int64_t>(answer[QStringLiteral("bytes")].toDouble()));
    }
    printFindings({{.name = "start/first picture", .ours = timingsOf(seconds), .others = {}, .limit = 1.0}},
                  {{"start/resident memory", bytes}});
    return true;
}

void printFindings(const std::vector<Finding> &findings, const std::vector<std::pair<std::string, std::int64_t>> &bytes)
{
    QJsonArray seconds, memory;
    const auto object = [](const Timings &t) {
        return QJsonObject{{QStringLiteral("minimum"), t.minimum},
                           {QStringLiteral("median"), t.median},
                           {QStringLiteral("p95"), t.p95},
                           {QStringLiteral("count"), t.count}};
    };
    for (const Finding &finding : findings) {
        QJsonObject others;
        for (const auto &[name, timings] : finding.others)
            others[QString::fromStdString(name)] = object(timings);
        seconds.append(QJsonObject{{QStringLiteral("name"), QString::fromStdString(finding.name)},
                                   {QStringLiteral("ours"), object(finding.ours)},
                                   {QStringLiteral("others"), others},
                                   {QStringLiteral("limit"), finding.limit},
                                   {QStringLiteral("most_ratio"), finding.mostRatio}});
    }
    for (const auto &[name, count] : bytes)
        memory.append(QJsonObject{{QStringLiteral("name"), QString::fromStdString(name)},
                                  {QStringLiteral("ours"), static_cast<qint64>(count)}});
    std::printf("%s\n",
                QJsonDocument(QJsonObject{{QStringLiteral("seconds"), seconds}, {QStringLiteral("bytes"), memory}})
                    .toJson(QJsonDocument::Compact)
                    .constData());
    std::fflush(stdout);
}

} // namespace samout
