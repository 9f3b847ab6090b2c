// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/number_ranges.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace samout {

std::vector<int> numbersOf(const QString &ranges)
{
    static const QRegularExpression part(QStringLiteral("^(\\d{1,6})(?:\\s*[-–]\\s*(\\d{1,6}))?$"));
    std::vector<int> numbers;
    for (const QString &piece : ranges.split(QRegularExpression(QStringLiteral("[,;]")), Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = part.match(piece.trimmed());
        if (!match.hasMatch())
            return {};
        const int first = match.captured(1).toInt();
        const int last = match.captured(2).isEmpty() ? first : match.captured(2).toInt();
        for (int number = first; number <= std::min(last, first + 100'000); ++number)
            numbers.push_back(number);
    }
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    return numbers;
}

QString rangesOf(const std::vector<int> &numbers)
{
    QStringList pieces;
    for (std::size_t i = 0; i < numbers.size();) {
        std::size_t last = i;
        while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1)
            ++last;
        if (last < i + 2)
            last = i;
        pieces << (last == i ? QString::number(numbers[i])
                             : QStringLiteral("%1-%2").arg(numbers[i]).arg(numbers[last]));
        i = last + 1;
    }
    return pieces.join(QStringLiteral(", "));
}

} // namespace samout
