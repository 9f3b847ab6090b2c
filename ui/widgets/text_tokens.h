// SPDX-License-Identifier: GPL-3.0-only
#pragma once

#include "core/inspect/examination.h"
#include "ui/widgets/token_view.h"

#include <QString>

namespace samout {

/// The tokens of a text as a TokenView shows them.
QList<TokenView::Token> textTokens(const Vocabulary &vocabulary, const std::vector<std::int64_t> &tokens);
/// A token at a position of a text as a sentence names it: `“e” (17)`.
QString namedToken(const Vocabulary &vocabulary, std::int64_t token, std::int64_t position);
/// The token of a row of the examined text.
QString namedToken(const Examination &examination, int row);
/// Of a text that is kept thinned a sentence that says so, after a space; else empty.
QString thinnedNote(const Examination &examination);
/// The labels of all tokens, for axes.
QStringList tokenLabels(const Vocabulary &vocabulary, const std::vector<std::int64_t> &tokens);

} // namespace samout
