// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include <qcustomplot.h>

namespace samout {

/// Ticks at round numbers, all with the decimals that their step needs. The step is at least `smallestStep`; if that is
/// 1, ticks stand only at whole numbers. Large numbers are written 10k, 2.5M; if all are tiny, 5e-07.
class CountTicker : public QCPAxisTicker {
public:
    explicit CountTicker(double smallestStep) : m_smallestStep(smallestStep) {}

protected:
    double getTickStep(const QCPRange &range) override;
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale &locale, QChar formatChar, int precision) override;

private:
    double m_smallestStep;
    double m_step = 1;
    int m_decimals = 0;
    bool m_tiny = false; // the whole range is near 0
};

/// Ticks of a logarithmic axis, at least two in sight: powers of ten, with 2 and 5 times them if there are few powers,
/// and round numbers if the range is less than a factor of four.
class LogTicker : public CountTicker {
public:
    LogTicker() : CountTicker(0) {}

protected:
    QVector<double> createTickVector(double tickStep, const QCPRange &range) override;
    QString getTickLabel(double tick, const QLocale &locale, QChar formatChar, int precision) override;

private:
    bool m_decades = false;
};

/// Ticks at round times: 30 s, 5:00 (minutes), 1:30:00 (hours), depending on the range.
class SecondsTicker : public QCPAxisTicker {
protected:
    double getTickStep(const QCPRange &range) override;
    int getSubTickCount(double) override { return 0; }
    QString getTickLabel(double tick, const QLocale &locale, QChar formatChar, int precision) override;
};

} // namespace samout
