// SPDX-License-Identifier: GPL-3.0-only
#include "ui/plots/tickers.h"

#include <algorithm>
#include <cmath>

namespace samout {

double CountTicker::getTickStep(const QCPRange &range)
{
    double step = std::max(m_smallestStep, QCPAxisTicker::getTickStep(range));
    // 2.5 is the only step above 1 that QCustomPlot chooses and that is not a whole number.
    if (m_smallestStep == 1 && step == 2.5)
        step = 5;
    m_step = step;
    m_tiny = std::max(std::abs(range.lower), std::abs(range.upper)) < 1e-4;
    m_decimals = 0;
    for (double rest = step; m_decimals < 12 && std::abs(rest - std::round(rest)) > 1e-6 * rest; rest *= 10)
        ++m_decimals;
    return step;
}

QString CountTicker::getTickLabel(double tick, const QLocale &, QChar, int)
{
    const double size = std::abs(tick);
    if (size >= 1e9)
        return QString::number(tick / 1e9, 'g', 6) + 'G';
    if (size >= 1e6)
        return QString::number(tick / 1e6, 'g', 6) + 'M';
    if (size >= 1e4)
        return QString::number(tick / 1e3, 'g', 6) + 'k';
    // A zero with a rounding error is written without a sign.
    const double shown = size < 1e-6 * m_step ? 0 : tick;
    return m_tiny ? QString::number(shown, 'g', 4) : QString::number(shown, 'f', m_decimals);
}

QVector<double> LogTicker::createTickVector(double tickStep, const QCPRange &range)
{
    m_decades = range.lower > 0 && range.upper / range.lower >= 4;
    if (!m_decades)
        return CountTicker::createTickVector(tickStep, range);
    const int first = static_cast<int>(std::floor(std::log10(range.lower)));
    const int last = static_cast<int>(std::ceil(std::log10(range.upper)));
    const int every = std::max(1, (last - first) / std::max(1, mTickCount));
    QVector<double> ticks;
    for (int power = first; power <= last; power += every) {
        const double decade = std::pow(10.0, power);
        ticks << decade;
        if (last - first <= std::max(2, mTickCount / 3))
            ticks << 2 * decade << 5 * decade;
    }
    return ticks;
}

QString LogTicker::getTickLabel(double tick, const QLocale &locale, QChar formatChar, int precision)
{
    return m_decades && tick < 1e4 ? QString::number(tick, 'g', 4)
                                   : CountTicker::getTickLabel(tick, locale, formatChar, precision);
}

double SecondsTicker::getTickStep(const QCPRange &range)
{
    const double exact = range.size() / (mTickCount + 1e-10);
    if (exact < 1)
        return cleanMantissa(exact);
    static const QVector<double> round = {1,   2,    5,    10,   15,   30,    60,    120,   300,
                                          600, 1200, 1800, 3600, 7200, 14400, 21600, 43200, 86400};
    return exact > round.last() ? 86400 * std::ceil(exact / 86400) : pickClosest(exact, round);
}

QString SecondsTicker::getTickLabel(double tick, const QLocale &, QChar, int)
{
    if (tick < 120 && tick != 60)
        return QObject::tr("%1 s").arg(std::abs(tick) < 1e-12 ? 0 : tick, 0, 'g', 6);
    const auto seconds = static_cast<qint64>(std::llround(tick));
    const auto two = [](qint64 number) { return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0')); };
    const QString tail = two(seconds % 60);
    if (seconds < 3600)
        return QStringLiteral("%1:%2").arg(QString::number(seconds / 60), tail);
    return QStringLiteral("%1:%2:%3").arg(QString::number(seconds / 3600), two(seconds / 60 % 60), tail);
}

} // namespace samout
