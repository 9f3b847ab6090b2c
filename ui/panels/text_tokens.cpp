#include "ui/panels/text_tokens.h"

namespace samout {

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

QString namedToken(const Examination &examination, int position)
{
    const auto token = examination.tokens[static_cast<std::size_t>(position)];
    return QStringLiteral("“%1” (%2)")
        .arg(QString::fromStdString(examination.snapshot->vocabulary().label(token)))
        .arg(position);
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
