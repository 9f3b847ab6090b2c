// SPDX-License-Identifier: GPL-3.0-only
#include "ui/widgets/text_tokens.h"

#include <QCoreApplication>

namespace samout {

namespace {

struct TextTokens {
    Q_DECLARE_TR_FUNCTIONS(TextTokens)
};

} // namespace

QList<TokenView::Token> textTokens(const Vocabulary &vocabulary, const std::vector<std::int64_t> &tokens)
{
    const std::int64_t space = vocabulary.isNumbers() ? -1 : vocabulary.find(" ");
    const std::int64_t lineEnd = vocabulary.isNumbers() ? -1 : vocabulary.find("\n");
    QList<TokenView::Token> result;
    result.reserve(static_cast<qsizetype>(tokens.size()));
    for (const std::int64_t token : tokens) {
        TokenView::Token piece;
        piece.text = token == space ? QStringLiteral(" ") : QString::fromStdString(vocabulary.label(token));
        if (vocabulary.isNumbers())
            piece.text += QLatin1Char(' ');
        piece.endsLine = token == lineEnd;
        result.append(piece);
    }
    return result;
}

QString namedToken(const Vocabulary &vocabulary, std::int64_t token, std::int64_t position)
{
    return QStringLiteral("“%1” (%2)").arg(QString::fromStdString(vocabulary.label(token)), QString::number(position));
}

QString namedToken(const Examination &examination, int row)
{
    return namedToken(examination.snapshot->vocabulary(), examination.tokens[static_cast<std::size_t>(row)],
                      row * examination.every);
}

QString thinnedNote(const Examination &examination)
{
    return examination.every > 1 ? TextTokens::tr(" One token of every %1 is shown.").arg(examination.every)
                                 : QString();
}

QStringList tokenLabels(const Vocabulary &vocabulary, const std::vector<std::int64_t> &tokens)
{
    QStringList labels;
    labels.reserve(static_cast<qsizetype>(tokens.size()));
    for (const std::int64_t token : tokens)
        labels += QString::fromStdString(vocabulary.label(token));
    return labels;
}

} // namespace samout
