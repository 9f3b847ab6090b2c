#pragma once

#include "core/inspect/examination.h"
#include "ui/panels/token_view.h"

#include <QString>

namespace samout {

/// The tokens of a text as a TokenView shows them.
QList<TokenView::Token> textTokens(const Vocabulary &vocabulary, const std::vector<std::int64_t> &tokens);
/// A token of the examined text as a sentence names it: `“e” (17)`.
QString namedToken(const Examination &examination, int position);
/// The labels of all tokens, for axes.
QStringList tokenLabels(const Vocabulary &vocabulary, const std::vector<std::int64_t> &tokens);

} // namespace samout
