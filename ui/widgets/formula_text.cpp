// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/formula_text.h"

#include <QRegularExpression>

namespace samout {

QString nameOf(Site site) { return QString::fromUtf8(site.name().data(), static_cast<qsizetype>(site.name().size())); }

QString formulaText(std::string_view formula)
{
    QString text = QString::fromUtf8(formula.data(), static_cast<qsizetype>(formula.size()));
    static const QRegularExpression before(QStringLiteral("before\\((\\w+)\\)"));
    text.replace(before, QStringLiteral("\\1[t−1]"));
    text.replace(QLatin1String(" * "), QStringLiteral(" · "));
    text.replace(QLatin1String(" - "), QStringLiteral(" − "));
    static const QRegularExpression alpha(QStringLiteral("\\balpha\\b"));
    return text.replace(alpha, QStringLiteral("α"));
}

QString equation(const SiteFacts &facts)
{
    return QStringLiteral("%1 = %2").arg(nameOf(facts.site), formulaText(facts.formula));
}

QList<Blackboard::Span>
formulaNumbers(std::string_view formula,
               const std::function<std::optional<Blackboard::Span>(const QString &name)> &number)
{
    const QString text = formulaText(formula);
    const QString minus = QStringLiteral("−");
    static const QRegularExpression name(QStringLiteral("[A-Za-z_]\\w*(\\[t−1\\])?"));
    QList<Blackboard::Span> spans;
    QString sign; // the text between two numbers
    qsizetype done = 0;
    for (auto match = name.globalMatch(text); match.hasNext();) {
        const QRegularExpressionMatch found = match.next();
        std::optional<Blackboard::Span> span = number(found.captured());
        if (!span)
            continue;
        sign += text.mid(done, found.capturedStart() - done);
        done = found.capturedEnd();
        if (span->text.startsWith(minus) && sign.endsWith(QLatin1String(" + "))) {
            sign.replace(sign.size() - 2, 1, minus);
            span->text.remove(0, 1);
        } else if (span->text.startsWith(minus) && !sign.isEmpty() && !sign.endsWith(QLatin1Char('(')) &&
                   !sign.endsWith(QLatin1String(", "))) {
            span->text = QLatin1Char('(') + span->text + QLatin1Char(')');
        }
        if (!sign.isEmpty())
            spans << Blackboard::Span{.text = sign};
        spans << *span;
        sign.clear();
    }
    if (done < text.size())
        spans << Blackboard::Span{.text = text.mid(done)};
    return spans;
}

} // namespace samout
